import type { StaffId } from '../core/ids.ts'
import type { HandoffCase, StaffAction } from '../core/records.ts'

/** Why a staff member may not do that to a case now. */
export type Refusal = 'case_resolved' | 'already_yours' | 'claimed_by_another' | 'not_the_owner'

/** What the turn would refuse, said at once; the turn itself decides, for cases move in between. */
export function refusalOf(kind: StaffAction['kind'], one: HandoffCase, me: StaffId): Refusal | undefined {
  if (one.status === 'resolved') return 'case_resolved'
  const mine = one.assignee === me
  if (kind === 'claim') {
    if (one.status !== 'claimed') return undefined
    return mine ? 'already_yours' : 'claimed_by_another'
  }
  if (kind === 'note') return undefined
  if (kind === 'snooze') return one.status === 'claimed' && !mine ? 'claimed_by_another' : undefined
  return mine && one.status === 'claimed' ? undefined : 'not_the_owner'
}
