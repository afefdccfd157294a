import { type Level, rank } from '../core/assessment.ts'
import type { Rung } from '../core/events.ts'
import type { Workspace } from '../core/workspace.ts'
import { onCall } from './on-call.ts'
import { answerBy, isClosed } from './working-hours.ts'

/** At its top the ladder goes on ringing, ever more slowly: each round waits twice as long, up to this power of two. */
const slowest = 6

/** From the lowest to the highest; one where nobody stands is left out. */
const rungs: readonly Rung[] = ['on_call', 'lead', 'outside']

export interface Step {
  /** Who is rung now, beside the staff rooms. */
  readonly rings: readonly Rung[]
  /** Epoch ms of the next round, if nobody answers. */
  readonly next: number
}

/**
 * What happens when a case has waited in vain for the `round`th time, 1 the first: the next rung is rung, and all below
 * it again. There is always a next round.
 */
export function stepOf(workspace: Workspace, level: Level, round: number, now: number): Step {
  const there = rungsOf(workspace, now)
  // Where the night began with whoever is on call, the first round already rings the next.
  const from = firstRings(workspace, level, now).length
  const climbed = round + from
  const times = 2 ** Math.min(Math.max(climbed - there.length, 0), slowest)
  return { rings: there.slice(0, climbed), next: answerBy(workspace, level, now, times) }
}

/** Who is rung as soon as a case opens or rises: what is urgent outside hours finds nobody in the staff rooms. */
export function firstRings(workspace: Workspace, level: Level, now: number): readonly Rung[] {
  if (rank(level) > rank('urgent') || !isClosed(workspace, now)) return []
  return rungsOf(workspace, now).filter((rung) => rung === 'on_call')
}

function rungsOf(workspace: Workspace, now: number): readonly Rung[] {
  if (workspace.staffing === 'none') return []
  return rungs.filter((rung) => addressOf(workspace, rung, now) !== undefined)
}

/** Who stands on a rung at this instant, and where they are rung; undefined where nobody does. */
export function addressOf(
  { escalation }: Pick<Workspace, 'escalation'>,
  rung: Rung,
  now: number,
): { readonly person?: string; readonly webhook: string } | undefined {
  if (rung === 'outside') return escalation?.lastWebhook ? { webhook: escalation.lastWebhook } : undefined
  const person = rung === 'lead' ? escalation?.lead : escalation?.rota && onCall(escalation.rota, now)?.person
  const webhook = escalation?.pagers?.find((pager) => pager.person === person)?.webhook
  return person !== undefined && webhook !== undefined ? { person, webhook } : undefined
}
