import { rank } from '../core/assessment.ts'
import { asId, type InboxId, type PassageId } from '../core/ids.ts'
import type { InboundMessage } from '../core/inbound.ts'
import type { Reply, ReplyElement } from '../core/reply.ts'
import type { ReplyOptions, Stage, TurnContext } from '../core/turn.ts'
import { neutralLineSaid } from '../delivery/neutral-line.ts'
import { redact } from '../privacy/redact.ts'
import { choiceOf, type DialogKit, voiceOf } from './kit.ts'
import { replyOf, type Voice } from './voice.ts'

/** Others read along where this was written. */
export function isShared(turn: Pick<TurnContext, 'conversation'>): boolean {
  const { surface } = turn.conversation.ref
  return surface === 'group' || surface === 'thread'
}

/** What is for the person, if it can be, stays where everybody reads: `delivery/place.ts` decides alike. */
function isOpen(turn: TurnContext): boolean {
  return isShared(turn) && turn.visibility === 'public' && !turn.room?.quiet && !turn.room?.sensitive
}

/** Whether a reply stands where others read it. */
export function isReadByAll(turn: TurnContext, { audience }: Pick<Reply, 'audience'>): boolean {
  return audience === 'everyone' || (audience === 'sender-preferred' && isOpen(turn))
}

/**
 * "Move this to private", for an answer that everybody in the place sees; nothing for others. `passage`: what the answer
 * stands on, absent where there is none.
 */
export function moveChoice(kit: DialogKit, turn: TurnContext, voice: Voice, passage?: PassageId) {
  if (!isOpen(turn)) return []
  if (!kit.reach(turn.conversation.ref).direct) return []
  const value = passage === undefined ? 'private' : `private:${passage}`
  return [{ value, label: voice.say('channel.private.move') }]
}

/** One tap, and it goes on where only the person reads, about the answer that was moved: others may have come since. */
export function movePrivateStage(kit: DialogKit): Stage {
  return {
    name: 'move-private',
    async run(turn) {
      const pressed = /^private(?::(.+))?$/.exec(choiceOf(turn, 'answer') ?? '')
      if (!pressed) return { kind: 'next' }
      const voice = voiceOf(kit, turn)
      const topic = await movedTopic(kit, turn, pressed[1])
      if (topic) turn.emit({ type: 'topic_changed', topic: { ...topic, at: turn.now } })
      const more = topic?.passage === undefined ? 'more' : `more:${topic.passage}`
      const options = [
        ...(topic ? [{ value: more, label: voice.say('answer.more') }] : []),
        { value: 'person', label: voice.say('answer.person') },
      ] as const
      const [first, ...rest] = options
      turn.reply(
        replyOf(
          [
            voice.paragraph(topic ? 'channel.private.moved' : 'channel.private.moved_new'),
            { kind: 'choices', action: 'answer', options: [first!, ...rest] },
          ],
          'sender-only',
        ),
      )
      return { kind: 'handled' }
    },
  }
}

/** What an answer was about: of its passage, else what was asked about last. */
async function movedTopic(kit: DialogKit, turn: TurnContext, passage: string | undefined) {
  if (passage === undefined) return turn.conversation.topic
  const { contact, now, workspace } = turn
  // Nothing of it is shown here: it is asked whose it is, and whether it may still be answered from.
  const asked = { text: '', locale: contact.locale, now, withholdQuantities: false }
  const answer = await kit.answer({ ...asked, passage: asId<PassageId>(passage) }, workspace)
  if (answer.kind !== 'grounded') return undefined
  const [{ article }] = answer.statements[0].support
  return { article, passage }
}

/**
 * Somebody told more about themselves in public than they may want to: the private reply ends with how to take it out
 * of the place. Never beside an alarm.
 */
export function withRemovalHint(kit: DialogKit, turn: TurnContext): { turn: TurnContext; end: () => void } {
  if (!overshares(turn)) return { turn, end: () => {} }
  let held: { readonly reply: Reply; readonly options: ReplyOptions | undefined } | undefined
  const flush = (last: boolean) => {
    if (!held) return
    const { reply, options } = held
    held = undefined
    const private_ = reply.audience !== 'everyone'
    turn.reply(last && private_ ? withHint(kit, turn, reply) : reply, options)
  }
  return {
    turn: {
      ...turn,
      emit(event) {
        if (event.type === 'reply_composed' || event.type === 'staff_alerted') flush(false)
        turn.emit(event)
      },
      reply(reply, options) {
        flush(false)
        held = { reply, options }
      },
    },
    end: () => flush(true),
  }
}

function overshares(turn: TurnContext): boolean {
  const { body, watched } = turn.message
  if (turn.payload.kind !== 'message' || !isShared(turn) || watched || turn.visibility !== 'private')
    return false
  if (body.kind !== 'text' && body.kind !== 'edited') return false
  const { level, about, signals } = turn.triage
  if (rank(level) <= rank('crisis') || turn.contact.abuseAt !== undefined) return false
  // By these words: what was told before stands elsewhere.
  const told = signals.some((one) => !one.carried && (one.level === 'urgent' || one.level === 'sensitive'))
  const ownHealth = about === 'self' && told
  // Said once of their health; a name or an address is worth saying each time.
  return (ownHealth && !neutralLineSaid(turn, turn.now)) || redact(turn.text).spans.length > 0
}

function withHint(kit: DialogKit, turn: TurnContext, reply: Reply): Reply {
  const voice = voiceOf(kit, turn)
  const { removeMemberMessage } = kit.reach(turn.conversation.ref)
  const hint: ReplyElement =
    removeMemberMessage === 'none'
      ? voice.paragraph('channel.removal.how')
      : {
          kind: 'choices',
          action: 'remove',
          prompt: voice.say('channel.removal.ask'),
          options: [
            { value: 'yes', label: voice.say('channel.removal.yes') },
            { value: 'no', label: voice.say('channel.removal.no') },
          ],
        }
  return { ...reply, elements: [...reply.elements, hint] as unknown as Reply['elements'] }
}

/** Their yes: what they wrote is removed from the place, and they are told what came of it. */
export function removalStage(kit: DialogKit): Stage {
  return {
    name: 'removal',
    async run(turn) {
      const picked = choiceOf(turn, 'remove')
      if (picked === undefined) return { kind: 'next' }
      const voice = voiceOf(kit, turn)
      const written = picked === 'yes' ? await askedAbout(kit, turn) : undefined
      if (picked !== 'yes') turn.reply(replyOf([voice.paragraph('channel.removal.left')], 'sender-only'))
      else if (!written) turn.reply(replyOf([voice.paragraph('channel.removal.how')], 'sender-only'))
      else {
        const { body, externalId, conversation } = written
        turn.emit({
          type: 'removal_agreed',
          conversation: conversation.key,
          externalId: body.kind === 'edited' ? body.externalId : externalId,
        })
      }
      return { kind: 'handled' }
    },
  }
}

/** What the person had written when they were offered the button that they pressed now. Nobody else's. */
export async function askedAbout(kit: DialogKit, turn: TurnContext): Promise<InboundMessage | undefined> {
  const { body } = turn.message
  if (body.kind !== 'choice') return undefined
  const [inboxId = ''] = body.replyTo.split('/')
  const found = await kit.received(asId<InboxId>(inboxId))
  return found?.contactId === turn.contact.id ? found.message : undefined
}
