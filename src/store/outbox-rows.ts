import { isAlarm } from '../core/assessment.ts'
import {
  asId,
  type CaseId,
  type ContactId,
  type ConversationKey,
  type DeliveryKey,
  type StaffId,
  type WorkspaceId,
} from '../core/ids.ts'
import type { JsonObject } from '../core/json.ts'
import type { PersonCipher } from '../core/ports.ts'
import type { Claim, Delivery } from '../core/records.ts'
import type { RenderedPart, Reply } from '../core/reply.ts'
import { preparedInsert, type Session } from './query.ts'
import type { OutboxRow } from './schema.ts'

const columns = [
  'key',
  'workspace',
  'contact_id',
  'place',
  'purpose',
  'level',
  'alarm',
  'via',
  'sealed_part',
  'sealed_reply',
  'status',
  'open',
  'attempts',
  'next_attempt_at',
  'sequence',
  'survives_claim',
  'notify_on',
  'notify_conversation',
  'notify_contact',
  'sealed_notify',
  'maybe_sent',
  'staff',
  'created_at',
] as const satisfies (keyof OutboxRow)[]
const insert = preparedInsert('outbox', columns)

export interface DeliverySource {
  readonly claim: Claim
  readonly person: PersonCipher
  readonly now: number
  readonly aliases: ReadonlyMap<CaseId, CaseId>
}

/** Puts a turn's deliveries into the outbox; one whose key is there stays as it is. */
export async function insertDeliveries(
  session: Session,
  deliveries: readonly Delivery[],
  source: DeliverySource,
): Promise<void> {
  await insert(
    session,
    deliveries.map((delivery) => toRow(delivery, source)),
  )
}

function toRow(delivery: Delivery, { claim, person, now, aliases }: DeliverySource) {
  const { notify } = delivery
  const staff = claim.payload.kind === 'staff_action' ? claim.payload.staff : null
  const part = { ...delivery.part, payload: underOpenCase(delivery.part.payload, aliases) }
  return {
    key: delivery.key,
    workspace: delivery.workspace,
    contact_id: claim.contactId,
    place: delivery.to,
    purpose: delivery.purpose,
    level: delivery.level,
    alarm: isAlarm(delivery.level) ? 1 : 0,
    via: delivery.via,
    sealed_part: person.seal(JSON.stringify(part)),
    sealed_reply: delivery.reply ? person.seal(JSON.stringify(delivery.reply)) : null,
    status: 'due',
    open: 1,
    attempts: 0,
    next_attempt_at: delivery.nextAttemptAt,
    sequence: delivery.sequence,
    survives_claim: delivery.survivesClaim ? 1 : 0,
    notify_on: notify?.on ?? null,
    notify_conversation: notify?.conversation ?? null,
    notify_contact: notify ? claim.contactId : null,
    sealed_notify: notify ? person.seal(JSON.stringify(underOpenCase(notify.data, aliases))) : null,
    maybe_sent: 0,
    staff: delivery.purpose === 'handoff' ? staff : null,
    created_at: now,
  }
}

/** A turn that opened a case beside an open one means the open one. */
function underOpenCase(data: JsonObject, aliases: ReadonlyMap<CaseId, CaseId>): JsonObject {
  const open = typeof data.caseId === 'string' ? aliases.get(asId<CaseId>(data.caseId)) : undefined
  return open ? { ...data, caseId: open } : data
}

/** Undefined when its words are gone. `notify` is not restored: settling reads it from the row. */
export function toDelivery(row: OutboxRow, cipher: PersonCipher): Delivery | undefined {
  const part = row.sealed_part === null ? undefined : cipher.unseal(row.sealed_part)
  if (part === undefined) return undefined
  const reply = row.sealed_reply === null ? undefined : cipher.unseal(row.sealed_reply)
  return {
    key: asId<DeliveryKey>(row.key),
    workspace: asId<WorkspaceId>(row.workspace),
    to: asId<ConversationKey>(row.place),
    purpose: row.purpose,
    level: row.level,
    via: row.via,
    part: JSON.parse(part) as RenderedPart,
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    sequence: row.sequence,
    survivesClaim: row.survives_claim === 1,
    ...(row.contact_id === null ? {} : { contactId: asId<ContactId>(row.contact_id) }),
    ...(reply === undefined ? {} : { reply: JSON.parse(reply) as Reply }),
    ...(row.staff === null ? {} : { staff: asId<StaffId>(row.staff) }),
  }
}
