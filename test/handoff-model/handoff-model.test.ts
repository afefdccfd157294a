import fc from 'fast-check'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Workspace } from '../../src/core/workspace.ts'
import { createStage, type Stage } from './stage.ts'
import { story } from './steps.ts'

/** A hundred stories take seconds; `SALUS_HANDOFF_STORIES=10000` is for a longer look. */
const stories = Number(process.env.SALUS_HANDOFF_STORIES ?? 100)

/** Nobody is there for most of the day, and three rungs stand beyond the staff room. */
const withLadder: Partial<Workspace> = {
  hours: [{ zone: 'utc', days: [1, 2, 3, 4, 5], from: '18:00', to: '20:00' }],
  holidays: ['2026-03-03'],
  answerWithin: { sensitive: 240, routine: 'next_working_day' },
  escalation: {
    rota: { zone: 'utc', starts: '2026-02-23', at: '09:00', days: 1, people: ['ana', 'ben'] },
    lead: 'chi',
    pagers: ['ana', 'ben', 'chi'].map((person) => ({ person, webhook: `https://pager.example/${person}` })),
    lastWebhook: 'https://pager.example/last',
  },
}

describe.each([
  ['without hours', {}],
  ['with hours and a ladder', withLadder],
])('handoff, whatever happens in whatever order, %s', (_, workspace) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await createStage(workspace)
  })
  afterAll(() => stage.close())

  it(
    'loses nothing, keeps the bot silent while a person owns, and leaves nobody without an owner or a clock',
    async () => {
      await fc.assert(
        fc.asyncProperty(story, (steps) => stage.play(steps)),
        { seed: Number(process.env.SALUS_HANDOFF_SEED ?? 1), numRuns: stories },
      )
    },
    60_000 + stories * 1_000,
  )
})
