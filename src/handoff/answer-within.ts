import type { Level } from '../core/assessment.ts'
import type { Workspace } from '../core/workspace.ts'

/** Minutes until a human message must have reached the person; below these the workspace's own setting holds. */
const withinMinutes: Readonly<Partial<Record<Level, number>>> = { emergency: 2, crisis: 2, urgent: 15 }

export type Within = number | 'next_working_day'

/**
 * Ms until somebody must have answered a case of this level. What the workspace says of the level wins; without it,
 * the level's own time, never longer than the workspace's one time for all.
 */
export function answerWithin(
  { answerWithin: byLevel, answerWithinMinutes }: Pick<Workspace, 'answerWithin' | 'answerWithinMinutes'>,
  level: Level,
): Within {
  const said = level === 'unknown' ? undefined : byLevel?.[level]
  if (said === 'next_working_day') return said
  const minutes = said ?? Math.min(withinMinutes[level] ?? answerWithinMinutes, answerWithinMinutes)
  return minutes * 60_000
}
