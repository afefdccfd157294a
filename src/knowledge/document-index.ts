import { createBm25 } from './bm25.ts'
import type { Hit } from './max-score.ts'
import { termsOf } from './words.ts'

export interface Document {
  readonly title: string
  readonly text: string
}

export interface DocumentIndex {
  /** Best first. */
  search(question: string, limit: number): readonly Hit[]
}

/** A title says what a document is about: chosen on three public collections, see `salus eval retrieval`. */
const weights = { title: 4, text: 1 }

/** The index behind answers, over any titled documents: passages of articles, or an organisation's own corpus. */
export function createDocumentIndex(documents: readonly Document[]): DocumentIndex {
  const index = createBm25(
    documents.map(({ title, text }) => ({ fields: [termsOf(title), termsOf(text)] })),
    [weights.title, weights.text],
  )
  return { search: (question, limit) => index.search(termsOf(question), limit) }
}
