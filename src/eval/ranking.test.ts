import { describe, expect, it } from 'vitest'
import { bootstrapMean } from './bootstrap.ts'
import { firstIsRelevant, ndcg, recall } from './ranking.ts'

const grades = new Map([
  ['a', 3],
  ['b', 1],
  ['c', 0],
])

describe('ranking measures', () => {
  it('give the best order 1, and count by hand otherwise', () => {
    expect(ndcg(['a', 'b', 'x'], grades, 10)).toBe(1)
    const best = 3 + 1 / Math.log2(3)
    expect(ndcg(['c', 'b', 'a'], grades, 10)).toBeCloseTo((1 / Math.log2(3) + 3 / 2) / best, 10)
    expect(ndcg(['x', 'a'], grades, 1)).toBe(0)
  })

  it('count relevant documents only', () => {
    expect(recall(['c', 'a'], grades, 2)).toBe(0.5)
    expect(firstIsRelevant(['c', 'a'], grades)).toBe(0)
    expect(firstIsRelevant(['b'], grades)).toBe(1)
  })
})

describe('bootstrap', () => {
  it('holds the mean, is the same each time, and narrows with more values', () => {
    const few = [0, 1, 0, 1, 1, 0, 1, 0]
    const many = Array.from({ length: 800 }, (_, i) => i % 2)
    const small = bootstrapMean(few)
    expect(small).toEqual(bootstrapMean(few))
    expect(small.mean).toBe(0.5)
    expect(small.low).toBeLessThan(0.5)
    expect(small.high).toBeGreaterThan(0.5)
    const large = bootstrapMean(many)
    expect(large.high - large.low).toBeLessThan(small.high - small.low)
  })
})
