import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOpen, loadHelplines } from './helplines.ts'

const at = (iso: string) => Date.parse(iso)
const weekdays = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const,
  from: '09:00',
  to: '17:00',
  zone: 'Europe/London',
}

describe('opening hours', () => {
  it('follows the line’s own zone through summer time', () => {
    // 08:30 UTC is 08:30 in London in winter and 09:30 in summer; both days are Mondays.
    expect(isOpen({ hours: { ...weekdays, days: [...weekdays.days] } }, at('2026-01-12T08:30:00Z'))).toBe(
      false,
    )
    expect(isOpen({ hours: { ...weekdays, days: [...weekdays.days] } }, at('2026-07-13T08:30:00Z'))).toBe(
      true,
    )
  })

  it('counts a window past midnight to the day on which it began', () => {
    const friday = { hours: { days: ['fri' as const], from: '20:00', to: '02:00', zone: 'UTC' } }
    expect(isOpen(friday, at('2026-01-16T21:00:00Z'))).toBe(true)
    expect(isOpen(friday, at('2026-01-17T01:00:00Z'))).toBe(true)
    expect(isOpen(friday, at('2026-01-17T21:00:00Z'))).toBe(false)
    expect(isOpen(friday, at('2026-01-16T01:00:00Z'))).toBe(false)
  })

  it('does not take a line of unknown hours for open', () => {
    expect(isOpen({}, 0)).toBe(false)
    expect(isOpen({ hours: 'always' }, 0)).toBe(true)
  })
})

describe('content/helplines', () => {
  it('loads, covers at least 40 countries with an emergency number, and puts open lines first', async () => {
    const helplines = await loadHelplines(join(import.meta.dirname, '../../content/helplines'))
    expect(helplines.countries.size).toBeGreaterThanOrEqual(40)
    for (const code of helplines.countries.keys())
      expect(helplines.emergencyNumber(code)).toMatch(/^\d{2,5}$/)
    const now = at('2026-01-12T03:00:00Z')
    for (const code of helplines.countries.keys()) {
      const open = helplines.lines(code, ['crisis', 'child'], now).map((line) => isOpen(line, now))
      expect(open).toEqual([...open].sort((a, b) => Number(b) - Number(a)))
    }
    expect(helplines.emergencyNumber('ZZ')).toBeUndefined()
  })
})
