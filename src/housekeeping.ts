import { leaseMs } from './core/engine.ts'
import type { Bus, Clock, Random, Store } from './core/ports.ts'

/** How often clocks are looked at when no next one is known to be nearer, ms. */
const tickMs = 1_000
/** How often what has served its purpose is forgotten and the audit trail sealed, ms. */
const forgetEveryMs = 60 * 60_000

export interface Housekeeping {
  start(): void
  stop(): Promise<void>
}

/** Fires due clocks, takes back what dead workers held, forgets on schedule and seals the audit trail. */
export function createHousekeeping(parts: {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly random: Random
  /** Several processes share the database: only expired leases are taken back. */
  readonly shared: boolean
  readonly report: (code: string, error: unknown) => void
}): Housekeeping {
  const { store, bus, clock } = parts
  const worker = parts.random.id()
  const stopping = new AbortController()
  let loop: Promise<void> | undefined

  async function tick(lastForgotten: number): Promise<number> {
    const now = clock.now()
    if ((await store.fireClocks({ worker, now, leaseMs })) > 0) bus.publish('inbox')
    if (parts.shared && (await store.recover({ now, all: false })) > 0) {
      bus.publish('inbox')
      bus.publish('outbox')
    }
    if (now - lastForgotten < forgetEveryMs) return lastForgotten
    await store.forget(now)
    await store.sealAudit(now)
    return now
  }

  async function run(): Promise<void> {
    let lastForgotten = Number.NEGATIVE_INFINITY
    while (!stopping.signal.aborted) {
      try {
        lastForgotten = await tick(lastForgotten)
      } catch (error) {
        parts.report('housekeeping_failed', error)
      }
      await clock.sleep(tickMs, stopping.signal)
    }
  }

  return {
    start() {
      loop = run()
    },
    async stop() {
      stopping.abort()
      await loop
    },
  }
}
