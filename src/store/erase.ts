import { sql } from 'kysely'
import { AppError } from '../core/errors.ts'
import { asId, type ContactId, type WorkspaceId } from '../core/ids.ts'
import type { JsonObject } from '../core/json.ts'
import type { Store } from '../core/ports.ts'
import { insertAudit } from './audit-rows.ts'
import type { StoreParts } from './parts.ts'
import { prepared, type Session } from './query.ts'

const contactToErase = prepared<{ id: string }>()((db, given, dialect) =>
  dialect.lock(
    db.selectFrom('contacts').select(['workspace', 'erase_requested_at']).where('id', '=', given.id),
  ),
)
const markErasing = prepared<{ id: string; now: number }>()((db, given) =>
  db
    .updateTable('contacts')
    .set({ erase_requested_at: sql`coalesce(erase_requested_at, ${given.now})` })
    .where('id', '=', given.id),
)
const openAlarmRows = prepared<{ contact: string }>()((db, given) =>
  db
    .selectFrom('inbox')
    .select('id')
    .where('contact_id', '=', given.contact)
    .where('status', '<>', sql.lit<'done'>('done'))
    .where('alarm', '=', 1)
    .limit(1),
)
const openDeliveries = prepared<{ contact: string }>()((db, given) =>
  db
    .selectFrom('outbox')
    .select(['alarm', 'purpose'])
    .where('contact_id', '=', given.contact)
    .where('open', '=', 1),
)
const erasing = prepared<Record<never, never>>()((db) =>
  db.selectFrom('contacts').select('id').where('erase_requested_at', 'is not', null).orderBy('id').limit(200),
)

export interface Erasure {
  readonly eraseContact: Store['eraseContact']
  /** Goes on with an erasure that waited; does nothing while it still has to. */
  finish(contact: ContactId, now: number): Promise<void>
  /** Goes on with every erasure that waits or was cut short. Resolves to how many contacts are gone now. */
  finishAll(now: number): Promise<number>
}

/** Erases people: rows first, then the key, then the contact, so that what a crash cuts short is taken up again. */
export function createErasure({ database, cipher }: StoreParts): Erasure {
  async function erase(contact: ContactId, now: number): ReturnType<Store['eraseContact']> {
    const step = await database.write((session) => removeWhenSettled(session, contact, now))
    if (!step) throw new AppError('NOT_FOUND', 'There is no such contact.')
    if (step.waiting) return { removed: { pending: true }, keyBackupsExpireAt: 0 }
    const keyBackupsExpireAt = await cipher.eraseContact(step.workspace, contact)
    await database.write(async (session) => {
      await session.db.deleteFrom('contacts').where('id', '=', contact).execute()
      await insertAudit(session, [
        {
          workspace: step.workspace,
          at: now,
          actor: 'system',
          action: 'contact_erased',
          subject: contact,
          codes: { ...step.removed, keyBackupsExpireAt },
        },
      ])
    })
    return { removed: { ...step.removed, contacts: 1 }, keyBackupsExpireAt }
  }

  async function finish(contact: ContactId, now: number): Promise<void> {
    await erase(contact, now).catch((error: unknown) => {
      // Another process was quicker.
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error
    })
  }

  return {
    eraseContact: erase,
    finish,
    async finishAll(now) {
      const before = await erasing(database.read, {})
      for (const { id } of before) await finish(asId<ContactId>(id), now)
      return before.length - (await erasing(database.read, {})).length
    },
  }
}

type Step =
  | { readonly waiting: true }
  | { readonly waiting: false; readonly workspace: WorkspaceId; readonly removed: JsonObject }

/** Undefined when there is no such contact. */
async function removeWhenSettled(session: Session, contact: string, now: number): Promise<Step | undefined> {
  const [row] = await contactToErase(session, { id: contact })
  if (!row) return undefined
  await markErasing(session, { id: contact, now })
  if (await mustWait(session, contact, row.erase_requested_at !== null)) return { waiting: true }
  return {
    waiting: false,
    workspace: asId<WorkspaceId>(row.workspace),
    removed: await removeRows(session, contact, now),
  }
}

/** Removes all that belongs to a person, but for the contact itself. Resolves to counts by kind. */
export async function removeRows({ db }: Session, contact: string, now: number): Promise<JsonObject> {
  const count = (results: readonly { readonly numDeletedRows: bigint }[]) =>
    results.reduce((sum, result) => sum + Number(result.numDeletedRows), 0)
  const deleted = async (table: 'outbox' | 'notes' | 'clocks' | 'cases' | 'conversations' | 'accounts') =>
    count(await db.deleteFrom(table).where('contact_id', '=', contact).execute())
  // What is left of a message is the keyed hash that keeps a redelivery from being a new turn.
  const messages = await db
    .updateTable('inbox')
    .set({
      contact_id: null,
      conversation: null,
      sealed_body: null,
      codes: null,
      assessment: null,
      status: 'done',
      done_at: sql`coalesce(done_at, ${now})`,
    })
    .where('contact_id', '=', contact)
    .execute()
  return {
    messages: messages.reduce((sum, result) => sum + Number(result.numUpdatedRows), 0),
    deliveries: await deleted('outbox'),
    notes: await deleted('notes'),
    clocks: await deleted('clocks'),
    cases: await deleted('cases'),
    conversations: await deleted('conversations'),
    accounts: await deleted('accounts'),
  }
}

/**
 * An alarm is answered and staff are told before its traces go. When the person asked in a conversation, the answer
 * to that leaves first, too.
 */
async function mustWait(session: Session, contact: string, asked: boolean): Promise<boolean> {
  if ((await openAlarmRows(session, { contact })).length > 0) return true
  const open = await openDeliveries(session, { contact })
  return open.some((row) => row.alarm === 1 || row.purpose === 'alert' || (asked && row.purpose === 'turn'))
}
