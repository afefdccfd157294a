import { alike } from './alike.ts'
import type { Read, Token } from './tokens.ts'
import type { Hedge } from './word-lists.ts'

/** A sentence beside the one it was drawn from: which of its tokens each of the other's stands for. */
export interface Drawn {
  readonly said: Read
  readonly from: Read
  /** Tokens of `from` that were used. */
  readonly used: readonly Token[]
}

const people = new Set(
  'child baby newborn toddler teenager adult older pregnancy breastfeed woman man boy girl'.split(' '),
)
const uncertain: readonly Hedge[] = ['may', 'often', 'seldom', 'almost']

export function isPeople(term: string): boolean {
  return people.has(term)
}

/** Whether what narrows a sentence is still there: for whom, on which condition, how surely. */
export function retained(drawn: Drawn): boolean {
  return (
    keepsHedges(drawn) &&
    keepsConditions(drawn) &&
    keepsPeople(drawn) &&
    keepsTurns(drawn) &&
    keepsDenials(drawn)
  )
}

function keepsHedges({ said, from, used }: Drawn): boolean {
  const clauses = new Set(used.map(({ clause }) => clause))
  const has = new Set(said.hedges.map(({ hedge }) => hedge))
  const there = from.hedges.filter(({ clause }) => clauses.has(clause)).map(({ hedge }) => hedge)
  if (there.some((hedge) => uncertain.includes(hedge)) && !uncertain.some((hedge) => has.has(hedge)))
    return false
  if (there.includes('only') && !has.has('only')) return false
  return !there.includes('almost') || has.has('almost') || has.has('often')
}

function keepsConditions({ said, from, used }: Drawn): boolean {
  const opens = from.tokens[0]?.condition
  const isDenied = used.some(({ denied }) => denied)
  const strong = from.tokens.filter(
    ({ condition }) =>
      condition !== undefined &&
      condition !== 'when' &&
      (condition !== 'without' || opens === 'without') &&
      // "Do not eat it after its date" is not "do not eat it".
      ((condition !== 'before' && condition !== 'after') || isDenied),
  )
  if (strong.length === 0 || used.every(({ condition }) => condition !== undefined)) return true
  return strong.some((one) =>
    said.tokens.some(
      ({ term, condition }) =>
        (condition === one.condition || condition === 'without') && alike(term, one.term),
    ),
  )
}

function keepsPeople({ said, from, used }: Drawn): boolean {
  const clauses = new Set(used.map(({ clause }) => clause))
  const named = from.tokens.filter(({ term, clause }) => people.has(term) && clauses.has(clause))
  if (named.length > 0 && !named.some(({ term }) => said.tokens.some((one) => one.term === term)))
    return false
  return restrictors(from, clauses).every((terms) =>
    terms.slice(0, 2).every((term) => said.tokens.some((one) => alike(one.term, term))),
  )
}

/** "people with weak defences", "those who smoke": what follows says whom it is about. */
function restrictors({ words, tokens }: Read, clauses: ReadonlySet<number>): readonly (readonly string[])[] {
  return words.flatMap((word, at) => {
    if (!/^(?:people|person|those|anyone|someone|patients?|everyone|child|adult|woman|man|baby)$/.test(word))
      return []
    if (!/^(?:with|who|without|whose)$/.test(words[at + 1] ?? '')) return []
    const behind = tokens.filter((one) => one.at > at + 1 && one.at < at + 6)
    const first = behind[0]
    return first && clauses.has(first.clause)
      ? [behind.filter(({ clause }) => clause === first.clause).map(({ term }) => term)]
      : []
  })
}

/** A "not" that no word of meaning stands under counts, too: "cannot get them in". */
function keepsDenials({ said, from, used }: Drawn): boolean {
  const clauses = new Set(used.map(({ clause }) => clause))
  const bare = from.denials.filter(
    (one) => clauses.has(one) && !from.tokens.some(({ clause, denied }) => denied && clause === one),
  )
  return bare.length <= said.denials.length
}

/** "not only", "do not need": without them another thing is said. */
function keepsTurns({ said, from, used }: Drawn): boolean {
  const clauses = new Set(used.map(({ clause }) => clause))
  return from.tokens
    .filter(
      ({ term, denied, clause }) =>
        clauses.has(clause) && (term === 'not_only' || (term === 'need' && denied)),
    )
    .every(({ term }) => said.tokens.some((one) => one.term === term))
}
