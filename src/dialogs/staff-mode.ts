import type { Stage } from '../core/turn.ts'
import { expectAnswer } from '../handoff/expect-answer.ts'

/** While a person owns the conversation the bot is silent; what the member writes reaches the owner's view, who has to answer. */
export function staffModeStage(): Stage {
  return {
    name: 'staff-mode',
    async run(turn) {
      if (turn.conversation.mode !== 'staff') return { kind: 'next' }
      expectAnswer(turn)
      return { kind: 'handled' }
    },
  }
}
