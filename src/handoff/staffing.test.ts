import { describe, expect, it } from 'vitest'
import type { Workspace } from '../core/workspace.ts'
import { honestStaffing, onDuty } from './staffing.ts'

const now = Date.parse('2026-03-02T12:00:00Z')
const workspace = (change: Partial<Workspace>) => ({ staffing: 'clinicians', ...change }) as Workspace

describe('honest staffing', () => {
  it('promises clinicians only with a drill in the last 30 days', () => {
    expect(honestStaffing(workspace({ drilledOn: '2026-02-20' }), now)).toBe('clinicians')
    expect(honestStaffing(workspace({ drilledOn: '2026-01-20' }), now)).toBe('volunteers')
    expect(honestStaffing(workspace({}), now)).toBe('volunteers')
    expect(honestStaffing(workspace({ staffing: 'none' }), now)).toBe('none')
  })

  it('knows the hours in their own zone, past midnight too', () => {
    const hours = [{ zone: 'America/New_York', days: [1], from: '20:00', to: '02:00' }]
    expect(onDuty(workspace({ hours }), Date.parse('2026-03-03T01:30:00Z'))).toBe(true)
    expect(onDuty(workspace({ hours }), Date.parse('2026-03-03T06:30:00Z'))).toBe(true)
    expect(onDuty(workspace({ hours }), Date.parse('2026-03-03T08:00:00Z'))).toBe(false)
    expect(onDuty(workspace({}), now)).toBe(false)
  })
})
