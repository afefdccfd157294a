import type { Weighed } from './weigh-claim.ts'

/**
 * How sure it is that a text is about a claim (`topic`) and that it asserts it (`belief`): log odds of two logistic
 * regressions. The weights come from `scripts/fit-claims.mts`, fitted on the corrections' own sentences, each judged by
 * a matcher that had not seen it.
 */
const weights = {
  topic: {
    constant: -9.04,
    nearest: -2.83,
    nearestThree: -3.15,
    ahead: 5.16,
    familiar: 11.05,
    mass: 1.18,
    named: 3.31,
    allNamed: 2,
    length: 0.87,
  },
  belief: {
    constant: 0.76,
    mismatch: -3.67,
    contradiction: -1.58,
    denial: -0.66,
    denies: 1.69,
    insists: 1.35,
    odds: 0.89,
    learned: 1.14,
  },
} as const

/**
 * A text that holds less of what people say (`mass`) may be all familiar and about anything: "stop", "it's in the pool".
 * Of 12,000 lines of chat about other things this held back two fifths of the corrections (30, now 18), and three of 329 right ones.
 */
const leastMass = 1.5

/** From here on a correction is given. A needless one is worse than one missed, and saying what people believe is easy. */
const least = { topic: -0.5, belief: 0.5 } as const

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
