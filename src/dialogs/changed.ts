import { isAlarm, rank } from '../core/assessment.ts'
import type { Stage, TurnContext } from '../core/turn.ts'

/**
 * Deletions and edits. What the person took back gets no answer, but for an alarm: its reply goes out, for nobody
 * deletes a danger. An edit is a message of its own unless it says the same as what was answered.
 */
export function changedStage(): Stage {
  return {
    name: 'changed',
    async run(turn) {
      if (turn.payload.kind !== 'message') return { kind: 'next' }
      const { message } = turn
      if (message.body.kind === 'deleted') {
        const subject = turn.conversation.ref.key
        turn.emit({ type: 'audited', action: 'message_deleted', subject, codes: {} })
        return { kind: 'handled' }
      }
      if (message.deleted && !isAlarm(turn.triage.level)) return { kind: 'handled' }
      return saysTheSame(turn) ? { kind: 'handled' } : { kind: 'next' }
    },
  }
}

/** A mended typing error, or a link preview: answered already, and no worse than it was. */
function saysTheSame({ message, before, triage, text }: TurnContext): boolean {
  if (message.body.kind !== 'edited' || !before?.answered) return false
  if (rank(triage.level) < rank(before.level)) return false
  return meaningOf(before.text) === meaningOf(text)
}

/** Letters and digits alone, in one case. */
function meaningOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
