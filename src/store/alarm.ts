import { sql } from 'kysely'
import { prepared, type Session } from './query.ts'
import type { ContactRow } from './schema.ts'

/** Alarms of one account are counted for this long, ms. */
const floodWindowMs = 10 * 60_000
/** More alarms than this in the window and the account stands behind other people's alarms, before everything else. */
const floodLimit = 20
/** After an alarm's turn was fenced off this often, further alarms wait for it: writing fast must not prevent every answer. */
const fenceLimit = 3

const countAlarm = prepared<{ id: string; since: number; count: number; bump: number }>()((db, given) =>
  db
    .updateTable('contacts')
    .set({ alarm_since: given.since, alarm_count: given.count, fence: sql`fence + ${given.bump}` })
    .where('id', '=', given.id),
)
const markFlood = prepared<{ contact: string }>()((db, given) =>
  db
    .updateTable('inbox')
    .set({ flood: 1 })
    .where('contact_id', '=', given.contact)
    .where('status', '<>', sql.lit('done'))
    .where('alarm', '=', 1),
)
const heldAlarm = prepared<{ contact: string; limit: number }>()((db, given) =>
  db
    .selectFrom('inbox')
    .select('id')
    .where('contact_id', '=', given.contact)
    .where('status', '<>', sql.lit('done'))
    .where('status', '=', 'claimed')
    .where('alarm', '=', 1)
    .where('overtakes', '>=', given.limit)
    .limit(1),
)

type Counted = Pick<ContactRow, 'id' | 'alarm_since' | 'alarm_count' | 'lease_until'>

/** Whether this alarm makes the account one that floods. */
export function countsAsFlood(contact: Counted, now: number): boolean {
  return windowOf(contact, now).count > floodLimit
}

/** Records an alarm: no turn of the person that is running now can commit after this. */
export async function recordAlarm(session: Session, contact: Counted, now: number): Promise<void> {
  const { since, count } = windowOf(contact, now)
  const spared =
    contact.lease_until !== null &&
    (await heldAlarm(session, { contact: contact.id, limit: fenceLimit })).length > 0
  await countAlarm(session, { id: contact.id, since, count, bump: spared ? 0 : 1 })
  if (count === floodLimit + 1) await markFlood(session, { contact: contact.id })
}

function windowOf(contact: Counted, now: number): { readonly since: number; readonly count: number } {
  const expired = now - contact.alarm_since > floodWindowMs
  return expired ? { since: now, count: 1 } : { since: contact.alarm_since, count: contact.alarm_count + 1 }
}
