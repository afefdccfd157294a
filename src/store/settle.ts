import { sql } from 'kysely'
import type { Store } from '../core/ports.ts'
import type { SettledStatus } from '../core/records.ts'
import { insertInbox } from './inbox-rows.ts'
import { settledCodes } from './payload.ts'
import { prepared, type Session } from './query.ts'
import type { OutboxRow } from './schema.ts'

/** Who waits for the news, and what they are to be told of. */
const toTell = [
  'workspace',
  'level',
  'notify_on',
  'notify_conversation',
  'notify_contact',
  'sealed_notify',
] as const

type Result = Parameters<Store['settle']>[1]

const putOff = prepared<{ key: string; at: number; maybe: number | null }>()((db, given) =>
  db
    .updateTable('outbox')
    .set({
      status: 'due',
      next_attempt_at: given.at,
      maybe_sent: sql`coalesce(${given.maybe}, maybe_sent)`,
      worker: null,
      lease_until: null,
    })
    .where('key', '=', given.key)
    .where('status', '=', 'sending')
    .returning(toTell),
)
const finish = prepared<{ key: string; status: string; external: string | null; now: number }>()(
  (db, given) =>
    db
      .updateTable('outbox')
      .set({
        status: given.status as SettledStatus,
        open: 0,
        external_id: given.external,
        worker: null,
        lease_until: null,
        settled_at: given.now,
      })
      .where('key', '=', given.key)
      .where('open', '=', 1)
      .returning(['contact_id', ...toTell])
      .returning((eb) =>
        eb
          .selectFrom('contacts')
          .select('erase_requested_at')
          .whereRef('contacts.id', '=', 'outbox.contact_id')
          .as('erasing'),
      ),
)

/** Outcomes in which the words did not reach anybody. */
const failures: readonly SettledStatus[] = ['unreachable', 'failed']

/**
 * Records what became of a delivery and, where somebody waits for the news, tells the inbox in the same transaction.
 * A delivery that is settled already stays as it is. Resolves to the contact when their erasure waits for such news.
 */
export async function settleIn(
  session: Session,
  key: string,
  result: Result,
  now: number,
  inboxId: string,
): Promise<string | undefined> {
  if (result.status === 'due') {
    const maybe = result.maybeSent === undefined ? null : result.maybeSent ? 1 : 0
    const [row] = await putOff(session, { key, at: result.nextAttemptAt, maybe })
    if (result.late && row?.notify_on === 'failure')
      await tell(session, row, { id: inboxId, source: `late:${key}`, key, status: 'failed', now })
    return undefined
  }
  const { status } = result
  const [row] = await finish(session, { key, status, external: result.externalId ?? null, now })
  if (!row) return undefined
  if (row.notify_on === 'any' || (row.notify_on === 'failure' && failures.includes(status)))
    await tell(session, row, { id: inboxId, source: `settled:${key}`, key, status, now })
  return row.erasing === null ? undefined : (row.contact_id ?? undefined)
}

async function tell(
  session: Session,
  row: Pick<OutboxRow, (typeof toTell)[number]>,
  news: {
    readonly id: string
    readonly source: string
    readonly key: string
    readonly status: SettledStatus
    readonly now: number
  },
): Promise<void> {
  const { id, source, key, status, now } = news
  await insertInbox(session, {
    id,
    source,
    workspace: row.workspace,
    contact_id: row.notify_contact,
    conversation: row.notify_conversation,
    kind: 'delivery_settled',
    sealed_body: row.sealed_notify,
    codes: settledCodes(key, status),
    level: row.level,
    assessment: undefined,
    received_at: now,
    accepted_at: now,
    visibility: 'private',
    flood: 0,
    overtaken: 0,
  })
}
