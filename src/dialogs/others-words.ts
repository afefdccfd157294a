import { saysOthersWords } from '../core/inbound.ts'
import type { Stage } from '../core/turn.ts'

/**
 * A stage that somebody else's words never reach: a forwarded "stop" or "delete my data" is no wish of who forwards it,
 * and a checked "yes" no answer of theirs to a question that is open.
 */
export function ownWordsOnly(stage: Stage): Stage {
  return {
    name: stage.name,
    run: async (turn) => (saysOthersWords(turn.message) ? { kind: 'next' } : stage.run(turn)),
  }
}

/** A stage for what is escalated alone: the command is who escalates, the words are not. */
export function escalatedOnly(stage: Stage): Stage {
  return {
    name: 'escalated',
    run: async (turn) =>
      turn.message.others && turn.message.body.kind === 'command' ? stage.run(turn) : { kind: 'next' },
  }
}
