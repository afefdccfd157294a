import { type Level, rank } from '../core/assessment.ts'
import type { CaseStatus } from '../core/records.ts'

/** What may follow what. Anything else came too late, or is a bug. */
const moves: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  waiting: ['claimed', 'snoozed', 'resolved'],
  claimed: ['waiting', 'claimed', 'snoozed', 'resolved'],
  snoozed: ['waiting', 'claimed', 'resolved'],
  resolved: ['waiting'],
}

export function mayMove(from: CaseStatus, to: CaseStatus): boolean {
  return moves[from].includes(to)
}

/**
 * Minutes until somebody must have answered, by level; the workspace's own setting holds for the rest.
 * An alarm is re-alerted after 5 minutes: short enough to matter, long enough to open a console and read.
 */
export function answerWithinMs(level: Level, workspaceMinutes: number): number {
  const minutes = rank(level) <= rank('crisis') ? Math.min(5, workspaceMinutes) : workspaceMinutes
  return minutes * 60_000
}
