import { type Concern, isAlarm } from '../core/assessment.ts'
import type { DialogFrame } from '../core/conversation.ts'
import type { DomainEvent } from '../core/events.ts'
import type { Claim } from '../core/records.ts'
import type { TurnInput } from '../core/turn.ts'

/** Remembers, in the shared place, that the line was said. */
export const neutralLineName = 'neutral-line'
/** Said once in this time, ms. */
const onceMs = 10 * 60_000

const tellsOfAbuse: readonly Concern[] = ['abuse', 'sexual_assault']

/** The frame that remembers the line, while it does. */
export function neutralLineSaid(input: Pick<TurnInput, 'conversation'>, now: number): boolean {
  return input.conversation.stack.some(
    ({ dialog, expiresAt }) => dialog === neutralLineName && (expiresAt ?? 0) > now,
  )
}

export function neutralFrame(now: number): DialogFrame {
  return { dialog: neutralLineName, step: 'said', data: {}, expiresAt: now + onceMs }
}

/**
 * Whether the place where somebody wrote to Salus is told, without echo, that the answer went to them alone. Only as
 * the reply to their own message; never where anything tells of abuse, for whoever reads along may be whom they fear.
 */
export function neutralLineDue(
  input: TurnInput,
  claim: Claim,
  events: readonly DomainEvent[],
  now: number,
): boolean {
  const { surface } = input.conversation.ref
  if (surface !== 'group' && surface !== 'thread') return false
  if (input.payload.kind !== 'message' || input.room?.quiet) return false
  const { watched, body } = input.payload.message
  if (watched || body.kind === 'choice' || neutralLineSaid(input, now)) return false
  const assessments = [claim, ...claim.joined].flatMap(({ assessment }) => (assessment ? [assessment] : []))
  if (assessments.some(({ level }) => isAlarm(level))) return false
  const abuse =
    input.contact.abuseAt !== undefined ||
    assessments.some(({ concerns }) => concerns.some((one) => tellsOfAbuse.includes(one))) ||
    events.some((event) => event.type === 'contact_changed' && event.change.abuseAt !== undefined)
  return !abuse
}
