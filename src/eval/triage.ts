import { z } from 'zod'
import {
  type Assess,
  concerns,
  isAlarm,
  type Level,
  levels,
  rank,
  type TriageAssessment,
  type TriageContext,
} from '../core/assessment.ts'
import { sayRate } from './interval.ts'

const level = z.enum(levels)

/** One labelled case: `level` or `accept` says which levels are right; `before` holds earlier messages. */
export const triageCaseSchema = z
  .object({
    id: z.string(),
    text: z.string(),
    lang: z.string(),
    level: level.optional(),
    accept: z.array(level).min(1).optional(),
    concerns: z.array(z.enum(concerns)).optional(),
    before: z.array(z.string()).optional(),
  })
  .refine((line) => line.level !== undefined || line.accept !== undefined, 'needs "level" or "accept"')
export type TriageCase = z.infer<typeof triageCaseSchema>

interface Rates {
  readonly cases: number
  readonly accuracy: number
  readonly alarm_recall: number
  readonly false_alarm_rate: number
}

/** The output of `salus eval triage`, key by key as evaluation.md fixes it. Rates are fractions. */
export interface TriageMeasure extends Rates {
  readonly concern_recall: number
  readonly under_triage_urgent: number
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly by_lang: Readonly<Record<string, Rates>>
  readonly misses: readonly {
    readonly id: string
    readonly text: string
    readonly want: readonly Level[]
    readonly got: Level
    readonly signals: readonly string[]
  }[]
}

interface Judged {
  readonly line: TriageCase
  readonly want: readonly Level[]
  readonly got: Level
  readonly concerns: readonly string[]
  readonly signals: readonly string[]
}

/** Time between the messages of one case: they are fragments of one moment. */
const betweenMessages = 20_000

/** Assesses every case, earlier messages first, and counts. Pure. */
export function evalTriage(lines: readonly TriageCase[], assess: Assess): TriageMeasure {
  const judged = lines.map((line) => judge(line, assess))
  const counts = count(judged)
  const byLang: Record<string, Rates> = {}
  for (const lang of [...new Set(lines.map((line) => line.lang))].sort())
    byLang[lang] = rates(count(judged.filter((each) => each.line.lang === lang)))
  const confusion: Record<string, Record<string, number>> = {}
  for (const each of judged) {
    const want = each.want.join('|')
    const row = confusion[want] ?? {}
    row[each.got] = (row[each.got] ?? 0) + 1
    confusion[want] = row
  }
  return {
    ...rates(counts),
    concern_recall: fraction(counts.concernRight, counts.concernDue),
    under_triage_urgent: fraction(counts.urgentLow, counts.urgent),
    confusion,
    by_lang: byLang,
    misses: judged
      .filter((each) => !each.want.includes(each.got))
      .map(({ line, want, got, signals }) => ({ id: line.id, text: line.text, want, got, signals })),
  }
}

function judge(line: TriageCase, assess: Assess): Judged {
  const found = judgeCase(line, assess)
  return {
    line,
    want: line.accept ?? (line.level ? [line.level] : []),
    got: found.level,
    concerns: found.concerns,
    signals: found.signals.map((signal) => signal.rule),
  }
}

/** The last message of a case, assessed in the light of those before it. */
export function judgeCase(line: Pick<TriageCase, 'text' | 'before'>, assess: Assess): TriageAssessment {
  let now = Date.UTC(2025, 0, 1)
  let recent: TriageContext['recent'] = []
  const fragments: string[] = []
  for (const text of line.before ?? []) {
    const found = assess(text, { now, recent, fragments })
    if (found.level !== 'routine')
      recent = [{ at: now, level: found.level, concerns: found.concerns }, ...recent].slice(0, 8)
    fragments.push(text)
    now += betweenMessages
  }
  return assess(line.text, { now, recent, fragments })
}

function count(judged: readonly Judged[]) {
  const alarms = judged.filter((each) => each.want.every(isAlarm))
  const calm = judged.filter((each) => !each.want.some(isAlarm))
  const named = alarms.filter((each) => (each.line.concerns?.length ?? 0) > 0)
  const urgent = judged.filter((each) => each.want.length === 1 && each.want[0] === 'urgent')
  return {
    cases: judged.length,
    exact: judged.filter((each) => each.want.includes(each.got)).length,
    alarms: alarms.length,
    alarmsFound: alarms.filter((each) => isAlarm(each.got)).length,
    calm: calm.length,
    falseAlarms: calm.filter((each) => isAlarm(each.got)).length,
    concernDue: named.length,
    concernRight: named.filter((each) =>
      each.line.concerns?.some((concern) => each.concerns.includes(concern)),
    ).length,
    urgent: urgent.length,
    urgentLow: urgent.filter((each) => each.got !== 'unknown' && rank(each.got) > rank('urgent')).length,
  }
}

function rates(counts: ReturnType<typeof count>): Rates {
  return {
    cases: counts.cases,
    accuracy: fraction(counts.exact, counts.cases),
    alarm_recall: fraction(counts.alarmsFound, counts.alarms),
    false_alarm_rate: fraction(counts.falseAlarms, counts.calm),
  }
}

function fraction(k: number, n: number): number {
  return n === 0 ? 0 : k / n
}

/** The same counts for people: shares with their 95 % intervals, and the cases that went wrong. */
export function triageTable(lines: readonly TriageCase[], assess: Assess): string {
  const judged = lines.map((line) => judge(line, assess))
  const rows: string[] = []
  const add = (name: string, counts: ReturnType<typeof count>) => {
    rows.push(`${name} (${counts.cases} cases)`)
    rows.push(`  exact level           ${sayRate(counts.exact, counts.cases)}`)
    rows.push(`  alarms found          ${sayRate(counts.alarmsFound, counts.alarms)}`)
    rows.push(`  false alarms          ${sayRate(counts.falseAlarms, counts.calm)}`)
    rows.push(`  right concern         ${sayRate(counts.concernRight, counts.concernDue)}`)
    rows.push(`  urgent rated lower    ${sayRate(counts.urgentLow, counts.urgent)}`)
  }
  add('all', count(judged))
  const langs = [...new Set(lines.map((line) => line.lang))].sort()
  if (langs.length > 1)
    for (const lang of langs) add(lang, count(judged.filter((each) => each.line.lang === lang)))
  return rows.join('\n')
}
