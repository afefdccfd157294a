import { sql } from 'kysely'
import type { Store } from '../core/ports.ts'
import type { SettledStatus } from '../core/records.ts'
import { insertInbox } from './inbox-rows.ts'
import { settledCodes } from './payload.ts'
import { prepared, type Session } from './query.ts'

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
    .where('status', '=', 'sending'),
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
      .returning([
        'workspace',
        'contact_id',
        'level',
        'notify_on',
        'notify_conversation',
        'notify_contact',
        'sealed_notify',
      ])
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
    await putOff(session, { key, at: result.nextAttemptAt, maybe })
    return undefined
  }
  const { status } = result
  const [row] = await finish(session, { key, status, external: result.externalId ?? null, now })
  if (!row) return undefined
  const told = row.notify_on === 'any' || (row.notify_on === 'failure' && failures.includes(status))
  if (told) {
    await insertInbox(session, {
      id: inboxId,
      source: `settled:${key}`,
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
  return row.erasing === null ? undefined : (row.contact_id ?? undefined)
}
