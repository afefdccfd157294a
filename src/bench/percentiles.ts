/** Times of one kind, in ms. */
export interface Percentiles {
  readonly count: number
  readonly p50: number
  readonly p99: number
}

/** By nearest rank: the smallest time that p per cent of the times do not exceed. */
export function percentiles(times: readonly number[]): Percentiles {
  const sorted = Float64Array.from(times).sort()
  const at = (p: number) => sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0
  return { count: sorted.length, p50: at(0.5), p99: at(0.99) }
}

/** How many a second one core does, one after another. */
export function perSecond(times: readonly number[]): number {
  return (1_000 * times.length) / times.reduce((sum, time) => sum + time, 0)
}

/** Times of `run` on each item, after `warmUp` untimed runs so that the compiler has seen the code. */
export function timeEach<T>(items: readonly T[], warmUp: number, run: (item: T) => void): number[] {
  for (let i = 0; i < warmUp; i++) run(items[i % items.length] as T)
  return items.map((item) => {
    const from = performance.now()
    run(item)
    return performance.now() - from
  })
}

/** The same for work that must be awaited. */
export async function timeEachAsync<T>(
  items: readonly T[],
  warmUp: number,
  run: (item: T) => Promise<unknown>,
): Promise<number[]> {
  for (let i = 0; i < warmUp; i++) await run(items[i % items.length] as T)
  const times: number[] = []
  for (const item of items) {
    const from = performance.now()
    await run(item)
    times.push(performance.now() - from)
  }
  return times
}
