import { z } from 'zod'
import { type Assess, isAlarm, type Level } from '../core/assessment.ts'
import { sayRate } from './interval.ts'

export const alarmLineSchema = z.object({ id: z.string(), text: z.string() })
export type AlarmLine = z.infer<typeof alarmLineSchema>

/** The output of `salus eval alarms`, key by key as evaluation.md fixes it. */
export interface AlarmMeasure {
  readonly messages: number
  readonly alarms: number
  readonly per_10k: number
  readonly by_level: Readonly<Partial<Record<Level, number>>>
  readonly hits: readonly {
    readonly id: string
    readonly level: Level
    readonly text: string
    readonly signals: readonly string[]
  }[]
}

/** Counts alarms among ordinary messages, each read on its own. Pure. */
export function evalAlarms(lines: readonly AlarmLine[], assess: Assess): AlarmMeasure {
  const byLevel: Partial<Record<Level, number>> = {}
  const hits: AlarmMeasure['hits'][number][] = []
  for (const { id, text } of lines) {
    const { level, signals } = assess(text, { now: 0, recent: [], fragments: [] })
    byLevel[level] = (byLevel[level] ?? 0) + 1
    if (isAlarm(level)) hits.push({ id, level, text, signals: signals.map((signal) => signal.rule) })
  }
  return {
    messages: lines.length,
    alarms: hits.length,
    per_10k: lines.length === 0 ? 0 : (hits.length / lines.length) * 10_000,
    by_level: byLevel,
    hits,
  }
}

/** The same for people, with the 95 % interval. */
export function alarmTable(measure: AlarmMeasure): string {
  const levels = Object.entries(measure.by_level).map(([level, count]) => `${level} ${count}`)
  return [
    `alarms   ${sayRate(measure.alarms, measure.messages)}`,
    `per 10k  ${measure.per_10k.toFixed(2)}`,
    `levels   ${levels.join(', ')}`,
  ].join('\n')
}
