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
