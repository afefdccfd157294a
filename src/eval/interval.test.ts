import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sayRate, wilson } from './interval.ts'

describe('wilson', () => {
  it('agrees with published values', () => {
    // Brown, Cai and DasGupta (2001) and common calculators: 45/50 → [.786, .957], 0/10 → [0, .278].
    expect(wilson(45, 50).low).toBeCloseTo(0.786, 3)
    expect(wilson(45, 50).high).toBeCloseTo(0.957, 3)
    expect(wilson(0, 10).high).toBeCloseTo(0.278, 3)
  })

  it('always holds the rate and stays within 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (a, b) => {
        const { rate, low, high } = wilson(Math.min(a, b), Math.max(a, b))
        return low >= 0 && high <= 1 && low <= rate + 1e-12 && rate <= high + 1e-12
      }),
      { seed: 1 },
    )
  })

  it('speaks of no cases without dividing by them', () => {
    expect(sayRate(0, 0)).toBe('0/0')
    expect(sayRate(45, 50)).toBe('45/50 = .900 [.786, .957]')
  })
})
