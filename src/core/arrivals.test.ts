import { describe, expect, it } from 'vitest'
import { createArrivals } from './arrivals.ts'
import type { Clock } from './ports.ts'

const sleeps: (() => void)[] = []
const clock: Clock = {
  now: () => 0,
  sleep: () => new Promise((resolve) => sleeps.push(resolve)),
}

describe('arrivals', () => {
  it('hold a turn back until the last of them is in', async () => {
    const arrivals = createArrivals(clock)
    const ends: (() => void)[] = []
    const arrive = () => arrivals.track(() => new Promise<void>((resolve) => ends.push(resolve)))
    const both = [arrive(), arrive()]
    let calm = false
    const waits = arrivals.calm().then(() => {
      calm = true
    })
    ends[0]?.()
    await both[0]
    expect(calm).toBe(false)
    ends[1]?.()
    await waits
    expect(calm).toBe(true)
  })

  it('hold nothing back when there are none, also after one that failed', async () => {
    const arrivals = createArrivals(clock)
    await expect(arrivals.track(() => Promise.reject(new Error('disk')))).rejects.toThrow('disk')
    await arrivals.calm()
  })

  it('do not hold it back for ever', async () => {
    const arrivals = createArrivals(clock)
    void arrivals.track(() => new Promise(() => {}))
    const waits = arrivals.calm()
    sleeps.at(-1)?.()
    await waits
  })
})
