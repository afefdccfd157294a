import { describe, expect, it } from 'vitest'
import { statesAmounts } from './amounts.ts'

describe('amounts', () => {
  it.each([
    'Take 500 mg at once.',
    'Give 1 adult aspirin (300 mg).',
    'No more than 14 units a week.',
    'up to 10 puffs',
    'two tablets',
    '5 or 6 glucose tablets',
    '15 to 20 g of fast sugar',
    'half a bottle',
    'a handful of pills',
    'A second 2nd dose: 2 doses a day',
    'A BMI below 18.5',
    '1,200 kcal',
  ])('are seen in %j', (text) => expect(statesAmounts(text)).toBe(true))

  it.each([
    'A fever is 38°C (100.4°F) or higher.',
    'Below 4 mmol/L, or 70 mg/dL.',
    'A reading of 140/90.',
    'Children get 2 doses of the MMR vaccine.',
    'Call if it lasts 10 minutes, or in a baby under 3 months.',
    'About 1 in 10 people. A clot can block it.',
    'Take one a day at a time.',
  ])('are not seen in %j', (text) => expect(statesAmounts(text)).toBe(false))
})
