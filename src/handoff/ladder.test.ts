import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Workspace } from '../core/workspace.ts'
import { addressOf, firstRings, stepOf } from './ladder.ts'

const minute = 60_000
const noon = Date.parse('2026-03-02T12:00:00Z')
const night = Date.parse('2026-03-02T23:00:00Z')
const hook = (name: string) => `https://pager.example/${name}`
const rota = { zone: 'utc', starts: '2026-03-02', at: '09:00', days: 7, people: ['Ana', 'Ben'] }
const whole = {
  staffing: 'volunteers',
  answerWithinMinutes: 15,
  hours: [{ zone: 'utc', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }],
  escalation: {
    rota,
    lead: 'Sam',
    pagers: ['Ana', 'Ben', 'Sam'].map((person) => ({ person, webhook: hook(person) })),
    lastWebhook: hook('outside'),
  },
} as unknown as Workspace
const without = { ...whole, escalation: undefined } as unknown as Workspace

describe('the ladder', () => {
  it.each([
    [1, ['on_call'], 2],
    [2, ['on_call', 'lead'], 2],
    [3, ['on_call', 'lead', 'outside'], 2],
    [4, ['on_call', 'lead', 'outside'], 4],
    [5, ['on_call', 'lead', 'outside'], 8],
    [20, ['on_call', 'lead', 'outside'], 128],
  ])('round %i rings %j and waits %i minutes', (round, rings, minutes) => {
    const step = stepOf(whole, 'crisis', round, noon)
    expect(step.rings).toEqual(rings)
    expect((step.next - noon) / minute).toBe(minutes)
  })

  it('outside hours whoever is on call is rung at once for what is urgent, and for nothing else', () => {
    expect(firstRings(whole, 'crisis', night)).toEqual(['on_call'])
    expect(firstRings(whole, 'urgent', night)).toEqual(['on_call'])
    expect(firstRings(whole, 'sensitive', night)).toEqual([])
    expect(firstRings(whole, 'crisis', noon)).toEqual([])
    expect(stepOf(whole, 'crisis', 1, night).rings).toEqual(['on_call', 'lead'])
  })

  it('without anybody beyond the staff rooms these are alerted ever more slowly', () => {
    const waits = [1, 2, 3, 7].map((round) => (stepOf(without, 'crisis', round, noon).next - noon) / minute)
    expect(waits).toEqual([4, 8, 16, 128])
    expect(stepOf(without, 'crisis', 3, noon).rings).toEqual([])
  })

  it('who is rung is whoever is on call then', () => {
    expect(addressOf(whole, 'on_call', noon)).toEqual({ person: 'Ana', webhook: hook('Ana') })
    expect(addressOf(whole, 'on_call', noon + 7 * 24 * 60 * minute)?.person).toBe('Ben')
    expect(addressOf(whole, 'lead', noon)?.person).toBe('Sam')
    expect(addressOf(without, 'on_call', noon)).toBeUndefined()
  })

  it('never ends, never goes down, and wakes for what is urgent at any hour', () => {
    const levels = ['emergency', 'crisis', 'urgent', 'sensitive', 'routine'] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...levels),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: noon, max: noon + 400 * 24 * 60 * minute }),
        fc.subarray(['rota', 'lead', 'lastWebhook'] as const),
        (level, round, now, kept) => {
          const { pagers, ...all } = whole.escalation!
          const some = Object.fromEntries(kept.map((key) => [key, all[key]]))
          const workspace = { ...whole, escalation: { pagers, ...some } } as Workspace
          const step = stepOf(workspace, level, round, now)
          const after = stepOf(workspace, level, round + 1, now)
          expect(step.next).toBeGreaterThan(now)
          expect(after.rings.slice(0, step.rings.length)).toEqual(step.rings)
          expect(after.next).toBeGreaterThanOrEqual(step.next)
          expect(step.rings.every((rung) => addressOf(workspace, rung, now) !== undefined)).toBe(true)
          // Everybody who can be rung is rung within four rounds.
          expect(stepOf(workspace, level, 4, now).rings).toHaveLength(kept.length)
          if (level === 'crisis') expect(step.next - now).toBeLessThanOrEqual(128 * minute)
        },
      ),
      { seed: 1, numRuns: 200 },
    )
  })
})
