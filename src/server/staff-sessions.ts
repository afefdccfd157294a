import { createHash } from 'node:crypto'
import type { StaffId } from '../core/ids.ts'
import type { Clock, Random } from '../core/ports.ts'

/** A sign-in link waits this long, ms. */
const linkMs = 15 * 60_000
/** A shift, ms. */
export const staffSessionMs = 8 * 60 * 60_000

/** Who of the staff is signed in. Tokens are kept as hashes, in memory: a restart signs everybody out. */
export interface StaffSessions {
  /** A one-time token for a sign-in link. */
  invite(staff: StaffId): string
  /** Uses a link up. Undefined when it was used, is too old, or never was. */
  enter(linkToken: string): string | undefined
  staffOf(sessionToken: string | undefined): StaffId | undefined
  leave(sessionToken: string | undefined): void
}

interface Ticket {
  readonly staff: StaffId
  readonly until: number
}

export function createStaffSessions(clock: Clock, random: Random): StaffSessions {
  const links = new Map<string, Ticket>()
  const sessions = new Map<string, Ticket>()
  const newToken = () => Buffer.from(random.bytes(32)).toString('base64url')

  function keep(tickets: Map<string, Ticket>, staff: StaffId, ms: number): string {
    for (const [hash, ticket] of tickets) if (ticket.until <= clock.now()) tickets.delete(hash)
    const token = newToken()
    tickets.set(hashOf(token), { staff, until: clock.now() + ms })
    return token
  }
  function look(tickets: Map<string, Ticket>, token: string): Ticket | undefined {
    const ticket = tickets.get(hashOf(token))
    return ticket && ticket.until > clock.now() ? ticket : undefined
  }

  return {
    invite: (staff) => keep(links, staff, linkMs),
    enter(linkToken) {
      const ticket = look(links, linkToken)
      if (!ticket) return undefined
      links.delete(hashOf(linkToken))
      return keep(sessions, ticket.staff, staffSessionMs)
    },
    staffOf: (token) => (token === undefined ? undefined : look(sessions, token)?.staff),
    leave(token) {
      if (token !== undefined) sessions.delete(hashOf(token))
    },
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
