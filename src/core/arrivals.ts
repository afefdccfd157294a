import type { Clock } from './ports.ts'

/**
 * A turn is put off for arriving messages no longer than this, ms: platforms give up waiting for an acknowledgement
 * after three seconds and send again, which only makes a crowd larger. Alarms are never put off.
 */
const putOffMs = 3_000

/** Messages on their way in: platforms wait for them to be durable, so that ordinary turns let them go first. */
export interface Arrivals {
  /** Counts a message in until its work ends. */
  track<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when no message is on its way in, or after three seconds. */
  calm(): Promise<void>
}

export function createArrivals(clock: Clock): Arrivals {
  let arriving = 0
  let waiting = new Set<() => void>()
  return {
    async track(work) {
      arriving++
      try {
        return await work()
      } finally {
        arriving--
        if (arriving === 0) {
          const all = waiting
          waiting = new Set()
          for (const resume of all) resume()
        }
      }
    },
    calm() {
      if (arriving === 0) return Promise.resolve()
      return new Promise((resolve) => {
        const timer = new AbortController()
        const done = () => {
          waiting.delete(done)
          timer.abort()
          resolve()
        }
        waiting.add(done)
        void clock.sleep(putOffMs, timer.signal).then(done)
      })
    },
  }
}
