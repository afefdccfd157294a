import { CloseCodes, type SessionInfo, WebSocketManager, WebSocketShardEvents } from '@discordjs/ws'
import { GatewayIntentBits, REST, type RESTOptions } from 'discord.js'
import type { JsonObject } from '../../core/json.ts'
import { paced } from './pace.ts'

/** Answers to a call that never came, ms. */
const callMs = 10_000
/** How long the end of a connection is waited for, ms. */
const closeMs = 3_000
/** How often what must survive a restart is written down, ms. */
const saveEveryMs = 1_000
/** Discord forgets a session soon after its connection ended, ms. */
const sessionLivesMs = 5 * 60_000
/** Waits between attempts to connect, doubling up to the cap, ms: Discord takes a token away after 1,000 starts a day. */
const backOffMs = { first: 1_000, cap: 5 * 60_000 }

/** Written down at least this often while connected, ms: how long nobody listened is told from it. */
const aliveEveryMs = 20_000

/** What survives a restart. */
export interface GatewayMemory {
  /** Of each shard; empty after a session that Discord ended. */
  readonly sessions: readonly SessionInfo[]
  /** When the connection was last seen to live, epoch ms. */
  readonly at: number
}

export interface GatewayParts {
  readonly token: string
  readonly api?: string
  readonly messageContent: boolean
  /** How many connections share the servers; `auto`: as many as Discord advises. */
  readonly shards: number | 'auto'
  readonly now: () => number
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly load: () => Promise<JsonObject | undefined>
  readonly save: (memory: JsonObject | undefined) => Promise<void>
  /** Settles once the event is taken in. `heardAt`: when the connection lived last before it, epoch ms; 0 if never. */
  readonly onEvent: (type: unknown, data: unknown, heardAt: number) => Promise<void>
  readonly report: (code: string, error?: unknown) => void
}

/**
 * The connection to Discord. Events are taken in one by one and the session is written down behind the last that was
 * taken in: after a restart Discord sends again what came later, so that nothing is lost and a second copy is known.
 */
