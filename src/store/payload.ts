import type { TriageAssessment } from '../core/assessment.ts'
import { AppError } from '../core/errors.ts'
import { asId, type CaseId, type DeliveryKey, type InboxId, type StaffId } from '../core/ids.ts'
import type { InboundMessage } from '../core/inbound.ts'
import type { JsonObject } from '../core/json.ts'
import type { PersonCipher } from '../core/ports.ts'
import type { InboxPayload, SettledStatus, StaffAction } from '../core/records.ts'
import type { InboxRow } from './schema.ts'

type Stored = Pick<InboxRow, 'kind' | 'sealed_body' | 'codes'>

/** Parts an inbox payload into ids and codes, kept in the clear, and everything else, sealed. */
export function writePayload(payload: InboxPayload, cipher: PersonCipher): Stored {
  const seal = (value: unknown) => cipher.seal(JSON.stringify(value))
  switch (payload.kind) {
    case 'message':
      return { kind: payload.kind, sealed_body: seal(payload.message), codes: null }
    case 'clock_due':
      return { kind: payload.kind, sealed_body: seal(payload.data), codes: clockCodes(payload.clock) }
    case 'delivery_settled':
      return {
        kind: payload.kind,
        sealed_body: seal(payload.data),
        codes: settledCodes(payload.delivery, payload.outcome),
      }
    case 'staff_action':
      return {
        kind: payload.kind,
        sealed_body: seal(payload.action),
        codes: JSON.stringify({ staff: payload.staff, caseId: payload.caseId }),
      }
    case 'assessment_raised':
      return {
        kind: payload.kind,
        sealed_body: null,
        codes: JSON.stringify({ of: payload.of, assessment: payload.assessment }),
      }
  }
}

export function clockCodes(clock: string): string {
  return JSON.stringify({ clock })
}

export function settledCodes(delivery: string, outcome: SettledStatus): string {
  return JSON.stringify({ delivery, outcome })
}

interface Codes {
  readonly clock: string
  readonly delivery: string
  readonly outcome: SettledStatus
  readonly staff: string
  readonly caseId: string
  readonly of: string
  readonly assessment: TriageAssessment
}

/**
 * Puts a payload together again.
 * @throws AppError KEY_MISSING when its words are gone: only rows that are done lose them.
 */
export function readPayload(row: Stored, cipher: PersonCipher): InboxPayload {
  const codes = JSON.parse(row.codes ?? '{}') as Codes
  switch (row.kind) {
    case 'message':
      return { kind: row.kind, message: readMessage(unsealBody(row, cipher)) }
    case 'clock_due':
      return { kind: row.kind, clock: codes.clock, data: JSON.parse(unsealBody(row, cipher)) as JsonObject }
    case 'delivery_settled':
      return {
        kind: row.kind,
        delivery: asId<DeliveryKey>(codes.delivery),
        outcome: codes.outcome,
        data: JSON.parse(unsealBody(row, cipher)) as JsonObject,
      }
    case 'staff_action':
      return {
        kind: row.kind,
        staff: asId<StaffId>(codes.staff),
        caseId: asId<CaseId>(codes.caseId),
        action: JSON.parse(unsealBody(row, cipher)) as StaffAction,
      }
    case 'assessment_raised':
      return { kind: row.kind, of: asId<InboxId>(codes.of), assessment: codes.assessment }
  }
}

function unsealBody(row: Stored, cipher: PersonCipher): string {
  const body = row.sealed_body === null ? undefined : cipher.unseal(row.sealed_body)
  if (body === undefined) throw new AppError('KEY_MISSING', 'An inbox row cannot be opened.')
  return body
}

/** A message as it was accepted; its time is a date again. */
export function readMessage(json: string): InboundMessage {
  const message = JSON.parse(json) as Omit<InboundMessage, 'receivedAt'> & { readonly receivedAt: string }
  return { ...message, receivedAt: new Date(message.receivedAt) }
}
