import { describe, expect, it } from 'vitest'
import type { Workspace } from '../core/workspace.ts'
import { honestStaffing } from './staffing.ts'

const now = Date.parse('2026-03-02T12:00:00Z')
const workspace = (change: Partial<Workspace>) => ({ staffing: 'clinicians', ...change }) as Workspace

describe('honest staffing', () => {
  it('promises clinicians only with a drill in the last 30 days', () => {
    expect(honestStaffing(workspace({ drilledOn: '2026-02-20' }), now)).toBe('clinicians')
    expect(honestStaffing(workspace({ drilledOn: '2026-01-20' }), now)).toBe('volunteers')
    expect(honestStaffing(workspace({}), now)).toBe('volunteers')
    expect(honestStaffing(workspace({ staffing: 'none' }), now)).toBe('none')
  })
})
