import type { Conversation, DialogFrame } from '../core/conversation.ts'
import { AppError } from '../core/errors.ts'
import { asId, type ContactId, type ConversationKey, type WorkspaceId } from '../core/ids.ts'
import type { ConversationRef } from '../core/inbound.ts'
import type { JsonObject } from '../core/json.ts'
import type { PersonCipher, Store } from '../core/ports.ts'
import type { Account } from './contacts.ts'
import type { StoreParts } from './parts.ts'
import { prepared, type Session } from './query.ts'
import type { ConversationRow } from './schema.ts'

const upsert = prepared<{
  key: string
  workspace: string
  contact_id: string
  channel: string
  surface: string
  sealed_route: string
  created_at: number
}>()((db, given) =>
  db
    .insertInto('conversations')
    .values({
      key: given.key,
      workspace: given.workspace,
      contact_id: given.contact_id,
      channel: given.channel as ConversationRow['channel'],
      surface: given.surface as ConversationRow['surface'],
      sealed_route: given.sealed_route,
      mode: 'bot',
      revision: 0,
      sealed_stack: null,
      topic: null,
      created_at: given.created_at,
    })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((eb) => ({
          channel: eb.ref('excluded.channel'),
          surface: eb.ref('excluded.surface'),
          sealed_route: eb.ref('excluded.sealed_route'),
        }))
        .where('conversations.contact_id', '=', given.contact_id),
    )
    .returning('key'),
)
export const conversationBy = prepared<{ key: string }>()((db, given) =>
  db.selectFrom('conversations').selectAll().where('key', '=', given.key),
)

/** Conversations whose route is remembered. */
const rememberedRoutes = 20_000

/** What this process wrote last for each conversation, so that the same is not sealed and written for every message. */
export function createKnownRoutes() {
  const known = new Map<string, string>()
  const written = (ref: ConversationRef, contact: ContactId) =>
    JSON.stringify([contact, ref.channel, ref.surface, ref.route])
  return {
    isKnown: (ref: ConversationRef, contact: ContactId) => known.get(ref.key) === written(ref, contact),
    remember(ref: ConversationRef, contact: ContactId) {
      if (known.size >= rememberedRoutes) known.clear()
      known.set(ref.key, written(ref, contact))
    },
  }
}

/** What a conversation is opened from. */
export const conversationColumns = [
  'conversations.key',
  'conversations.workspace',
  'conversations.contact_id',
  'conversations.channel',
  'conversations.surface',
  'conversations.sealed_route',
  'conversations.mode',
  'conversations.revision',
  'conversations.sealed_stack',
  'conversations.topic',
] as const

/** Keeps the newest way to answer there. */
export async function upsertConversation(
  session: Session,
  ref: ConversationRef,
  account: Pick<Account, 'contactId' | 'cipher'>,
  now: number,
): Promise<void> {
  const rows = await upsert(session, {
    key: ref.key,
    workspace: ref.workspace,
    contact_id: account.contactId,
    channel: ref.channel,
    surface: ref.surface,
    sealed_route: account.cipher.seal(JSON.stringify(ref.route)),
    created_at: now,
  })
  if (rows.length === 0) {
    throw new AppError(
      'NOT_FOUND',
      'A conversation belongs to another person.',
      'A conversation key names workspace, place and person; the adapter gave one to two people.',
    )
  }
}

/** @throws AppError KEY_MISSING when the route cannot be opened. */
export function toConversation(row: Omit<ConversationRow, 'created_at'>, cipher: PersonCipher): Conversation {
  const route = cipher.unseal(row.sealed_route)
  if (route === undefined) throw new AppError('KEY_MISSING', 'A conversation cannot be opened.')
  const stack = row.sealed_stack === null ? undefined : cipher.unseal(row.sealed_stack)
  return {
    ref: {
      key: asId<ConversationKey>(row.key),
      workspace: asId<WorkspaceId>(row.workspace),
      channel: row.channel,
      surface: row.surface,
      route: JSON.parse(route) as JsonObject,
    },
    contactId: asId<ContactId>(row.contact_id),
    mode: row.mode,
    revision: row.revision,
    stack: stack === undefined ? [] : (JSON.parse(stack) as readonly DialogFrame[]),
    ...(row.topic === null ? {} : { topic: JSON.parse(row.topic) as NonNullable<Conversation['topic']> }),
  }
}

export function createConversations({ database, cipher }: StoreParts): Pick<Store, 'conversation'> {
  return {
    async conversation(key) {
      const [row] = await conversationBy(database.read, { key })
      if (!row) return undefined
      const person = await cipher.forContact(
        asId<WorkspaceId>(row.workspace),
        asId<ContactId>(row.contact_id),
      )
      return toConversation(row, person)
    },
  }
}
