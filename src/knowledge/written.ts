import type { Article, FrontMatter } from './article.ts'

/** What articles and corrections are checked alike for: the texts that a reader sees, and the facts behind them. */
export interface Written {
  readonly id: string
  readonly file: string
  /** In the order in which they are read. */
  readonly texts: readonly string[]
  readonly facts: FrontMatter['facts']
  readonly sources: FrontMatter['sources']
}

export function writtenArticle(article: Article): Written {
  const { id, file, facts, sources, summary, passages } = article
  const texts = [summary, ...passages.flatMap(({ heading, short, rest }) => [heading, short, rest])]
  return { id, file, texts, facts, sources }
}
