import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChannelCapabilities } from '../src/core/ports.ts'
import type { RoomAct } from './room-adapter.ts'
import { createWorld, type World } from './world.ts'

let world: World
const open = async (room: Partial<ChannelCapabilities> = {}) => {
  world = await createWorld({ room })
  await world.room.writes('hello', { surface: 'direct' })
  await settled()
}
afterEach(() => world.close())

const settled = async (): Promise<readonly RoomAct[]> => {
  await world.app.settle()
  return world.room.acts()
}
const writes = async (id: string, text: string) => {
  await world.room.writes(text, { surface: 'direct', externalId: id })
  return settled()
}
const deletes = async (id: string) => {
  const body = { kind: 'deleted', externalId: id } as const
  await world.room.does(body, { surface: 'direct', externalId: `${id}/deleted` })
  return settled()
}
let edit = 0
const edits = async (id: string, text: string) => {
  const body = { kind: 'edited', externalId: id, text } as const
  await world.room.does(body, { surface: 'direct', externalId: `${id}/${++edit}` })
  return settled()
}
const lines = () => world.state.store.transcript(world.room.ref('direct').key)

describe('a message that its writer deleted', () => {
  beforeEach(() => open())

  it('is answered by nothing, also when it is deleted before its turn', async () => {
    await world.room.writes('what is asthma', { surface: 'direct', externalId: 'own1' })
    await world.room.does(
      { kind: 'deleted', externalId: 'own1' },
      { surface: 'direct', externalId: 'own1/deleted' },
    )
    expect(await settled()).toEqual([])
    expect((await lines()).filter(({ text }) => text.includes('asthma'))).toEqual([])
  })

  it('is answered all the same when it was an alarm, whose case and level stay', async () => {
    await world.room.writes('i want to kill myself', { surface: 'direct', externalId: 'own1' })
    await world.room.does(
      { kind: 'deleted', externalId: 'own1' },
      { surface: 'direct', externalId: 'own1/deleted' },
    )
    const said = (await settled()).map(({ text }) => text).join('\n')
    expect(said).toContain('Samaritans')
    expect(await world.openCase()).toMatchObject({ level: 'crisis', status: 'waiting' })
    expect(await lines()).toContainEqual(
      expect.objectContaining({ deleted: true, text: '', level: 'crisis' }),
    )
    expect(JSON.stringify(await lines())).not.toContain('kill myself')
  })

  it('does not end the wait for a word after a sign of danger', async () => {
    await writes('own1', 'i want to kill myself')
    await writes('own2', 'yes')
    await deletes('own2')
    await world.wait(6 * 60_000)
    expect(
      world.room
        .acts()
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('999')
  })
})

describe('a message that its writer changed', () => {
  it('is answered anew in the place of the old answer, when it asks something else', async () => {
    await open()
    const [first] = await writes('own1', 'what is asthma')
    const acts = await edits('own1', 'what is eczema')
    expect(acts).toMatchObject([{ act: 'edited', id: first?.id }])
    expect(acts[0]?.text.toLowerCase()).toContain('eczema')
    const versions = (await lines()).filter(({ from, version }) => from === 'contact' && version)
    expect(versions.map(({ text, version }) => [version, text])).toEqual([
      ['earlier', 'what is asthma'],
      ['edited', 'what is eczema'],
    ])
  })

  it('is answered once more where a platform replaces nothing', async () => {
    await open()
    world.room.editSent = async () => ({ kind: 'unreachable', reason: 'unknown_route' })
    await writes('own1', 'what is asthma')
    expect(await edits('own1', 'what is eczema')).toMatchObject([{ act: 'sent' }])
  })

  it('gets no second answer when it says the same', async () => {
    await open()
    await writes('own1', 'what is asthma')
    expect(await edits('own1', 'What is  Asthma?!')).toEqual([])
  })

  it('is a new alarm when it became one, beside the old answer', async () => {
    await open()
    await writes('own1', 'what is asthma')
    const acts = await edits('own1', 'i want to kill myself')
    expect(acts.every(({ act }) => act === 'sent')).toBe(true)
    expect(acts.map(({ text }) => text).join('\n')).toContain('Samaritans')
    expect(await world.openCase()).toMatchObject({ level: 'crisis' })
  })

  it('lowers nothing when it became harmless: the case, its level and what was said stay', async () => {
    await open()
    await writes('own1', 'i want to kill myself')
    const acts = await edits('own1', 'what is asthma')
    expect(acts.filter(({ act }) => act !== 'sent')).toEqual([])
    expect(await world.openCase()).toMatchObject({ level: 'crisis', status: 'waiting' })
  })
})
