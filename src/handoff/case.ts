import { type Level, rank } from '../core/assessment.ts'
import { AppError } from '../core/errors.ts'
import type { CaseStatus, HandoffCase } from '../core/records.ts'

/** What may follow what. Anything else is a bug or a race, and throws. */
const moves: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  waiting: ['claimed', 'snoozed', 'resolved'],
  claimed: ['waiting', 'claimed', 'snoozed', 'resolved'],
  snoozed: ['waiting', 'claimed', 'resolved'],
  resolved: ['waiting'],
}

export function mayMove(from: CaseStatus, to: CaseStatus): boolean {
  return moves[from].includes(to)
}

/** Throws `CASE_ILLEGAL_MOVE` when a case cannot go there. */
export function assertMove(from: CaseStatus, to: CaseStatus): void {
  if (mayMove(from, to)) return
  throw new AppError(
    'CASE_ILLEGAL_MOVE',
    `a ${from} case cannot become ${to}`,
    'Look at the case again: it has moved.',
  )
}

/** Worst level first, then who has waited longest. Total: the id breaks ties. */
export function byPriority(a: HandoffCase, b: HandoffCase): number {
  return rank(a.level) - rank(b.level) || a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1)
}

/**
 * Minutes until somebody must have answered, by level; the workspace's own setting holds for the rest.
 * An alarm is re-alerted after 5 minutes: short enough to matter, long enough to open a console and read.
 */
export function answerWithinMs(level: Level, workspaceMinutes: number): number {
  const minutes = rank(level) <= rank('crisis') ? Math.min(5, workspaceMinutes) : workspaceMinutes
  return minutes * 60_000
}
