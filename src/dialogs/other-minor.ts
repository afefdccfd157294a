import type { DialogFrame } from '../core/conversation.ts'
import type { Stage, TurnContext } from '../core/turn.ts'
import { recentCrisisLines } from './crisis-reply.ts'
import { type DialogKit, plainWords, voiceOf } from './kit.ts'
import { otherMinorName } from './memory.ts'
import { replyOf } from './voice.ts'

/** Remembered for a day, ms. */
const frameMs = 24 * 60 * 60_000
const adultAge = 18

const ageOfOther =
  /^(?:and |but |oh |sorry |well )*(?:he|she|they|my (?:son|daughter|kid|child|brother|sister|friend)|el|ella)(?:'s|s| is|'re| are| tiene)? (?:only |just |still |almost |nearly |solo )*(\d{1,2})(?: ?(?:years? old|years?|yrs?|yo|y\/o|anos))?(?: (?:old|now))?$/

/**
 * "He is 15", told after a worried message: the person in danger is a child. From then on a child's own line comes
 * first in what is said about them.
 */
export function otherMinorStage(kit: DialogKit): Stage {
  return {
    name: 'other-minor',
    async run(turn) {
      const lines = recentCrisisLines(turn)
      const age = Number(ageOfOther.exec(plainWords(turn.text))?.[1] ?? adultAge)
      if (!lines || age >= adultAge || turn.payload.kind !== 'message') return { kind: 'next' }
      const voice = voiceOf(kit, turn)
      turn.reply(
        replyOf(
          [
            voice.paragraph('crisis.other_minor'),
            ...voice.helpline([...new Set(['child' as const, ...lines])]),
            voice.notice('urgent', 'crisis.other_minor_danger'),
          ],
          'sender-only',
        ),
        { survivesClaim: true },
      )
      return { kind: 'handled', stack: [memory(turn), ...withoutIt(turn)] }
    },
  }
}

function memory(turn: TurnContext): DialogFrame {
  return { dialog: otherMinorName, step: 'told', data: {}, expiresAt: turn.now + frameMs }
}

function withoutIt(turn: TurnContext): readonly DialogFrame[] {
  return turn.conversation.stack.filter(({ dialog }) => dialog !== otherMinorName)
}
