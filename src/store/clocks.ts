import type { Store } from '../core/ports.ts'
import { insertInbox } from './inbox-rows.ts'
import { takeLease } from './leases.ts'
import { orderedId } from './ordered-id.ts'
import type { StoreParts } from './parts.ts'
import { clockCodes } from './payload.ts'
import { prepared, type Session } from './query.ts'
import type { ClockRow } from './schema.ts'

/** Clocks fired in one transaction. */
const fireLimit = 64

type ClockValues = { [K in keyof ClockRow]: ClockRow[K] }

const upsert = prepared<ClockValues>()((db, given) => {
  const changing = {
    workspace: given.workspace,
    conversation: given.conversation,
    clock: given.clock,
    due_at: given.due_at,
    sealed_data: given.sealed_data,
    setting: given.setting,
  }
  return db
    .insertInto('clocks')
    .values({ contact_id: given.contact_id, key: given.key, ...changing })
    .onConflict((conflict) => conflict.columns(['contact_id', 'key']).doUpdateSet(changing))
})
const remove = prepared<{ contact: string; key: string }>()((db, given) =>
  db.deleteFrom('clocks').where('contact_id', '=', given.contact).where('key', '=', given.key),
)
const due = prepared<{ now: number; limit: number }>()((db, given) =>
  db
    .selectFrom('clocks')
    .selectAll()
    .where('due_at', '<=', given.now)
    .orderBy('due_at')
    .orderBy('contact_id')
    .orderBy('key')
    .limit(given.limit),
)

/** Sets a clock; one with the same key moves. */
export async function setClock(session: Session, clock: ClockValues): Promise<void> {
  await upsert(session, clock)
}

export async function clearClock(session: Session, which: { contact: string; key: string }): Promise<void> {
  await remove(session, which)
}

/** Moves due clocks into the inbox. Each setting fires once: the row goes as its inbox row comes. */
export function createClocks({ database, random }: StoreParts): Pick<Store, 'fireClocks'> {
  return {
    async fireClocks({ worker, now, leaseMs }) {
      return database.write(async (session) => {
        if (!(await takeLease(session, { name: 'clocks', worker, now, until: now + leaseMs }))) return 0
        const clocks = await due(session, { now, limit: fireLimit })
        for (const clock of clocks) {
          await insertInbox(session, {
            id: orderedId(now, random),
            source: `clock:${clock.setting}`,
            workspace: clock.workspace,
            contact_id: clock.contact_id,
            conversation: clock.conversation,
            kind: 'clock_due',
            sealed_body: clock.sealed_data,
            codes: clockCodes(clock.clock),
            // Clocks tell people the truth in time: they stand with what is urgent.
            level: 'urgent',
            assessment: undefined,
            received_at: now,
            accepted_at: now,
            visibility: 'private',
            flood: 0,
            overtaken: 0,
          })
          await remove(session, { contact: clock.contact_id, key: clock.key })
        }
        return clocks.length
      })
    },
  }
}
