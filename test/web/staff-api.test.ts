import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localWorkspace } from '../../src/open-state.ts'
import type { CaseList, CaseView, ChatEntry } from '../../src/server/wire.ts'
import { openSite, type Site, until, type Visitor } from './site.ts'

let site: Site
beforeEach(async () => {
  site = await openSite()
})
afterEach(() => site.close())

async function signedIn(): Promise<Visitor> {
  const staff = site.visitor()
  await staff.fetch(site.staffLink)
  return staff
}

async function inCrisis(): Promise<Visitor> {
  const visitor = site.visitor()
  await visitor.say('my name is Maria Lopez and I want to kill myself')
  await visitor.reply((entry) => entry.urgent === true)
  return visitor
}

const firstCase = (staff: Visitor) =>
  until(async () => (await staff.json<CaseList>('/api/staff/cases')).cases[0])
const open = (staff: Visitor, id: string) => staff.json<CaseView>(`/api/staff/cases/${id}`)
let actions = 0
const act = (staff: Visitor, id: string, action: object) =>
  staff.post(`/api/staff/cases/${id}/actions`, { id: `action-${++actions}`, ...action })
const told = (entry: ChatEntry) => /told the team/.test(entry.text)

/** Keeps a staff page open that says what it shows, as the real one does. */
function watch(staff: Visitor, enough: (alerts: number) => boolean) {
  let alerts = 0
  return staff.events('/api/staff/stream', (events) => {
    for (const { event, data } of events.filter(({ event }) => event === 'alert').slice(alerts)) {
      if (event) alerts++
      void staff.post(`/api/staff/alerts/${data.id}/seen`, {})
    }
    return enough(alerts)
  })
}

describe('signing in', () => {
  test('the link works once', async () => {
    const staff = await signedIn()
    expect((await staff.fetch('/api/staff/cases')).status).toBe(200)
    const late = site.visitor()
    expect((await late.fetch(site.staffLink)).status).toBe(410)
    expect((await late.fetch('/api/staff/cases')).status).toBe(401)
  })

  test('looking at the link without opening it does not use it up', async () => {
    await site.visitor().fetch(site.staffLink, { method: 'HEAD' })
    expect((await (await signedIn()).fetch('/api/staff/cases')).status).toBe(200)
  })

  test('nothing opens to forged, foreign or absent cookies', async () => {
    const visitor = await inCrisis()
    for (const cookie of [
      '',
      'salus_staff=',
      `salus_staff=${'A'.repeat(43)}`,
      visitor.cookie.replace('chat', 'staff'),
    ]) {
      const stranger = site.visitor()
      stranger.cookie = cookie
      for (const path of ['/api/staff/cases', '/api/staff/cases/x', '/api/staff/stream']) {
        expect((await stranger.fetch(path)).status, `${cookie} ${path}`).toBe(401)
      }
      expect((await act(stranger, 'x', { kind: 'claim' })).status).toBe(401)
    }
  })

  test('signing out ends the session; a removed member is out at once', async () => {
    const staff = await signedIn()
    const { cookie } = staff
    await staff.post('/api/staff/sign-out', {})
    staff.cookie = cookie
    expect((await staff.fetch('/api/staff/cases')).status).toBe(401)
  })

  test('a member who is no longer active is out at once', async () => {
    const staff = await signedIn()
    const [member] = await site.state.store.staff(localWorkspace)
    await site.state.store.saveStaff({ ...member!, active: false })
    expect((await staff.fetch('/api/staff/cases')).status).toBe(401)
  })
})

