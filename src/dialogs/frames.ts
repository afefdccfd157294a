import type { DialogFrame } from '../core/conversation.ts'
import type { Dialog, DialogStep, Stage, TurnContext } from '../core/turn.ts'
import { isMemory } from './memory.ts'

/** Hands the turn to the dialog that waits for it; a frame past its time is dropped. */
export function resumeStage(dialogs: readonly Dialog[]): Stage {
  return {
    name: 'resume',
    async run(turn) {
      const live = turn.conversation.stack.filter((frame) => (frame.expiresAt ?? Infinity) > turn.now)
      const memory = live.filter(isMemory)
      const stack = live.filter((frame) => !isMemory(frame))
      const frame = stack.at(-1)
      const dialog = frame && dialogs.find(({ name }) => name === frame.dialog)
      if (!frame || !dialog) return { kind: 'next' }
      const step = await dialog.resume(turn, frame)
      if (step.kind === 'pass') return { kind: 'next' }
      return { kind: 'handled', stack: after(turn, [...memory, ...stack.slice(0, -1)], dialog, step) }
    },
  }
}

/** Hands the turn to the first dialog that begins with it. */
export function beginStage(dialogs: readonly Dialog[]): Stage {
  return {
    name: 'begin',
    async run(turn) {
      for (const dialog of dialogs) {
        if (!(await dialog.begins(turn))) continue
        const step = await dialog.begin(turn)
        if (step.kind === 'pass') continue
        const stack = turn.conversation.stack.filter((frame) => frame.dialog !== dialog.name)
        return { kind: 'handled', stack: after(turn, stack, dialog, step) }
      }
      return { kind: 'next' }
    },
  }
}

function after(
  turn: TurnContext,
  below: readonly DialogFrame[],
  dialog: Dialog,
  step: DialogStep,
): readonly DialogFrame[] {
  if (step.kind !== 'wait') return below
  const frame: DialogFrame = {
    dialog: dialog.name,
    step: step.step,
    data: step.data ?? {},
    ...(step.expiresInMs === undefined ? {} : { expiresAt: turn.now + step.expiresInMs }),
  }
  return [...below, frame]
}
