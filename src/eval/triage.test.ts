import { describe, expect, it } from 'vitest'
import type { Assess, Level } from '../core/assessment.ts'
import { alarmTable, evalAlarms } from './alarms.ts'
import { evalTriage, triageCaseSchema, triageTable } from './triage.ts'

/** Reads the level from the text itself; "before" raises what follows. */
const assess: Assess = (text, context) => {
  const said = (text.split(' ')[0] ?? 'routine') as Level
  const level =
    said === 'routine' && context.recent.some((signal) => signal.level === 'crisis') ? 'crisis' : said
  return {
    level,
    concerns: level === 'crisis' ? ['self_harm'] : [],
    about: 'self',
    ruleset: 'x',
    signals: [],
  }
}
const line = (id: string, text: string, rest: object) =>
  triageCaseSchema.parse({ id, text, lang: 'en', ...rest })

describe('eval triage', () => {
  const lines = [
    line('a', 'emergency', { level: 'emergency', concerns: ['heart'] }),
    line('b', 'routine', { accept: ['crisis', 'emergency'] }),
    line('c', 'crisis', { level: 'routine' }),
    line('d', 'sensitive', { level: 'urgent' }),
    line('e', 'unknown', { level: 'urgent' }),
    line('f', 'routine now', { level: 'crisis', before: ['crisis first'], concerns: ['self_harm'] }),
  ]
  it('counts recall, false alarms, concerns and under-triage as the definitions say', () => {
    const found = evalTriage(lines, assess)
    expect(found.cases).toBe(6)
    expect(found.accuracy).toBeCloseTo(2 / 6)
    expect(found.alarm_recall).toBeCloseTo(2 / 3)
    expect(found.false_alarm_rate).toBeCloseTo(1 / 3)
    expect(found.concern_recall).toBeCloseTo(1 / 2)
    expect(found.under_triage_urgent).toBeCloseTo(1 / 2)
    expect(found.confusion['crisis|emergency']).toEqual({ routine: 1 })
    expect(found.misses.map((miss) => miss.id)).toEqual(['b', 'c', 'd', 'e'])
    expect(found.by_lang.en?.cases).toBe(6)
  })
  it('shows shares with their intervals', () => {
    expect(triageTable(lines, assess)).toContain('alarms found          2/3')
  })
  it('wants a level', () => {
    expect(triageCaseSchema.safeParse({ id: 'x', text: 'y', lang: 'en' }).success).toBe(false)
  })
})

describe('eval alarms', () => {
  it('counts alarms per ten thousand and lists them', () => {
    const found = evalAlarms(
      [
        { id: '1', text: 'routine' },
        { id: '2', text: 'crisis' },
        { id: '3', text: 'urgent' },
        { id: '4', text: 'routine' },
      ],
      assess,
    )
    expect(found).toMatchObject({
      messages: 4,
      alarms: 1,
      per_10k: 2_500,
      by_level: { routine: 2, crisis: 1, urgent: 1 },
    })
    expect(found.hits.map((hit) => hit.id)).toEqual(['2'])
    expect(alarmTable(found)).toContain('1/4')
  })
})
