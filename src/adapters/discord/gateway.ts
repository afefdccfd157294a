import { CloseCodes, type SessionInfo, WebSocketManager, WebSocketShardEvents } from '@discordjs/ws'
import { GatewayIntentBits, REST, type RESTOptions } from 'discord.js'
import type { JsonObject } from '../../core/json.ts'

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

/** What survives a restart. */
export interface GatewayMemory {
  readonly session: SessionInfo
  readonly at: number
}

export interface GatewayParts {
  readonly token: string
  readonly api?: string
  readonly messageContent: boolean
  readonly now: () => number
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly load: () => Promise<JsonObject | undefined>
  readonly save: (memory: JsonObject | undefined) => Promise<void>
  /** Settles once the event is taken in. */
  readonly onEvent: (type: unknown, data: unknown) => Promise<void>
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
    rejectOnRateLimit: ({ method, route }) => method === 'POST' && /^\/(channels|users)\//.test(route),
  }).setToken(parts.token)
  // Not bound to the bot's 50 a second: https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
  const interactions = new REST({ ...options, globalRequestsPerSecond: Number.POSITIVE_INFINITY })
  /** Sequence numbers of events that are being taken in. */
  const under = new Set<number>()
  let session: SessionInfo | null = null
  let saved = ''
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
    shardCount: 1,
    retrieveSessionInfo: () => session,
    updateSessionInfo: (_shard, info) => {
      session = info
    },
  })
  manager.on(WebSocketShardEvents.Hello, () => {
    failures = 0
  })
  manager.on(WebSocketShardEvents.Error, ({ error }) => {
    parts.report('discord_gateway_failed', error)
    forgetAfter(2)
  })
  manager.on(WebSocketShardEvents.Closed, () => forgetAfter(4))
  manager.on(WebSocketShardEvents.Dispatch, ({ data: { t, d, s } }) => {
    under.add(s)
    void parts.onEvent(t, d).then(
      () => under.delete(s),
      (error: unknown) => {
        // Not taken in: the session stays before it, and Discord sends it again after a restart.
        parts.report('discord_event_failed', error)
      },
    )
  })

  /** The address of an old session may be gone: after some failures a new one is begun. */
  function forgetAfter(limit: number): void {
    failures++
    if (failures >= limit) session = null
  }

  async function connect(): Promise<void> {
    for (let wait = backOffMs.first; !stopping.signal.aborted; wait = Math.min(2 * wait, backOffMs.cap)) {
      try {
        await manager.connect()
        return
      } catch (error) {
        if (stopping.signal.aborted) return
        parts.report('discord_not_connected', error)
        session = null
        await parts.sleep(wait, stopping.signal)
      }
    }
  }

  async function save(): Promise<void> {
    if (!session) return
    const sequence = Math.min(session.sequence, ...[...under].map((number) => number - 1))
    const memory: GatewayMemory = { session: { ...session, sequence }, at: parts.now() }
    const state = JSON.stringify(memory.session)
    if (state === saved) return
    await parts.save(memory as unknown as JsonObject)
    saved = state
  }

  async function saveOften(): Promise<void> {
    while (!stopping.signal.aborted) {
      await parts.sleep(saveEveryMs, stopping.signal)
      await save().catch((error: unknown) => parts.report('discord_session_not_saved', error))
    }
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
      if (memory?.session && parts.now() - memory.at < sessionLivesMs) session = memory.session
      loops = [connect(), saveOften()]
    },
    async stop(): Promise<void> {
      stopping.abort()
      const kept = session
      // Not a farewell: Discord keeps the session for whoever comes back in time.
      const closed = Promise.resolve(manager.destroy({ code: CloseCodes.Resuming })).catch(() => {})
      await within(closed)
      session = kept
      await save().catch((error: unknown) => parts.report('discord_session_not_saved', error))
      await within(Promise.all(loops))
      for (const each of [rest, interactions]) {
        each.clearHandlerSweeper()
        each.clearHashSweeper()
      }
    },
  }
}
