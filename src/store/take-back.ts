import { sql } from 'kysely'
import { isAlarm, rank, type TriageAssessment } from '../core/assessment.ts'
import type { InboundMessage } from '../core/inbound.ts'
import type { PersonCipher } from '../core/ports.ts'
import { type Fragment, openFragments, sealFragmentList } from './fragments.ts'
import { orderedId } from './ordered-id.ts'
import type { StoreParts } from './parts.ts'
import { writePayload } from './payload.ts'
import { prepared, type Session } from './query.ts'
import type { ContactRow } from './schema.ts'
import { settleIn } from './settle.ts'
import { versionsOf } from './versions.ts'

const eraseWords = prepared<{ id: string; sealed_body: string }>()((db, given) =>
  db.updateTable('inbox').set({ sealed_body: given.sealed_body }).where('id', '=', given.id),
)
const withdrawTurn = prepared<{ id: string; now: number }>()((db, given) =>
  db
    .updateTable('inbox')
    .set({ status: 'done', done_at: given.now })
    .where('id', '=', given.id)
    .where('status', '=', 'waiting'),
)
const fenceOff = prepared<{ contact: string }>()((db, given) =>
  db.updateTable('contacts').set({ fence: sql`fence + 1` }).where('id', '=', given.contact),
)
const unsent = prepared<{ contact: string }>()((db, given) =>
  db
    .selectFrom('outbox')
    .select(['key', 'level'])
    .where('contact_id', '=', given.contact)
    .where('open', '=', 1)
    .where('status', '=', 'due')
    .where('purpose', '=', 'turn')
    .orderBy('key'),
)
const saveFragments = prepared<{ id: string; fragments: string | null }>()((db, given) =>
  db.updateTable('contacts').set({ sealed_fragments: given.fragments }).where('id', '=', given.id),
)

interface Person {
  readonly contact: Pick<ContactRow, 'id' | 'sealed_fragments' | 'lease_until'>
  readonly cipher: PersonCipher
}

/**
 * The person deleted a message: its words go, in every version. What was below an alarm is withdrawn where nothing was
 * said yet, and leaves what triage reads together. An alarm's turn, level and reply stay.
 */
export async function takeBack(
  session: Session,
  { contact, cipher }: Person,
  message: InboundMessage,
  now: number,
  random: StoreParts['random'],
): Promise<void> {
  const { body, conversation } = message
  if (body.kind !== 'deleted') return
  const versions = await versionsOf(session, cipher, {
    contact: contact.id,
    conversation: conversation.key,
    of: body.externalId,
  })
  const calm = versions.filter(({ level }) => !isAlarm(level))
  for (const { id, message: written } of versions) {
    const { body: told } = written
    const empty = told.kind === 'edited' ? { ...told, text: '' } : { kind: 'text' as const, text: '' }
    const wordless: InboundMessage = { ...written, body: empty, deleted: true }
    const { sealed_body } = writePayload({ kind: 'message', message: wordless }, cipher)
    if (sealed_body !== null) await eraseWords(session, { id, sealed_body })
  }
  for (const { id, status } of calm) {
    if (status === 'waiting') await withdrawTurn(session, { id, now })
    // It runs: it may not commit any more, comes back without its words, and then says nothing.
    if (status === 'claimed') await fenceOff(session, { contact: contact.id })
  }
  if (calm.length === 0) return
  for (const { key, level } of await unsent(session, { contact: contact.id })) {
    const answers = versions.some(({ id }) => key.startsWith(`${id}/`))
    if (answers && rank(level) > rank('urgent'))
      await settleIn(session, key, { status: 'withdrawn' }, now, orderedId(now, random))
  }
  const times = new Set(calm.map(({ acceptedAt }) => acceptedAt))
  const fragments = openFragments(contact.sealed_fragments, cipher, now)
  const kept = fragments.filter(({ at }: Fragment) => !times.has(at))
  if (kept.length < fragments.length)
    await saveFragments(session, { id: contact.id, fragments: sealFragmentList(kept, cipher) })
}

/**
 * The person changed a message that was not answered yet: the new words take its turn, unless the old ones were worse.
 * An edit to something harmless lowers nothing.
 */
export async function supersede(
  session: Session,
  { contact, cipher }: Person,
  message: InboundMessage,
  assessment: TriageAssessment,
  now: number,
): Promise<void> {
  const { body, conversation } = message
  if (body.kind !== 'edited') return
  const versions = await versionsOf(session, cipher, {
    contact: contact.id,
    conversation: conversation.key,
    of: body.externalId,
  })
  for (const { id, level, status, message: written } of versions) {
    if (written.externalId === message.externalId || status !== 'waiting') continue
    if (!isAlarm(level) && rank(assessment.level) <= rank(level)) await withdrawTurn(session, { id, now })
  }
}
