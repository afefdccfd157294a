import type { DomainEvent } from '../core/events.ts'
import type { CaseStatus, HandoffCase } from '../core/records.ts'

/** From where a case may be moved. A resolved case is opened again by its person alone (`case_reopened`). */
const moves: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  waiting: ['claimed', 'snoozed', 'resolved'],
  claimed: ['waiting', 'snoozed', 'resolved'],
  snoozed: ['waiting', 'claimed', 'resolved'],
  resolved: [],
}

/** The case after a move; undefined when it is not allowed. */
export function moveCase(
  one: HandoffCase,
  move: Extract<DomainEvent, { type: 'case_moved' }>,
  now: number,
): HandoffCase | undefined {
  if (!moves[one.status].includes(move.to)) return undefined
  const { assignee, snoozedUntil: _, ...rest } = one
  const owner = move.to === 'waiting' ? undefined : move.to === 'claimed' ? move.staff : assignee
  return {
    ...rest,
    status: move.to,
    ...(owner === undefined ? {} : { assignee: owner }),
    ...(move.to === 'snoozed' && move.until !== undefined ? { snoozedUntil: move.until } : {}),
    ...(move.to === 'resolved' ? { resolvedAt: now } : {}),
  }
}
