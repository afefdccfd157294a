import { rank } from '../core/assessment.ts'
import type { DialogFrame } from '../core/conversation.ts'
import type { DomainEvent, Rung } from '../core/events.ts'
import { asId, type ConversationKey, type DeliveryKey, type StaffId } from '../core/ids.ts'
import type { ConversationRef } from '../core/inbound.ts'
import type { ChannelAdapter } from '../core/ports.ts'
import { type Claim, type Delivery, standing } from '../core/records.ts'
import type { TurnInput, TurnOutcome } from '../core/turn.ts'
import { neutralFrame, neutralLineDue, neutralLineName } from './neutral-line.ts'
import { type Place, placesOf } from './place.ts'
import { replacing } from './replace.ts'
import { pagerOf, renderAlert, renderPage, staffRoom } from './staff-alert.ts'

type ReplyComposed = Extract<DomainEvent, { type: 'reply_composed' }>
type StaffAlerted = Extract<DomainEvent, { type: 'staff_alerted' }>
type Send = { readonly event: ReplyComposed; readonly place: Place } | { readonly event: StaffAlerted }

/** What a turn's pipeline left: events, and the frames when they changed. */
interface Ran {
  readonly events: readonly DomainEvent[]
  readonly stack?: readonly DialogFrame[]
}

/**
 * Turns what a turn's events send into deliveries, rendered and in the order they leave. Keys are the turn's id,
 * the reply's number and the part's: running the turn again makes the same ones.
 */
export function createPlan(
  channelOf: (ref: ConversationRef) => ChannelAdapter,
  /** "I'm answering you privately.", in the person's language; absent: nothing is said in the place. */
  neutralLine?: (input: TurnInput) => string,
) {
  return (input: TurnInput, claim: Claim, ran: Ran, now: number): TurnOutcome => {
    const { ref } = input.conversation
    const adapter = channelOf(ref)
    const direct = ref.surface === 'direct' ? undefined : adapter.directOf?.(ref)
    const opensCase = ran.events.some(({ type }) => type === 'case_opened' || type === 'case_reopened')
    const sends: Send[] = ran.events.flatMap((event): readonly Send[] => {
      if (event.type === 'staff_alerted') return [{ event }]
      if (event.type !== 'reply_composed' || event.room) return []
      const how = {
        surface: ref.surface,
        visibility: claim.visibility,
        capabilities: adapter.capabilities,
        ...(input.room ? { room: input.room } : {}),
      }
      return placesOf(event, { ...how, hasDirect: direct !== undefined }).map((place) => ({ event, place }))
    })
    const speaksDirectly = sends.some((send) => 'place' in send && send.place === 'direct')
    const elsewhere = direct && (opensCase || speaksDirectly) ? direct : undefined
    // Whatever goes on about this goes on where only the person reads.
    const home = elsewhere ?? ref

    const onlyDirectly = speaksDirectly && !sends.some((send) => 'place' in send && send.place !== 'direct')
    const neutral =
      neutralLine && onlyDirectly && neutralLineDue(input, claim, ran.events, now) ? neutralLine : undefined
    if (neutral) sends.push({ event: saidInPlace(neutral(input)), place: 'here' })

    // The very turn that told the age marks its alerts.
    const minor =
      input.contact.minor ||
      ran.events.some((event) => event.type === 'contact_changed' && event.change.minor === true)
    const deliveries: Delivery[] = []
    const stampOf = (count: number, revision: number) => ({
      workspace: input.workspace.id,
      contactId: input.contact.id,
      status: 'due' as const,
      attempts: 0,
      nextAttemptAt: now,
      // Every commit raises the conversation's revision: with the index it orders everything sent to a place.
      sequence: (revision + 1) * 1_000 + count,
    })
    for (const [number, send] of sends.entries()) {
      const toDirect = 'place' in send && send.place === 'direct'
      const { revision } = (toDirect ? input.direct : input.conversation) ?? { revision: 0 }
      const stands = 'place' in send && send.event.standing
      const stamp = (part: number) => ({
        ...stampOf(deliveries.length, revision),
        key: asId<DeliveryKey>(`${claim.inboxId}/${stands ? `${standing}/` : ''}${number}/${part}`),
      })
      if (!('place' in send)) {
        deliveries.push({ ...stamp(0), ...alert(input, send.event, home.key, minor) })
        for (const [index, rung] of (send.event.rings ?? []).entries()) {
          const stamped = stamp(index + 1)
          deliveries.push({ ...stamped, ...page(input, send.event, rung, stamped.key) })
        }
        continue
      }
      const { event, place } = send
      const toldDirect = deliveries.some(({ to }) => to === direct?.key)
      const rendered = adapter.render(event.reply)
      for (const [index, part] of rendered.entries()) {
        // A long word is said when its end has arrived.
        const writer = index === rendered.length - 1 ? event.staff : undefined
        deliveries.push({
          ...stamp(index),
          ...message(event, place, { here: ref, direct }, toDirect && !toldDirect),
          ...(writer === undefined ? {} : staffReply(writer, input, home.key)),
          part,
          ...(index === 0 ? { reply: event.reply } : {}),
        })
      }
    }
    const posts = ran.events.flatMap((event) =>
      event.type === 'reply_composed' && event.room ? [{ event, room: event.room }] : [],
    )
    for (const { event, room } of posts) {
      for (const [index, part] of adapter.render(event.reply).entries()) {
        deliveries.push({
          ...stampOf(deliveries.length, 0),
          key: asId<DeliveryKey>(`${room.once}/${index}`),
          to: room.ref.key,
          purpose: 'turn',
          level: 'routine',
          via: 'shared',
          survivesClaim: true,
          part,
          ...(index === 0 ? { reply: event.reply } : {}),
        })
      }
    }
    for (const [index, event] of ran.events.entries()) {
      if (event.type !== 'removal_agreed') continue
      deliveries.push({
        ...stampOf(deliveries.length, 0),
        key: asId<DeliveryKey>(`${claim.inboxId}/removal/${index}`),
        to: event.conversation,
        purpose: 'turn',
        level: 'routine',
        via: 'shared',
        survivesClaim: true,
        part: { payload: {}, plain: '', removes: event.externalId },
        notify: { on: 'any', conversation: ref.key, data: { about: 'removal' } },
      })
    }
    const also = posts.map(({ room }) => room.ref)
    return {
      events: ran.events,
      deliveries: replacing(deliveries, input, claim, adapter),
      ...frames(input, ran, elsewhere, speaksDirectly, neutral ? [neutralFrame(now)] : []),
      ...(also.length > 0 ? { also } : {}),
    }
  }
}

