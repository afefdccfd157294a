/** A mean with its 95 % bootstrap interval. */
export interface Mean {
  readonly mean: number
  readonly low: number
  readonly high: number
}

const resamples = 1000

/** Mean of `values` and its percentile interval over 1,000 resamples, drawn with a seeded generator: the same input gives the same interval. */
export function bootstrapMean(values: readonly number[], seed = 1): Mean {
  const n = values.length
  if (n === 0) return { mean: 0, low: 0, high: 0 }
  const draw = seededFraction(seed)
  const means: number[] = []
  for (let i = 0; i < resamples; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += values[Math.floor(draw() * n)] ?? 0
    means.push(sum / n)
  }
  means.sort((a, b) => a - b)
  const at = (share: number) => means[Math.min(resamples - 1, Math.floor(share * resamples))] ?? 0
  return { mean: values.reduce((sum, x) => sum + x, 0) / n, low: at(0.025), high: at(0.975) }
}

/** Uniform in [0, 1): mulberry32, for measuring only. */
export function seededFraction(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
