import { describe, expect, test } from 'vitest'
import type { CaseTimes } from '../core/ports.ts'
import { figuresOf } from './figures.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const minute = 60_000
const cases = (count: number, change: (index: number) => Partial<CaseTimes>): CaseTimes[] =>
  Array.from({ length: count }, (_, index) => ({
    level: 'urgent',
    status: 'resolved',
    openedAt: Date.parse('2026-03-10T08:10:00Z'),
    ...change(index),
  }))
const asked = { days: 7, zone: 'Europe/London', now }

describe('figures of the cases', () => {
  test('median and p90 of the time to claim and to answer, by level and by the reader’s hour', () => {
    const opened = Date.parse('2026-03-10T08:10:00Z')
    const all = cases(10, (index) => ({
      claimedAt: opened + (index + 1) * minute,
      answeredAt: opened + (index + 1) * 2 * minute,
    }))
    const { toClaim, toAnswer } = figuresOf(all, { ...asked, zone: 'Asia/Kathmandu' })
    expect(toClaim.byLevel).toEqual([{ key: 'urgent', count: 10, medianMs: 5 * minute, p90Ms: 9 * minute }])
    expect(toAnswer.byHour).toEqual([{ key: '13', count: 10, medianMs: 10 * minute, p90Ms: 18 * minute }])
  })

  test('fewer than five are not told, none are', () => {
    const all = cases(4, () => ({ claimedAt: now }))
    const figures = figuresOf(all, asked)
    expect(figures.total).toBeNull()
    expect(figures.open).toBe(0)
    expect(figures.toClaim.byLevel).toEqual([{ key: 'urgent', count: null }])
    expect(figures.toAnswer.byLevel).toEqual([])
    expect(figures.byDay.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, null])
  })

  test('who was reached, who never was, and who waits now', () => {
    const all = [
      ...cases(6, () => ({ answeredAt: now })),
      ...cases(5, () => ({})),
      ...cases(7, (index) => ({ status: 'waiting', openedAt: now - (index + 1) * minute })),
    ]
    expect(figuresOf(all, asked)).toMatchObject({
      total: 18,
      open: 7,
      reached: 6,
      neverReached: 5,
      longestWaitMs: 7 * minute,
    })
  })
})
