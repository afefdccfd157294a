import type { Article } from './article.ts'

/** The two lines of a list: which article, and how it is named to people. */
export interface TopicTitle {
  readonly id: string
  readonly title: string
}

/**
 * Topics whose title or another name begins with what somebody is typing, word by word; titles before other names.
 * With nothing typed: the first by title.
 */
export function suggestTopics(
  articles: readonly Article[],
  typed: string,
  limit: number,
): readonly TopicTitle[] {
  const wanted = foldCase(typed)
  const ranked = articles.flatMap((article) => {
    const place = placeOf(article, wanted)
    return place === undefined ? [] : [{ article, place }]
  })
  return ranked
    .sort((a, b) => a.place - b.place || a.article.title.localeCompare(b.article.title))
    .slice(0, limit)
    .map(({ article }) => ({ id: article.id, title: article.title }))
}

/** 0: the title begins so; 1: a word of it; 2: another name. */
function placeOf(article: Article, wanted: string): number | undefined {
  if (wanted === '' || foldCase(article.title).startsWith(wanted)) return 0
  if (hasWord(article.title, wanted)) return 1
  return article.synonyms.some((name) => hasWord(name, wanted)) ? 2 : undefined
}

function hasWord(name: string, wanted: string): boolean {
  return ` ${foldCase(name)}`.includes(` ${wanted}`)
}

function foldCase(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
