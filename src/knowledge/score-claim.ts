import type { Weighed } from './weigh-claim.ts'

/**
 * How sure it is that a text is about a claim (`topic`) and that it asserts it (`belief`): log odds of two logistic
 * regressions. The weights come from `scripts/fit-claims.mts`, fitted on the corrections' own sentences, each judged by
 * a matcher that had not seen it.
 */
const weights = {
  topic: {
    constant: -12.42,
    nearest: -0.38,
    nearestThree: 1.86,
    ahead: 3.77,
    familiar: 7.61,
    named: 5.01,
    allNamed: 2.48,
    length: 1.53,
  },
  belief: {
    constant: 1.21,
    mismatch: -0.14,
    contradiction: -1.34,
    denial: -2.69,
    insists: 2.27,
    odds: 0.87,
    learned: 0.82,
  },
} as const

/** From here on a correction is given. A needless one is worse than one missed, and saying what people believe is easy. */
const least = { topic: 0, belief: 0 } as const

/** The lower of both, in log odds above what is needed: a claim must be meant, and believed. From 0 on it is. */
export function scoreOf({ topic, belief }: Weighed): number {
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
