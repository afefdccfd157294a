import type { Reply } from '../core/reply.ts'
import type { TurnContext } from '../core/turn.ts'
import { neutralFor } from './emergency.ts'
import { type DialogKit, voiceOf } from './kit.ts'
import { isReadByAll } from './shared-place.ts'

/**
 * After a sign of abuse the first 80 characters of anything that may preview say nothing, in every reply to that
 * person: what comes first on a locked screen is a neutral line. What everybody in a place reads stays as it is: there
 * that line would tell others that this person has something to hide.
 */
export function previewingNothing(kit: DialogKit, turn: TurnContext): TurnContext {
  const abused = turn.contact.abuseAt !== undefined || neutralFor(turn.triage.concerns) !== undefined
  if (!abused) return turn
  const text = voiceOf(kit, turn).say('general.neutral_preview')
  const quiet = (reply: Reply): Reply =>
    isReadByAll(turn, reply)
      ? reply
      : { ...reply, elements: [{ kind: 'paragraph', text }, ...reply.elements], preview: 'neutral' }
  return {
    ...turn,
    emit: (event) =>
      turn.emit(event.type === 'reply_composed' ? { ...event, reply: quiet(event.reply) } : event),
    reply: (reply, options) => turn.reply(quiet(reply), options),
  }
}