/** What the person is asked in private they answer in private: the frames wait there. */
function frames(
  input: TurnInput,
  { stack }: Ran,
  direct: ConversationRef | undefined,
  spoke: boolean,
  said: readonly DialogFrame[],
): Pick<TurnOutcome, 'stack' | 'direct'> {
  const kept = [...(stack ?? input.conversation.stack), ...said]
  if (!direct) return { stack: kept }
  if (!spoke || stack === undefined) return { stack: kept, direct: { ref: direct } }
  // That the neutral line was said belongs to the place where it was.
  const isOfPlace = ({ dialog }: DialogFrame) => dialog === neutralLineName
  return {
    stack: kept.filter(isOfPlace),
    direct: { ref: direct, stack: stack.filter((frame) => !isOfPlace(frame)) },
  }
}

/** A line for the place itself, which names nobody and says nothing of what was asked. */
function saidInPlace(text: string): ReplyComposed {
  return {
    type: 'reply_composed',
    reply: { elements: [{ kind: 'paragraph', text }], audience: 'everyone' },
    purpose: 'turn',
    level: 'routine',
    place: 'here',
    survivesClaim: false,
  }
}

function message(
  event: ReplyComposed,
  place: Place,
  refs: { readonly here: ConversationRef; readonly direct: ConversationRef | undefined },
  first: boolean,
) {
  // An urgent word that cannot be delivered becomes a staff alert.
  const mustArrive = event.purpose === 'turn' && rank(event.level) <= rank('urgent')
  const fromElsewhere = place === 'direct'
  const about = fromElsewhere ? 'private_reply' : 'urgent_reply'
  return {
    to: fromElsewhere && refs.direct ? refs.direct.key : refs.here.key,
    purpose: event.purpose,
    level: event.level,
    via: place === 'private' ? ('private' as const) : ('shared' as const),
    survivesClaim: event.survivesClaim,
    ...(mustArrive || fromElsewhere
      ? {
          notify: {
            on: 'failure' as const,
            conversation: refs.here.key,
            // Of several to a closed conversation one is spoken of.
            data: { about, urgent: mustArrive, ...(first ? { first } : {}) },
          },
        }
      : {}),
  }
}

/** Only what really reached the person is an answer: whoever waits for it learns what became of it. */
function staffReply(staff: StaffId, { openCase }: TurnInput, home: ConversationKey) {
  const data = { about: 'staff_reply', staff, ...(openCase ? { caseId: openCase.id } : {}) }
  return { notify: { on: 'any' as const, conversation: home, data } }
}

function alert(input: TurnInput, event: StaffAlerted, home: ConversationKey, minor: boolean) {
  // The person is told that staff know only by the turn that a delivered alert starts.
  const owned = input.openCase?.status === 'claimed' && event.reason === 'repeated'
  const told = event.reason === 'opened' || event.reason === 'raised' || owned
  return {
    to: staffRoom(input.workspace.id),
    purpose: 'alert' as const,
    level: event.level,
    via: 'shared' as const,
    part: renderAlert(event, input.contact.pseudonym, minor),
    survivesClaim: true,
    ...(told
      ? {
          notify: {
            on: 'any' as const,
            conversation: home,
            data: { about: 'alert', caseId: event.caseId, level: event.level },
          },
        }
      : {}),
  }
}

function page(input: TurnInput, event: StaffAlerted, rung: Rung, key: DeliveryKey) {
  return {
    to: pagerOf(input.workspace.id, rung),
    purpose: 'alert' as const,
    level: event.level,
    via: 'shared' as const,
    part: renderPage(event, rung, input.contact.pseudonym, key),
    survivesClaim: true,
  }
}
