import { describe, expect, test } from 'vitest'
import { asId, type StaffId } from '../core/ids.ts'
import { createStaffSessions } from './staff-sessions.ts'

const ana = asId<StaffId>('ana')

function sessionsAt(start: number) {
  let now = start
  let seed = 0
  const sessions = createStaffSessions(
    { now: () => now, sleep: async () => {} },
    { id: () => `${++seed}`, fraction: () => 0, bytes: (length) => new Uint8Array(length).fill(++seed) },
  )
  return {
    sessions,
    wait: (minutes: number) => {
      now += minutes * 60_000
    },
  }
}

describe('staff sessions', () => {
  test('a link signs in once', () => {
    const { sessions } = sessionsAt(0)
    const link = sessions.invite(ana)
    const session = sessions.enter(link)
    expect(sessions.staffOf(session)).toBe(ana)
    expect(sessions.enter(link)).toBeUndefined()
  })

  test('a link works for 15 minutes and not a moment longer', () => {
    const { sessions, wait } = sessionsAt(0)
    const [used, late] = [sessions.invite(ana), sessions.invite(ana)]
    wait(14.99)
    expect(sessions.enter(used)).toBeDefined()
    wait(0.01)
    expect(sessions.enter(late)).toBeUndefined()
  })

  test('a session ends after 8 hours, or when it is left', () => {
    const { sessions, wait } = sessionsAt(0)
    const long = sessions.enter(sessions.invite(ana))
    const short = sessions.enter(sessions.invite(ana))
    sessions.leave(short)
    expect(sessions.staffOf(short)).toBeUndefined()
    wait(8 * 60 - 0.01)
    expect(sessions.staffOf(long)).toBe(ana)
    wait(0.01)
    expect(sessions.staffOf(long)).toBeUndefined()
  })

  test('neither a link nor anything made up is a session', () => {
    const { sessions } = sessionsAt(0)
    const link = sessions.invite(ana)
    for (const token of [undefined, '', link, 'A'.repeat(43)]) expect(sessions.staffOf(token)).toBeUndefined()
  })
})
