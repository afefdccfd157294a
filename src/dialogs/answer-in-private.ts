import { isAlarm } from '../core/assessment.ts'
import type { DialogFrame } from '../core/conversation.ts'
import { saysOthersWords } from '../core/inbound.ts'
import type { Dialog, TurnContext } from '../core/turn.ts'
import type { DialogKit } from './kit.ts'
import { isMemory } from './memory.ts'
import { isShared } from './shared-place.ts'

/**
 * "Yes", written where others read, to what Salus asked in private: the turn as if it had been written there. The
 * dialog that waits there takes it, every reply goes to the person alone, and the place learns nothing of it. Any other
 * turn is left as it is: words with danger of their own, and whatever that dialog does not take for an answer.
 */
export async function answeringInPrivate(
  kit: DialogKit,
  dialogs: readonly Dialog[],
  turn: TurnContext,
): Promise<TurnContext> {
  const asked = askedInPrivate(kit, turn)
  const dialog = asked && dialogs.find(({ name }) => name === asked.dialog)
  if (!asked || !dialog || dialog.takesAnyWords) return turn
  const private_ = inPrivate(turn)
  const heard = await dialog.resume({ ...private_, emit: () => {}, reply: () => {}, emitted: [] }, asked)
  return heard.kind === 'pass' ? turn : private_
}

/** The question that waits for them in private, when these words may be its answer. */
function askedInPrivate(kit: DialogKit, turn: TurnContext): DialogFrame | undefined {
  const { message, conversation, direct, triage, now } = turn
  if (turn.payload.kind !== 'message' || message.body.kind !== 'text' || message.watched) return undefined
  if (!isShared(turn) || !direct || !kit.reach(conversation.ref).direct) return undefined
  if (saysOthersWords(message)) return undefined
  // A person owns it: what they say there is for that person.
  if (conversation.mode !== 'bot' || direct.mode !== 'bot') return undefined
  if (triage.signals.some(({ level, carried }) => isAlarm(level) && !carried)) return undefined
  const waits = (frame: DialogFrame) => !isMemory(frame) && (frame.expiresAt ?? Infinity) > now
  // What was asked in the place itself goes before.
  return conversation.stack.some(waits) ? undefined : direct.stack.findLast(waits)
}

/** The same turn with the frames that wait in private; what is remembered of the place stays with it. */
function inPrivate(turn: TurnContext): TurnContext {
  const { conversation, direct } = turn
  const stack = [...conversation.stack.filter(isMemory), ...(direct?.stack ?? [])]
  return {
    ...turn,
    conversation: { ...conversation, stack },
    visibility: 'private',
    reply(reply, options) {
      // The place had its line when danger was told there; an answer to a private question tells it nothing new.
      if (reply.audience !== 'everyone') turn.reply({ ...reply, audience: 'sender-only' }, options)
    },
  }
}
