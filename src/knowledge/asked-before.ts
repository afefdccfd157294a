import type { Article } from './article.ts'
import { weightOf } from './topic-words.ts'
import { termOf, wordsOf } from './words.ts'

/** What a word that carries no topic counts beside those that do: "how", "my", "get". */
const frameWeight = 0.25

/** How near a question is to the nearest of those that an article lists, 0 to 1. */
export type AskedBefore = (text: string) => (article: Article) => number

export interface Asked {
  readonly terms: ReadonlyMap<string, number>
  readonly weight: number
}

/** Compares questions by the words they share, the telling ones more than the rest (weighted Jaccard). */
export function createAskedBefore(articles: readonly Article[]): AskedBefore {
  const listed = new Map(
    articles.map((article) => [article, questionsOf(article).map((one) => askedOf(one))]),
  )
  return (text) => {
    const asked = askedOf(text)
    return (article) => Math.max(0, ...(listed.get(article) ?? []).map((one) => likeness(asked, one)))
  }
}

/** Those that people ask, and those that the article asks itself. */
function questionsOf({ questions, passages }: Article): readonly string[] {
  return [...questions, ...passages.flatMap(({ isQuestion, heading }) => (isQuestion ? [heading] : []))]
}

/** A question's words, each with what it tells; terms that are `known` anyway, such as the topic's, tell little. */
export function askedOf(text: string, known?: ReadonlySet<string>): Asked {
  const terms = new Map(
    wordsOf(text).map((word) => {
      const term = termOf(word)
      return [term, known?.has(term) ? frameWeight : Math.max(frameWeight, weightOf(word))]
    }),
  )
  let weight = 0
  for (const each of terms.values()) weight += each
  return { terms, weight }
}

/** Share of the words of two questions that both have, by what they tell, 0 to 1. */
export function likeness(a: Asked, b: Asked): number {
  let shared = 0
  for (const [term, weight] of a.terms) if (b.terms.has(term)) shared += weight
  const all = a.weight + b.weight - shared
  return all === 0 ? 0 : shared / all
}
