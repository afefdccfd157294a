import type { Lexicon } from './lexicon.ts'
import { type Stance, stanceOf, withoutIdle } from './stance.ts'
import { termOf, wordsOf } from './words.ts'

/** Longer parts hold anything. */
const wordLimit = 80
/** "Not" reaches this many words. */
const reach = 4

const negators = new Set(
  `not never no cannot nor neither dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt shouldnt hasnt havent
  aint nobody without nothing none zero hardly barely mustnt neednt`.split(/\s+/),
)
const ends = new Set(['but', 'because', 'cos', 'coz', 'so', 'if', 'then', 'and', 'or', 'when', 'unless'])

/** A text no longer than this many words may be a mere heading. */
const fragment = 7
/** Small words that a sentence has and a heading has not. */
const telling = new Set(
  `i im ive id you youre youve youll ull u ur your yours he hes him his she shes her it its they theyre them their theyll we us our
  is are was were be been am isnt arent wasnt has have had hasnt havent do does did dont doesnt didnt can cant cannot will
  wont would should must shouldnt thats theres who whos that never always every everyone everybody nobody just only all
  this these those then no not says said swears reckons thinks told`.split(/\s+/),
)

/** What somebody said, as the matcher reads it. */
export interface Said {
  readonly terms: readonly string[]
  /** What it holds: terms `t:`, ideas `i:`, and relations that are denied `n:`. */
  readonly features: ReadonlySet<string>
  /** Every idea that stands under a "not", `i:`. */
  readonly denied: ReadonlySet<string>
  /** Whether something is said of something: "mercury in vaccines" only names them. */
  readonly tells: boolean
  /** Neighbouring words, `b:`. */
  readonly pairs: readonly string[]
  readonly stance: Stance
}

/** Reads one part of a message; `settle` gives a word its term. */
export function readSaid(text: string, lexicon: Lexicon, settle: (word: string) => string = termOf): Said {
  const words = wordsOf(withoutIdle(text)).slice(0, wordLimit)
  const terms = words.map(settle)
  const denied = deniedAt(words)
  const features = new Set(terms.map((term) => `t:${term}`))
  const under = new Set<string>()
  let tells = /=/.test(text) || words.length > fragment || words.some((word) => telling.has(word))
  for (const { idea, at } of lexicon.mentionsIn(terms)) {
    features.add(`i:${idea}`)
    if (lexicon.isRelation(idea)) tells = true
    if (denied[at] && lexicon.isRelation(idea)) under.add(`i:${idea}`)
    if (denied[at] && lexicon.isRelation(idea)) features.add(`n:${idea}`)
  }
  const pairs = [...new Set(terms.slice(1).map((term, at) => `b:${terms[at]} ${term}`))]
  return { terms, features, denied: under, tells, pairs, stance: stanceOf(text) }
}

/** Which words stand under a "not". */
function deniedAt(words: readonly string[]): readonly boolean[] {
  let left = 0
  return words.map((word) => {
    if (negators.has(word)) {
      left = reach
      return false
    }
    if (ends.has(word)) left = 0
    return left-- > 0
  })
}
