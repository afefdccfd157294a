import type { DomainEvent } from '../core/events.ts'
import { asId, type ConversationKey, type WorkspaceId } from '../core/ids.ts'
import type { RenderedPart } from '../core/reply.ts'

/** Where a workspace's staff are reached: not a conversation, but every place that staff have linked or opened. */
export function staffRoom(workspace: WorkspaceId): ConversationKey {
  return asId<ConversationKey>(`staff:${workspace}`)
}

/** The workspace whose staff a delivery goes to; undefined when it goes to a person. */
export function staffRoomOf(to: ConversationKey): WorkspaceId | undefined {
  return to.startsWith('staff:') ? asId<WorkspaceId>(to.slice('staff:'.length)) : undefined
}

/** A card holds pseudonym, level and topic; text opens in the console. */
export function renderAlert(
  event: Extract<DomainEvent, { type: 'staff_alerted' }>,
  pseudonym: string,
  minor = false,
): RenderedPart {
  return {
    payload: {
      kind: 'case_alert',
      caseId: event.caseId,
      pseudonym,
      level: event.level,
      topic: event.topic,
      reason: event.reason,
      // A second staff member sees what is written to somebody under age.
      ...(minor ? { minor: true } : {}),
    },
    plain: `[${event.level}] ${pseudonym}: ${event.topic} (${event.reason})${minor ? ', minor' : ''}`,
  }
}
