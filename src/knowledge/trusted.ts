import type { ArticleHit } from './search.ts'

/**
 * When an article may answer, by how much of the question it covers and with which words; chosen on
 * `test/cases/answers-en.jsonl`. Any one of the rules is enough.
 */
const rules: readonly {
  /** Least share of the question's topic words. */
  readonly coverage: number
  /** Least weight of words by which people name it or ask for it. */
  readonly own: number
  /** Least multiple of the next article's score. */
  readonly ahead: number
}[] = [
  { coverage: 0.78, own: 1.45, ahead: 1 },
  { coverage: 1, own: 1, ahead: 1.5 },
  { coverage: 0.75, own: 0.75, ahead: 3 },
  { coverage: 0.45, own: 1.45, ahead: 8 },
]
/** Everything that was asked is there, and no other article comes near. */
const clear = { score: 45, ahead: 1.4 }
/** An article that the question names must still cover this share: "burn a CD" is no burn. */
const leastNamed = 0.38

/** From here on the question is one that the article lists, in nearly its words. */
const leastAlike = 0.55
/** From here on it needs no word of its own: "where do i keep medicines so the kids cant get them". */
const wordForWord = 0.9

export function trusted(hit: ArticleHit, next: ArticleHit | undefined): boolean {
  if (hit.alike >= leastAlike && (hit.own > 0 || hit.alike >= wordForWord)) return true
  if (hit.namePoints > 0) return hit.coverage >= leastNamed
  const ahead = next && next.score > 0 ? hit.score / next.score : Number.POSITIVE_INFINITY
  if (hit.coverage >= 1 && hit.score >= clear.score && ahead >= clear.ahead) return true
  return rules.some((rule) => hit.coverage >= rule.coverage && hit.own >= rule.own && ahead >= rule.ahead)
}