describe('cases', () => {
  test('stand worst first, without a word of the people in them', async () => {
    const staff = await signedIn()
    await inCrisis()
    const second = site.visitor()
    await second.say('my dad has crushing chest pain and his left arm is numb')
    await second.reply((entry) => entry.urgent === true)
    const list = await until(async () => {
      const found = await staff.json<CaseList>('/api/staff/cases')
      return found.cases.length === 2 ? found : undefined
    })
    expect(list.cases.map(({ level }) => level)).toEqual(['emergency', 'crisis'])
    expect(JSON.stringify(list)).not.toMatch(/Maria|kill|chest pain/)
  })

  test('opened: what raised it as written, details masked below, and the reading is on record', async () => {
    const staff = await signedIn()
    await inCrisis()
    const { id } = await firstCase(staff)
    const view = await open(staff, id)
    const raised = view.summary.raisedBy?.stretches ?? []
    expect(raised.map(({ text }) => text).join('')).toContain('Maria Lopez')
    expect(raised.some(({ kind, text }) => kind === 'sign' && /kill myself/.test(text))).toBe(true)
    expect(JSON.stringify(view.lines)).not.toContain('Maria Lopez')
    await open(staff, id)
    const audit = await site.state.store.audit(localWorkspace)
    expect(audit.filter(({ action }) => action === 'case_read')).toEqual([
      expect.objectContaining({ actor: 'staff:demo', subject: id }),
    ])
  })

  test('only the owner uncovers details, and that is on record', async () => {
    const staff = await signedIn()
    await inCrisis()
    const { id } = await firstCase(staff)
    const masked = (await open(staff, id)).lines.find(({ stretches }) =>
      stretches.some(({ kind }) => kind === 'hidden'),
    )
    const reveal = () => staff.post(`/api/staff/cases/${id}/reveal`, { line: masked?.id })
    expect((await reveal()).status).toBe(403)
    await act(staff, id, { kind: 'claim' })
    await until(async () => ((await open(staff, id)).mayReveal ? true : undefined))
    expect((await reveal()).status).toBe(200)
    expect(JSON.stringify((await open(staff, id)).lines)).toContain('Maria Lopez')
    const audit = await site.state.store.audit(localWorkspace)
    expect(audit.map(({ action }) => action)).toContain('details_revealed')
  })

  test('claimed, answered, noted and resolved; the person reads along', async () => {
    const staff = await signedIn()
    const visitor = await inCrisis()
    const { id } = await firstCase(staff)
    expect((await act(staff, id, { kind: 'reply', text: 'too early' })).status).toBe(409)
    expect((await act(staff, id, { kind: 'claim' })).status).toBe(202)
    await visitor.reply((entry) => entry.from === 'person' && /is here and will write/.test(entry.text))
    const reply = { id: 'reply-once-1', kind: 'reply', text: 'I am with you.' }
    for (const _ of [1, 2])
      expect((await staff.post(`/api/staff/cases/${id}/actions`, reply)).status).toBe(202)
    await visitor.reply((entry) => /Sam, volunteer, not a clinician: I am with you/.test(entry.text))
    await act(staff, id, { kind: 'note', text: 'calmer now' })
    await visitor.say('thank you Sam')
    const view = await until(async () => {
      const seen = await open(staff, id)
      return seen.notes.length > 0 && seen.summary.last ? seen : undefined
    })
    expect(view.notes).toEqual([expect.objectContaining({ by: 'Sam', text: 'calmer now' })])
    expect(
      view.lines.filter(({ stretches }) => stretches.some(({ text }) => /I am with you/.test(text))),
    ).toHaveLength(1)
    await act(staff, id, { kind: 'resolve' })
    await visitor.reply((entry) => /has closed this conversation/.test(entry.text))
    expect((await staff.json<CaseList>('/api/staff/cases')).cases).toEqual([])
    expect((await act(staff, id, { kind: 'claim' })).status).toBe(409)
  })

  test('two who claim at once: one has it, and only they may write', async () => {
    const staff = await signedIn()
    await inCrisis()
    const { id } = await firstCase(staff)
    await Promise.all([act(staff, id, { kind: 'claim' }), act(staff, id, { kind: 'claim' })])
    await until(async () => ((await open(staff, id)).item.status === 'claimed' ? true : undefined))
    const [one] = await site.state.store.cases(localWorkspace)
    const joined = (await open(staff, id)).lines.filter(({ stretches }) =>
      /will write to you/.test(stretches[0]?.text ?? ''),
    )
    expect(one?.assignee).toBe('demo')
    expect(joined).toHaveLength(1)
  })

  test('an unknown case, a made-up action and a wrong shape are refused in JSON', async () => {
    const staff = await signedIn()
    await inCrisis()
    const { id } = await firstCase(staff)
    expect((await act(staff, 'nothing', { kind: 'claim' })).status).toBe(404)
    for (const body of [
      {},
      { kind: 'explode' },
      { kind: 'reply' },
      { kind: 'reply', text: ' ' },
      { kind: 'snooze', minutes: 0 },
    ]) {
      const response = await act(staff, id, body)
      expect(response.status, JSON.stringify(body)).toBe(400)
      expect(await response.json()).toEqual({ error: 'shape' })
    }
  })
})

describe('"I have told the team"', () => {
  test('is said once a signed-in page shows the alarm', async () => {
    const staff = await signedIn()
    const watching = watch(staff, (alerts) => alerts > 0)
    const visitor = await inCrisis()
    const alert = (await watching).find(({ event }) => event === 'alert')?.data
    expect(alert).toMatchObject({ level: 'crisis', topic: 'self_harm', reason: 'opened' })
    expect(JSON.stringify(alert)).not.toMatch(/Maria|kill/)
    expect(await visitor.reply(told)).toBeDefined()
  })

  test('is not said while nobody is signed in', async () => {
    const visitor = await inCrisis()
    await visitor.say('are you there')
    await visitor.reply((entry) => !entry.urgent && !told(entry))
    expect((await visitor.history()).some(told)).toBe(false)
  })
})
