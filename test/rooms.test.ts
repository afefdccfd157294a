import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCaseCards } from '../src/case-cards.ts'
import { createChannelHost } from '../src/channel-host.ts'
import type { CaseText, ChannelHost, StaffSurface } from '../src/core/channel-host.ts'
import { asId, type CaseId, type StaffId, type Urn } from '../src/core/ids.ts'
import { demoWorkspace, localWorkspace } from '../src/open-state.ts'
import { createTenants } from '../src/tenants.ts'
import { ana, createWorld, seededRandom, type World } from './world.ts'

let world: World
let host: ChannelHost
let reports: string[]
let thread: { act: 'posted' | 'changed'; id: string; lines: readonly CaseText[] }[]
let stop: () => void
let pending: Promise<unknown>[]
const anaAccount = asId<Urn>('room:ana-at-work')
const someone = asId<Urn>('room:someone')

beforeEach(async () => {
  world = await createWorld({ room: {} })
  reports = []
  thread = []
  pending = []
  const { store, bus } = world.state
  const { kit, knowledge, triage } = world.app
  const report = (code: string) => void reports.push(code)
  host = createChannelHost({
    channel: 'console',
    isHome: () => true,
    kit,
    assess: triage.assess,
    knowledge,
    tenants: createTenants(store, demoWorkspace('GB')),
    store,
    bus,
    clock: world.clock,
    random: seededRandom(3),
    staffLink: () => undefined,
    report,
  })
  let posts = 0
  const surface: StaffSurface = {
    showCase: async () => ({ kind: 'sent', externalId: 'card' }),
    async showText(_workspace, _case, lines) {
      const id = `post${++posts}`
      thread.push({ act: 'posted', id, lines })
      return { kind: 'sent', externalId: id }
    },
    async changeText(_workspace, _case, id, lines) {
      thread.push({ act: 'changed', id, lines })
      return { kind: 'sent', externalId: id }
    },
  }
  const watched: typeof surface = {
    ...surface,
    showCase: (...given) => {
      const showing = surface.showCase(...given)
      pending.push(showing)
      return showing
    },
  }
  const cards = createCaseCards({
    store,
    bus,
    phrases: kit.phrases,
    surfaces: [{ channel: 'console', surface: watched }],
    page: async () => ({ kind: 'sent', externalId: 'page' }),
    report,
  })
  stop = cards.start()
  await store.saveSetting(localWorkspace, 'staff_account', anaAccount, { staff: ana.id })
})
afterEach(async () => {
  stop()
  await world.close()
  expect(reports).toEqual([])
})

/** Everything that was started is done: cards follow in the background. */
const settle = async () => {
  await world.app.settle()
  for (let pass = 0; pass < 50; pass++) await new Promise((resolve) => setImmediate(resolve))
}
const direct = { surface: 'direct' as const }
const writes = async (text: string, how: Parameters<World['room']['writes']>[1] = direct) => {
  await world.room.writes(text, how)
  await settle()
}
const said = () => {
  const all = thread.flatMap(({ lines }) => lines.map(({ from, text }) => `${from}: ${text}`))
  thread = []
  return all
}
const openCase = async (): Promise<CaseId> => (await world.openCase())!.id
const relay = async (caseId: CaseId, text: string, urn = anaAccount, externalId = `r ${text}`) => {
  const pressed = await host.relay({ workspace: localWorkspace, urn, caseId, text, externalId })
  await settle()
  return pressed
}
const claim = async (caseId: CaseId) => {
  const action = { kind: 'claim' } as const
  await host.press({ workspace: localWorkspace, urn: anaAccount, caseId, action, externalId: 'claim' })
  await settle()
}

describe('a staff room that shows no words', () => {
  it('is what every room is until linked staff switch it', async () => {
    await writes('i want to kill myself')
    expect(said()).toEqual([])
    expect(await relay(await openCase(), 'hello')).toMatchObject({ kind: 'refused' })
    expect(await host.setStaffRoomText(localWorkspace, true, someone)).toMatchObject({ kind: 'refused' })
    expect(await host.staffRoomText(localWorkspace)).toBe(false)
  })
})

