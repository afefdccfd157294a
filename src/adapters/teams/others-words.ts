import type { WorkspaceId } from '../../core/ids.ts'
import type { ConversationRef } from '../../core/inbound.ts'
import type { TeamsInvoke } from './invoke.ts'
import { refOf } from './place.ts'

/** Somebody else's words: the room of a claim, and whether who checks it moderates there; or a message that is escalated. */
export interface OthersWords {
  readonly others?: true
  /** Where the message that is escalated was written. */
  readonly writtenIn?: ConversationRef
  readonly checks?: ConversationRef
  readonly moderates?: boolean
}

/** What somebody sends by a form that began at another's message: it is sent from where that message stands. */
export function filledBy(
  workspace: WorkspaceId,
  { form, place }: Extract<TeamsInvoke, { kind: 'filled' }>,
): OthersWords {
  if (form !== 'escalate') return {}
  return { others: true, ...(place.scope === 'personal' ? {} : { writtenIn: refOf(workspace, place) }) }
}
