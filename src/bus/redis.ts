import { createClient } from 'redis'
import { AppError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import type { Bus, BusTopic } from '../core/ports.ts'
import { createMemoryBus } from './memory.ts'

const topics: readonly BusTopic[] = ['inbox', 'outbox', 'alarm', 'case', 'delivered']
const channelOf = (topic: BusTopic) => `salus:${topic}`

/**
 * Joins several processes. A process's own listeners are called at once and directly, so that it never depends on
 * Redis for itself; what comes back of its own is dropped. While Redis is away others are not woken: every waiter
 * looks for itself each second.
 * @param origin an id of this process, unlike every other's.
 * @throws AppError STORE_UNAVAILABLE when Redis cannot be reached at start.
 */
export async function createRedisBus(
  url: string,
  origin: string,
  report: (error: unknown) => void = () => {},
): Promise<Bus> {
  const local = createMemoryBus(report)
  const publisher = createClient({
    url,
    socket: { reconnectStrategy: (tries) => Math.min(2_000, 50 * 2 ** tries) },
  })
  const subscriber = publisher.duplicate()
  for (const client of [publisher, subscriber]) client.on('error', report)
  try {
    await Promise.all([connectOnce(publisher), connectOnce(subscriber)])
  } catch (cause) {
    publisher.destroy()
    subscriber.destroy()
    throw new AppError('STORE_UNAVAILABLE', 'Redis cannot be reached.', 'Check REDIS_URL.', { cause })
  }
  for (const topic of topics) {
    await subscriber.subscribe(channelOf(topic), (message) => {
      const news = read(message)
      if (news && news.origin !== origin) local.publish(topic, news.data)
    })
  }
  return {
    publish(topic, data = {}) {
      local.publish(topic, data)
      if (publisher.isReady) {
        publisher.publish(channelOf(topic), JSON.stringify({ origin, data })).catch(report)
      }
    },
    subscribe: local.subscribe,
    async close() {
      await local.close()
      await Promise.allSettled([publisher.close(), subscriber.close()])
    },
  }
}

interface Connecting {
  connect(): Promise<unknown>
  once(event: 'error', listener: (error: unknown) => void): unknown
  off(event: 'error', listener: (error: unknown) => void): unknown
}

/** At start, no Redis is a mistake to be told of; later, it is waited for. */
async function connectOnce(client: Connecting): Promise<void> {
  let failed: (error: unknown) => void = () => {}
  const failure = new Promise<never>((_, reject) => {
    failed = reject
    client.once('error', failed)
  })
  await Promise.race([client.connect(), failure])
  client.off('error', failed)
}

function read(message: string): { readonly origin: string; readonly data: JsonObject } | undefined {
  try {
    const news: unknown = JSON.parse(message)
    if (typeof news !== 'object' || news === null || !('origin' in news) || !('data' in news))
      return undefined
    return { origin: String(news.origin), data: (news.data ?? {}) as JsonObject }
  } catch {
    return undefined
  }
}
