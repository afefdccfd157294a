import { SocketModeReceiver, webApi } from '@slack/bolt'
import { silent } from './logger.ts'

/** Waits before connecting again: doubled with each failure, up to the last, ms. */
const firstPauseMs = 500
const longestPauseMs = 60_000
/** A connection that does not greet in this time is none, ms. */
const greetingMs = 30_000

export interface SocketParts {
  readonly appToken: string
  readonly api?: string
  /** Resolves to what is answered in the acknowledgement. Rejects when nothing may be acknowledged. */
  readonly handle: (body: unknown) => Promise<unknown>
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly report: (code: string, error?: unknown) => void
}

/** Slack asks for another connection; Socket Mode was switched off; the connection is gone. */
type Ending = 'renew' | 'off' | 'lost'

interface Connection {
  readonly over: Promise<Ending>
  close(): void
}

/**
 * Socket Mode, kept up for good: a new connection stands before one that Slack announced to close is given up, and
 * after a loss they are tried with longer and longer pauses.
 */
export function createSocket(parts: SocketParts) {
  const { report } = parts
  const stopping = new AbortController()
  const running = new Set<Promise<unknown>>()
  const stopped = new Promise<never>((_done, fail) => {
    stopping.signal.addEventListener('abort', () => fail(new Error('stopping')))
  })
  stopped.catch(() => {})
  let kept: Promise<void> | undefined

  /** One connection, greeted. */
  async function open(): Promise<Connection> {
    let end: (how: Ending) => void = () => {}
    const over = new Promise<Ending>((done) => {
      end = done
    })
    const receiver = new SocketModeReceiver({
      appToken: parts.appToken,
      logger: silent,
      // Its own way gives up at the first answer that is no JSON, and takes the process with it.
      autoReconnectEnabled: false,
      installerOptions: {
        clientOptions: {
          retryConfig: { retries: 0 },
          rejectRateLimitedCalls: true,
          ...(parts.api ? { slackApiUrl: parts.api } : {}),
        },
      },
      processEventErrorHandler: async ({ error }) => {
        // Not acknowledged: Slack sends it again.
        report('slack_not_taken', error)
        return false
      },
    })
    receiver.init({ processEvent } as never)
    const { client } = receiver
    // What is no frame of Slack's must not become an error that nobody catches.
    const [read] = client.listeners('ws_message') as unknown as ((...given: unknown[]) => Promise<void>)[]
    client.removeAllListeners('ws_message')
    client.on('ws_message', (data: unknown, binary: unknown) => {
      const goodbye = goodbyeIn(data)
      if (goodbye !== undefined) return end(goodbye === 'link_disabled' ? 'off' : 'renew')
      read?.call(client, data, binary).catch((error: unknown) => report('slack_frame_unreadable', error))
    })
    client.on('disconnected', () => end('lost'))
    const close = () => void client.disconnect().catch(() => {})
    const late = new AbortController()
    try {
      await Promise.race([
        client.start(),
        parts.sleep(greetingMs, late.signal).then(() => Promise.reject(new Error('no greeting'))),
        stopped,
      ])
    } catch (error) {
      close()
      throw error
    } finally {
      late.abort()
    }
    return { over, close }
  }

  async function processEvent({ body, ack }: { body: unknown; ack: (response?: unknown) => Promise<void> }) {
    const work = Promise.resolve(parts.handle(body)).then((response) => ack(response))
    running.add(work)
    await work.finally(() => running.delete(work))
  }

  async function keep(): Promise<void> {
    let current: Connection | undefined
    let failures = 0
    while (!stopping.signal.aborted) {
      try {
        const next = await open()
        giveUp(current)
        current = next
        failures = 0
        const ending = await Promise.race([next.over, stopped])
        if (ending === 'renew') continue
        throw new Error(ending === 'off' ? 'Socket Mode is switched off' : 'the connection was lost')
      } catch (error) {
        if (stopping.signal.aborted) break
        failures += 1
        report('slack_socket_failed', error)
        await parts.sleep(pauseAfter(error, failures), stopping.signal)
      }
    }
    await Promise.allSettled(running)
    current?.close()
  }

  /** Closes a connection once what came over it is acknowledged. */
  function giveUp(old: Connection | undefined): void {
    if (old) void Promise.allSettled(running).then(() => old.close())
  }

  return {
    start(): void {
      kept ??= keep()
    },
    /** Ends the connection when what came over it is taken. */
    async stop(): Promise<void> {
      stopping.abort()
      await kept
    },
  }
}

function pauseAfter(error: unknown, failures: number): number {
  if (error instanceof webApi.WebAPIRateLimitedError) return error.retryAfter * 1_000
  return Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs)
}

/** Why Slack closes the connection; undefined for any other frame. */
function goodbyeIn(data: unknown): string | undefined {
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return undefined
  try {
    const frame = JSON.parse(data) as { readonly type?: unknown; readonly reason?: unknown }
    return frame.type === 'disconnect' ? String(frame.reason) : undefined
  } catch {
    return undefined
  }
}
