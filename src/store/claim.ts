import { sql } from 'kysely'
import type { TriageAssessment } from '../core/assessment.ts'
import { asId, type ContactId, type ConversationKey, type InboxId, type WorkspaceId } from '../core/ids.ts'
import type { PersonCipher, Store } from '../core/ports.ts'
import type { Claim } from '../core/records.ts'
import type { StoreParts } from './parts.ts'
import { readPayload } from './payload.ts'
import { prepared, type Session } from './query.ts'
import type { InboxRow } from './schema.ts'

/** Alarms of one person that one turn takes at most; the rest form the next turn. */
const joinLimit = 100
/** After this many crashes a row that crashes again rests for a while: a bug must not become a hot loop. */
const crashLimit = 3
const crashRestMs = 5_000
/** How often claims look for leases that ended, ms. */
const lapseEveryMs = 250

const waiting = sql.lit<'waiting'>('waiting')
const candidate = ['inbox.seq', 'inbox.alarm', 'contacts.id as contact', 'contacts.lease_until'] as const

/** The person is free, or an alarm came since they were claimed. */
const nextAlarm = prepared<Record<never, never>>()((db, _given, dialect) =>
  dialect.lockFree(
    db
      .selectFrom('inbox')
      .innerJoin('contacts', 'contacts.id', 'inbox.contact_id')
      .select(candidate)
      .where('inbox.status', '=', waiting)
      .where('inbox.alarm', '=', sql.lit(1))
      .where((eb) =>
        eb.or([
          eb('contacts.lease_until', 'is', null),
          eb('contacts.fence', '>', eb.ref('contacts.claim_fence')),
        ]),
      )
      .orderBy('inbox.flood')
      .orderBy('inbox.rank')
      .orderBy('inbox.received_at')
      .orderBy('inbox.seq')
      .limit(1),
  ),
)
/** Whether an alarm waits at all, whoever holds its person. */
const anyAlarm = prepared<Record<never, never>>()((db) =>
  db.selectFrom('inbox').select('seq').where('status', '=', waiting).where('alarm', '=', sql.lit(1)).limit(1),
)
const nextBy = (column: 'queue_at' | 'accepted_at') =>
  prepared<Record<never, never>>()((db, _given, dialect) =>
    dialect.lockFree(
      db
        .selectFrom('inbox')
        .innerJoin('contacts', 'contacts.id', 'inbox.contact_id')
        .select(candidate)
        .where('inbox.status', '=', waiting)
        .where('inbox.alarm', '=', sql.lit(0))
        .where('contacts.lease_until', 'is', null)
        .orderBy(`inbox.${column}`)
        .orderBy('inbox.seq')
        .limit(1),
    ),
  )
const nextInQueue = nextBy('queue_at')
const nextOldest = nextBy('accepted_at')

