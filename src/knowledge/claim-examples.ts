import type { Lexicon } from './lexicon.ts'
import type { Myth } from './myth.ts'
import { readSaid, type Said } from './said.ts'

/** A sentence of a correction's file: one that people say, or one that is spared. */
export interface Example {
  /** Which of the corrections, by its place in the list. */
  readonly myth: number
  readonly spared: boolean
  readonly said: Said
}

export function examplesOf(myths: readonly Myth[], lexicon: Lexicon): readonly Example[] {
  return myths.flatMap(({ claim, says, spares }, myth) => [
    ...[claim, ...says].map((text) => ({ myth, spared: false, said: readSaid(text, lexicon) })),
    ...spares.map((text) => ({ myth, spared: true, said: readSaid(text, lexicon) })),
  ])
}

/** An idea says more than the word it was said with, and a denied relation more than an affirmed one. */
const worth: Readonly<Record<string, number>> = { t: 0.6, i: 1, n: 1.2 }

/** How much a feature tells of which claim is meant: inverse frequency over the corrections that use it. */
export function createRarity(examples: readonly Example[], myths: number): (feature: string) => number {
  const users = new Map<string, Set<number>>()
  for (const { myth, said } of examples) {
    for (const feature of said.features) {
      const known = users.get(feature)
      if (known) known.add(myth)
      else users.set(feature, new Set([myth]))
    }
  }
  return (feature) =>
    (worth[feature[0] ?? ''] ?? 1) * Math.log((myths + 1) / ((users.get(feature)?.size ?? 0) + 0.5))
}

/** How like a text is to what people say of one claim. */
export interface Likeness {
  /** The nearest sentence: cosine over features weighted by rarity, 0 to 1. */
  readonly nearest: number
  /** Mean of the nearest three. */
  readonly nearestThree: number
  /** The nearest that denies as the text does. */
  readonly nearestAlike: number
}

const unlike: Likeness = { nearest: 0, nearestThree: 0, nearestAlike: 0 }

/** Compares a text with all that people say, by an inverted index; one likeness for each correction. */
export function createLikeness(
  examples: readonly Example[],
  myths: number,
  rarity: (feature: string) => number,
): (said: Said) => readonly Likeness[] {
  const says = examples.filter(({ spared }) => !spared)
  const norms = says.map(({ said }) => normOf(said, rarity))
  const places = new Map<string, number[]>()
  says.forEach(({ said }, at) => {
    for (const feature of said.features) {
      const known = places.get(feature)
      if (known) known.push(at)
      else places.set(feature, [at])
    }
  })
  return (said) => {
    const shared = new Float64Array(says.length)
    for (const feature of said.features) {
      const weight = rarity(feature) ** 2
      for (const at of places.get(feature) ?? []) shared[at]! += weight
    }
    const norm = normOf(said, rarity)
    const found = Array.from({ length: myths }, () => [0, 0, 0, 0] as [number, number, number, number])
    says.forEach((one, at) => {
      if (shared[at] === 0) return
      const like = shared[at]! / (norms[at]! * norm)
      const best = found[one.myth]!
      if (one.said.stance.denies === said.stance.denies && like > best[3]) best[3] = like
      if (like > best[0]) [best[0], best[1], best[2]] = [like, best[0], best[1]]
      else if (like > best[1]) [best[1], best[2]] = [like, best[1]]
      else if (like > best[2]) best[2] = like
    })
    return found.map(([first, second, third, alike]) =>
      first === 0
        ? unlike
        : { nearest: first, nearestThree: (first + second + third) / 3, nearestAlike: alike },
    )
  }
}

function normOf({ features }: Said, rarity: (feature: string) => number): number {
  let sum = 0
  for (const feature of features) sum += rarity(feature) ** 2
  return Math.sqrt(sum) || 1
}
