import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Answer, Question } from '../core/answer.ts'
import type { Workspace } from '../core/workspace.ts'
import { createAnswer } from './answer.ts'
import { type Approvals, loadApprovals } from './approve.ts'
import type { Article } from './article.ts'
import { loadCatalogue, type Topic } from './catalogue.ts'
import { type Correct, createCorrect } from './correct.ts'
import { type Lexicon, loadLexicons } from './lexicon.ts'
import { loadMyths, type Myth } from './myth.ts'
import { createPictureOf, loadPictures, type Picture } from './pictures.ts'
import { articleHash, builtArticles, readStoredArticles } from './stored-articles.ts'

/** The knowledge base: the articles of every locale and the way to ask them. */
export interface Knowledge {
  readonly articles: readonly Article[]
  readonly approvals: Approvals
  answer(question: Question, workspace: Workspace): Answer
  /** The correction that a text calls for, if any. */
  readonly correct: Correct
  /** The picture that belongs to a passage, `article#section`. */
  pictureOf(passage: string): Picture | undefined
}

/** Reads `articles/<locale>/*.md`, `myths/<locale>/*.yaml`, `lexicon/*.yaml`, `approvals.yaml` and `catalogue.yaml` of a content folder. Throws `CONTENT_INVALID` as `file:line: what`. */
export async function loadKnowledge(contentDir: string): Promise<Knowledge> {
  const [articles, myths, lexicons, pictures, approvals, catalogue] = await Promise.all([
    loadArticles(join(contentDir, 'articles')),
    loadMyths(join(contentDir, 'myths')),
    loadLexicons(join(contentDir, 'lexicon')),
    loadPictures(join(contentDir, 'pictures')),
    loadApprovals(join(contentDir, 'approvals.yaml')),
    loadCatalogue(join(contentDir, 'catalogue.yaml')),
  ])
  return createKnowledge(articles, approvals, catalogue, myths, pictures, lexicons)
}

export function createKnowledge(
  articles: readonly Article[],
  approvals: Approvals,
  catalogue: readonly Topic[] = [],
  myths: readonly Myth[] = [],
  pictures: readonly Picture[] = [],
  lexicons: ReadonlyMap<string, Lexicon> = new Map(),
): Knowledge {
  const byLocale = new Map(
    [...new Set(articles.map(({ locale }) => locale))].map((locale) => [
      locale,
      createAnswer(
        articles.filter((article) => article.locale === locale),
        approvals,
        catalogue,
      ),
    ]),
  )
  return {
    articles,
    approvals,
    correct: createCorrect(myths, lexicons),
    pictureOf: createPictureOf(pictures),
    answer(question, workspace) {
      const answer =
        byLocale.get(question.locale) ??
        byLocale.get(question.locale.split('-')[0] ?? '') ??
        byLocale.get('en')
      return answer?.(question, workspace) ?? { kind: 'abstained', reason: 'no_match', suggestions: [] }
    },
  }
}

/**
 * Reads every article under a folder of locales; those whose file is as it was at the build are not parsed again.
 * Throws `CONTENT_INVALID` as `file:line: what is wrong`.
 */
export async function loadArticles(dir: string, stored = builtArticles): Promise<readonly Article[]> {
  const known = readStoredArticles(stored)
  const files = await articleFiles(dir)
  return Promise.all(
    files.map(async (file) => {
      const content = await readFile(file, 'utf8')
      const article = known.get(articleHash(content))
      if (article) return { ...article, file }
      // The parser is loaded only for what changed.
      const { readArticle } = await import('./read-article.ts')
      return readArticle(file, content)
    }),
  )
}

/** `<locale>/*.md` under a folder, in order. */
export async function articleFiles(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const files: string[] = []
  for (const locale of folders.sort()) {
    for (const name of (await readdir(join(dir, locale))).sort())
      if (name.endsWith('.md')) files.push(join(dir, locale, name))
  }
  return files
}