const holdContact = prepared<{ id: string; worker: string; until: number }>()((db, given) =>
  db
    .updateTable('contacts')
    .set({
      fence: sql`fence + 1`,
      claim_fence: sql`fence + 1`,
      claimed_by: given.worker,
      lease_until: given.until,
    })
    .where('id', '=', given.id)
    .returning('fence'),
)
const claimed = [
  'seq',
  'id',
  'workspace',
  'contact_id',
  'conversation',
  'kind',
  'sealed_body',
  'codes',
  'assessment',
  'alarm',
  'crashes',
  'overtaken',
  'overtakes',
  'accepted_at',
  'visibility',
] as const
const takeRow = prepared<{ seq: number; fence: number }>()((db, given) =>
  db
    .updateTable('inbox')
    .set({ status: 'claimed', claim_fence: given.fence })
    .where('seq', '=', given.seq)
    .returning(claimed),
)
const takeAlarms = prepared<{ contact: string; seq: number; fence: number; limit: number }>()((db, given) =>
  db
    .updateTable('inbox')
    .set({ status: 'claimed', claim_fence: given.fence })
    .where((eb) =>
      eb.or([
        eb('seq', '=', given.seq),
        eb(
          'seq',
          'in',
          eb
            .selectFrom('inbox')
            .select('seq')
            .where('contact_id', '=', given.contact)
            .where('status', '<>', sql.lit('done'))
            .where('status', '=', 'waiting')
            .where('alarm', '=', 1)
            .orderBy('seq')
            .limit(given.limit),
        ),
      ]),
    )
    .returning(claimed),
)
const putBackOvertaken = prepared<{ contact: string }>()((db, given) =>
  db
    .updateTable('inbox')
    .set({ status: 'waiting', claim_fence: null, overtaken: 1, overtakes: sql`overtakes + 1` })
    .where('contact_id', '=', given.contact)
    .where('status', '<>', sql.lit('done'))
    .where('status', '=', 'claimed'),
)
const putBackOwn = prepared<{
  contact: string
  fence: number
  crashes: number
  overtaken: number
  overtakes: number
}>()((db, given) =>
  db
    .updateTable('inbox')
    .set({
      status: 'waiting',
      claim_fence: null,
      crashes: sql`crashes + ${given.crashes}`,
      overtaken: sql`case when overtaken = 1 then 1 else ${given.overtaken} end`,
      overtakes: sql`overtakes + ${given.overtakes}`,
    })
    .where('contact_id', '=', given.contact)
    .where('status', '<>', sql.lit('done'))
    .where('status', '=', 'claimed')
    .where('claim_fence', '=', given.fence),
)
const endOwn = prepared<{ contact: string; fence: number; now: number }>()((db, given) =>
  db
    .updateTable('inbox')
    .set({ status: 'done', done_at: given.now })
    .where('contact_id', '=', given.contact)
    .where('status', '<>', sql.lit('done'))
    .where('status', '=', 'claimed')
    .where('claim_fence', '=', given.fence),
)
const freeContact = prepared<{ id: string; fence: number }>()((db, given) =>
  db
    .updateTable('contacts')
    .set({ lease_until: null, claimed_by: null })
    .where('id', '=', given.id)
    .where('claim_fence', '=', given.fence),
)
const restContact = prepared<{ id: string; fence: number; until: number }>()((db, given) =>
  db
    .updateTable('contacts')
    .set({ lease_until: given.until })
    .where('id', '=', given.id)
    .where('claim_fence', '=', given.fence),
)
const lapsed = prepared<{ until: number }>()((db, given, dialect) =>
  dialect.lockFree(
    db
      .selectFrom('contacts')
      .select(['id', 'claim_fence'])
      .where('lease_until', 'is not', null)
      .where('lease_until', '<=', given.until)
      .orderBy('lease_until')
      .orderBy('id')
      .limit(64),
  ),
)
const unfinished = prepared<Record<never, never>>()((db) =>
  db
    .selectFrom('inbox')
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .where('status', '<>', sql.lit('done')),
)

export function createClaims({
  database,
  cipher,
}: StoreParts): Pick<Store, 'claimNext' | 'release' | 'backlog'> {
  let lapsesSeen = Number.NEGATIVE_INFINITY
  return {
    async claimNext({ worker, now, leaseMs, lane }) {
      const lapsesDue = Math.abs(now - lapsesSeen) >= lapseEveryMs
      // The worker for alarms looks at every arrival and mostly finds none: that must not cost a transaction each time.
      if (lane === 'alarms' && !lapsesDue && (await anyAlarm(database.read, {})).length === 0)
        return undefined
      const taken = await database.write(async (session) => {
        if (lapsesDue) {
          await freeLapsed(session, now)
          lapsesSeen = now
        }
        const next = await nextIn(session, lane)
        return next && take(session, next, worker, now + leaseMs)
      })
      if (!taken) return undefined
      const [first] = taken.rows
      if (!first) return undefined
      const person = await cipher.forContact(
        asId<WorkspaceId>(first.workspace),
        asId<ContactId>(taken.contact),
      )
      return toClaim(taken, person)
    },
    async release(claim, why, now) {
      await database.write(async (session) => {
        if (why === 'crashed') await releaseCrashed(session, claim, now)
        else if (why === 'abandoned') await releaseAbandoned(session, claim, now)
        else await releaseOvertaken(session, claim)
      })
    },
    async backlog() {
      const [row] = await unfinished(database.read, {})
      return row?.rows ?? 0
    },
  }
}

