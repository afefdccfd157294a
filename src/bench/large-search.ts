import { readCollection } from '../eval/beir.ts'
import { ndcg } from '../eval/ranking.ts'
import type { Article } from '../knowledge/article.ts'
import { type BenchDocument, ownIndex, peers, type Rank } from './engines.ts'
import { interleave } from './interleave.ts'
import { type JudgedText, makeCorpus } from './made-corpus.ts'
import { type Percentiles, percentiles, timeEachAsync } from './percentiles.ts'

export interface LargeSearchFigures {
  readonly corpus: string
  readonly passages: number
  readonly engines: readonly {
    readonly engine: string
    /** nDCG at 10 of the corpus's own questions. */
    readonly quality: number
    readonly buildSeconds: number
    readonly times: Percentiles
  }[]
  /** The own index with nobody else's garbage to collect in between. */
  readonly alone: Percentiles
}

/** A slow engine answers as many questions as fit into this; how many stands beside its times. */
const timing = { warmUp: 100, budgetMs: 8_000 }
const timedQuestions = 1_000
/** The slowest engines need seconds a question: quality is judged on this many. */
const judgedQuestions = 40
const depth = 10

/** The sizes that are compared where nobody gives a collection: that of MedQuAD, and that of a large organisation. */
export const largeSizes = [17_900, 50_000]

/** Search against search over many passages made from the shipped articles. */
export async function compareOnMadeCorpus(
  articles: readonly Article[],
  size: number,
): Promise<LargeSearchFigures> {
  const { documents, questions } = makeCorpus(articles, size, timedQuestions)
  return compare("made of the articles' sentences", documents, questions)
}

/** The same over somebody's collection in the layout of BEIR. */
export async function compareOnCollection(folder: string): Promise<LargeSearchFigures> {
  const { documents, queries, judgements } = await readCollection(folder)
  const judged = queries.flatMap(({ id, text, summary }) => {
    const grades = judgements.get(id)
    return grades ? [{ text: summary ?? text, grades }] : []
  })
  return compare(folder, documents, judged)
}

async function compare(
  corpus: string,
  documents: readonly BenchDocument[],
  judged: readonly JudgedText[],
): Promise<LargeSearchFigures> {
  const asked = Array.from(
    { length: timedQuestions },
    (_, number) => judged[number % judged.length]?.text ?? '',
  )
  const own = (await ownIndex.open(documents, depth))!
  const alone = percentiles(await timeEachAsync(asked, timing.warmUp, own))
  const opened: { name: string; rank: Rank; buildSeconds: number }[] = []
  for (const { name, open } of [ownIndex, ...peers]) {
    const from = performance.now()
    const rank = await open(documents, depth)
    if (rank) opened.push({ name, rank, buildSeconds: (performance.now() - from) / 1_000 })
  }
  const times = await interleave(
    opened.map(({ name, rank }) => ({ name, run: rank })),
    asked,
    timing,
  )
  const some = judged.slice(0, judgedQuestions)
  return {
    corpus,
    passages: documents.length,
    alone,
    engines: await Promise.all(
      opened.map(async ({ name, rank, buildSeconds }) => {
        let sum = 0
        for (const { text, grades } of some) sum += ndcg(await rank(text), grades, depth)
        return { engine: name, quality: sum / (some.length || 1), buildSeconds, times: times.get(name)! }
      }),
    ),
  }
}
