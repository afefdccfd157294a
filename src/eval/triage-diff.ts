import { type Assess, isAlarm, type Level, rank } from '../core/assessment.ts'
import { judgeCase, type TriageCase } from './triage.ts'

/** What one case got from the old rules and gets from the new. */
export interface TriageChange {
  readonly id: string
  readonly text: string
  readonly from: Level
  readonly to: Level
  /** Rules that no longer fire, and rules that fire now. */
  readonly gone: readonly string[]
  readonly came: readonly string[]
}

export interface TriageDiff {
  readonly cases: number
  readonly raised: number
  readonly lowered: number
  /** Emergencies and crises among the lowered: nothing should ship while there is one. */
  readonly alarms_lowered: number
  /** Same level by other rules. */
  readonly other_rules: number
  /** Lowered first, worst first. */
  readonly changes: readonly TriageChange[]
}

/** Judges every case by both rule sets and says what differs. Pure. */
export function diffTriage(
  lines: readonly Pick<TriageCase, 'id' | 'text' | 'before'>[],
  old: Assess,
  now: Assess,
): TriageDiff {
  const changes: TriageChange[] = []
  for (const line of lines) {
    const was = judgeCase(line, old)
    const is = judgeCase(line, now)
    const before = was.signals.map(({ rule }) => rule)
    const after = is.signals.map(({ rule }) => rule)
    const gone = before.filter((rule) => !after.includes(rule))
    const came = after.filter((rule) => !before.includes(rule))
    if (was.level !== is.level || gone.length + came.length > 0)
      changes.push({ id: line.id, text: line.text, from: was.level, to: is.level, gone, came })
  }
  const fall = ({ from, to }: TriageChange) => rank(to) - rank(from)
  const lowered = changes.filter((each) => fall(each) > 0)
  return {
    cases: lines.length,
    raised: changes.filter((each) => fall(each) < 0).length,
    lowered: lowered.length,
    alarms_lowered: lowered.filter(({ from }) => isAlarm(from)).length,
    other_rules: changes.filter((each) => fall(each) === 0).length,
    changes: changes.sort((a, b) => fall(b) - fall(a) || rank(a.from) - rank(b.from)),
  }
}

/** The differences for a person to read. */
export function sayTriageDiff(diff: TriageDiff): string {
  return [
    ...diff.changes.map(({ id, text, from, to, gone, came }) => {
      const level = from === to ? from : `${from} → ${to}`
      const rules = [...gone.map((rule) => `−${rule}`), ...came.map((rule) => `+${rule}`)]
      return `${id}  ${level}  ${rules.join(' ')}\n    ${text.replace(/\s+/g, ' ').slice(0, 160)}`
    }),
    `${diff.cases} cases: ${diff.raised} raised, ${diff.lowered} lowered (${diff.alarms_lowered} of them alarms), ${diff.other_rules} same level by other rules`,
  ].join('\n')
}
