import type { Weighed } from './weigh-claim.ts'

/**
 * How sure it is that a text is about a claim (`topic`) and that it asserts it (`belief`): log odds of two logistic
 * regressions. The weights come from `scripts/fit-claims.mts`, fitted on the corrections' own sentences, each judged by
 * a matcher that had not seen it.
 */
const weights = {
  topic: {
    constant: -8.33,
    nearest: -0.89,
    nearestThree: -5.57,
    ahead: 5.5,
    familiar: 13.81,
    mass: 0.99,
    named: 2.84,
    allNamed: 1.89,
    length: 0.67,
  },
  belief: {
    constant: 0.8,
    mismatch: -2.93,
    contradiction: -1.76,
    denial: -0.6,
    denies: 1.42,
    insists: 1.44,
    odds: 0.76,
    learned: 1.37,
  },
} as const

/**
 * A text that holds less of what people say (`mass`) may be all familiar and about anything: "stop", "it's in the pool".
 * Of 12,000 lines of chat about other things this held back two fifths of the corrections, and of 329 right ones three.
 */
const leastMass = 1.5

/** From here on a correction is given. A needless one is worse than one missed, and saying what people believe is easy. */
const least = { topic: -0.25, belief: 0.5 } as const

/** The lower of both, in log odds above what is needed: a claim must be meant, and believed. From 0 on it is. */
export function scoreOf({ topic, belief }: Weighed): number {
  if (topic.mass < leastMass) return Number.NEGATIVE_INFINITY
  return Math.min(topicScore(topic) - least.topic, beliefScore(belief) - least.belief)
}

/** Of all that a text was weighed against, the claim that it is most likely about. */
export function meantBy(weighed: readonly Weighed[]): Weighed | undefined {
  return weighed.toSorted((a, b) => topicScore(b.topic) - topicScore(a.topic))[0]
}

function topicScore(topic: Weighed['topic']): number {
  return total(weights.topic, topic)
}

function beliefScore(belief: Weighed['belief']): number {
  return total(weights.belief, belief)
}

function total<Evidence extends Readonly<Record<keyof Evidence, number>>>(
  by: Readonly<Record<keyof Evidence, number>> & { readonly constant: number },
  evidence: Evidence,
): number {
  return (Object.keys(evidence) as (keyof Evidence)[]).reduce(
    (sum, name) => sum + by[name] * evidence[name],
    by.constant,
  )
}
