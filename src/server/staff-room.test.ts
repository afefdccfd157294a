import { describe, expect, test } from 'vitest'
import { asId, type StaffId, type WorkspaceId } from '../core/ids.ts'
import type { EventStream } from './sse.ts'
import { createStaffRoom } from './staff-room.ts'

const here = asId<WorkspaceId>('here')
const ana = asId<StaffId>('ana')
const part = { payload: { kind: 'case_alert', caseId: 'c1' }, plain: '' }

/** A room whose clock ends every wait at once, and a page that answers alerts or not. */
function roomWith(options: { readonly answers?: boolean; readonly workspace?: WorkspaceId }) {
  let ids = 0
  const room = createStaffRoom({
    clock: { now: () => 0, sleep: async () => {} },
    random: { id: () => `alert-${++ids}`, fraction: () => 0, bytes: (length) => new Uint8Array(length) },
  })
  const gone = new AbortController()
  const stream: EventStream = {
    gone: gone.signal,
    end: () => gone.abort(),
    send: (event, data) => {
      if (event === 'alert' && options.answers) room.seen((data as { id: string }).id)
    },
  }
  room.join(options.workspace ?? here, ana, stream)
  return { room, stream }
}

describe('the staff room', () => {
  test('nobody there: looked for again in 5 seconds', async () => {
    const { room, stream } = roomWith({ answers: true })
    stream.end()
    expect(room.size).toBe(0)
    expect(await room.toStaff(here, part)).toEqual({ kind: 'retry', afterMs: 5_000 })
  })

  test('a page that shows the alert is somebody who was told', async () => {
    const { room } = roomWith({ answers: true })
    expect(await room.toStaff(here, part)).toEqual({ kind: 'sent', externalId: 'alert-1' })
  })

  test('a connection that says nothing is nobody who was told', async () => {
    const { room } = roomWith({ answers: false })
    expect(await room.toStaff(here, part)).toEqual({ kind: 'retry', afterMs: 5_000 })
  })

  test('the staff of another workspace are not told', async () => {
    const { room } = roomWith({ answers: true, workspace: asId<WorkspaceId>('elsewhere') })
    expect(await room.toStaff(here, part)).toEqual({ kind: 'retry', afterMs: 5_000 })
  })
})