export function createGateway(parts: GatewayParts) {
  const stopping = new AbortController()
  const options: Partial<RESTOptions> = {
    version: '10',
    ...(parts.api ? { api: parts.api.replace(/\/$/, '') } : {}),
    // The outbox tries again by itself, and knows for how long.
    retries: 0,
    timeout: callMs,
  }
  const rest = new REST({
    ...options,
    makeRequest: paced(parts.now, parts.sleep),
    rejectOnRateLimit: ({ method, route }) => method === 'POST' && /^\/(channels|users)\//.test(route),
  }).setToken(parts.token)
  // Not bound to the bot's 50 a second: https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
  const interactions = new REST({ ...options, globalRequestsPerSecond: Number.POSITIVE_INFINITY })
  /** Sequence numbers of events that are being taken in, by shard. */
  const under = new Map<number, Set<number>>()
  const sessions = new Map<number, SessionInfo>()
  /** When each shard was last heard of; before that, when any was in an earlier process. */
  const alive = new Map<number, number>()
  let aliveBefore = 0
  let saved = ''
  let savedAt = 0
  let failures = 0
  let loops: Promise<unknown>[] = []

  const manager = new WebSocketManager({
    token: parts.token,
    intents:
      GatewayIntentBits.Guilds |
      GatewayIntentBits.GuildMessages |
      GatewayIntentBits.DirectMessages |
      (parts.messageContent ? GatewayIntentBits.MessageContent : 0),
    rest,
    shardCount: parts.shards === 'auto' ? null : parts.shards,
    retrieveSessionInfo: (shard) => sessions.get(shard) ?? null,
    updateSessionInfo: (shard, info) => {
      if (info) sessions.set(shard, info)
      else sessions.delete(shard)
    },
  })
  manager.on(WebSocketShardEvents.Hello, () => {
    failures = 0
  })
  manager.on(WebSocketShardEvents.Error, ({ error, shardId }) => {
    parts.report('discord_gateway_failed', error)
    forgetAfter(2, shardId)
  })
  manager.on(WebSocketShardEvents.Closed, ({ shardId }) => forgetAfter(4, shardId))
  manager.on(WebSocketShardEvents.HeartbeatComplete, ({ shardId }) => alive.set(shardId, parts.now()))
  manager.on(WebSocketShardEvents.Dispatch, ({ data: { t, d, s }, shardId }) => {
    const heardAt = alive.get(shardId) ?? aliveBefore
    alive.set(shardId, parts.now())
    const numbers = under.get(shardId) ?? new Set()
    under.set(shardId, numbers)
    // A new session counts from one again.
    if (t === 'READY') numbers.clear()
    numbers.add(s)
    void parts.onEvent(t, d, heardAt).then(
      () => {
        numbers.delete(s)
        // A session that was never written down cannot be taken up again: what comes in its first second would be lost.
        if (t === 'READY') void saveNow()
      },
      (error: unknown) => {
        // Not taken in: the session stays before it, and Discord sends it again after a restart.
        parts.report('discord_event_failed', error)
      },
    )
  })

  /** The address of an old session may be gone: after some failures a new one is begun. */
  function forgetAfter(limit: number, shard: number): void {
    failures++
    if (failures >= limit) sessions.delete(shard)
  }

  async function connect(): Promise<void> {
    for (let wait = backOffMs.first; !stopping.signal.aborted; wait = Math.min(2 * wait, backOffMs.cap)) {
      try {
        await manager.connect()
        return
      } catch (error) {
        if (stopping.signal.aborted) return
        parts.report('discord_not_connected', error)
        sessions.clear()
        await parts.sleep(wait, stopping.signal)
      }
    }
  }

  async function save(): Promise<void> {
    const at = Math.max(aliveBefore, ...alive.values())
    if (at === 0) return
    const list = [...sessions].map(([shard, one]) => {
      const numbers = [...(under.get(shard) ?? [])].map((number) => number - 1)
      return { ...one, sequence: Math.min(one.sequence, ...numbers) }
    })
    const state = JSON.stringify(list)
    if (state === saved && at - savedAt < aliveEveryMs) return
    const memory: GatewayMemory = { sessions: list, at }
    await parts.save(memory as unknown as JsonObject)
    saved = state
    savedAt = at
  }

  async function saveOften(): Promise<void> {
    while (!stopping.signal.aborted) {
      await parts.sleep(saveEveryMs, stopping.signal)
      await saveNow()
    }
  }

  async function saveNow(): Promise<void> {
    await save().catch((error: unknown) => parts.report('discord_session_not_saved', error))
  }

  /** Waits for it, but not for ever, and leaves no timer behind. */
  async function within(work: Promise<unknown>): Promise<void> {
    const timer = new AbortController()
    await Promise.race([work, parts.sleep(closeMs, timer.signal)]).finally(() => timer.abort())
  }

  return {
    rest,
    /** For what answers an interaction by its own token. */
    interactions,
    async start(): Promise<void> {
      const memory = (await parts.load()) as unknown as GatewayMemory | undefined
      aliveBefore = memory?.at ?? 0
      if (memory && parts.now() - memory.at < sessionLivesMs)
        for (const one of memory.sessions ?? []) sessions.set(one.shardId, one)
      loops = [connect(), saveOften()]
    },
    async stop(): Promise<void> {
      stopping.abort()
      const kept = [...sessions]
      // Not a farewell: Discord keeps the session for whoever comes back in time.
      const closed = Promise.resolve(manager.destroy({ code: CloseCodes.Resuming })).catch(() => {})
      await within(closed)
      for (const [shard, one] of kept) sessions.set(shard, one)
      await saveNow()
      await within(Promise.all(loops))
      for (const each of [rest, interactions]) {
        each.clearHandlerSweeper()
        each.clearHashSweeper()
      }
    },
  }
}
