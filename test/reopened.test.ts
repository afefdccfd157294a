import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localWorkspace } from '../src/open-state.ts'
import { createWorld, type World } from './world.ts'

const hour = 60 * 60_000

describe('a case that was closed', () => {
  let world: World
  beforeEach(async () => {
    world = await createWorld()
    await world.type('i want to die')
    await world.act({ kind: 'claim' })
    await world.act({ kind: 'note', text: 'Lives with a friend.' })
    await world.act({ kind: 'resolve' })
  })
  afterEach(() => world.close())

  const all = () => world.state.store.cases(localWorkspace)

  it('goes on with its history when the same person is in danger within a day', async () => {
    const [closed] = await all()
    await world.wait(20 * hour)
    await world.type('i want to kill myself')
    const [open] = await all()
    expect(open).toMatchObject({ id: closed?.id, status: 'waiting', level: 'crisis' })
    expect(open?.assignee).toBeUndefined()
    expect(open?.resolvedAt).toBeUndefined()
    expect(await world.state.store.caseNotes(open!.id)).toHaveLength(1)
    expect((await world.state.store.audit(localWorkspace)).map(({ action }) => action)).toContain(
      'case_reopened',
    )
  })

  it('stays closed after a day, and a new one is opened', async () => {
    await world.wait(25 * hour)
    await world.type('i want to kill myself')
    expect((await all()).map(({ status }) => status).sort()).toEqual(['resolved', 'waiting'])
  })

  it('stays closed for whoever wants nothing shown of what was said before', async () => {
    await world.type('talk to a person')
    await world.type('only from now on')
    expect((await all()).map(({ status }) => status).sort()).toEqual(['resolved', 'waiting'])
  })

  it('is not opened by thanks', async () => {
    await world.type('thank you')
    expect((await all()).map(({ status }) => status)).toEqual(['resolved'])
  })

  it('is followed by a word the next day, which one tap or "stop" takes back', async () => {
    world.said()
    await world.wait(25 * hour)
    expect(world.said().join(' ')).toContain('How are you today?')
    await world.type('i want to die')
    await world.act({ kind: 'claim' })
    await world.act({ kind: 'resolve' })
    await world.type('stop')
    world.said()
    await world.wait(25 * hour)
    expect(world.said()).toEqual([])
  })

  it('is followed by nothing after a sign of abuse', async () => {
    await world.close()
    world = await createWorld()
    await world.type('my husband beats me')
    await world.act({ kind: 'claim' })
    world.said()
    await world.act({ kind: 'resolve' })
    await world.wait(25 * hour)
    expect(world.said()).toEqual([])
  })
})
