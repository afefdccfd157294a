/** Saturation of repeated words and weight of a text's length: the usual values of Robertson and Zaragoza (2009). */
const k1 = 1.2
const b = 0.75

export interface FieldedDocument {
  /** Terms of each field, in the order of the weights. */
  readonly fields: readonly (readonly string[])[]
}

export interface Hit {
  /** Position in the list that was indexed. */
  readonly document: number
  readonly score: number
}

export interface Bm25Index {
  /** Best first; ties by position. */
  search(terms: readonly string[], limit: number, only?: (document: number) => boolean): readonly Hit[]
  /** Inverse document frequency; for a term that no document has, that of a term in none. */
  idf(term: string): number
  has(term: string): boolean
  readonly vocabulary: Iterable<string>
}

interface Postings {
  readonly documents: Uint32Array
  readonly impacts: Float32Array
  readonly idf: number
}

/**
 * BM25 over separately weighted fields. Each term's contribution to each document is worked out once, at build:
 * a search adds up typed arrays.
 */
export function createBm25(documents: readonly FieldedDocument[], weights: readonly number[]): Bm25Index {
  const count = documents.length
  const averages = weights.map((_, field) => {
    const total = documents.reduce((sum, document) => sum + (document.fields[field]?.length ?? 0), 0)
    return count === 0 ? 0 : total / count
  })
  const raw = new Map<string, Map<number, number>>()
  documents.forEach((document, number) => {
    weights.forEach((weight, field) => {
      const terms = document.fields[field] ?? []
      const frequencies = new Map<string, number>()
      for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
      const norm = k1 * (1 - b + (b * terms.length) / Math.max(1, averages[field] ?? 1))
      for (const [term, frequency] of frequencies) {
        const saturated = (weight * frequency * (k1 + 1)) / (frequency + norm)
        let postings = raw.get(term)
        if (!postings) {
          postings = new Map()
          raw.set(term, postings)
        }
        postings.set(number, (postings.get(number) ?? 0) + saturated)
      }
    })
  })
  const idfOf = (containing: number) => Math.log(1 + (count - containing + 0.5) / (containing + 0.5))
  const terms = new Map<string, Postings>()
  for (const [term, found] of raw) {
    const idf = idfOf(found.size)
    terms.set(term, {
      documents: Uint32Array.from(found.keys()),
      impacts: Float32Array.from(found.values(), (impact) => impact * idf),
      idf,
    })
  }
  const scores = new Float32Array(count)

  return {
    vocabulary: terms.keys(),
    has: (term) => terms.has(term),
    idf: (term) => terms.get(term)?.idf ?? idfOf(0),
    search(query, limit, only) {
      const touched: number[] = []
      for (const [term, weight] of queryWeights(query)) {
        const postings = terms.get(term)
        if (!postings) continue
        const { documents: numbers, impacts } = postings
        for (let i = 0; i < numbers.length; i++) {
          const number = numbers[i]!
          if (scores[number] === 0) touched.push(number)
          scores[number]! += impacts[i]! * weight
        }
      }
      const hits: Hit[] = []
      for (const number of touched) {
        if (!only || only(number)) hits.push({ document: number, score: scores[number]! })
        scores[number] = 0
      }
      return hits.sort((x, y) => y.score - x.score || x.document - y.document).slice(0, limit)
    },
  }
}

/** A word said three times in a long message is not three times as important. */
function queryWeights(query: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of query) counts.set(term, (counts.get(term) ?? 0) + 1)
  for (const [term, n] of counts) counts.set(term, Math.sqrt(n))
  return counts
}
