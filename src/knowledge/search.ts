import type { Article } from './article.ts'
import { type Bm25Index, createBm25, type Hit } from './bm25.ts'
import { isStopWord, termsOf, wordsOf } from './words.ts'

/** Weights of an article's fields. Names and the ways people ask outweigh the body, as measured by `salus eval answers`. */
const fieldWeights = { title: 3, synonyms: 3, questions: 2.2, headings: 1, body: 0.8 }
/** Longest name looked for as a whole, in words. */
const longestName = 6

export interface ArticleHit {
  readonly article: Article
  readonly score: number
  /** Share of the question's weight that the article's own words cover, 0 to 1. */
  readonly coverage: number
  /** The question names the article: title or synonym, as a whole. */
  readonly named: boolean
}

export interface ArticleSearch {
  search(text: string, limit?: number): readonly ArticleHit[]
  readonly index: Bm25Index
  /** Names (titles and synonyms) and the articles they belong to, by their terms joined with a space. */
  readonly names: ReadonlyMap<string, readonly number[]>
}

/** Finds articles for a question in lay words: BM25 over fields, with whole names as the strongest sign. */
export function createArticleSearch(articles: readonly Article[]): ArticleSearch {
  const index = createBm25(
    articles.map((article) => ({
      fields: [
        termsOf(article.title),
        article.synonyms.flatMap(termsOf),
        article.questions.flatMap(termsOf),
        article.passages.flatMap(({ heading }) => termsOf(heading)),
        article.passages.flatMap(({ short, rest }) => [...termsOf(short), ...termsOf(rest)]),
      ],
    })),
    Object.values(fieldWeights),
  )
  const names = new Map<string, number[]>()
  articles.forEach((article, number) => {
    for (const name of [article.title, article.id, ...article.synonyms]) {
      const key = termsOf(name).join(' ')
      if (key !== '') names.set(key, [...new Set([...(names.get(key) ?? []), number])])
    }
  })
  // What covers a question: the words by which people ask and name, not every word of the body.
  const own = articles.map(
    (article) =>
      new Set(
        [
          article.title,
          ...article.synonyms,
          ...article.questions,
          ...article.passages.map((p) => p.heading),
        ].flatMap(termsOf),
      ),
  )

  const search = (text: string, limit = 5): readonly ArticleHit[] => {
    const terms = termsOf(text)
    const named = namedIn(terms, names)
    const scores = new Map<number, number>(
      index.search(terms, 50).map((hit: Hit) => [hit.document, hit.score]),
    )
    for (const [number, weight] of named) scores.set(number, (scores.get(number) ?? 0) + weight)
    return [...scores]
      .map(([number, score]) => ({
        article: articles[number]!,
        score,
        coverage: coverage(terms, own[number]!, index),
        named: named.has(number),
      }))
      .sort((x, y) => y.score - x.score || (x.article.id < y.article.id ? -1 : 1))
      .slice(0, limit)
  }
  return { search, index, names }
}

/** Articles named in the question and how much that counts: longer names say more. */
function namedIn(
  terms: readonly string[],
  names: ReadonlyMap<string, readonly number[]>,
): Map<number, number> {
  const found = new Map<number, number>()
  for (let length = Math.min(longestName, terms.length); length > 0; length--) {
    for (let start = 0; start + length <= terms.length; start++) {
      for (const number of names.get(terms.slice(start, start + length).join(' ')) ?? []) {
        found.set(number, Math.max(found.get(number) ?? 0, 4 + 2 * length))
      }
    }
  }
  return found
}

function coverage(terms: readonly string[], own: ReadonlySet<string>, index: Bm25Index): number {
  let all = 0
  let covered = 0
  for (const term of new Set(terms)) {
    const idf = index.idf(term)
    all += idf
    if (own.has(term)) covered += idf
  }
  return all === 0 ? 0 : covered / all
}

/** Words of a question that carry a topic, as written. */
export function contentWords(text: string): string[] {
  return wordsOf(text).filter((word) => !isStopWord(word))
}
