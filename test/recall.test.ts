import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recallClock } from '../src/dialogs/recall.ts'
import { localWorkspace } from '../src/open-state.ts'
import { createWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

/** What `salus content recall --send` puts into the inbox for each person who was told. */
async function recall(version = 'v1') {
  const [told] = await world.state.store.told(localWorkspace, 'stroke')
  if (!told) throw new Error('nobody was told')
  const queued = await world.state.store.enqueue({
    key: `recall/stroke/${version}/${told.contact}`,
    conversation: told.conversation,
    payload: {
      kind: 'clock_due',
      clock: recallClock,
      data: {
        article: 'stroke',
        title: 'Stroke',
        at: told.at,
        passages: told.passages.map(({ passage }) => passage),
      },
    },
    level: 'routine',
    at: world.clock.now(),
  })
  await world.app.settle()
  return queued
}
const correction = 'A correction. On 2026-03-02 I told you something about “Stroke”.'

describe('a correction of what somebody was told', () => {
  it('reaches them once with the text as it is now and its sources, however often it is sent', async () => {
    await world.type('what are the signs of a stroke')
    world.said()
    expect(await recall()).toBe(true)
    const said = world.said().join('\n')
    expect(said).toContain(correction)
    expect(said).toContain('Stroke signs come on suddenly')
    expect(said).toContain('Sourced, not reviewed by a clinician')
    expect(await recall()).toBe(false)
    expect(world.said()).toEqual([])
  })

  it('waits until they write, when they said stop, and is said once then', async () => {
    await world.type('what are the signs of a stroke')
    await world.type('stop')
    world.said()
    await recall()
    expect(world.said()).toEqual([])
    await world.type('what is gout')
    const said = world.said().join('\n')
    expect(said.indexOf('Gout')).toBeGreaterThanOrEqual(0)
    expect(said.indexOf(correction)).toBeGreaterThan(said.indexOf('Gout'))
    await world.type('what is asthma')
    expect(world.said().join('\n')).not.toContain(correction)
  })

  it('is not sent first to somebody who told of abuse', async () => {
    await world.type('what are the signs of a stroke')
    await world.type('my husband hits me')
    world.said()
    await recall()
    expect(world.said().join('\n')).not.toContain('A correction')
  })

  it('does not come into the middle of a crisis, and comes after it', async () => {
    await world.type('what are the signs of a stroke')
    await world.type('i want to kill myself')
    world.said()
    await recall()
    expect(world.said().join('\n')).not.toContain('A correction')
    const one = await world.openCase()
    if (!one) throw new Error('no case')
    await world.act({ kind: 'claim' })
    await world.act({ kind: 'resolve' })
    world.said()
    for (let days = 0; days < 5; days++) await world.wait(24 * 60 * 60_000)
    expect(world.said().join('\n')).toContain(correction)
  })

  it('of an article that is gone asks not to rely on it', async () => {
    await world.type('what are the signs of a stroke')
    world.said()
    const [told] = await world.state.store.told(localWorkspace, 'stroke')
    await world.state.store.enqueue({
      key: 'recall/stroke/withdrawn/x',
      conversation: told!.conversation,
      payload: {
        kind: 'clock_due',
        clock: recallClock,
        data: { article: 'stroke', title: 'Stroke', at: told!.at, passages: ['stroke#no-longer-there'] },
      },
      level: 'routine',
      at: world.clock.now(),
    })
    await world.app.settle()
    expect(world.said().join('\n')).toContain('I no longer answer from that text')
  })
})
