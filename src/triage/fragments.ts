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

/** Texts whose normal form is kept: a conversation's lines are read again with each line that follows. */
const kept = 256
/** Longer texts are read again: they are few, and what people wrote is not hoarded. */
const longestKept = 2_000

/** Puts fragments before the message: each begins a clause, and a sentence when the one before it had ended. */
export type JoinFragments = (fragments: readonly string[], own: NormalText) => Joined

/** What it keeps is only ever a function of the text. */
export function createJoinFragments(normalize: Normalize): JoinFragments {
  const memory = new Map<string, NormalText>()
  const general = new Map<string, boolean>()
  const read = (text: string): NormalText => {
    const known = memory.get(text)
    if (known) return known
    const normal = normalize(text)
    if (text.length > longestKept) return normal
    if (memory.size >= kept) memory.delete(memory.keys().next().value as string)
    memory.set(text, normal)
    return normal
  }
  const isGeneral = (text: string): boolean => {
    const known = general.get(text)
    if (known !== undefined) return known
    const is = generalQuestion.test(text.trim())
    if (general.size >= kept) general.clear()
    general.set(text, is)
    return is
  }
  return (fragments, own) => {
    const earlier: NormalText[] = []
    let count = 0
    for (let i = Math.max(0, fragments.length - mostFragments); i < fragments.length; i += 1) {
      const fragment = fragments[i] as string
      if (isGeneral(fragment)) continue
      const normal = read(fragment)
      if (count + normal.tokens.length > mostEarlierTokens) continue
      count += normal.tokens.length
      earlier.push(normal)
    }
    return count === 0 ? { normal: own, from: 0 } : { normal: joined([...earlier, own], own), from: count }
  }
}

function joined(texts: readonly NormalText[], own: NormalText): NormalText {
  const tokens: Token[] = []
  const questions = new Set<number>()
  let clause = 0
  let sentence = 0
  for (const normal of texts) {
    for (const {
      text,
      start,
      end,
      clause: ownClause,
      sentence: ownSentence,
      value,
      slash,
      symbols,
    } of normal.tokens)
      tokens.push({
        text,
        start,
        end,
        clause: ownClause + clause,
        sentence: ownSentence + sentence,
        value,
        slash,
        symbols,
      })
    for (const question of normal.questions) questions.add(question + sentence)
    const last = tokens.at(-1)
    if (last) {
      clause = last.clause + 1
      sentence = normal.ended || questions.has(last.sentence) ? last.sentence + 1 : last.sentence
    }
  }
  return { tokens, questions, strange: own.strange, ended: own.ended }
}
