import { AppError } from '../core/errors.ts'
import type { Clock } from '../core/ports.ts'
import { createDocumentIndex } from '../knowledge/document-index.ts'
import { readCollection } from './beir.ts'
import { bootstrapMean, type Mean } from './bootstrap.ts'
import { firstIsRelevant, ndcg, recall } from './ranking.ts'

export interface RetrievalReport {
  readonly queries: number
  readonly ndcg_at_10: Mean
  readonly p_at_1: Mean
  readonly recall_at_10: Mean
  readonly recall_at_100: Mean
  /** Building the index and answering every query, reading left out. */
  readonly seconds: number
}

export interface RetrievalOptions {
  /** Ask with the query as written, or with `metadata.summary`. */
  readonly query?: 'text' | 'summary'
  /** Leave documents that nobody judged out of the rankings. */
  readonly judgedOnly?: boolean
  readonly clock: Pick<Clock, 'now'>
}

/** The deepest figure is recall at 100. */
const depth = 100

/**
 * Builds the index that answers questions over somebody else's documents and measures its rankings, with 95 %
 * intervals by query. Only queries with a positive judgement count.
 */
export async function evalRetrieval(folder: string, options: RetrievalOptions): Promise<RetrievalReport> {
  const { documents, queries, judgements } = await readCollection(folder)
  const began = options.clock.now()
  const index = createDocumentIndex(documents)
  const rows = queries.flatMap(({ id, text, summary }) => {
    const grades = judgements.get(id)
    if (!grades || ![...grades.values()].some((grade) => grade > 0)) return []
    const asked = options.query === 'summary' ? summary : text
    if (asked === undefined) throw new AppError('USAGE', `${folder}: query ${id} has no metadata.summary`)
    const ranked = index
      .search(asked, options.judgedOnly ? documents.length : depth)
      .map((hit) => documents[hit.document]?.id ?? '')
      .filter((document) => !options.judgedOnly || grades.has(document))
    return [{ ranked, grades }]
  })
  const mean = (of: (row: (typeof rows)[number]) => number) => bootstrapMean(rows.map(of))
  return {
    queries: rows.length,
    ndcg_at_10: mean(({ ranked, grades }) => ndcg(ranked, grades, 10)),
    p_at_1: mean(({ ranked, grades }) => firstIsRelevant(ranked, grades)),
    recall_at_10: mean(({ ranked, grades }) => recall(ranked, grades, 10)),
    recall_at_100: mean(({ ranked, grades }) => recall(ranked, grades, depth)),
    seconds: (options.clock.now() - began) / 1000,
  }
}
