import { AppError } from '../core/errors.ts'
import { asId, type ContactId, type WorkspaceId } from '../core/ids.ts'
import type { Store } from '../core/ports.ts'
import { recordAlarm } from './alarm.ts'
import { conversationBy } from './conversations.ts'
import { insertInbox, standsAsAlarm } from './inbox-rows.ts'
import { orderedId } from './ordered-id.ts'
import type { StoreParts } from './parts.ts'
import { writePayload } from './payload.ts'
import { prepared } from './query.ts'

const contactToAlarm = prepared<{ id: string }>()((db, given, dialect) =>
  dialect.lock(
    db
      .selectFrom('contacts')
      .select(['id', 'alarm_since', 'alarm_count', 'lease_until'])
      .where('id', '=', given.id),
  ),
)

/** Puts what is not a message into the inbox of the person whose conversation it is. */
export function createEnqueue({ database, cipher, random }: StoreParts): Store['enqueue'] {
  return async ({ key, conversation, payload, level, at }) => {
    const [place] = await conversationBy(database.read, { key: conversation })
    if (!place) throw new AppError('NOT_FOUND', 'There is no such conversation.')
    const person = await cipher.forContact(
      asId<WorkspaceId>(place.workspace),
      asId<ContactId>(place.contact_id),
    )
    const id = orderedId(at, random)
    const assessment = payload.kind === 'assessment_raised' ? payload.assessment : undefined
    const stored = writePayload(payload, person)
    return database.write(async (session) => {
      const [contact] = await contactToAlarm(session, { id: place.contact_id })
      if (!contact) throw new AppError('NOT_FOUND', 'There is no such conversation.')
      const inserted = await insertInbox(session, {
        id,
        source: `key:${place.workspace}:${key}`,
        workspace: place.workspace,
        contact_id: place.contact_id,
        conversation,
        ...stored,
        level,
        assessment,
        received_at: at,
        accepted_at: at,
        visibility: 'private',
        flood: 0,
        overtaken: 0,
      })
      if (inserted && standsAsAlarm(payload.kind, level)) await recordAlarm(session, contact, at)
      return inserted
    })
  }
}
