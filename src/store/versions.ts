import { type Level, worse } from '../core/assessment.ts'
import { asId, type ContactId, type ConversationKey, type WorkspaceId } from '../core/ids.ts'
import { type InboundMessage, textOf } from '../core/inbound.ts'
import type { PersonCipher, Store } from '../core/ports.ts'
import { standing } from '../core/records.ts'
import type { EarlierWording } from '../core/turn.ts'
import type { StoreParts } from './parts.ts'
import { readMessage } from './payload.ts'
import { prepared, type Session } from './query.ts'
import type { InboxRow } from './schema.ts'

/** Messages of a conversation that a change is looked for in, newest first: nobody changes what lies further back. */
const searchedAtMost = 400

const lately = prepared<{ contact: string; conversation: string; limit: number }>()((db, given) =>
  db
    .selectFrom('inbox')
    .select(['id', 'seq', 'sealed_body', 'level', 'status', 'overtaken', 'accepted_at'])
    .where('contact_id', '=', given.contact)
    .where('conversation', '=', given.conversation)
    .where('kind', '=', 'message')
    .orderBy('seq', 'desc')
    .limit(given.limit),
)

/** One wording of a message: as it was written first, or as it was changed to. */
export interface Version {
  readonly id: string
  readonly level: Level
  readonly status: InboxRow['status']
  readonly overtaken: boolean
  readonly acceptedAt: number
  readonly message: InboundMessage
}

/** All wordings of the message with this id of the platform that are not forgotten, oldest first. */
export async function versionsOf(
  session: Session,
  cipher: PersonCipher,
  {
    contact,
    conversation,
    of,
  }: { readonly contact: string; readonly conversation: string; readonly of: string },
): Promise<readonly Version[]> {
  const rows = await lately(session, { contact, conversation, limit: searchedAtMost })
  return rows
    .flatMap((row): readonly Version[] => {
      const json = row.sealed_body === null ? undefined : cipher.unseal(row.sealed_body)
      const message = json === undefined ? undefined : readMessage(json)
      if (!message || platformIdOf(message) !== of) return []
      return [
        {
          id: row.id,
          level: row.level,
          status: row.status,
          overtaken: row.overtaken === 1,
          acceptedAt: row.accepted_at,
          message,
        },
      ]
    })
    .reverse()
}

/** What the platform calls the message itself, whichever wording this is; undefined for what is no message. */
export function platformIdOf({ body, externalId }: InboundMessage): string | undefined {
  switch (body.kind) {
    case 'edited':
      return body.externalId
    case 'text':
    case 'attachment':
    case 'command':
      return externalId
    default:
      return undefined
  }
}

const answersOf = prepared<{ contact: string }>()((db, given) =>
  db
    .selectFrom('outbox')
    .select(['key', 'place', 'external_id', 'level', 'purpose', 'sequence'])
    .where('contact_id', '=', given.contact)
    .where('status', '=', 'sent')
    .where('purpose', '=', 'turn')
    .where('external_id', 'is not', null)
    .orderBy('sequence')
    .orderBy('key'),
)

/** What is known of the wording before an edit; undefined when the message never came to Salus. */
export async function wordingBefore(
  session: Session,
  cipher: PersonCipher,
  contact: string,
  message: InboundMessage,
): Promise<EarlierWording | undefined> {
  const { body, conversation, externalId } = message
  if (body.kind !== 'edited') return undefined
  const all = await versionsOf(session, cipher, {
    contact,
    conversation: conversation.key,
    of: body.externalId,
  })
  const here = all.findIndex((one) => one.message.externalId === externalId)
  const earlier = here < 0 ? all : all.slice(0, here)
  const last = earlier.at(-1)
  if (!last) return undefined
  const sent = await answersOf(session, { contact })
  const answersTo = (id: string) =>
    sent.filter(({ key }) => key.startsWith(`${id}/`) && !key.startsWith(`${id}/${standing}/`))
  const answered = earlier.findLast(({ id }) => answersTo(id).length > 0)
  return {
    text: textOf(last.message.body) ?? '',
    level: earlier.map(({ level }) => level).reduce(worse),
    answered: last.status !== 'waiting' && (answered !== undefined || last.overtaken === false),
    sent: (answered ? answersTo(answered.id) : []).map(({ place, external_id, level }) => ({
      to: asId<ConversationKey>(place),
      externalId: external_id ?? '',
      level,
    })),
  }
}

const rowBy = prepared<{ id: string }>()((db, given) =>
  db
    .selectFrom('inbox')
    .select(['workspace', 'contact_id', 'kind', 'sealed_body'])
    .where('id', '=', given.id),
)

/** Reads back what a person sent. */
export function createReceived({ database, cipher }: StoreParts): Store['received'] {
  return async (id) => {
    const [row] = await rowBy(database.read, { id })
    if (row?.kind !== 'message' || row.contact_id === null || row.sealed_body === null) return undefined
    const contactId = asId<ContactId>(row.contact_id)
    const person = await cipher.forContact(asId<WorkspaceId>(row.workspace), contactId)
    const json = person.unseal(row.sealed_body)
    return json === undefined ? undefined : { contactId, message: readMessage(json) }
  }
}
