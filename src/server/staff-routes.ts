import { Router } from 'express'
import { IANAZone } from 'luxon'
import { z } from 'zod'
import { asId, type CaseId, type StaffId, type WorkspaceId } from '../core/ids.ts'
import type { Bus, Clock, StaffMember, Store } from '../core/ports.ts'
import type { HandoffCase, StaffAction } from '../core/records.ts'
import { refusalOf } from '../handoff/may-act.ts'
import { mayReveal, viewCase } from './case-view.ts'
import type { CookieJar } from './cookies.ts'
import { figuresOf } from './figures.ts'
import { closedCases, type Inbox } from './inbox.ts'
import { openEventStream } from './sse.ts'
import type { StaffRoom } from './staff-room.ts'
import { type StaffSessions, staffSessionMs } from './staff-sessions.ts'
import type { CaseList, ClosedCases } from './wire.ts'

/** Reading the same case again within this time is one reading in the audit trail, ms. */
const oneReadingMs = 10 * 60_000
/** Closed cases that the list shows, the newest. */
const closedLimit = 200

const id = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)
const text = z.string().trim().min(1).max(4_000)
const action = z.union([
  z.strictObject({ id, kind: z.enum(['claim', 'resolve', 'hand_back']) }),
  z.strictObject({ id, kind: z.enum(['reply', 'note']), text }),
  z.strictObject({
    id,
    kind: z.literal('snooze'),
    minutes: z
      .int()
      .min(5)
      .max(7 * 24 * 60),
  }),
])

const figuresAsked = z.object({
  days: z.coerce.number().int().min(1).max(90).default(30),
  zone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone))
    .default('UTC'),
})

export interface StaffRouteParts {
  readonly workspace: WorkspaceId
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly cookies: CookieJar
  readonly sessions: StaffSessions
  readonly room: StaffRoom
  readonly inbox: Inbox
}

