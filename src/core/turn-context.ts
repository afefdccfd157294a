import { mergeAssessments, nothingSaid, type TriageAssessment } from './assessment.ts'
import type { DomainEvent } from './events.ts'
import type { InboundMessage } from './inbound.ts'
import { textOf } from './inbound.ts'
import type { Claim } from './records.ts'
import type { ReplyOptions, TurnContext, TurnInput } from './turn.ts'

/**
 * Builds what dialogs see of a claimed row. Of several joined alarms the newest message is the one answered;
 * `triage` is the worst of them, with the concerns of all.
 */
export function createTurn(claim: Claim, input: TurnInput, now: number, signal: AbortSignal): TurnContext {
  const emitted: DomainEvent[] = []
  let ids = 0
  const message = newestMessage(claim) ?? silentMessage(claim, input)
  const triage = worstAssessment(claim)
  return {
    ...input,
    message,
    text: textOf(message.body) ?? '',
    triage,
    visibility: claim.visibility,
    overtaken: claim.overtaken,
    now,
    signal,
    emitted,
    newId: () => `${claim.inboxId}.${++ids}`,
    emit: (event) => {
      emitted.push(event)
    },
    reply: (reply, options: ReplyOptions = {}) => {
      emitted.push({
        type: 'reply_composed',
        reply,
        purpose: options.purpose ?? 'turn',
        level: options.level ?? triage.level,
        place: options.place ?? 'here',
        survivesClaim: options.survivesClaim ?? false,
        ...(options.standing ? { standing: true } : {}),
        ...(options.room ? { room: options.room } : {}),
      })
    },
  }
}

function newestMessage(claim: Claim): InboundMessage | undefined {
  const messages = [claim, ...claim.joined].flatMap((row) =>
    row.payload.kind === 'message' ? [row.payload.message] : [],
  )
  return messages.at(-1)
}

/** Clocks, staff actions and settled deliveries carry no message: stages that need words see an empty one. */
function silentMessage(claim: Claim, input: TurnInput): InboundMessage {
  return {
    externalId: claim.inboxId,
    conversation: input.conversation.ref,
    sender: { urn: '' as InboundMessage['sender']['urn'] },
    receivedAt: new Date(claim.acceptedAt),
    body: { kind: 'joined' },
  }
}

function worstAssessment(claim: Claim): TriageAssessment {
  const all = [claim, ...claim.joined].flatMap((row) => (row.assessment ? [row.assessment] : []))
  const [first, ...rest] = all
  if (!first) return nothingSaid
  return rest.reduce(mergeAssessments, first)
}
