import type { Article } from '../knowledge/article.ts'
import { createArticleSearch } from '../knowledge/search.ts'
import { peers, type Rank } from './engines.ts'
import { interleave } from './interleave.ts'
import type { Percentiles } from './percentiles.ts'

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

const timing = { warmUp: 50, budgetMs: 15_000 }
/** Passages that a rival may name before ten articles are sure to be among them. */
const passagesLooked = 60

/** The own search beside others on the same passages and the same questions; `more`: engines made elsewhere. */
export async function compareSearch(
  articles: readonly Article[],
  questions: readonly JudgedQuestion[],
  more: readonly { readonly name: string; readonly rank: Rank }[],
): Promise<readonly SearchFigures[]> {
  const { search } = createArticleSearch(articles)
  const engines = [
    {
      name: 'Salus (articles)',
      rank: async (question: string) => search(question, 10).map(({ article }) => article.id as string),
    },
    ...more,
  ]
  const passages = passagesOf(articles)
  for (const { name, open } of peers) {
    const rank = await open(passages, passagesLooked)
    if (rank) engines.push({ name, rank: async (question) => articlesOf(await rank(question)) })
  }
  const times = await interleave(
    engines.map(({ name, rank }) => ({ name, run: ({ text }: JudgedQuestion) => rank(text) })),
    questions,
    timing,
  )
  return Promise.all(
    engines.map(async ({ name, rank }) => ({
      engine: name,
      ...(await quality(rank, questions)),
      times: times.get(name)!,
    })),
  )
}

/** The same words for every engine: names, ways of asking, headings and texts. A passage's id begins with its article's. */
function passagesOf(articles: readonly Article[]) {
  return articles.flatMap((article) => [
    {
      id: article.id as string,
      title: article.title,
      text: [...article.synonyms, ...article.questions].join('. '),
    },
    ...article.passages.map(({ id, heading, short, rest }) => ({
      id,
      title: article.title,
      text: [heading, short, rest].join('. '),
    })),
  ])
}

function articlesOf(passages: readonly string[]): readonly string[] {
  return [...new Set(passages.map((id) => id.split('#')[0] ?? id))].slice(0, 10)
}

async function quality(rank: Rank, questions: readonly JudgedQuestion[]) {
  let first = 0
  let reciprocal = 0
  for (const { text, expect } of questions) {
    const place = (await rank(text)).findIndex((id) => expect.includes(id))
    if (place === 0) first++
    if (place >= 0) reciprocal += 1 / (place + 1)
  }
  const all = questions.length || 1
  return { firstRight: first / all, meanReciprocalRank: reciprocal / all }
}
