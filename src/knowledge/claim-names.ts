import type { Lexicon } from './lexicon.ts'
import type { Said } from './said.ts'
import { termOf, wordsOf } from './words.ts'

/** A name said in another word of the same idea counts for this much of one said as it is listed. */
const sameIdea = 0.7
/** A group is about an idea when this share of what it lists belongs to it. */
const ideaShare = 0.34

/** One group of a correction's `names`: what must be named in one way or another. */
interface Group {
  readonly phrases: readonly (readonly string[])[]
  readonly ideas: ReadonlySet<string>
}

/** How much of what a claim is about a text names, 0 to 1, and whether nothing is missing. */
export interface Named {
  readonly share: number
  readonly all: boolean
}

/** For each claim: how much of it a text names. A group that few claims share, such as a remedy, weighs more. */
export function createNamed(
  names: readonly (readonly (readonly string[])[])[],
  says: readonly Said[],
  lexicon: Lexicon,
): readonly ((said: Said) => Named)[] {
  return names.map((claim) => {
    const groups = claim.map((written) => {
      const group = readGroup(written, lexicon)
      const naming = says.filter((said) => nameIn(group, said) > 0).length
      return { group, weight: Math.log((says.length + 1) / (naming + 0.5)) }
    })
    const all = groups.reduce((sum, { weight }) => sum + weight, 0) || 1
    return (said) => {
      const found = groups.map(({ group, weight }) => weight * nameIn(group, said))
      return { share: found.reduce((sum, one) => sum + one, 0) / all, all: found.every((one) => one > 0) }
    }
  })
}

function readGroup(names: readonly string[], lexicon: Lexicon): Group {
  const phrases = names.map((phrase) => wordsOf(phrase).map(termOf))
  const counts = new Map<string, number>()
  for (const terms of phrases) {
    // A word inside a longer name tells little of what the name means.
    const whole = lexicon.mentionsIn(terms).filter(({ length }) => length === terms.length || length > 1)
    for (const idea of new Set(whole.map((one) => one.idea))) counts.set(idea, (counts.get(idea) ?? 0) + 1)
  }
  const enough = Math.max(1, phrases.length * ideaShare)
  const listed = new Set(phrases.map((terms) => terms.join(' ')))
  const about = ([idea, count]: readonly [string, number]) =>
    count >= enough && (count > 1 || listed.has(lexicon.headOf(idea).join(' ')))
  return { phrases, ideas: new Set([...counts].filter(about).map(([idea]) => idea)) }
}

function nameIn({ phrases, ideas }: Group, { terms, features }: Said): number {
  if (phrases.some((phrase) => holds(terms, phrase))) return 1
  for (const idea of ideas) if (features.has(`i:${idea}`)) return sameIdea
  return 0
}

function holds(terms: readonly string[], phrase: readonly string[]): boolean {
  const [first] = phrase
  if (first === undefined) return false
  for (let at = terms.indexOf(first); at >= 0; at = terms.indexOf(first, at + 1))
    if (phrase.every((term, index) => terms[at + index] === term)) return true
  return false
}
