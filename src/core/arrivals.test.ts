import { describe, expect, it } from 'vitest'
import { createArrivals } from './arrivals.ts'
import type { Clock } from './ports.ts'

/** A clock that moves only by sleeping. */
function createClock(): Clock {
  let now = 1_000_000
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms
    },
  }
}

const never = () => new Promise<void>(() => {})

describe('arrivals', () => {
  it('hold a turn back until the last of them is in', async () => {
    const clock = createClock()
    const ends: (() => void)[] = []
    let isIn = 0
    const arrivals = createArrivals({
      now: clock.now,
      sleep: async (ms) => {
        await clock.sleep(ms)
        ends.shift()?.()
      },
    })
    const arrive = async () => {
      await arrivals.track(() => new Promise<void>((resolve) => ends.push(resolve)))
      isIn++
    }
    const both = [arrive(), arrive()]
    const from = clock.now()
    await arrivals.calm()
    await Promise.all(both)
    expect(isIn).toBe(2)
    expect(clock.now() - from).toBe(10)
  })

  it('hold nothing back when there are none, also after one that failed', async () => {
    const clock = createClock()
    const from = clock.now()
    const arrivals = createArrivals(clock)
    await expect(arrivals.track(() => Promise.reject(new Error('disk')))).rejects.toThrow('disk')
    await arrivals.calm()
    expect(clock.now()).toBe(from)
  })

  it('hold it back while a crowd arrives, also between two of them', async () => {
    const clock = createClock()
    const from = clock.now()
    const arrivals = createArrivals(clock)
    for (let n = 0; n < 100; n++) await arrivals.track(async () => {})
    await arrivals.calm()
    expect(clock.now() - from).toBeGreaterThanOrEqual(100)
    expect(clock.now() - from).toBeLessThan(500)
  })

  it('do not hold it back for ever', async () => {
    const clock = createClock()
    const from = clock.now()
    const arrivals = createArrivals(clock)
    void arrivals.track(never)
    await arrivals.calm()
    expect(clock.now() - from).toBe(3_000)
  })
})
