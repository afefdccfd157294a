import type { Clock } from './ports.ts'

/**
 * A turn is put off for arriving messages no longer than this, ms: platforms give up waiting for an acknowledgement
 * after three seconds and send again, which only makes a crowd larger. Alarms are never put off.
 */
const putOffMs = 3_000
/** How often a turn that was put off looks again, ms. */
const lookMs = 5
/** Over this time arrivals are counted, ms. */
const windowMs = 100
/** Arrivals in that time that make a crowd: more a second than turns can follow (about 300 on two cores). */
const crowdSize = 40

/** Messages on their way in: platforms wait for them to be durable, so that ordinary turns let them go first. */
export interface Arrivals {
  /** Counts a message in until its work ends. */
  track<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when no message is on its way in and no crowd is arriving, or after three seconds. */
  calm(): Promise<void>
}

export function createArrivals(clock: Clock): Arrivals {
  let arriving = 0
  let window = { from: 0, count: 0, before: 0 }

  /** The window that `now` lies in; the one before it still counts. */
  function windowAt(now: number) {
    const passed = now - window.from
    if (passed >= windowMs || passed < 0) {
      window = { from: now, count: 0, before: passed < 2 * windowMs ? window.count : 0 }
    }
    return window
  }

  function isCalm(): boolean {
    if (arriving > 0) return false
    const { count, before } = windowAt(clock.now())
    return Math.max(count, before) < crowdSize
  }

  return {
    async track(work) {
      arriving++
      windowAt(clock.now()).count++
      try {
        return await work()
      } finally {
        arriving--
      }
    },
    async calm() {
      const until = clock.now() + putOffMs
      while (!isCalm() && clock.now() < until) await clock.sleep(lookMs)
    },
  }
}
