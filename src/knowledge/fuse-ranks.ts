/** Damps the first ranks; the value of Cormack, Clarke and Büttcher (2009). */
const damping = 60

/** Joins rankings by reciprocal rank: scores of different engines cannot be added, their ranks can. Best first. */
export function fuseRanks(rankings: readonly (readonly number[])[]): readonly number[] {
  const scores = new Map<number, number>()
  for (const ranking of rankings)
    ranking.forEach((item, rank) => {
      scores.set(item, (scores.get(item) ?? 0) + 1 / (damping + rank + 1))
    })
  return [...scores].sort((x, y) => y[1] - x[1] || x[0] - y[0]).map(([item]) => item)
}
