import { beforeEach, describe, expect, it } from 'vitest'
import type { ChannelHost } from '../../core/channel-host.ts'
import { asId, type DeliveryKey, type WorkspaceId } from '../../core/ids.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Arrival } from '../../core/ports.ts'
import type { Calls } from './calls.ts'
import type { DiscordInteraction } from './interact.ts'
import { createInteractions } from './interactions.ts'
import { tokenLivesMs } from './limits.ts'
import { createOpenInteractions, thinkingMs } from './open-interactions.ts'
import { ephemeralRef } from './place.ts'
import type { createRooms } from './rooms.ts'
import type { createStaffRoom } from './staff-room.ts'
import type { Workspaces } from './workspaces.ts'

let now: number
let done: string[]
let sleeps: { readonly ms: number; readonly wake: () => void }[]
let kept: Record<string, JsonObject | undefined>
let stillThinking: boolean
beforeEach(() => {
  now = 1_000_000
  done = []
  sleeps = []
  kept = {}
  stillThinking = true
})

/** Lets whatever waits that long go on. */
async function wake(ms: number): Promise<void> {
  for (const one of sleeps.filter((sleep) => sleep.ms === ms)) one.wake()
  for (let n = 0; n < 20; n++) await Promise.resolve()
}

function create(take: () => Promise<Arrival>) {
  const open = createOpenInteractions(() => now)
  const stopping = new AbortController()
  const interactions = createInteractions({
    host: { say: (key: string) => key, report: (code: string) => done.push(code) } as unknown as ChannelHost,
    calls: {
      callback: async (_given: unknown, body: { type: number }) => done.push(`callback ${body.type}`),
      editOriginal: async (_application: string, token: string, payload: unknown) =>
        done.push(`edit ${token} ${JSON.stringify(payload).includes('taken')}`),
      isThinking: async () => stillThinking,
    } as unknown as Calls,
    open,
    room: {} as ReturnType<typeof createStaffRoom>,
    rooms: {} as ReturnType<typeof createRooms>,
    workspaces: {
      ofGuild: async () => 'w',
      recall: async (name: string) => kept[name],
      keep: async (name: string, value: JsonObject) => {
        kept[name] = value
      },
    } as unknown as Workspaces,
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve())
        sleeps.push({ ms, wake: resolve })
      }),
    stopping: stopping.signal,
    take,
    outageReply: async () => ({
      elements: [{ kind: 'paragraph', text: 'I cannot answer just now.' }],
      audience: 'sender-only',
    }),
    application: () => 'app',
  })
  return { interactions, open, stopping }
}

const stored = { kind: 'stored', inboxId: 'in' } as unknown as Arrival
const asked: DiscordInteraction = {
  kind: 'said',
  by: 'command',
  id: '1',
  token: 'token',
  in: 'ephemeral',
  manages: false,
  moderates: false,
  place: { guild: '2', channel: '3', user: '4' },
  body: { kind: 'text', text: 'What is a fever?' },
}

describe('an interaction', () => {
  it('is completed when nothing answers it', async () => {
    const { interactions } = create(async () => stored)
    await interactions.start()
    await interactions.on(asked)
    expect(done).toEqual(['callback 5'])
    now += thinkingMs
    await wake(1_000)
    expect(done).toEqual(['callback 5', 'edit token true'])
  })

  it('that was answered is left alone', async () => {
    const { interactions, open } = create(async () => stored)
    await interactions.start()
    await interactions.on(asked)
    const [waiting] = open.unanswered()
    expect(waiting).toEqual({ token: 'token', at: now })
    const token = { value: 'token', at: now }
    const { key } = ephemeralRef(asId<WorkspaceId>('w'), asked.place, token)
    const one = await open.answeredBy(key, asId<DeliveryKey>('in/0/0'))
    if (!one) throw new Error('nothing is answered by that delivery')
    one.thinking = false
    now += thinkingMs
    await wake(1_000)
    expect(await open.answeredBy(key, asId<DeliveryKey>('another/0/0'))).toBeUndefined()
    expect(done).toEqual(['callback 5'])
  })

  it('is answered in time while its message is still being taken in', async () => {
    const { interactions } = create(() => new Promise(() => {}))
    void interactions.on(asked)
    await wake(0)
    expect(done).toEqual([])
    await wake(100)
    expect(done).toEqual(['callback 5'])
  })

  it('whose message could not be kept after all does not say that it was heard', async () => {
    let fail = (_error: Error) => {}
    const { interactions } = create(() => new Promise((_, reject) => (fail = reject)))
    const ended = interactions.on(asked)
    await wake(0)
    await wake(100)
    fail(new Error('no disk'))
    await expect(ended).rejects.toThrow('no disk')
    expect(done).toEqual(['callback 5', 'edit token false'])
  })

  it('is not acknowledged when its message cannot be kept anywhere', async () => {
    const { interactions } = create(async () => Promise.reject(new Error('no disk')))
    await expect(interactions.on(asked)).rejects.toThrow('no disk')
    expect(done).toEqual([])
  })

  it('that an earlier process left is completed, unless it was answered or its token is over', async () => {
    kept = {
      waiting: {
        list: [
          { token: 'left', at: now },
          { token: 'over', at: now - tokenLivesMs },
        ],
      },
    }
    const { interactions } = create(async () => stored)
    await interactions.start()
    await wake(thinkingMs)
    expect(done).toEqual(['edit left true'])
    done = []
    stillThinking = false
    await create(async () => stored).interactions.start()
    await wake(thinkingMs)
    expect(done).toEqual([])
  })

  it('that waits is written down', async () => {
    const { interactions } = create(async () => stored)
    await interactions.start()
    await interactions.on(asked)
    await wake(1_000)
    expect(kept.waiting).toEqual({ list: [{ token: 'token', at: now }] })
  })
})
