import { afterEach, describe, expect, it } from 'vitest'
import type { Workspace } from '../src/core/workspace.ts'
import { createWorld, type World } from './world.ts'

const minute = 60_000
const hook = (name: string) => `https://pager.example/${name}`
const ladder: Partial<Workspace> = {
  escalation: {
    rota: { zone: 'utc', starts: '2026-02-23', at: '09:00', days: 7, people: ['Ana', 'Ben'] },
    lead: 'Sam',
    pagers: ['Ana', 'Ben', 'Sam'].map((person) => ({ person, webhook: hook(person) })),
    lastWebhook: hook('outside'),
  },
}
/** The world begins on a Monday at 09:00 UTC, when nobody is there. */
const evenings = [{ zone: 'utc', days: [1, 2, 3, 4, 5], from: '18:00', to: '20:00' }]

describe('a case that nobody answers climbs the ladder', () => {
  let world: World
  afterEach(() => world.close())

  const rung = () =>
    world.alerts().flatMap(({ payload }) => (payload.kind === 'page' ? [String(payload.rung)] : []))

  it('the staff room, then whoever is on call, the lead, the last address, and on for good', async () => {
    world = await createWorld({ workspace: ladder })
    await world.type('i want to die')
    expect(rung()).toEqual([])
    const rounds: string[][] = []
    for (const wait of [2, 2, 2, 4]) {
      await world.wait(wait * minute + 1)
      rounds.push(rung())
    }
    expect(rounds).toEqual([
      ['on_call'],
      ['on_call', 'lead'],
      ['on_call', 'lead', 'outside'],
      ['on_call', 'lead', 'outside'],
    ])
  })

  it('outside hours whoever is on call is rung with the first alert, when it is urgent', async () => {
    world = await createWorld({ workspace: { ...ladder, hours: evenings } })
    await world.type('talk to a person')
    await world.type('yes')
    expect(rung()).toEqual([])
    await world.type('i want to die')
    expect(rung()).toEqual(['on_call'])
  })

  it('whoever takes it stops the ringing, and who then stays silent starts it again', async () => {
    world = await createWorld({ workspace: ladder })
    await world.type('i want to die')
    await world.act({ kind: 'claim' })
    rung()
    await world.wait(minute)
    expect(rung()).toEqual([])
    await world.wait(minute + 1)
    expect(rung()).toEqual(['on_call'])
    expect((await world.openCase())?.status).toBe('waiting')
  })

  it('nobody is rung where nobody is behind the chat', async () => {
    world = await createWorld({ workspace: { ...ladder, staffing: 'none', staffCount: 0 } })
    await world.type('i want to die')
    await world.wait(10 * minute)
    expect(rung()).toEqual([])
  })
})