type Candidate = NonNullable<Awaited<ReturnType<typeof nextIn>>>
type ClaimedRow = Pick<InboxRow, Exclude<(typeof claimed)[number], 'seq'>> & { readonly seq: number }
interface Taken {
  readonly contact: string
  readonly fence: number
  readonly rows: readonly ClaimedRow[]
}

async function nextIn(session: Session, lane: 'any' | 'alarms' | 'oldest') {
  if (lane !== 'oldest') {
    const [alarm] = await nextAlarm(session, {})
    if (alarm || lane === 'alarms') return alarm
    return (await nextInQueue(session, {}))[0]
  }
  return (await nextOldest(session, {}))[0]
}

async function take(session: Session, next: Candidate, worker: string, until: number): Promise<Taken> {
  // An alarm takes a person over: the turn that held them is fenced off and cannot commit any more.
  if (next.lease_until !== null) await putBackOvertaken(session, { contact: next.contact })
  const [held] = await holdContact(session, { id: next.contact, worker, until })
  const fence = held?.fence ?? 0
  const rows =
    next.alarm === 1
      ? await takeAlarms(session, { contact: next.contact, seq: next.seq, fence, limit: joinLimit })
      : await takeRow(session, { seq: next.seq, fence })
  return { contact: next.contact, fence, rows: [...rows].sort((a, b) => a.seq - b.seq) }
}

function toClaim({ contact, fence, rows }: Taken, person: PersonCipher): Claim | undefined {
  const opened = rows.map((row) => ({
    inboxId: asId<InboxId>(row.id),
    payload: readPayload(row, person),
    ...(row.assessment === null ? {} : { assessment: JSON.parse(row.assessment) as TriageAssessment }),
  }))
  const [row] = rows
  const [first, ...joined] = opened
  if (!row || !first) return undefined
  return {
    ...first,
    workspace: asId<WorkspaceId>(row.workspace),
    contactId: asId<ContactId>(contact),
    conversation: asId<ConversationKey>(row.conversation ?? ''),
    joined,
    visibility: rows.some((one) => one.visibility === 'private') ? 'private' : 'public',
    fence,
    crashes: Math.max(...rows.map((one) => one.crashes)),
    // An alarm is answered as one, however often another alarm overtook it; only one that had a reply already is not.
    overtaken: row.overtaken === 1 && (row.alarm === 0 || row.overtakes === 0),
    acceptedAt: row.accepted_at,
  }
}

/** Takes back what workers held beyond their lease: they died, or hang; each counts a crash. */
export async function freeLapsed(session: Session, until: number): Promise<number> {
  const contacts = await lapsed(session, { until })
  for (const contact of contacts) {
    const own = { contact: contact.id, fence: contact.claim_fence }
    await putBackOwn(session, { ...own, crashes: 1, overtaken: 0, overtakes: 0 })
    await freeContact(session, { id: contact.id, fence: contact.claim_fence })
  }
  return contacts.length
}

async function releaseCrashed(session: Session, claim: Claim, now: number): Promise<void> {
  const contact = { id: claim.contactId, fence: claim.fence }
  // Still claimed, it counts as a crash when the rest is over.
  if (claim.crashes >= crashLimit)
    return void (await restContact(session, { ...contact, until: now + crashRestMs }))
  await putBackOwn(session, {
    contact: claim.contactId,
    fence: claim.fence,
    crashes: 1,
    overtaken: 0,
    overtakes: 0,
  })
  await freeContact(session, contact)
}

async function releaseAbandoned(session: Session, claim: Claim, now: number): Promise<void> {
  await endOwn(session, { contact: claim.contactId, fence: claim.fence, now })
  await freeContact(session, { id: claim.contactId, fence: claim.fence })
}

/** Puts the rows of a fenced turn behind the alarm, unless the alarm's worker did so already. */
export async function releaseOvertaken(session: Session, claim: Claim): Promise<void> {
  await putBackOwn(session, {
    contact: claim.contactId,
    fence: claim.fence,
    crashes: 0,
    overtaken: 1,
    overtakes: 1,
  })
  await freeContact(session, { id: claim.contactId, fence: claim.fence })
}
