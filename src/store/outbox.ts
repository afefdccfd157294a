import { sql } from 'kysely'
import { asId, type ContactId, type WorkspaceId } from '../core/ids.ts'
import type { Store } from '../core/ports.ts'
import { freeLapsed } from './claim.ts'
import type { Erasure } from './erase.ts'
import { orderedId } from './ordered-id.ts'
import { toDelivery } from './outbox-rows.ts'
import type { StoreParts } from './parts.ts'
import { prepared } from './query.ts'
import { settleIn } from './settle.ts'

const since = prepared<{ place: string; sequence: number }>()((db, given) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('place', '=', given.place)
    .where('sequence', '>', given.sequence)
    .orderBy('sequence')
    .orderBy('key'),
)
const earliestDue = prepared<Record<never, never>>()((db) =>
  db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('next_attempt_at').as('at'))
    .where('status', '=', sql.lit<'due'>('due')),
)
const earliestClock = prepared<Record<never, never>>()((db) =>
  db.selectFrom('clocks').select((eb) => eb.fn.min('due_at').as('at')),
)
/** A sender that died may have sent: looked for or sent again, but for campaign points, which reach a person at most once. */
const lapsedSends = prepared<{ until: number }>()((db, given) =>
  db
    .selectFrom('outbox')
    .select(['key', 'purpose'])
    .where('status', '=', sql.lit<'sending'>('sending'))
    .where('lease_until', '<=', given.until)
    .orderBy('lease_until')
    .orderBy('key')
    .limit(500),
)
const byKey = prepared<{ key: string }>()((db, given) =>
  db.selectFrom('outbox').select('key').where('key', '=', given.key),
)
const everything = Number.MAX_SAFE_INTEGER

export function createOutbox(
  { database, cipher, random }: StoreParts,
  erasure: Pick<Erasure, 'finish'>,
): Pick<Store, 'settle' | 'recover' | 'nextDueAt' | 'deliveriesSince' | 'wasQueued'> {
  return {
    async wasQueued(key) {
      return (await byKey(database.read, { key })).length > 0
    },
    async settle(key, result, now) {
      const id = orderedId(now, random)
      const erasing = await database.write((session) => settleIn(session, key, result, now, id))
      if (erasing) await erasure.finish(asId<ContactId>(erasing), now)
    },
    async recover({ now, all }) {
      const until = all ? everything : now
      let found = 0
      for (;;) {
        const some = await database.write(async (session) => {
          const claims = await freeLapsed(session, until)
          const sends = await lapsedSends(session, { until })
          for (const { key, purpose } of sends) {
            const result =
              purpose === 'campaign'
                ? { status: 'uncertain' as const }
                : { status: 'due' as const, nextAttemptAt: now, maybeSent: true }
            await settleIn(session, key, result, now, orderedId(now, random))
          }
          return claims + sends.length
        })
        if (some === 0) return found
        found += some
      }
    },
    async nextDueAt() {
      const [delivery] = await earliestDue(database.read, {})
      const [clock] = await earliestClock(database.read, {})
      const times = [delivery?.at, clock?.at].filter((at) => typeof at === 'number')
      return times.length > 0 ? Math.min(...times) : undefined
    },
    async deliveriesSince(conversation, sequence) {
      const rows = await since(database.read, { place: conversation, sequence })
      const opened = await Promise.all(
        rows.map(async (row) => {
          const workspace = asId<WorkspaceId>(row.workspace)
          const person =
            row.contact_id === null
              ? await cipher.forWorkspace(workspace)
              : await cipher.forContact(workspace, asId<ContactId>(row.contact_id))
          return toDelivery(row, person)
        }),
      )
      return opened.flatMap((one) => (one ? [one] : []))
    },
  }
}
