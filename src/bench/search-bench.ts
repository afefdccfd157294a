import type { Article } from '../knowledge/article.ts'
import { createArticleSearch } from '../knowledge/search.ts'
import { type Percentiles, percentiles, timeEachAsync } from './percentiles.ts'

/** A question in lay words and the articles that answer it. */
export interface JudgedQuestion {
  readonly text: string
  readonly expect: readonly string[]
}

export interface SearchFigures {
  readonly engine: string
  /** Share of the questions whose first article is a right one. */
  readonly firstRight: number
  /** Mean reciprocal rank of the first right article among the first ten. */
  readonly meanReciprocalRank: number
  readonly times: Percentiles
}

/** Ranks article ids for a question, best first. */
type Rank = (question: string) => Promise<readonly string[]>

const warmUp = 50
/** Passages that a rival may name before ten articles are sure to be among them. */
const passagesLooked = 60

/** The own search beside two others on the same passages and the same questions. */
export async function compareSearch(
  articles: readonly Article[],
  questions: readonly JudgedQuestion[],
): Promise<readonly SearchFigures[]> {
  const figures: SearchFigures[] = []
  for (const [engine, open] of Object.entries(engines)) {
    const rank = await open(articles)
    if (rank) figures.push(await judge(engine, rank, questions))
  }
  return figures
}

const engines: Readonly<Record<string, (articles: readonly Article[]) => Promise<Rank | undefined>>> = {
  'Salus (BM25 over fields)': async (articles) => {
    const { search } = createArticleSearch(articles)
    return async (question) => search(question, 10).map(({ article }) => article.id)
  },
  MiniSearch: async (articles) => {
    // A development dependency: a production install is without it.
    const loaded = await import('minisearch').catch(() => undefined)
    if (!loaded) return undefined
    const index = new loaded.default({ fields: ['text'], storeFields: ['article'] })
    index.addAll(passagesOf(articles))
    return async (question) => distinct(index.search(question).map((hit) => String(hit.article)))
  },
  'LangChain BM25Retriever': async (articles) => {
    const { BM25Retriever } = await import('@langchain/community/retrievers/bm25')
    const { Document } = await import('@langchain/core/documents')
    const documents = passagesOf(articles).map(
      ({ article, text }) => new Document({ pageContent: text, metadata: { article } }),
    )
    const retriever = BM25Retriever.fromDocuments(documents, { k: passagesLooked })
    return async (question) =>
      distinct((await retriever.invoke(question)).map((found) => String(found.metadata.article)))
  },
}

/** The same words for every engine: names, ways of asking, headings and texts. */
function passagesOf(articles: readonly Article[]) {
  return articles.flatMap((article) => [
    {
      id: article.id,
      article: article.id,
      text: [article.title, ...article.synonyms, ...article.questions].join('. '),
    },
    ...article.passages.map(({ id, heading, short, rest }) => ({
      id,
      article: article.id,
      text: [article.title, heading, short, rest].join('. '),
    })),
  ])
}

function distinct(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].slice(0, 10)
}

async function judge(
  engine: string,
  rank: Rank,
  questions: readonly JudgedQuestion[],
): Promise<SearchFigures> {
  const ranks: number[] = []
  for (const { text, expect } of questions) {
    ranks.push((await rank(text)).findIndex((id) => expect.includes(id)))
  }
  const times = await timeEachAsync(questions, warmUp, ({ text }) => rank(text))
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / (values.length || 1)
  return {
    engine,
    firstRight: mean(ranks.map((place) => (place === 0 ? 1 : 0))),
    meanReciprocalRank: mean(ranks.map((place) => (place < 0 ? 0 : 1 / (place + 1)))),
    times: percentiles(times),
  }
}
