import fc from 'fast-check'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { createStage, type Stage } from './stage.ts'
import { story } from './steps.ts'

/** A hundred stories take seconds; `SALUS_HANDOFF_STORIES=10000` is for a longer look. */
const stories = Number(process.env.SALUS_HANDOFF_STORIES ?? 100)

describe('handoff, whatever happens in whatever order', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await createStage()
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
