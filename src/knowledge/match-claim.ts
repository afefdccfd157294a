import { isKnownWord } from './english.ts'
import type { Myth } from './myth.ts'
import { distance } from './spelling.ts'
import { stanceOf } from './stance.ts'
import { termOf, wordsOf } from './words.ts'

/** A text is judged by its sentences and each with the one before, this many at most. */
const sentenceLimit = 40
/** Longer sentences hold anything. */
const wordLimit = 80
/** A name may be misspelt from this length on. */
const typoLength = 6

export type ClaimMatcher = (text: string) => Myth | undefined

/** A correction, made ready: what must be named, and what was said for and against. */
interface Known {
  readonly myth: Myth
  /** Each group: its phrases as terms. */
  readonly names: readonly (readonly (readonly string[])[])[]
  readonly says: readonly Example[]
  readonly spares: readonly Example[]
}

interface Example {
  readonly terms: ReadonlySet<string>
  readonly denies: boolean
}

/**
 * Finds the claim that a text repeats, if any. It must name all that the claim is about; a question, a debunk or a
 * denial is none; and what is nearer to a sentence that was spared than to any that people say is none.
 */
export function createClaimMatcher(myths: readonly Myth[]): ClaimMatcher {
  const known = myths.map(prepare)
  const spelled = new Set(
    known.flatMap(({ names }) => names.flat(2)).filter((term) => term.length >= typoLength - 1),
  )
  const weights = weigh(known)

  return (text) => {
    let best: { readonly myth: Myth; readonly score: number } | undefined
    for (const window of windowsOf(text)) {
      const words = wordsOf(window).slice(0, wordLimit)
      const terms = words.map((word) => settle(word, spelled))
      const stance = stanceOf(window)
      if (stance.asks || stance.debunks) continue
      const example = { terms: new Set(terms), denies: stance.denies }
      for (const one of known) {
        if (!one.names.every((group) => group.some((phrase) => holds(terms, phrase)))) continue
        const score = scoreOf(one, example, weights)
        if (score !== undefined && (!best || score > best.score)) best = { myth: one.myth, score }
      }
    }
    return best?.myth
  }
}

function prepare(myth: Myth): Known {
  return {
    myth,
    names: myth.names.map((group) => group.map((phrase) => wordsOf(phrase).map(termOf))),
    says: [myth.claim, ...myth.says].map(exampleOf),
    spares: myth.spares.filter((text) => !stanceOf(text).asks && !stanceOf(text).debunks).map(exampleOf),
  }
}

function exampleOf(text: string): Example {
  return { terms: new Set(wordsOf(text).map(termOf)), denies: stanceOf(text).denies }
}

/** Rare words weigh more: inverse document frequency over all that people say. */
function weigh(known: readonly Known[]): (term: string) => number {
  const examples = known.flatMap(({ says, spares }) => [...says, ...spares])
  const counts = new Map<string, number>()
  for (const { terms } of examples) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return (term) => Math.log(1 + examples.length / (1 + (counts.get(term) ?? 0)))
}

/** Higher is surer; undefined where the text is none of the claim's. */
function scoreOf(
  { says, spares }: Known,
  said: Example,
  weight: (term: string) => number,
): number | undefined {
  const nearest = (examples: readonly Example[]) =>
    Math.max(0, ...examples.map((one) => likeness(one, said, weight)))
  const same = nearest(says.filter(({ denies }) => denies === said.denies))
  const spared = nearest(spares)
  // A denial where nobody who believes it denies: most likely the truth.
  if (same === 0 || spared >= same) return undefined
  return same
}

/** Weighted overlap (Jaccard) of two sentences, 0 to 1. */
function likeness(a: Example, b: Example, weight: (term: string) => number): number {
  let shared = 0
  let all = 0
  for (const term of a.terms) {
    const each = weight(term)
    all += each
    if (b.terms.has(term)) shared += each
  }
  for (const term of b.terms) if (!a.terms.has(term)) all += weight(term)
  return all === 0 ? 0 : shared / all
}

/** Each sentence, and each with the one before: "he had the jab. then he became autistic". */
function windowsOf(text: string): readonly string[] {
  const sentences = text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter(Boolean)
    .slice(0, sentenceLimit)
  const pairs = sentences.slice(1).map((sentence, at) => `${sentences[at]} ${sentence}`)
  return [...sentences, ...pairs]
}

function holds(terms: readonly string[], phrase: readonly string[]): boolean {
  const [first] = phrase
  if (first === undefined) return false
  for (let at = terms.indexOf(first); at >= 0; at = terms.indexOf(first, at + 1))
    if (phrase.every((term, index) => terms[at + index] === term)) return true
  return false
}

/** The term of a word; of a name one letter off, the name's. A known word is never taken for another. */
function settle(word: string, names: ReadonlySet<string>): string {
  const term = termOf(word)
  if (names.has(term) || word.length < typoLength || isKnownWord(word)) return term
  for (const name of names) if (name[0] === term[0] && distance(term, name, 1) <= 1) return name
  return term
}
