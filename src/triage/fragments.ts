import type { Normalize, NormalText } from './normalize.ts'
import type { Token } from './tokenize.ts'

/** Earlier messages read together with the present one, so that facts spread over several lines meet. */
const mostFragments = 10
const mostEarlierTokens = 400

/**
 * A question about a condition, asked before, completes no sign: "how do i treat a burn", then "and for children?".
 * Narrow: only whole questions of these forms, without a person in them.
 */
const generalQuestion =
  /^(how (do|can|should|would) (i|you|we) (treat|prevent|avoid|cure)|how (is|are)|what (is|are)|whats|what's|what causes|que es|cuales son|como se (trata|previene))\b(?!.*\b(my|me|i'm|im|i am|i have|i've|ive|i feel|i got|tengo|he|she|his|her|him|mi|me|now|just|ahora)\b)[^.!\n]{0,80}$/i

export interface Joined {
  readonly normal: NormalText
  /** First word of the present message. */
  readonly from: number
}

/** Puts fragments before the message: each begins a clause, and a sentence when the one before it had ended. */
export function joinTexts(fragments: readonly string[], own: NormalText, normalize: Normalize): Joined {
  if (fragments.length === 0) return { normal: own, from: 0 }
  const tokens: Token[] = []
  const questions = new Set<number>()
  let clause = 0
  let sentence = 0
  const append = (normal: NormalText): void => {
    for (const token of normal.tokens)
      tokens.push({ ...token, clause: token.clause + clause, sentence: token.sentence + sentence })
    for (const question of normal.questions) questions.add(question + sentence)
    const last = tokens.at(-1)
    if (last) {
      clause = last.clause + 1
      sentence = normal.ended || questions.has(last.sentence) ? last.sentence + 1 : last.sentence
    }
  }
  for (const fragment of fragments.slice(-mostFragments)) {
    if (generalQuestion.test(fragment.trim())) continue
    const normal = normalize(fragment)
    if (tokens.length + normal.tokens.length <= mostEarlierTokens) append(normal)
  }
  const from = tokens.length
  append(own)
  return { normal: { tokens, questions, strange: own.strange, ended: own.ended }, from }
}