/** `/api/staff/*`: for signed-in members alone. */
export function staffRoutes(parts: StaffRouteParts): Router {
  const { workspace, store, bus, clock, cookies, sessions, room, inbox } = parts
  const router = Router()
  const readings = new Map<string, number>()
  const revealed = new Map<string, Set<string>>()

  router.use('/api/staff', async (request, response, next) => {
    const staffId = sessions.staffOf(cookies.read(request, 'salus_staff'))
    const staff = staffId ? await store.staff(workspace) : []
    // Somebody who was removed since is signed out with it.
    const member = staff.find((one) => one.id === staffId && one.active)
    if (!member) {
      response.status(401).json({ error: 'not_signed_in' })
      return
    }
    Object.assign(response.locals, { member, staff })
    next()
  })

  router.get('/api/staff/cases', async (_request, response) => {
    const { member } = localsOf(response.locals)
    const [{ at, json }, place] = await Promise.all([inbox.read(), store.workspace(workspace)])
    const head = {
      me: { id: member.id, name: member.name, role: member.role },
      workspace: { name: place?.name ?? '', demo: place?.mode === 'demo' },
      now: clock.now(),
      at,
    } satisfies Omit<CaseList, 'cases'>
    // The long part is the same for everybody and was written once.
    const body = Buffer.concat([
      Buffer.from(`${JSON.stringify(head).slice(0, -1)},"cases":`),
      json,
      Buffer.from('}'),
    ])
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
  })

  router.get('/api/staff/closed', async (_request, response) => {
    const cases = await closedCases(store, workspace, closedLimit)
    response.json({ now: clock.now(), cases } satisfies ClosedCases)
  })

  router.get('/api/staff/figures', async (request, response) => {
    const asked = figuresAsked.safeParse(request.query)
    if (!asked.success) {
      response.status(400).json({ error: 'shape' })
      return
    }
    const now = clock.now()
    const cases = await store.caseTimes(workspace, now - asked.data.days * 24 * 3_600_000)
    response.json(figuresOf(cases, { ...asked.data, now }))
  })

  router.get('/api/staff/cases/:id', async (request, response) => {
    const { member, staff } = localsOf(response.locals)
    const one = await caseOf(request.params.id)
    if (!one) {
      response.status(404).json({ error: 'not_found' })
      return
    }
    await auditReading(member.id, one)
    const reader = { store, staff, me: member.id, now: clock.now() }
    const uncovered = mayReveal(one, member.id) ? revealed.get(`${member.id} ${one.id}`) : undefined
    response.json(await viewCase({ ...reader, revealed: uncovered ?? new Set() }, one))
  })

  router.post('/api/staff/cases/:id/actions', async (request, response) => {
    const { member, staff } = localsOf(response.locals)
    const parsed = action.safeParse(request.body)
    const one = await caseOf(request.params.id)
    if (!parsed.success || !one) {
      response.status(one ? 400 : 404).json({ error: one ? 'shape' : 'not_found' })
      return
    }
    const refused = refusalOf(parsed.data.kind, one, member.id)
    if (refused) {
      const owner = staff.find((other) => other.id === one.assignee)?.name
      response.status(409).json({ error: refused, ...(owner ? { owner } : {}) })
      return
    }
    await store.enqueue({
      key: `staff/${member.id}/${parsed.data.id}`,
      conversation: one.conversation,
      payload: {
        kind: 'staff_action',
        staff: member.id,
        caseId: one.id,
        action: actionOf(parsed.data, clock.now()),
      },
      level: one.level,
      at: clock.now(),
    })
    bus.publish('inbox')
    response.status(202).json({ accepted: true })
  })

  router.post('/api/staff/cases/:id/reveal', async (request, response) => {
    const { member } = localsOf(response.locals)
    const parsed = z.strictObject({ line: z.string().min(1).max(200) }).safeParse(request.body)
    const one = await caseOf(request.params.id)
    if (!parsed.success || !one) {
      response.status(one ? 400 : 404).json({ error: one ? 'shape' : 'not_found' })
      return
    }
    if (!mayReveal(one, member.id)) {
      response.status(403).json({ error: 'not_the_owner' })
      return
    }
    await audit(member.id, 'details_revealed', one.id)
    const key = `${member.id} ${one.id}`
    revealed.set(key, (revealed.get(key) ?? new Set()).add(parsed.data.line))
    response.status(200).json({ revealed: true })
  })

  router.post('/api/staff/alerts/:id/seen', (request, response) => {
    room.seen(request.params.id)
    response.status(204).end()
  })

  router.post('/api/staff/sign-out', (request, response) => {
    sessions.leave(cookies.read(request, 'salus_staff'))
    cookies.clear(response, 'salus_staff')
    response.status(204).end()
  })

  router.get('/api/staff/stream', (request, response) => {
    const { member } = localsOf(response.locals)
    const stream = openEventStream(request, response, clock)
    room.join(workspace, member.id, stream)
    // A browser that connects again by itself names the last event; a page that does so, the last state it knows.
    const known = request.get('last-event-id') ?? String(request.query.since ?? '')
    const missed = inbox.since(known)
    if (!missed) stream.send('gap', {})
    for (const change of missed ?? []) stream.send('cases', change, change.at)
    stream.send('ready', {})
    // A session that ends while its page is open ends the page's stream with it.
    void clock.sleep(staffSessionMs, stream.gone).then(() => stream.end())
  })
  return router

  async function caseOf(given: string): Promise<HandoffCase | undefined> {
    const one = await store.case(asId<CaseId>(given))
    return one?.workspace === workspace ? one : undefined
  }

  async function auditReading(staff: StaffId, one: HandoffCase): Promise<void> {
    const key = `${staff} ${one.id}`
    const now = clock.now()
    if (now - (readings.get(key) ?? Number.NEGATIVE_INFINITY) < oneReadingMs) return
    for (const [old, at] of readings) if (now - at >= oneReadingMs) readings.delete(old)
    readings.set(key, now)
    await audit(staff, 'case_read', one.id)
  }

  async function audit(staff: StaffId, what: string, subject: string): Promise<void> {
    await store.appendAudit({
      workspace,
      at: clock.now(),
      actor: `staff:${staff}`,
      action: what,
      subject,
      codes: {},
    })
  }
}

function actionOf(given: z.infer<typeof action>, now: number): StaffAction {
  switch (given.kind) {
    case 'snooze':
      return { kind: 'snooze', until: now + given.minutes * 60_000 }
    case 'reply':
    case 'note':
      return { kind: given.kind, text: given.text }
    default:
      return { kind: given.kind }
  }
}

function localsOf(locals: Readonly<Record<string, unknown>>) {
  return locals as unknown as { readonly member: StaffMember; readonly staff: readonly StaffMember[] }
}
