import type { Level } from '../core/assessment.ts'
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

/** Minutes until a human message must have reached the person; below these the workspace's own setting holds. */
const withinMinutes: Readonly<Partial<Record<Level, number>>> = { emergency: 2, crisis: 2, urgent: 15 }

/** Ms until somebody must have answered, by level; never longer than the workspace's own setting. */
export function answerWithinMs(level: Level, workspaceMinutes: number): number {
  return Math.min(withinMinutes[level] ?? workspaceMinutes, workspaceMinutes) * 60_000
}
