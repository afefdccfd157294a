import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Workspace } from '../core/workspace.ts'
import { answerBy, isClosed, nextWorkingDay, onDuty, opensAt, workingDeadline } from './working-hours.ts'

const at = (iso: string) => Date.parse(iso)
const office = (zone: string, days = [1, 2, 3, 4, 5]) => ({ zone, days, from: '09:00', to: '17:00' })
const night = (zone: string) => ({ zone, days: [1, 2, 3, 4, 5, 6, 7], from: '20:00', to: '02:00' })
const workspace = (change: Partial<Workspace>) => ({ answerWithinMinutes: 60, ...change }) as Workspace

describe('working hours', () => {
  it.each([
    ['an office at noon', office('Europe/London'), '2026-03-02T12:00:00Z', true],
    ['before it opens', office('Europe/London'), '2026-03-02T08:59:59Z', false],
    ['at closing', office('Europe/London'), '2026-03-02T17:00:00Z', false],
    ['in summer an hour earlier by UTC', office('Europe/London'), '2026-06-01T08:00:00Z', true],
    ['on a Sunday', office('Europe/London'), '2026-03-01T12:00:00Z', false],
    ['a quarter to the hour in Kathmandu', office('Asia/Kathmandu'), '2026-03-02T03:15:00Z', true],
    ['and just before', office('Asia/Kathmandu'), '2026-03-02T03:14:00Z', false],
    ['past midnight of the day it began', night('America/New_York'), '2026-03-03T06:30:00Z', true],
    ['after it ended', night('America/New_York'), '2026-03-03T07:30:00Z', false],
    ['the second 01:30 of an autumn night', night('America/New_York'), '2026-11-01T06:30:00Z', true],
    [
      'half an hour of clock change on Lord Howe',
      office('Australia/Lord_Howe'),
      '2026-04-05T22:30:00Z',
      true,
    ],
    ['and before that change', office('Australia/Lord_Howe'), '2026-04-02T22:30:00Z', true],
  ])('%s', (_, shift, now, open) => {
    expect(onDuty({ hours: [shift] }, at(now))).toBe(open)
  })

  it.each([
    ['tomorrow', '2026-03-02T18:00:00Z', '2026-03-03T09:00:00Z'],
    ['on Monday', '2026-03-06T18:00:00Z', '2026-03-09T09:00:00Z'],
    ['after the clocks went forward', '2026-03-27T18:00:00Z', '2026-03-30T08:00:00Z'],
    ['at once while open', '2026-03-02T10:00:00Z', '2026-03-02T10:00:00Z'],
    ['after a run of holidays', '2026-12-24T18:00:00Z', '2026-12-29T09:00:00Z'],
  ])('opens %s', (_, now, opens) => {
    const holidays = ['2026-12-25', '2026-12-28']
    expect(opensAt({ hours: [office('Europe/London')], holidays }, at(now))).toBe(at(opens))
  })

  it('of several teams the first to open counts', () => {
    const hours = [office('Europe/London'), office('America/New_York')]
    expect(opensAt({ hours }, at('2026-03-02T17:30:00Z'))).toBe(at('2026-03-02T17:30:00Z'))
    expect(opensAt({ hours }, at('2026-03-02T23:00:00Z'))).toBe(at('2026-03-03T09:00:00Z'))
  })

  it('without hours nobody said when they are there, and nothing is put off', () => {
    expect(onDuty({}, 0)).toBe(false)
    expect(opensAt({}, 0)).toBeUndefined()
    expect(isClosed({}, 0)).toBe(false)
    expect(answerBy(workspace({}), 'sensitive', 0)).toBe(60 * 60_000)
  })

  it('what is urgent runs at night too; the rest waits until the team is there', () => {
    const one = workspace({ hours: [office('Europe/London')] })
    const midnight = at('2026-03-02T00:00:00Z')
    expect(answerBy(one, 'crisis', midnight)).toBe(midnight + 2 * 60_000)
    expect(answerBy(one, 'urgent', midnight)).toBe(midnight + 15 * 60_000)
    expect(answerBy(one, 'sensitive', midnight)).toBe(at('2026-03-02T10:00:00Z'))
  })

  const hour = 60 * 60_000
  it.each([
    ['within the day', '2026-03-02T09:00:00Z', 4, '2026-03-02T13:00:00Z'],
    ['over the night', '2026-03-02T16:30:00Z', 4, '2026-03-03T12:30:00Z'],
    ['over a weekend in which the clocks went forward', '2026-03-27T16:00:00Z', 4, '2026-03-30T11:00:00Z'],
    ['over a run of holidays', '2026-12-24T16:00:00Z', 2, '2026-12-29T10:00:00Z'],
    ['up to closing', '2026-03-02T13:00:00Z', 4, '2026-03-02T17:00:00Z'],
  ])('only time in which the team is there counts: %s', (_, from, hours, by) => {
    const office1 = { hours: [office('Europe/London')], holidays: ['2026-12-25', '2026-12-28'] }
    expect(workingDeadline(office1, at(from), hours * hour)).toBe(at(by))
  })

  it('a shift of a night in which the clocks went back is an hour longer', () => {
    // 20:00 to 02:00 in New York, and 01:00 to 02:00 comes twice.
    const by = workingDeadline({ hours: [night('America/New_York')] }, at('2026-11-01T00:00:00Z'), 7 * hour)
    expect(by).toBe(at('2026-11-01T07:00:00Z'))
  })

  it('a team that is there day and night needs no opening', () => {
    const always = { hours: [{ zone: 'utc', days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }] }
    expect(workingDeadline(always, 0, 100 * hour)).toBe(100 * hour)
  })

  it.each([
    ['asked in the morning: tomorrow', '2026-03-02T10:00:00Z', '2026-03-03T17:00:00Z'],
    ['asked at night: the day that comes', '2026-03-02T02:00:00Z', '2026-03-02T17:00:00Z'],
    ['asked on a Friday: Monday', '2026-03-06T12:00:00Z', '2026-03-09T17:00:00Z'],
  ])('the next working day, %s', (_, from, by) => {
    expect(nextWorkingDay({ hours: [office('Europe/London')] }, at(from))).toBe(at(by))
  })

  it('each level has its own time where the workspace says so', () => {
    const one = workspace({
      hours: [office('Europe/London')],
      answerWithin: { crisis: 5, sensitive: 240, routine: 'next_working_day' },
    })
    const now = at('2026-03-02T16:00:00Z')
    expect(answerBy(one, 'crisis', now)).toBe(now + 5 * 60_000)
    expect(answerBy(one, 'emergency', now)).toBe(now + 2 * 60_000)
    expect(answerBy(one, 'sensitive', now)).toBe(at('2026-03-03T12:00:00Z'))
    expect(answerBy(one, 'routine', now)).toBe(at('2026-03-03T17:00:00Z'))
  })

  it('opens when it says, never before it was asked, in every zone', () => {
    const zones = [
      'Europe/London',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'Africa/Casablanca',
    ]
    const time = fc
      .tuple(fc.nat({ max: 23 }), fc.constantFrom('00', '30'))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`)
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        time,
        time,
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }),
        (zone, days, from, to, after) => {
          const hours = [{ zone, days, from, to }]
          const opens = opensAt({ hours }, after)
          expect(opens).toBeGreaterThanOrEqual(after)
          expect(onDuty({ hours }, opens!)).toBe(true)
          expect(opens! > after && onDuty({ hours }, after)).toBe(false)
          const by = workingDeadline({ hours }, after, hour)
          expect(by - after).toBeGreaterThanOrEqual(hour)
          // The last moment that counted was one in which they were there.
          expect(onDuty({ hours }, by - 1)).toBe(true)
        },
      ),
      { seed: 1, numRuns: 300 },
    )
  })
})
