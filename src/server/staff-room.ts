import type { StaffId, WorkspaceId } from '../core/ids.ts'
import type { Clock, Random, SendOutcome } from '../core/ports.ts'
import type { RenderedPart } from '../core/reply.ts'
import type { EventStream } from './sse.ts'
import type { StaffAlert } from './wire.ts'

/** Looked for again after this long while nobody is there, ms. */
const absentMs = 5_000
/** A page that is alive says that it shows an alert within this time, ms. */
const seenWithinMs = 4_000

/** Every staff page that is open now, in this process. */
export interface StaffRoom {
  /** Reaches the staff of a workspace: `sent` once an open page of a signed-in member said that it shows the alert. */
  toStaff(workspace: WorkspaceId, part: RenderedPart): Promise<SendOutcome>
  join(workspace: WorkspaceId, staff: StaffId, stream: EventStream): void
  /** A page shows the alert. */
  seen(alert: string): void
  /** Sends an event to every open page of the workspace. */
  tell(workspace: WorkspaceId, event: string, data: unknown, id?: string): void
  /** Open pages. */
  readonly size: number
}

interface Seat {
  readonly workspace: WorkspaceId
  readonly staff: StaffId
  readonly stream: EventStream
}

/**
 * "I have told the team" must be true: a connection that merely looks open is not somebody who was told, so an alert
 * counts once a page answered.
 */
export function createStaffRoom(parts: { readonly clock: Clock; readonly random: Random }): StaffRoom {
  const seats = new Set<Seat>()
  const waiting = new Map<string, () => void>()
  const present = (workspace: WorkspaceId) => [...seats].filter((seat) => seat.workspace === workspace)
  return {
    async toStaff(workspace, part) {
      const here = present(workspace)
      if (here.length === 0) return { kind: 'retry', afterMs: absentMs }
      const id = parts.random.id()
      const alert = { ...part.payload, id } as unknown as StaffAlert
      const late = new AbortController()
      let answered = false
      waiting.set(id, () => {
        answered = true
        late.abort()
      })
      for (const seat of here) seat.stream.send('alert', alert)
      await parts.clock.sleep(seenWithinMs, late.signal)
      waiting.delete(id)
      return answered ? { kind: 'sent', externalId: id } : { kind: 'retry', afterMs: absentMs }
    },
    join(workspace, staff, stream) {
      const seat = { workspace, staff, stream }
      seats.add(seat)
      stream.gone.addEventListener('abort', () => seats.delete(seat))
    },
    seen(alert) {
      waiting.get(alert)?.()
    },
    tell(workspace, event, data, id) {
      for (const seat of present(workspace)) seat.stream.send(event, data, id)
    },
    get size() {
      return seats.size
    },
  }
}
