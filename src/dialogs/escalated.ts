import type { AlertReason } from '../core/events.ts'
import type { TurnContext } from '../core/turn.ts'

/** What a case is about whose words somebody else wrote: a concern would read as the concern of who brought them. */
export const othersTopic = 'message_of_somebody_else'

/** "Escalate to a clinician", on a message that somebody else wrote. */
export function isEscalated({ message }: Pick<TurnContext, 'message'>): boolean {
  return message.others === true && message.body.kind === 'command'
}

/** What staff are told of a case that begins, or gets worse, so. */
export function escalated(turn: Pick<TurnContext, 'message'>): { readonly as?: AlertReason } {
  return isEscalated(turn) ? { as: 'escalated' } : {}
}
