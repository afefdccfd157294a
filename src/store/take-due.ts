import { sql } from 'kysely'
import { rank } from '../core/assessment.ts'
import { asId, type ContactId, type WorkspaceId } from '../core/ids.ts'
import type { DueDelivery, PauseTarget, Store } from '../core/ports.ts'
import { toConversation } from './conversations.ts'
import { orderedId } from './ordered-id.ts'
import { toDelivery } from './outbox-rows.ts'
import type { StoreParts } from './parts.ts'
import { prepared, type Session } from './query.ts'
import type { ConversationRow, Flag, OutboxRow } from './schema.ts'
import { settleIn } from './settle.ts'

/** What is paused is looked at again after this long, ms. */
const pausedMs = 15_000

/**
 * Due, and nothing that must leave first stands before it in its place: an earlier one that is on its way or put off,
 * unless this is an alarm and that is none. A campaign point holds up nobody's answers.
 */
const dueBy = (alarm: Flag) =>
  prepared<{ now: number; limit: number }>()((db, given) =>
    db
      .selectFrom('outbox')
      .leftJoin('conversations', 'conversations.key', 'outbox.place')
      .leftJoin('contacts', 'contacts.id', 'outbox.contact_id')
      .selectAll('outbox')
      .select([
        'conversations.channel',
        'conversations.surface',
        'conversations.sealed_route',
        'conversations.mode',
        'conversations.revision',
        'conversations.sealed_stack',
        'conversations.topic',
        'contacts.stopped',
      ])
      .where('outbox.status', '=', sql.lit('due'))
      .where('outbox.alarm', '=', sql.lit(alarm))
      .where('outbox.next_attempt_at', '<=', given.now)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('outbox as before')
              .select('before.key')
              .whereRef('before.place', '=', 'outbox.place')
              .where('before.open', '=', sql.lit(1))
              .where((on) =>
                on.or([
                  on('before.sequence', '<', on.ref('outbox.sequence')),
                  on.and([
                    on('before.sequence', '=', on.ref('outbox.sequence')),
                    on('before.key', '<', on.ref('outbox.key')),
                  ]),
                ]),
              )
              .where('before.alarm', '>=', sql.lit(alarm))
              .where((on) =>
                on.or([on('before.purpose', '<>', 'campaign'), on('outbox.purpose', '=', 'campaign')]),
              )
              .where((on) =>
                on.or([
                  on('before.status', '=', 'sending'),
                  on('before.next_attempt_at', '>', on.ref('outbox.next_attempt_at')),
                  on('before.next_attempt_at', '>', given.now),
                ]),
              ),
          ),
        ),
      )
      .orderBy('outbox.next_attempt_at')
      .orderBy('outbox.sequence')
      .orderBy('outbox.key')
      .limit(given.limit),
  )
const dueAlarms = dueBy(1)
const dueOthers = dueBy(0)

const lockOutbox = prepared<Record<never, never>>()((db, _given, dialect) =>
  dialect.lock(db.selectFrom('leases').select('name').where('name', '=', 'outbox')),
)
const switches = prepared<Record<never, never>>()((db) =>
  db.selectFrom('switches').select(['workspace', 'target', 'paused_at']),
)
const markSending = prepared<{ keys: string; worker: string; until: number }>()((db, given, dialect) =>
  db
    .updateTable('outbox')
    .set({ status: 'sending', attempts: sql`attempts + 1`, worker: given.worker, lease_until: given.until })
    .where('key', 'in', dialect.listed(given.keys)),
)
const postpone = prepared<{ keys: string; at: number }>()((db, given, dialect) =>
  db.updateTable('outbox').set({ next_attempt_at: given.at }).where('key', 'in', dialect.listed(given.keys)),
)

type Place = Omit<ConversationRow, 'created_at'>
type PlaceColumn = Exclude<keyof Place, keyof OutboxRow>
type DueRow = OutboxRow & { readonly [C in PlaceColumn]: Place[C] | null } & { readonly stopped: Flag | null }

/** Deliveries to staff go to no conversation. */
function placeOf(row: DueRow): Place | undefined {
  const { channel, surface, sealed_route, mode, revision, contact_id } = row
  if (!channel || !surface || sealed_route === null || !mode || revision === null || contact_id === null) {
    return undefined
  }
  return { ...row, key: row.place, channel, surface, sealed_route, mode, revision, contact_id }
}

