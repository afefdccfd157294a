import { describe, expect, it } from 'vitest'
import type { Workspace } from '../../core/workspace.ts'
import { checkEscalation } from './escalation.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const rota = { zone: 'utc', starts: '2026-03-02', at: '09:00', days: 7, people: ['Ana', 'Ben'] }
const pagers = ['Ana', 'Ben'].map((person) => ({ person, webhook: `https://pager.example/${person}` }))
const workspace = (change: Partial<Workspace>) => ({ staffing: 'volunteers', ...change }) as Workspace
const told = (change: Partial<Workspace>, signs = true) =>
  checkEscalation(workspace(change), signs, now).map(({ state, text }) => `${state} ${text}`)

describe('doctor on who is rung', () => {
  it('names who is on call and until when', () => {
    expect(told({ escalation: { rota, pagers } })).toEqual([
      'ok On call: Ben, until 2026-03-16T09:00:00.000Z.',
    ])
  })

  it('fails where nothing could be signed', () => {
    expect(told({ escalation: { rota, pagers } }, false)).toContain(
      'fail Webhooks that ring staff are not sent.',
    )
  })

  it('warns where nobody is rung, or not yet', () => {
    expect(told({})[0]).toMatch(/^warn A case that nobody answers/)
    const later = { ...rota, starts: '2027-01-01' }
    expect(told({ escalation: { rota: later, pagers } })).toEqual([
      'warn Nobody is on call before 2027-01-01.',
    ])
  })

  it('says nothing where nobody is behind the chat', () => {
    expect(told({ staffing: 'none' })).toEqual([])
  })
})
