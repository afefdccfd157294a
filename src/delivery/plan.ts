import { rank } from '../core/assessment.ts'
import type { DomainEvent } from '../core/events.ts'
import { asId, type DeliveryKey } from '../core/ids.ts'
import type { ConversationRef } from '../core/inbound.ts'
import type { ChannelAdapter, ChannelCapabilities } from '../core/ports.ts'
import type { Claim, Delivery } from '../core/records.ts'
import type { Reply } from '../core/reply.ts'
import type { TurnInput } from '../core/turn.ts'
import { renderAlert, staffRoom } from './staff-alert.ts'

type ReplyComposed = Extract<DomainEvent, { type: 'reply_composed' }>
type StaffAlerted = Extract<DomainEvent, { type: 'staff_alerted' }>

/**
 * Turns what a turn's events send into deliveries, rendered and in the order they leave. Keys are the turn's id,
 * the reply's number and the part's: running the turn again makes the same ones.
 */
export function createPlan(channelOf: (ref: ConversationRef) => ChannelAdapter) {
  return (
    input: TurnInput,
    claim: Claim,
    events: readonly DomainEvent[],
    now: number,
  ): readonly Delivery[] => {
    const deliveries: Delivery[] = []
    let replies = 0
    for (const event of events) {
      if (event.type !== 'reply_composed' && event.type !== 'staff_alerted') continue
      const number = replies++
      const stamp = (part: number) => ({
        key: asId<DeliveryKey>(`${claim.inboxId}/${number}/${part}`),
        workspace: input.workspace.id,
        contactId: input.contact.id,
        status: 'due' as const,
        attempts: 0,
        nextAttemptAt: now,
        // Every commit raises the conversation's revision: with the index it orders everything sent to a place.
        sequence: (input.conversation.revision + 1) * 1_000 + deliveries.length,
      })
      if (event.type === 'staff_alerted') deliveries.push({ ...stamp(0), ...alert(input, event) })
      else {
        const adapter = channelOf(input.conversation.ref)
        for (const [index, part] of adapter.render(event.reply).entries()) {
          deliveries.push({
            ...stamp(index),
            ...message(input, event, adapter.capabilities),
            part,
            ...(index === 0 ? { reply: event.reply } : {}),
          })
        }
      }
    }
    return deliveries
  }
}

function message(input: TurnInput, event: ReplyComposed, capabilities: ChannelCapabilities) {
  const ref = input.conversation.ref
  // An urgent word that cannot be delivered becomes a staff alert.
  const mustArrive = event.purpose === 'turn' && rank(event.level) <= rank('urgent')
  return {
    to: ref.key,
    purpose: event.purpose,
    level: event.level,
    via: event.place === 'private' ? ('private' as const) : viaFor(event.reply.audience, ref, capabilities),
    survivesClaim: event.survivesClaim,
    ...(mustArrive
      ? { notify: { on: 'failure' as const, conversation: ref.key, data: { about: 'urgent_reply' } } }
      : {}),
  }
}

/** A direct conversation is private already; elsewhere the audience decides, by what the platform can do. */
export function viaFor(
  audience: Reply['audience'],
  ref: Pick<ConversationRef, 'surface'>,
  capabilities: Pick<ChannelCapabilities, 'privateReply'>,
): 'shared' | 'private' {
  if (ref.surface === 'direct' || audience === 'everyone') return 'shared'
  if (audience === 'sender-only') return 'private'
  return capabilities.privateReply === 'none' ? 'shared' : 'private'
}

function alert(input: TurnInput, event: StaffAlerted) {
  // The person is told that staff know only by the turn that a delivered alert starts.
  const told = event.reason === 'opened' || event.reason === 'raised'
  return {
    to: staffRoom(input.workspace.id),
    purpose: 'alert' as const,
    level: event.level,
    via: 'shared' as const,
    part: renderAlert(event, input.contact.pseudonym),
    survivesClaim: true,
    ...(told
      ? {
          notify: {
            on: 'any' as const,
            conversation: input.conversation.ref.key,
            data: { about: 'alert', caseId: event.caseId, level: event.level },
          },
        }
      : {}),
  }
}
