import { partsOf } from './clauses.ts'
import { isKnownWord } from './english.ts'
import { emptyLexicon, type Lexicon } from './lexicon.ts'
import type { Myth } from './myth.ts'
import { readSaid } from './said.ts'
import { meantBy, scoreOf } from './score-claim.ts'
import { distance } from './spelling.ts'
import { takesBack } from './stance.ts'
import { createWeigh } from './weigh-claim.ts'
import { termOf, wordsOf } from './words.ts'

/** A word may be misspelt from this length on. */
const typoLength = 6

export type ClaimMatcher = (text: string) => Myth | undefined

/**
 * Finds the claim that a text repeats, if any. Each part of the text is weighed against every claim: which one is it
 * about, and does it assert it? A question, a debunk or a denial is no claim. What a correction's file lists as said or
 * spared is taken at its word.
 */
export function createClaimMatcher(myths: readonly Myth[], lexicon: Lexicon = emptyLexicon): ClaimMatcher {
  const weigh = createWeigh(myths, lexicon)
  const settle = createSettle(myths, lexicon)
  const written = new Map<string, Myth | undefined>()
  for (const myth of myths) for (const text of [myth.claim, ...myth.says]) written.set(keyOf(text), myth)
  for (const { spares } of myths) for (const text of spares) written.set(keyOf(text), undefined)

  return (text) => {
    const key = keyOf(text)
    if (written.has(key)) return written.get(key)
    let best: { readonly myth: Myth; readonly score: number } | undefined
    for (const part of partsOf(text)) {
      const said = readSaid(part.text, lexicon, settle)
      if (!said.tells || said.stance.asks || said.stance.debunks || takesBack(part.around)) continue
      const meant = meantBy(weigh(said))
      const score = meant ? scoreOf(meant) : Number.NEGATIVE_INFINITY
      if (meant && score >= 0 && (!best || score > best.score)) best = { myth: meant.myth, score }
    }
    return best?.myth
  }
}

function keyOf(text: string): string {
  return wordsOf(text).join(' ')
}

/** The term of a word; of a name one letter off, the name's. A known word is never taken for another. */
function createSettle(myths: readonly Myth[], lexicon: Lexicon): (word: string) => string {
  const names = myths.flatMap((myth) => myth.names.flat().flatMap((name) => wordsOf(name).map(termOf)))
  const known = new Set([...names, ...lexicon.terms].filter((term) => term.length >= typoLength - 1))
  const byInitial = new Map<string, string[]>()
  for (const term of known) byInitial.set(term[0] ?? '', [...(byInitial.get(term[0] ?? '') ?? []), term])
  return (word) => {
    const term = termOf(word)
    if (known.has(term) || word.length < typoLength || isKnownWord(word)) return term
    return byInitial.get(term[0] ?? '')?.find((name) => distance(term, name, 1) <= 1) ?? term
  }
}
