import type { Grades } from '../eval/ranking.ts'
import type { Article } from '../knowledge/article.ts'
import type { BenchDocument } from './engines.ts'

export interface JudgedText {
  readonly text: string
  /** Documents that answer it. */
  readonly grades: Grades
}

export interface MadeCorpus {
  readonly documents: readonly BenchDocument[]
  readonly questions: readonly JudgedText[]
}

/** Sentences of one passage, and how many of them are from another article. */
const own = 5
const foreign = 1

/**
 * A corpus of any size out of the shipped articles' sentences, seeded: each passage has a few of one article's, and one
 * of another. Asked are the questions that the articles list; the passages of that article are right.
 */
export function makeCorpus(articles: readonly Article[], size: number, questions: number): MadeCorpus {
  const random = seeded(20_261_123)
  const oneOf = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const texts = articles.map(({ passages }) =>
    passages.flatMap(({ short, rest }) => `${short} ${rest}`.split(/(?<=[.!?])\s+/).filter(Boolean)),
  )
  const right = articles.map(() => new Map<string, number>())
  const documents = Array.from({ length: size }, (_, number) => {
    const which = number % articles.length
    const article = articles[which]!
    const id = `d${number}`
    right[which]!.set(id, 1)
    const sentences = [
      ...Array.from({ length: own }, () => oneOf(texts[which]!)),
      ...Array.from({ length: foreign }, () => oneOf(oneOf(texts))),
    ]
    return {
      id,
      title: `${article.title}: ${oneOf(article.passages).heading}`,
      text: sentences.join(' '),
    }
  })
  return {
    documents,
    questions: Array.from({ length: questions }, () => {
      const which = Math.floor(random() * articles.length)
      return { text: oneOf(articles[which]!.questions), grades: right[which]! }
    }),
  }
}

/** Numbers from 0 to 1 that are the same in every run (Park and Miller 1988). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
