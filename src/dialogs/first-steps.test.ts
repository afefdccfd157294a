import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Concern, TriageAssessment } from '../core/assessment.ts'
import { loadFirstSteps } from './first-steps.ts'
import { emergencyConcerns, patientOf } from './patient.ts'

const dir = join(import.meta.dirname, '../../content/first-steps')
const steps = await loadFirstSteps(dir)

const triage = (
  about: 'self' | 'other',
  own: readonly Concern[],
  beside: readonly Concern[] = [],
): TriageAssessment => ({
  level: 'emergency',
  concerns: [...own, ...beside],
  about,
  ruleset: 'test',
  signals: [
    { rule: 'own', level: 'emergency', concerns: own, span: [0, 1] },
    { rule: 'beside', level: 'sensitive', concerns: beside, span: [0, 1] },
  ],
})
const said = (
  text: string,
  about: 'self' | 'other',
  own: readonly Concern[],
  beside?: readonly Concern[],
) => {
  const turn = { text, triage: triage(about, own, beside) }
  return steps.steps('en', emergencyConcerns(turn.triage), patientOf(turn)).join(' ')
}

describe('first steps fit who is ill', () => {
  it('who cannot breathe is told what to do alone, not how to press on a chest or hold a baby', () => {
    const text = said("i can't breathe", 'self', ['breathing', 'unconscious'])
    expect(text).toContain('Sit up straight')
    expect(text).not.toMatch(/CPR|baby/i)
  })

  it('a stroke of somebody else is told to whoever is with them', () => {
    expect(said("my dad's face drooped", 'other', ['stroke'])).toMatch(/^Lay them on one side/)
    expect(said('my face drooped', 'self', ['stroke'])).toMatch(/^Lie down on one side/)
  })

  it.each([
    ['my baby is choking', 'Never belly thrusts'],
    ['my 8 month old is choking', 'Never belly thrusts'],
    ['my 3 year old is choking', 'the child goes limp'],
    ['mi hijo de 4 años se ahoga', 'the child goes limp'],
    ['my 34 year old son is choking', 'they go limp'],
    ['someone is choking', 'they go limp'],
  ])('%s', (text, words) => {
    expect(said(text, 'other', ['choking', 'breathing'])).toContain(words)
  })

  it('a poisoning stands before substances that are only mentioned beside it', () => {
    expect(
      said('i took 20 tablets after drinking', 'self', ['poisoning', 'self_harm'], ['substances']),
    ).toMatch(/^Do not try to throw up/)
  })

  it('withdrawal is not answered as an overdose', () => {
    expect(said('i stopped drinking and i shake', 'self', ['withdrawal', 'substances'])).not.toContain(
      'naloxone',
    )
  })

  it('has at most three steps for every concern and patient, in every language, and never an empty answer', async () => {
    for (const file of readdirSync(dir)) {
      const locale = file.replace('.yaml', '')
      for (const patient of ['self', 'other', 'child', 'baby', 'unknown'] as const) {
        for (const concern of ['heart', 'stroke', 'unconscious', 'self_harm', 'personal'] as const) {
          const found = steps.steps(locale, [concern], patient)
          expect(found.length).toBeGreaterThan(0)
          expect(found.length).toBeLessThanOrEqual(3)
        }
      }
    }
  })

  it('never tells the person who is ill to resuscitate somebody', () => {
    const all = [
      'heart',
      'stroke',
      'breathing',
      'unconscious',
      'poisoning',
      'substances',
      'infection',
    ] as const
    for (const concern of all) expect(steps.steps('en', [concern], 'self').join(' ')).not.toMatch(/CPR/)
  })
})
