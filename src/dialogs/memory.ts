import type { DialogFrame } from '../core/conversation.ts'
import { neutralLineName } from '../delivery/neutral-line.ts'

/** Remembers, beneath whatever else waits, that the line was said. */
export const safetyLineName = 'safety-line'
/** Remembers that the person somebody is worried about is under age. */
export const otherMinorName = 'other-minor'
/** Remembers a correction that its reader has yet to see. */
export const recallName = 'recall'

const memories: ReadonlySet<string> = new Set([safetyLineName, otherMinorName, recallName, neutralLineName])

/** It waits for no answer: it only remembers something. */
export function isMemory({ dialog }: DialogFrame): boolean {
  return memories.has(dialog)
}
