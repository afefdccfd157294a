export interface Hit {
  /** Position in the list that was indexed. */
  readonly document: number
  readonly score: number
}

/** The documents that have a term, ascending, and what it adds to the score of each. */
export interface Postings {
  readonly documents: Uint32Array
  readonly impacts: Float32Array
  /** The largest of the impacts. */
  readonly most: number
}

/** One term of a question. */
export interface Part {
  readonly postings: Postings
  readonly weight: number
}

/** Sums are of 32-bit floats: nothing is left out for a difference that rounding can make. */
const slack = 1 + 1e-4

/**
 * Adds up what each term of a question gives to each document, and finds the best. Terms that can give much come
 * first; once no new document can be among the best, the rest (common words, which most documents have) are looked up
 * for those alone that still can (MaxScore: Turtle and Flood, "Query evaluation: strategies and optimizations", 1995).
 * What is found is the same as without.
 */
export function createScorer(count: number): (parts: readonly Part[], limit: number) => readonly Hit[] {
  const scores = new Float32Array(count)
  return (parts, limit) => {
    const touched: number[] = []
    let possible: readonly number[] | undefined
    const ordered = [...parts].sort((x, y) => mostOf(y) - mostOf(x))
    let left = ordered.reduce((sum, part) => sum + mostOf(part), 0)
    for (const part of ordered) {
      possible = stillPossible(possible ?? touched, part, limit, left) ?? possible
      if (possible) addToSome(scores, possible, part)
      else addToAll(scores, touched, part)
      left -= mostOf(part)
    }
    const best = selectBest(possible ?? touched, scores, limit)
    for (const document of touched) scores[document] = 0
    return best
  }

  /** Undefined where others can still come in, or where finding out would cost more than it saves. */
  function stillPossible(
    known: readonly number[],
    next: Part,
    limit: number,
    left: number,
  ): readonly number[] | undefined {
    if (limit <= 0 || known.length <= limit || next.postings.documents.length < 2 * known.length)
      return undefined
    const least = selectBest(known, scores, limit).at(-1)?.score ?? 0
    if (least <= left * slack) return undefined
    return known.filter((document) => scores[document]! + left * slack >= least)
  }
}

function mostOf({ postings, weight }: Part): number {
  return postings.most * weight
}

function addToAll(scores: Float32Array, touched: number[], { postings, weight }: Part): void {
  const { documents, impacts } = postings
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i]!
    if (scores[document] === 0) touched.push(document)
    scores[document]! += impacts[i]! * weight
  }
}

function addToSome(scores: Float32Array, some: readonly number[], { postings, weight }: Part): void {
  for (const document of some) {
    const at = positionOf(postings.documents, document)
    if (at >= 0) scores[document]! += postings.impacts[at]! * weight
  }
}

/** By halving: the documents of a term are in ascending order. */
function positionOf(documents: Uint32Array, document: number): number {
  let low = 0
  let high = documents.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = documents[middle]!
    if (found === document) return middle
    if (found < document) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** The `limit` best of many, without sorting them all. */
function selectBest(numbers: readonly number[], scores: Float32Array, limit: number): readonly Hit[] {
  const better = (x: number, y: number) => scores[y]! - scores[x]! || x - y
  if (limit <= 0) return []
  let kept: number[] = []
  let least = 0
  for (const number of numbers) {
    if (scores[number]! < least) continue
    kept.push(number)
    if (kept.length >= 4 * limit + 64) {
      kept = kept.sort(better).slice(0, limit)
      least = scores[kept.at(-1)!]!
    }
  }
  return kept
    .sort(better)
    .slice(0, limit)
    .map((document) => ({ document, score: scores[document]! }))
}
