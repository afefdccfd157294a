import type { PauseTarget, StaffMember } from '../../core/ports.ts'
import type { Workspace } from '../../core/workspace.ts'
import { honestStaffing } from '../../handoff/staffing.ts'
import { type Check, findings } from './check.ts'

const { ok, warn, fail } = findings('organisation')

/** Staffing, drill, leads and switches. */
export function checkOrganisation(
  workspace: Workspace,
  staff: readonly StaffMember[],
  paused: ReadonlySet<PauseTarget>,
  now: number,
): readonly Check[] {
  const active = staff.filter((member) => member.active)
  const checks: Check[] = [
    ok(`${workspace.name}: ${workspace.mode}, ${workspace.country}, staffing ${workspace.staffing}.`),
  ]
  if (workspace.staffing === 'none') {
    checks.push(warn('Nobody is behind "talk to a person"; people are told so.'))
  } else if (active.length === 0) {
    checks.push(
      fail(
        `Staffing is ${workspace.staffing}, but no staff member is recorded.`,
        'Run "salus staff add --name NAME".',
      ),
    )
  }
  if (workspace.staffing !== 'none' && !workspace.hours) {
    checks.push(warn('Hours are not set, so nobody is said to be there now.', 'Set them with "salus setup".'))
  }
  if (workspace.staffing === 'clinicians' && honestStaffing(workspace, now) !== 'clinicians') {
    checks.push(
      fail(
        'The rota has no drill within 30 days, so people are told "volunteers".',
        'Run a drill, then record its date with "salus setup".',
      ),
    )
  }
  if (
    workspace.staffing === 'clinicians' &&
    !active.some((member) => member.profession && member.registration)
  ) {
    checks.push(
      fail(
        'No clinician with profession and registration is recorded.',
        'Run "salus staff add --role clinician …".',
      ),
    )
  }
  if (workspace.mode === 'production' && !workspace.privacyUrl) {
    checks.push(warn('There is no privacy notice to link to.', 'Set privacyUrl with "salus setup".'))
  }
  if (workspace.unreviewedAccepted) {
    checks.push(
      warn(
        `Unreviewed articles are answered from, accepted on ${workspace.unreviewedAccepted.on}; every answer says so.`,
      ),
    )
  }
  for (const target of [...paused].sort()) {
    checks.push(warn(`Paused: ${target}.`, `"salus pause ${target} --off" lets it run again.`))
  }
  return checks
}
