import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rota } from '../core/workspace.ts'
import { onCall } from './on-call.ts'

const at = (iso: string) => Date.parse(iso)
const rota: Rota = {
  zone: 'Europe/London',
  starts: '2026-03-02',
  at: '09:00',
  days: 7,
  people: ['Ana', 'Ben', 'Chi'],
  overrides: [
    { from: '2026-03-05', to: '2026-03-06', person: 'Chi' },
    { from: '2026-03-20', to: '2026-03-25', person: 'Ana' },
  ],
}

describe('who is on call', () => {
  it.each([
    ['before it starts: nobody', '2026-03-02T08:59:59Z', undefined],
    ['the first', '2026-03-02T09:00:00Z', 'Ana'],
    ['up to the handover', '2026-03-09T08:59:59Z', 'Ana'],
    ['and from it on the next', '2026-03-09T09:00:00Z', 'Ben'],
    ['at night before a handover the one before', '2026-03-16T03:00:00Z', 'Ben'],
    ['an override for a day', '2026-03-05T09:00:00Z', 'Chi'],
    ['and after it', '2026-03-06T09:00:00Z', 'Ana'],
    ['an override over a handover', '2026-03-23T10:00:00Z', 'Ana'],
    ['after the clocks went forward an hour earlier by UTC', '2026-03-30T08:00:00Z', 'Ben'],
    ['and just before', '2026-03-30T07:59:59Z', 'Ana'],
  ])('%s', (_, now, person) => {
    expect(onCall(rota, at(now))?.person).toBe(person)
  })

  it('hands over at the next edge, an override among them', () => {
    expect(onCall(rota, at('2026-03-03T00:00:00Z'))?.until).toBe(at('2026-03-05T09:00:00Z'))
    expect(onCall(rota, at('2026-03-10T00:00:00Z'))?.until).toBe(at('2026-03-16T09:00:00Z'))
  })

  it('somebody is on call at every instant, and the same one up to the handover', () => {
    const zones = ['Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Casablanca']
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom('00:00', '02:30', '09:00', '23:45'),
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: at('2026-03-10T00:00:00Z'), max: at('2027-03-01T00:00:00Z') }),
        (zone, time, days, now) => {
          const one = { ...rota, zone, at: time, days }
          const found = onCall(one, now)!
          expect(found.until).toBeGreaterThan(now)
          expect(onCall(one, found.until - 1)?.person).toBe(found.person)
        },
      ),
      { seed: 1, numRuns: 300 },
    )
  })
})
