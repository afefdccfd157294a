import { type Concern, isAlarm, rank, type Signal, type TriageContext } from '../core/assessment.ts'
import type { Matches } from './match.ts'
import type { Program } from './program.ts'

/** How long a danger stays in the conversation: safety.md withholds quantities for as long after self-harm. */
const remembered = 72 * 3_600_000
/** For how long after an alarm an ordinary message is still not routine. */
const runningFor = 30 * 60_000
/** For how long after an emergency a withdrawal of it is still an emergency. */
const emergencyFor = 30 * 60_000

/** What the conversation adds to a message: a withdrawal clears nothing, and calm words stay under watch a while. */
export function createContextRules(program: Program) {
  const withdrawal = program.groupNames.indexOf('context.withdrawal')
  const agreement = program.groupNames.indexOf('context.agreement')
  const alarms = (context: TriageContext, within: number) =>
    context.recent.filter((signal) => isAlarm(signal.level) && context.now - signal.at <= within)
  return {
    recently(concerns: readonly Concern[], context: TriageContext): boolean {
      return context.recent.some(
        (signal) =>
          context.now - signal.at <= remembered &&
          rank(signal.level) <= rank('sensitive') &&
          signal.concerns.some((concern) => concerns.includes(concern)),
      )
    },
    /** The signal that the running level adds, if it is worse than what the message itself gave. */
    carry(
      signals: readonly Signal[],
      matches: Matches,
      from: number,
      context: TriageContext,
      length: number,
    ): Signal | undefined {
      const own = Math.min(rank('routine'), ...signals.map((signal) => rank(signal.level)))
      const running = alarms(context, remembered)
      const last = running[0]
      if (!last) return undefined
      const fresh = (group: number) => matches.of(group).some((match) => match.start >= from)
      const concerns = [...new Set(running.flatMap((signal) => signal.concerns))]
      const hold = fresh(withdrawal) || (fresh(agreement) && context.now - last.at <= runningFor)
      const emergency = alarms(context, emergencyFor).some((signal) => signal.level === 'emergency')
      const level = hold
        ? emergency
          ? 'emergency'
          : 'crisis'
        : context.now - last.at <= runningFor
          ? 'sensitive'
          : 'routine'
      if (rank(level) >= own) return undefined
      return {
        rule: hold ? 'context.withdrawal' : 'context.running',
        level,
        concerns,
        span: [0, length],
        carried: true,
      }
    },
  }
}
