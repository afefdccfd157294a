import { createCues } from './claim-cues.ts'
import { createLikeness, createRarity, examplesOf } from './claim-examples.ts'
import { createNamed } from './claim-names.ts'
import type { Lexicon } from './lexicon.ts'
import type { Myth } from './myth.ts'
import type { Said } from './said.ts'

/** No more claims are looked at closely than these many nearest. */
const closest = 6

/** What speaks for a claim being the one that a text is about. */
export interface TopicEvidence {
  /** Likeness to the nearest sentence that people say, and to the nearest three. */
  readonly nearest: number
  readonly nearestThree: number
  /** How far the nearest is ahead of the best of any other claim. */
  readonly ahead: number
  /** Share of the text that people use when they say this claim. */
  readonly familiar: number
  /** The same as a weight, its logarithm: a short text can be all familiar and say nothing. */
  readonly mass: number
  /** Share of the claim's names that the text names, and 1 where none is missing. */
  readonly named: number
  readonly allNamed: number
  /** Logarithm of the number of words: long texts are less like any one sentence. */
  readonly length: number
}

/** What speaks for the text asserting it. */
export interface BeliefEvidence {
  /** How much nearer it is to sentences that deny where it affirms, or affirm where it denies. */
  readonly mismatch: number
  /** How much it denies what people affirm who say the claim, or affirms what they deny. */
  readonly contradiction: number
  /** 1 where it plainly denies an effect or a likeness, less the share of the claim's own sentences that do. */
  readonly denial: number
  /** 1 where it denies anything, less the share of the claim's own sentences that do. */
  readonly denies: number
  /** 1 where it stands by what it says. */
  readonly insists: number
  readonly odds: number
  readonly learned: number
}

export interface Weighed {
  readonly myth: Myth
  readonly topic: TopicEvidence
  readonly belief: BeliefEvidence
}

/** Weighs a text against every claim; only those it has something in common with. */
export function createWeigh(myths: readonly Myth[], lexicon: Lexicon): (said: Said) => readonly Weighed[] {
  const examples = examplesOf(myths, lexicon)
  const rarity = createRarity(examples, myths.length)
  const likeness = createLikeness(examples, myths.length, rarity)
  const cues = createCues(examples)
  const said = examples.filter(({ spared }) => !spared).map((one) => one.said)
  const named = createNamed(
    myths.map(({ names }) => names),
    said,
    lexicon,
  )
  const saysOf = (at: number) =>
    examples.filter(({ myth, spared }) => myth === at && !spared).map((one) => one.said)
  const usage = myths.map((_, at) => usageOf(saysOf(at)))
  const leans = myths.map((_, at) => leanOf(saysOf(at)))
  const denials = myths.map((_, at) => meanOf(saysOf(at).map(denialOf)))
  const denied = myths.map((_, at) => meanOf(saysOf(at).map(({ stance }) => (stance.denies ? 1 : 0))))
  return (said) => {
    const like = likeness(said)
    const order = like
      .map(({ nearest }, at) => ({ nearest, at }))
      .filter(({ nearest }) => nearest > 0)
      .sort((a, b) => b.nearest - a.nearest)
    const [first, second] = order
    return order.slice(0, closest).flatMap(({ nearest, at }) => {
      const myth = myths[at]
      if (!myth) return []
      const other = (at === first?.at ? second : first)?.nearest ?? 0
      const { nearestThree = 0, nearestAlike = 0 } = like[at] ?? {}
      const { share = 0, all = false } = named[at]?.(said) ?? {}
      const topic = {
        nearest,
        nearestThree,
        ahead: nearest - other,
        ...familiarity(said, usage[at] ?? new Map(), rarity),
        named: share,
        allNamed: all ? 1 : 0,
        length: Math.log(said.terms.length),
      }
      return [
        {
          myth,
          topic,
          belief: {
            mismatch: nearest - nearestAlike,
            contradiction: contradictionOf(said, leans[at] ?? new Map()),
            denial: denialOf(said) - (denials[at] ?? 0),
            denies: said.stance.denies ? 1 - (denied[at] ?? 0) : 0,
            insists: said.stance.insists ? 1 : 0,
            ...cues(said, at),
          },
        },
      ]
    })
  }
}

/** In which share of the sentences each feature is. */
function usageOf(says: readonly Said[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { features } of says)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  return new Map([...counts].map(([feature, count]) => [feature, count / says.length]))
}

function familiarity(
  { features }: Said,
  usage: ReadonlyMap<string, number>,
  rarity: (feature: string) => number,
): { familiar: number; mass: number } {
  let known = 0
  let all = 0
  for (const feature of features) {
    const weight = rarity(feature)
    all += weight
    known += weight * Math.sqrt(usage.get(feature) ?? 0)
  }
  return { familiar: all === 0 ? 0 : known / all, mass: Math.log(1 + known) }
}

/** `lean` is by how much more often the claim's own sentences affirm an idea than deny it. */
function contradictionOf({ features, denied }: Said, lean: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const feature of features) {
    const way = lean.get(feature) ?? 0
    sum += Math.max(0, denied.has(feature) ? way : -way)
  }
  return sum
}

function leanOf(says: readonly Said[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { features, denied } of says)
    for (const feature of features)
      if (feature.startsWith('i:'))
        sums.set(feature, (sums.get(feature) ?? 0) + (denied.has(feature) ? -1 : 1))
  return new Map([...sums].map(([feature, sum]) => [feature, sum / says.length]))
}

/** To deny a harm is to make light of it: no sign of disbelief. */
function denialOf({ stance }: Said): number {
  return stance.denial === 'effect' || stance.denial === 'identity' ? 1 : 0
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / (numbers.length || 1)
}
