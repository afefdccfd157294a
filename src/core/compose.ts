import type { Stage, StageResult, TurnContext } from './turn.ts'

/** Runs the stages in order until one handles the turn. An aborted turn stops between stages. */
export function compose(stages: readonly Stage[]): (turn: TurnContext) => Promise<StageResult> {
  return async (turn) => {
    for (const stage of stages) {
      turn.signal.throwIfAborted()
      const result = await stage.run(turn)
      if (result.kind === 'handled') return result
    }
    return { kind: 'next' }
  }
}
