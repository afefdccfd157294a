import type { DomainEvent, Rung } from '../core/events.ts'
import { asId, type ConversationKey, type DeliveryKey, type WorkspaceId } from '../core/ids.ts'
import type { RenderedPart } from '../core/reply.ts'

/** Where a workspace's staff are reached: not a conversation, but every place that staff have linked or opened. */
export function staffRoom(workspace: WorkspaceId): ConversationKey {
  return asId<ConversationKey>(`staff:${workspace}`)
}

/** Where whoever stands on a rung of the ladder is rung: each a place of its own, so that one holds up no other. */
export function pagerOf(workspace: WorkspaceId, rung: Rung): ConversationKey {
  return asId<ConversationKey>(`page-${rung}:${workspace}`)
}

/** The workspace whose staff a delivery goes to; undefined when it goes to a person. */
export function staffRoomOf(to: ConversationKey): WorkspaceId | undefined {
  const [, workspace] = /^(?:staff|page-[a-z_]+):(.*)$/.exec(to) ?? []
  return workspace === undefined ? undefined : asId<WorkspaceId>(workspace)
}

/** What goes to an address outside: pseudonym and level, and no topic; what it is about is read in the console. */
export function renderPage(
  event: Extract<DomainEvent, { type: 'staff_alerted' }>,
  rung: Rung,
  pseudonym: string,
  id: DeliveryKey,
): RenderedPart {
  const { caseId, level, reason } = event
  return {
    payload: { kind: 'page', id, caseId, pseudonym, level, reason, rung },
    plain: `[${level}] ${pseudonym} (${reason}) → ${rung}`,
  }
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
