import { assessBody } from './assess-body.ts'
import type { Assess, TriageAssessment } from './assessment.ts'
import { isAlarm } from './assessment.ts'
import type { InboundMessage } from './inbound.ts'
import type { Accepted, Bus, Receive, Store } from './ports.ts'

/** What keeps a message when the database cannot: an encrypted, append-only file that is replayed at recovery. */
export interface Spill {
  /** Throws when it cannot be written: then the platform must not be acknowledged. */
  append(message: InboundMessage, assessment: TriageAssessment): Promise<void>
}

export interface ReceiverParts {
  readonly store: Store
  readonly bus: Bus
  readonly assess: Assess
  readonly visibility: (text: string, assessment: TriageAssessment) => 'public' | 'private'
  readonly spill: Spill
  readonly report: (code: string, error: unknown) => void
  /** Tells staff of an alarm that no case can be opened for, wherever a staff channel still works. Must not throw. */
  readonly alarmWithoutStore: (message: InboundMessage, assessment: TriageAssessment) => void
}

/** Takes a parsed message in: durable and assessed when it resolves, and only then acknowledged. */
export function createReceiver(parts: ReceiverParts): Receive {
  return async (message) => {
    try {
      const accepted = await parts.store.accept({
        message,
        assess: parts.assess,
        visibility: parts.visibility,
      })
      if (accepted.status === 'accepted') wake(parts.bus, accepted)
      return { kind: 'stored', ...accepted }
    } catch (error) {
      parts.report('accept_failed', error)
      const assessment = assessBody(message.body, parts.assess, {
        now: message.receivedAt.getTime(),
        recent: [],
        fragments: [],
      })
      // Before the disk is tried: where not even that works, staff are still told.
      if (isAlarm(assessment.level)) parts.alarmWithoutStore(message, assessment)
      await parts.spill.append(message, assessment)
      return { kind: 'spilled', assessment }
    }
  }
}

function wake(bus: Bus, accepted: Accepted): void {
  if (isAlarm(accepted.assessment.level))
    bus.publish('alarm', { contactId: accepted.contactId, inboxId: accepted.inboxId })
  else bus.publish('inbox')
}
