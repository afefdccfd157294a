import { sql } from 'kysely'
import type { TriageAssessment } from '../core/assessment.ts'
import { asId, type ContactId, type StaffId, type WorkspaceId } from '../core/ids.ts'
import { type InboundMessage, textOf } from '../core/inbound.ts'
import type { PersonCipher, Store } from '../core/ports.ts'
import type { TranscriptLine } from '../core/records.ts'
import { conversationBy } from './conversations.ts'
import { toDelivery } from './outbox-rows.ts'
import type { StoreParts } from './parts.ts'
import { readMessage } from './payload.ts'
import { prepared } from './query.ts'
import type { InboxRow, OutboxRow } from './schema.ts'
import { platformIdOf } from './versions.ts'

/** What they wrote there, and what they wrote in a room that was answered there: staff must see the words that led here. */
const heard = prepared<{ contact: string; conversation: string }>()((db, given) =>
  db
    .selectFrom('inbox')
    .select(['accepted_at', 'sealed_body', 'level', 'assessment'])
    .where('contact_id', '=', given.contact)
    .where((eb) =>
      eb.or([
        eb('conversation', '=', given.conversation),
        eb.exists(
          eb
            .selectFrom('outbox')
            .select('outbox.key')
            .where('outbox.place', '=', given.conversation)
            .where('outbox.key', 'like', sql<string>`inbox.id || '/%'`),
        ),
      ]),
    )
    .where('kind', '=', 'message')
    .orderBy('seq'),
)
const said = prepared<{ conversation: string }>()((db, given) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('place', '=', given.conversation)
    .orderBy('sequence')
    .orderBy('key'),
)

/** What was said in a conversation. What has been forgotten is left out. */
export function createTranscript({ database, cipher }: StoreParts): Store['transcript'] {
  return async (conversation) => {
    const [place] = await conversationBy(database.read, { key: conversation })
    if (!place) return []
    const person = await cipher.forContact(
      asId<WorkspaceId>(place.workspace),
      asId<ContactId>(place.contact_id),
    )
    const lines: TranscriptLine[] = []
    const written = (await heard(database.read, { contact: place.contact_id, conversation })).flatMap(
      (row) => {
        const json = row.sealed_body === null ? undefined : person.unseal(row.sealed_body)
        return json === undefined ? [] : [{ row, message: readMessage(json) }]
      },
    )
    const newest = new Map(written.map(({ message }) => [platformIdOf(message), message.externalId]))
    for (const { row, message } of written) {
      const id = platformIdOf(message)
      const changed = id !== undefined && newest.get(id) !== message.externalId
      const line = heardLine(row, message, changed)
      if (line) lines.push(line)
    }
    for (const row of await said(database.read, { conversation })) {
      const line = lineOf(row, person)
      if (line) lines.push(line)
    }
    // What was asked stands before what was answered in the same millisecond: the sort is stable.
    return lines.sort((a, b) => a.at - b.at)
  }
}

function heardLine(
  row: Pick<InboxRow, 'accepted_at' | 'level' | 'assessment'>,
  { body, externalId, deleted }: InboundMessage,
  changed: boolean,
): TranscriptLine | undefined {
  const text = body.kind === 'choice' ? body.value : textOf(body)
  const of = { at: row.accepted_at, from: 'contact', level: row.level, externalId } as const
  // Of several wordings of what was deleted one line is left.
  if (deleted) return changed ? undefined : { ...of, text: '', deleted }
  if (!text) return undefined
  return {
    ...of,
    text,
    ...(changed
      ? { version: 'earlier' as const }
      : body.kind === 'edited'
        ? { version: 'edited' as const }
        : {}),
    ...(body.kind === 'choice'
      ? { choice: { action: body.action, value: body.value, replyTo: body.replyTo } }
      : {}),
    ...(row.assessment ? { signs: signsOf(JSON.parse(row.assessment) as TriageAssessment) } : {}),
  }
}

/** Signs carried from earlier messages point into those, not into this one. */
function signsOf({ signals }: TriageAssessment): readonly (readonly [number, number])[] {
  return signals.filter(({ carried }) => !carried).map(({ span }) => span)
}

function lineOf(row: OutboxRow, person: PersonCipher): TranscriptLine | undefined {
  const delivery = toDelivery(row, person)
  if (!delivery || delivery.part.removes) return undefined
  return {
    at: row.created_at,
    from: row.purpose === 'handoff' ? 'staff' : 'bot',
    text: delivery.part.plain,
    delivery: row.status,
    key: delivery.key,
    ...(row.staff === null ? {} : { staff: asId<StaffId>(row.staff) }),
    ...(delivery.reply?.relayedFrom ? { relayedFrom: delivery.reply.relayedFrom } : {}),
  }
}
