import type { Example } from './claim-examples.ts'
import type { Said } from './said.ts'
import type { Stance } from './stance.ts'

/** What tells somebody who believes a claim from somebody who only speaks of it. */
export interface Cues {
  /** Log odds of the text's words and ideas between all that is said and all that is spared, per root of their number. */
  readonly odds: number
  /** The same learned as weights (logistic regression), with what is peculiar to this claim. */
  readonly learned: number
}

const passes = 8
const rate = 0.1
/** Keeps weights small: pull toward zero at each step. */
const decay = 0.002

/**
 * Learns from the corrections' own files what those say who repeat a claim and what those who do not. Spared questions
 * and debunks are told by their stance, so they are left out. Deterministic: the same files give the same weights.
 */
export function createCues(examples: readonly Example[]): (said: Said, myth: number) => Cues {
  const taught = examples.filter(({ spared, said }) => !(spared && (said.stance.asks || said.stance.debunks)))
  const odds = createOdds(taught)
  const weights = learn(taught)
  return (said, myth) => ({ odds: odds(said), learned: sumOf(weights, cuesOf(said, myth)) })
}

function createOdds(examples: readonly Example[]): (said: Said) => number {
  const counts = new Map<string, { says: number; spares: number }>()
  let says = 2
  let spares = 2
  for (const { spared, said } of examples) {
    if (spared) spares++
    else says++
    for (const feature of [...said.features, ...said.pairs, ...manner(said.stance)]) {
      const known = counts.get(feature) ?? { says: 1, spares: 1 }
      if (spared) known.spares++
      else known.says++
      counts.set(feature, known)
    }
  }
  return ({ features, pairs, stance }) => {
    let sum = 0
    for (const feature of [...features, ...pairs, ...manner(stance)]) {
      const known = counts.get(feature) ?? { says: 1, spares: 1 }
      sum += Math.log((known.says * spares) / (known.spares * says))
    }
    return sum / Math.sqrt(features.size + pairs.length || 1)
  }
}

function learn(examples: readonly Example[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  const rows = examples.map(({ said, myth, spared }) => ({
    at: cuesOf(said, myth).map((cue) => {
      const place = places.get(cue) ?? places.size
      places.set(cue, place)
      return place
    }),
    wanted: spared ? 0 : 1,
  }))
  const weights = new Float64Array(places.size)
  const seen = new Float64Array(places.size).fill(1e-6)
  // A fixed shuffle: neighbours in a file are alike.
  const order = rows.map((_, index) => (index * 7919) % rows.length)
  for (let pass = 0; pass < passes; pass++) {
    for (const index of order) {
      const { at, wanted } = rows[index]!
      const scale = 1 / Math.sqrt(at.length)
      let sum = 0
      for (const place of at) sum += weights[place]!
      const error = 1 / (1 + Math.exp(-sum * scale)) - wanted
      for (const place of at) {
        const slope = error * scale + decay * weights[place]!
        seen[place]! += slope * slope
        // AdaGrad (Duchi 2011): rare cues move faster.
        weights[place]! -= (rate * slope) / Math.sqrt(seen[place]!)
      }
    }
  }
  return new Map([...places].map(([cue, place]) => [cue, weights[place]!]))
}

/** Everything a text shows, once for all claims and once for this one. */
function cuesOf({ features, pairs, stance }: Said, myth: number): readonly string[] {
  const shown = [...features, ...manner(stance)]
  return ['bias', ...shown, ...pairs, ...shown.map((feature) => `${myth}|${feature}`)]
}

function manner({ denies, forbids, denial }: Stance): readonly string[] {
  return [`s:${denies ? 'denies' : ''}${forbids ? ' forbids' : ''}`, `s:denies ${denial ?? 'nothing'}`]
}

function sumOf(weights: ReadonlyMap<string, number>, cues: readonly string[]): number {
  let sum = 0
  for (const cue of cues) sum += weights.get(cue) ?? 0
  return sum / Math.sqrt(cues.length)
}
