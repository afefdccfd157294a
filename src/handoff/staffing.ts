import { DateTime } from 'luxon'
import type { Workspace } from '../core/workspace.ts'

/** Days for which a rota drill holds. */
const drillHoldsDays = 30

/**
 * Who may truthfully be promised. Clinicians without a drill in 30 days are announced as nobody's promise:
 * volunteers at most.
 */
export function honestStaffing(workspace: Workspace, now: number): Workspace['staffing'] {
  if (workspace.staffing !== 'clinicians') return workspace.staffing
  const drilled = workspace.drilledOn ? DateTime.fromISO(workspace.drilledOn, { zone: 'utc' }) : undefined
  if (!drilled?.isValid) return 'volunteers'
  return DateTime.fromMillis(now).diff(drilled, 'days').days <= drillHoldsDays ? 'clinicians' : 'volunteers'
}

/** True when nobody at all is behind "talk to a person". */
export function nobodyThere(workspace: Workspace): boolean {
  return workspace.staffing === 'none'
}
