import { type Percentiles, percentiles } from './percentiles.ts'

export interface Timed<T> {
  readonly name: string
  run(item: T): Promise<unknown>
}

/**
 * Times several candidates on the same items by turns, so that whatever else the machine does hits them alike. Who
 * goes first changes with every item. A candidate that has used its `budgetMs` drops out: its `count` says how many
 * it did.
 */
export async function interleave<T>(
  candidates: readonly Timed<T>[],
  items: readonly T[],
  { warmUp, budgetMs }: { readonly warmUp: number; readonly budgetMs: number },
): Promise<ReadonlyMap<string, Percentiles>> {
  const times = new Map(candidates.map(({ name }) => [name, [] as number[]]))
  const spent = new Map<string, number>()
  const once = async ({ name, run }: Timed<T>, item: T) => {
    const from = performance.now()
    await run(item)
    const took = performance.now() - from
    spent.set(name, (spent.get(name) ?? 0) + took)
    return took
  }
  for (const candidate of candidates)
    for (const item of items.slice(0, warmUp)) {
      if ((spent.get(candidate.name) ?? 0) > budgetMs / 4) break
      await once(candidate, item)
    }
  spent.clear()
  for (const [number, item] of items.entries())
    for (let turn = 0; turn < candidates.length; turn++) {
      const candidate = candidates[(number + turn) % candidates.length]!
      if ((spent.get(candidate.name) ?? 0) > budgetMs) continue
      times.get(candidate.name)?.push(await once(candidate, item))
    }
  return new Map([...times].map(([name, each]) => [name, percentiles(each)]))
}
