import type { Stage } from '../core/turn.ts'

/** While a person owns the conversation the bot is silent; what the member writes reaches the owner's view. */
export function staffModeStage(): Stage {
  return {
    name: 'staff-mode',
    async run(turn) {
      return turn.conversation.mode === 'staff' ? { kind: 'handled' } : { kind: 'next' }
    },
  }
}
