/** Two-sided 95 %. */
const z = 1.959964

export interface Rate {
  readonly k: number
  readonly n: number
  /** k/n, and 0 when there were none. */
  readonly rate: number
  readonly low: number
  readonly high: number
}

/** A rate with its Wilson 95 % interval (Wilson 1927): sound for few cases and for rates near 0 and 1. */
export function wilson(k: number, n: number): Rate {
  if (n === 0) return { k, n, rate: 0, low: 0, high: 1 }
  const rate = k / n
  const spread = 1 + (z * z) / n
  const centre = (rate + (z * z) / (2 * n)) / spread
  const half = (z / spread) * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n))
  return { k, n, rate, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/** `45/50 = .900 [.786, .957]` */
export function sayRate(k: number, n: number): string {
  if (n === 0) return '0/0'
  const { rate, low, high } = wilson(k, n)
  const short = (x: number) => x.toFixed(3).replace(/^0/, '')
  return `${k}/${n} = ${short(rate)} [${short(low)}, ${short(high)}]`
}
