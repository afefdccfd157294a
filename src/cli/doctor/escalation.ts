import type { Workspace } from '../../core/workspace.ts'
import { addressOf } from '../../handoff/ladder.ts'
import { onCall } from '../../handoff/on-call.ts'
import { type Check, findings } from './check.ts'

const { ok, warn, fail } = findings('organisation')

/** Who is rung when nobody answers. */
export function checkEscalation(workspace: Workspace, signs: boolean, now: number): readonly Check[] {
  const { escalation, staffing, hours } = workspace
  if (staffing === 'none') return []
  const reached = (['on_call', 'lead', 'outside'] as const).filter(
    (rung) => addressOf(workspace, rung, now) !== undefined,
  )
  if (!escalation) {
    const when = hours ? ' At night, nobody hears of what is urgent.' : ''
    return [
      warn(
        `A case that nobody answers is shown on staff pages and in staff rooms alone.${when}`,
        'Set escalation with "salus setup --from".',
      ),
    ]
  }
  const checks: Check[] = []
  if (escalation.rota) {
    const found = onCall(escalation.rota, now)
    checks.push(
      found
        ? ok(`On call: ${found.person}, until ${new Date(found.until).toISOString()}.`)
        : warn(`Nobody is on call before ${escalation.rota.starts}.`, 'Let rota.starts lie in the past.'),
    )
  }
  if (reached.length > 0 && !signs) {
    checks.push(fail('Webhooks that ring staff are not sent.', 'Set SALUS_WEBHOOK_SECRET.'))
  }
  return checks
}
