import type { ConversationRef } from '../../core/inbound.ts'
import type { TeamsInvoke } from './invoke.ts'

/** Somebody else's words: the room of a claim, and whether who checks it moderates there; or a message that is escalated. */
export interface OthersWords {
  readonly others?: true
  readonly checks?: ConversationRef
  readonly moderates?: boolean
}

/** What somebody sends by a form that began at another's message. */
export function filledBy({ form }: Extract<TeamsInvoke, { kind: 'filled' }>): OthersWords {
  return form === 'escalate' ? { others: true } : {}
}
