/** How a ranking of documents did against graded judgements, as trec_eval and BEIR count it. */

/** Judgements of one query: grade by document id; above 0 is relevant. */
export type Grades = ReadonlyMap<string, number>

/** nDCG at `depth` with linear gain, 0 to 1. A document without a judgement counts as not relevant. */
export function ndcg(ranked: readonly string[], grades: Grades, depth: number): number {
  const gain = (grade: number, rank: number) => Math.max(0, grade) / Math.log2(rank + 2)
  const got = ranked.slice(0, depth).reduce((sum, id, rank) => sum + gain(grades.get(id) ?? 0, rank), 0)
  const best = [...grades.values()]
    .sort((a, b) => b - a)
    .slice(0, depth)
    .reduce((sum, grade, rank) => sum + gain(grade, rank), 0)
  return best === 0 ? 0 : got / best
}

/** Share of the relevant documents among the first `depth`. */
export function recall(ranked: readonly string[], grades: Grades, depth: number): number {
  const relevant = [...grades].filter(([, grade]) => grade > 0).map(([id]) => id)
  if (relevant.length === 0) return 0
  const found = new Set(ranked.slice(0, depth))
  return relevant.filter((id) => found.has(id)).length / relevant.length
}

/** 1 when the first document is relevant, else 0. */
export function firstIsRelevant(ranked: readonly string[], grades: Grades): number {
  const [first] = ranked
  return first !== undefined && (grades.get(first) ?? 0) > 0 ? 1 : 0
}