describe('a staff room that shows words', () => {
  beforeEach(async () => {
    await host.setStaffRoomText(localWorkspace, true, anaAccount)
  })

  it('shows the conversation so far, each new line once, and personal details masked', async () => {
    await writes('hello')
    await writes('i want to kill myself. my number is 07700 900123')
    const first = said()
    expect(first[0]).toBe('member: hello')
    expect(first.join('\n')).toContain('i want to kill myself')
    expect(first.join('\n')).not.toContain('900123')
    await writes('i am at home')
    const next = said()
    expect(next.filter((line) => line.startsWith('member'))).toEqual(['member: i am at home'])
    expect(next.some((line) => line.startsWith('salus'))).toBe(true)
    await settle()
    expect(said()).toEqual([])
  })

  it('sends what its owner writes there to the person, once, and tells that it arrived', async () => {
    await writes('i want to kill myself')
    const caseId = await openCase()
    expect(await relay(caseId, 'I am here')).toMatchObject({ kind: 'refused', text: 'Claim the case first.' })
    await claim(caseId)
    world.room.acts()
    said()
    expect(await relay(caseId, 'I am here')).toMatchObject({ kind: 'done' })
    await relay(caseId, 'I am here')
    const sent = world.room.acts().filter(({ text }) => text.includes('I am here'))
    expect(sent).toMatchObject([{ place: 'direct' }])
    const { pseudonym } = (await world.openCase())!
    expect(said()).toEqual([`system: Delivered to ${pseudonym}.`])
  })

  it('tells when what was written did not arrive', async () => {
    await writes('i want to kill myself')
    const caseId = await openCase()
    await claim(caseId)
    said()
    world.room.outcome = { kind: 'unreachable', reason: 'blocked' }
    await relay(caseId, 'I am here')
    expect(said().join()).toContain('did not reach')
  })

  it('refuses words of an account that is not linked, and on a case that is closed', async () => {
    await writes('i want to kill myself')
    const caseId = await openCase()
    expect(await relay(caseId, 'hello', someone)).toMatchObject({ kind: 'refused' })
    await claim(caseId)
    await world.act({ kind: 'resolve' })
    expect(await relay(caseId, 'hello')).toMatchObject({
      kind: 'refused',
      text: 'This case is closed already.',
    })
  })

  it('takes the words of a deleted message out of the thread, and marks a changed one', async () => {
    await writes('i want to kill myself', { ...direct, externalId: 'own1' })
    const [post] = thread.filter(({ lines }) => lines.some(({ text }) => text.includes('kill myself')))
    said()
    const edited = { kind: 'edited', externalId: 'own1', text: 'i want to die today' } as const
    await world.room.does(edited, { ...direct, externalId: 'own1/1' })
    await settle()
    expect(thread.find(({ act }) => act === 'changed')).toMatchObject({ id: post?.id })
    expect(said().join('\n')).toContain('(before they changed it) i want to kill myself')
    await world.room.does({ kind: 'deleted', externalId: 'own1' }, { ...direct, externalId: 'own1/d' })
    await settle()
    const after = thread.filter(({ act }) => act === 'changed')
    expect(after.length).toBeGreaterThan(0)
    expect(JSON.stringify(after)).not.toMatch(/kill myself|die today/)
    expect(JSON.stringify(after)).toContain('(the person deleted this message)')
  })

  it('shows what staff write on the staff page under their name', async () => {
    await writes('i want to kill myself')
    await claim(await openCase())
    said()
    await world.act({ kind: 'reply', text: 'from the page' })
    await settle()
    expect(said().join()).toMatch(/^staff: .*from the page/)
  })
})

describe('the safety watch', () => {
  const hears = async (text: string) => {
    world.clock.advance(1_000)
    const message = world.room.message({ kind: 'text', text })
    const took: unknown[] = []
    const what = await host.watch(message, async (one) => {
      took.push(one)
      await world.app.receive(one)
    })
    await settle()
    return { what, took }
  }
  const change = (watch: boolean) => host.setRoom(localWorkspace, 'lobby', { watch }, anaAccount)

  it('hears nothing in a room that did not ask for it', async () => {
    expect(await hears('i want to kill myself')).toEqual({ what: 'dropped', took: [] })
    expect(await world.state.store.contacts(localWorkspace)).toEqual([])
  })

  it('keeps nothing below urgent: no person, no row, no line in a log', async () => {
    await change(true)
    world.logged()
    for (const text of ['what is asthma', 'i feel sad', 'hola, como estas', 'my throat hurts'])
      expect((await hears(text)).what).toBe('dropped')
    expect(await world.state.store.contacts(localWorkspace)).toEqual([])
    expect(await world.state.store.backlog()).toBe(0)
    expect(world.logged()).toEqual([])
    expect(world.room.acts()).toEqual([])
  })

  it('answers an alarm as if it had been addressed: the public line there, the rest privately', async () => {
    await change(true)
    const { what, took } = await hears('i want to kill myself')
    expect(what).toBe('taken')
    expect(took).toMatchObject([{ watched: true }])
    const acts = world.room.acts()
    expect(acts.filter(({ place }) => place === 'room')).toHaveLength(1)
    expect(acts.find(({ place }) => place === 'room')?.text).toContain('If anyone here is in danger')
    expect(acts.some(({ place, text }) => place === 'direct' && text.includes('Samaritans'))).toBe(true)
    expect(await world.openCase()).toMatchObject({ level: 'crisis' })
  })

  it('says nothing in the room of what is urgent only, for nobody asked there', async () => {
    await change(true)
    const { what } = await hears('i have had a fever of 40 for four days')
    expect(what).toBe('taken')
    expect(world.room.acts().filter(({ place }) => place === 'room')).toEqual([])
  })

  it('is announced when it goes on and off, and each change is audited with who made it', async () => {
    expect((await change(true)).notice).toContain('safety watch on')
    expect((await change(true)).notice).toBeUndefined()
    expect((await host.roomSettings(localWorkspace, 'lobby')).watch).toBe(true)
    expect((await host.roomSettings(localWorkspace, 'elsewhere')).watch).toBe(false)
    expect((await change(false)).notice).toContain('I read only what is addressed to me here')
    const audit = await world.state.store.audit(localWorkspace)
    const changes = audit.filter(({ action }) => action === 'room_changed')
    expect(changes).toHaveLength(3)
    expect(changes.every(({ actor }) => actor === `staff:${ana.id as StaffId}`)).toBe(true)
  })
})
