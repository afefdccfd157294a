import { createScorer, type Hit, type Part, type Postings } from './max-score.ts'

/** Saturation of repeated words and weight of a text's length: the usual values of Robertson and Zaragoza (2009). */
const k1 = 1.2
const b = 0.75

export interface FieldedDocument {
  /** Terms of each field, in the order of the weights. */
  readonly fields: readonly (readonly string[])[]
}

export interface Bm25Index {
  /** Best first; ties by position. */
  search(terms: readonly string[], limit: number): readonly Hit[]
  /** Inverse document frequency; for a term that no document has, that of a term in none. */
  idf(term: string): number
  has(term: string): boolean
}

/**
 * BM25 over separately weighted fields. Each term's contribution to each document is worked out once, at build:
 * a search adds up typed arrays. Fields saturate one by one: a title's word counts however long the text is.
 */
export function createBm25(documents: readonly FieldedDocument[], weights: readonly number[]): Bm25Index {
  const count = documents.length
  const averages = weights.map((_, field) => {
    const total = documents.reduce((sum, document) => sum + (document.fields[field]?.length ?? 0), 0)
    return Math.max(1, count === 0 ? 1 : total / count)
  })
  const found = new Map<string, { numbers: number[]; impacts: number[] }>()
  documents.forEach(({ fields }, number) => {
    for (const [term, impact] of impactsOf(fields, weights, averages)) {
      let postings = found.get(term)
      if (!postings) {
        postings = { numbers: [], impacts: [] }
        found.set(term, postings)
      }
      postings.numbers.push(number)
      postings.impacts.push(impact)
    }
  })
  const idfOf = (containing: number) => Math.log(1 + (count - containing + 0.5) / (containing + 0.5))
  const terms = new Map<string, Postings & { readonly idf: number }>()
  for (const [term, { numbers, impacts }] of found) {
    const idf = idfOf(numbers.length)
    const weighed = Float32Array.from(impacts, (impact) => impact * idf)
    const most = weighed.reduce((highest, impact) => Math.max(highest, impact), 0)
    terms.set(term, { documents: Uint32Array.from(numbers), impacts: weighed, most, idf })
  }
  const score = createScorer(count)

  return {
    has: (term) => terms.has(term),
    idf: (term) => terms.get(term)?.idf ?? idfOf(0),
    search(query, limit) {
      const parts: Part[] = []
      for (const [term, times] of countsOf(query)) {
        const postings = terms.get(term)
        // Long messages are mostly common words: a rare one says more. A word said thrice is not three times as important.
        if (postings) parts.push({ postings, weight: Math.sqrt(times) * postings.idf })
      }
      return score(parts, limit)
    },
  }
}

function impactsOf(
  fields: readonly (readonly string[])[],
  weights: readonly number[],
  averages: readonly number[],
): Map<string, number> {
  const sum = new Map<string, number>()
  weights.forEach((weight, field) => {
    const terms = fields[field] ?? []
    const norm = k1 * (1 - b + (b * terms.length) / averages[field]!)
    for (const [term, times] of countsOf(terms)) {
      sum.set(term, (sum.get(term) ?? 0) + (weight * times * (k1 + 1)) / (times + norm))
    }
  })
  return sum
}

function countsOf(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}
