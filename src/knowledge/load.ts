import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Answer, Question } from '../core/answer.ts'
import type { Workspace } from '../core/workspace.ts'
import { createAnswer } from './answer.ts'
import { type Approvals, loadApprovals } from './approve.ts'
import type { Article } from './article.ts'
import { readArticle } from './read-article.ts'
import { wordsOf } from './words.ts'

/** The knowledge base: the articles of every locale and the way to ask them. */
export interface Knowledge {
  readonly articles: readonly Article[]
  readonly approvals: Approvals
  answer(question: Question, workspace: Workspace): Answer
}

/** Reads `articles/<locale>/*.md` and `approvals.yaml` of a content folder. Throws `CONTENT_INVALID` as `file:line: what`. */
export async function loadKnowledge(contentDir: string): Promise<Knowledge> {
  const articles = await loadArticles(join(contentDir, 'articles'))
  return createKnowledge(articles, await loadApprovals(join(contentDir, 'approvals.yaml')))
}

export function createKnowledge(articles: readonly Article[], approvals: Approvals): Knowledge {
  const vocabulary = new Set(
    articles.flatMap(({ passages }) =>
      passages.flatMap(({ short, rest }) => [...wordsOf(short), ...wordsOf(rest)]),
    ),
  )
  const byLocale = new Map<string, ReturnType<typeof createAnswer>>()
  for (const locale of new Set(articles.map((article) => article.locale))) {
    const own = articles.filter((article) => article.locale === locale)
    byLocale.set(
      locale,
      createAnswer(own, approvals, (word) => vocabulary.has(word)),
    )
  }
  return {
    articles,
    approvals,
    answer(question, workspace) {
      const answer =
        byLocale.get(question.locale) ??
        byLocale.get(question.locale.split('-')[0] ?? '') ??
        byLocale.get('en')
      return answer?.(question, workspace) ?? { kind: 'abstained', reason: 'no_match', suggestions: [] }
    },
  }
}

export async function loadArticles(dir: string): Promise<readonly Article[]> {
  const articles: Article[] = []
  for (const locale of (await readdir(dir)).sort()) {
    for (const file of (await readdir(join(dir, locale))).sort()) {
      const path = join(dir, locale, file)
      if (file.endsWith('.md')) articles.push(readArticle(path, await readFile(path, 'utf8')))
    }
  }
  return articles
}
