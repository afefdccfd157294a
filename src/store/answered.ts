import { asId, type ContactId, type ConversationKey } from '../core/ids.ts'
import { textOf } from '../core/inbound.ts'
import type { Store, Told } from '../core/ports.ts'
import type { StoreParts } from './parts.ts'
import { readMessage } from './payload.ts'
import { prepared } from './query.ts'

// The audit trail names the row that a question came in with: while the person is known, so does that row.
const answers = prepared<{ workspace: string; pattern: string }>()((db, given) =>
  db
    .selectFrom('audit')
    .innerJoin('inbox', 'inbox.id', 'audit.subject')
    .innerJoin('contacts', 'contacts.id', 'inbox.contact_id')
    .select(['audit.at', 'audit.codes', 'contacts.id', 'contacts.pseudonym', 'inbox.conversation'])
    .where('audit.workspace', '=', given.workspace)
    .where('audit.action', '=', 'answer_given')
    .where('audit.codes', 'like', given.pattern)
    .where('contacts.erase_requested_at', 'is', null)
    .orderBy('audit.seq'),
)
const questions = prepared<{ workspace: string; since: number; limit: number }>()((db, given) =>
  db
    .selectFrom('audit')
    .innerJoin('inbox', 'inbox.id', 'audit.subject')
    .innerJoin('contacts', 'contacts.id', 'inbox.contact_id')
    .select(['audit.at', 'audit.codes', 'contacts.id', 'inbox.sealed_body'])
    .where('audit.workspace', '=', given.workspace)
    .where('audit.action', '=', 'question_unanswered')
    .where('audit.at', '>=', given.since)
    .where('inbox.kind', '=', 'message')
    .where('inbox.level', '=', 'routine')
    .where('inbox.sealed_body', 'is not', null)
    .where('contacts.erase_requested_at', 'is', null)
    .orderBy('audit.seq', 'desc')
    .limit(given.limit),
)

/** What was answered and what was not, read back from the audit trail. */
export function createAnswered({ database, cipher }: StoreParts): Pick<Store, 'told' | 'unanswered'> {
  return {
    async told(workspace, article) {
      const rows = await answers(database.read, { workspace, pattern: `%"${article}#%` })
      return rows.flatMap((row): Told[] => {
        const passages = passagesOf(row.codes).filter(({ passage }) => passage.startsWith(`${article}#`))
        if (row.conversation === null || passages.length === 0) return []
        return [
          {
            contact: asId<ContactId>(row.id),
            pseudonym: row.pseudonym,
            conversation: asId<ConversationKey>(row.conversation),
            at: row.at,
            passages,
          },
        ]
      })
    },
    async unanswered(workspace, { since, limit }) {
      const rows = await questions(database.read, { workspace, since, limit })
      const read = rows.map(async ({ id, at, codes, sealed_body }) => {
        const contact = asId<ContactId>(id)
        const person = await cipher.forContact(workspace, contact)
        const json = person.unseal(sealed_body ?? '')
        const text = json === undefined ? undefined : textOf(readMessage(json).body)
        const { reason } = JSON.parse(codes) as { readonly reason: string }
        return text ? [{ contact, at, reason, text }] : []
      })
      return (await Promise.all(read)).flat()
    },
  }
}

/** `article#section@hash`, as the trail holds them. */
function passagesOf(codes: string): Told['passages'] {
  const { passages } = JSON.parse(codes) as { readonly passages: readonly string[] }
  return passages.map((one) => {
    const [passage = '', hash = ''] = one.split('@')
    return { passage, hash }
  })
}