export function createTakeDue({ database, cipher, random }: StoreParts): Pick<Store, 'takeDue'> {
  async function open(row: DueRow): Promise<DueDelivery | undefined> {
    const workspace = asId<WorkspaceId>(row.workspace)
    const person =
      row.contact_id === null
        ? await cipher.forWorkspace(workspace)
        : await cipher.forContact(workspace, asId<ContactId>(row.contact_id))
    const delivery = toDelivery({ ...row, status: 'sending', attempts: row.attempts + 1 }, person)
    if (!delivery) return undefined
    const place = placeOf(row)
    return {
      delivery,
      maybeSent: row.maybe_sent === 1,
      ...(place ? { conversation: toConversation(place, person) } : {}),
    }
  }

  return {
    async takeDue({ now, limit, worker, leaseMs }) {
      const taken = await database.write((session) =>
        takeIn(session, { now, limit, worker, until: now + leaseMs, newId: () => orderedId(now, random) }),
      )
      const opened = await Promise.all(taken.map(open))
      for (const [index, row] of taken.entries()) {
        // Its words are gone with a key: there is nothing to send, now or later.
        if (opened[index] || !row) continue
        await database.write((session) =>
          settleIn(session, row.key, { status: 'failed' }, now, orderedId(now, random)),
        )
      }
      return opened.flatMap((one) => (one ? [one] : []))
    },
  }
}

interface Take {
  readonly now: number
  readonly limit: number
  readonly worker: string
  readonly until: number
  readonly newId: () => string
}

async function takeIn(
  session: Session,
  { now, limit, worker, until, newId }: Take,
): Promise<readonly DueRow[]> {
  // Two takers at once would each see a head that the other is about to take.
  await lockOutbox(session, {})
  const alarms = await dueAlarms(session, { now, limit })
  const others = alarms.length < limit ? await dueOthers(session, { now, limit: limit - alarms.length }) : []
  const due: readonly DueRow[] = [...alarms, ...others]
  if (due.length === 0) return due
  const paused = new Map<string, number>()
  for (const row of await switches(session, {})) paused.set(`${row.workspace} ${row.target}`, row.paused_at)
  const verdicts = due.map((row) => ({ row, verdict: verdictOf(row, paused) }))
  const keysOf = (verdict: Verdict) =>
    JSON.stringify(verdicts.filter((one) => one.verdict === verdict).map((one) => one.row.key))
  for (const { row, verdict } of verdicts) {
    if (verdict === 'withdraw') await settleIn(session, row.key, { status: 'withdrawn' }, now, newId())
  }
  if (verdicts.some((one) => one.verdict === 'wait')) {
    await postpone(session, { keys: keysOf('wait'), at: now + pausedMs })
  }
  await markSending(session, { keys: keysOf('send'), worker, until })
  return verdicts.flatMap(({ row, verdict }) => (verdict === 'send' ? [row] : []))
}

type Verdict = 'send' | 'withdraw' | 'wait'

/** Mode, opt-out and pause, read in the transaction that marks the row as sending. */
function verdictOf(row: DueRow, paused: ReadonlyMap<string, number>): Verdict {
  const pausedAt = (target: PauseTarget) => paused.get(`${row.workspace} ${target}`)
  const own = row.purpose === 'turn' || row.purpose === 'campaign'
  if (row.mode === 'staff' && own && row.survives_claim === 0) return 'withdraw'
  if (row.purpose === 'campaign' && row.stopped === 1) return 'withdraw'
  if (row.purpose === 'campaign' && pausedAt('campaigns') !== undefined) return 'wait'
  if (row.purpose === 'handoff' && pausedAt('relay') !== undefined) return 'wait'
  // Urgent words and helplines cannot be paused. What turns wrote after the pause began, they wrote knowing of it.
  const answers = pausedAt('answers')
  const answer = row.purpose === 'turn' && row.survives_claim === 0 && rank(row.level) > rank('urgent')
  return answer && answers !== undefined && row.created_at <= answers ? 'withdraw' : 'send'
}
