import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../core/errors.ts'
import type { Article } from './article.ts'
import { loadCatalogue } from './catalogue.ts'
import { checkBetween } from './check-between.ts'
import { checkFacts } from './check-facts.ts'
import { checkSources } from './check-sources.ts'
import { checkStructure } from './check-structure.ts'
import { checkWords } from './check-words.ts'
import { type Finding, fromError, LineFinder } from './finding.ts'
import { lintMyths } from './lint-myths.ts'
import { lintPictures } from './lint-pictures.ts'
import { articleFiles } from './load.ts'
import { loadPublishers } from './publishers.ts'
import { readArticle } from './read-article.ts'
import { writtenArticle } from './written.ts'

/**
 * Checks every article of a content folder; none = all is well. A file that cannot be read is a finding, and the
 * others are checked all the same. `now` is epoch ms.
 */
export async function lintContent(contentDir: string, now: number): Promise<readonly Finding[]> {
  const catalogue = new Map(
    (await loadCatalogue(join(contentDir, 'catalogue.yaml'))).map((topic) => [topic.id, topic]),
  )
  const publisherOf = await loadPublishers(join(contentDir, 'sources.yaml'))
  const findings: Finding[] = []
  const read: { article: Article; lines: LineFinder }[] = []
  for (const file of await articleFiles(join(contentDir, 'articles'))) {
    const content = await readFile(file, 'utf8')
    try {
      read.push({ article: readArticle(file, content), lines: new LineFinder(content) })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      findings.push(fromError(file, error))
    }
  }
  // Until there is a catalogue, the articles are it.
  const known =
    catalogue.size > 0
      ? catalogue
      : new Map(
          read.map(({ article: { id, title, area } }) => [id as string, { id, title, area, names: [] }]),
        )
  for (const { article, lines } of read) {
    findings.push(
      ...checkStructure(article, lines, known, now),
      ...checkFacts(writtenArticle(article), lines),
      ...checkWords(writtenArticle(article), lines),
      ...(publisherOf ? checkSources(article, publisherOf, (text) => lines.of(text)) : []),
    )
  }
  const linesOf = new Map(read.map(({ article, lines }) => [article, lines]))
  findings.push(
    ...checkBetween(
      read.map(({ article }) => article),
      (article, text) => linesOf.get(article)?.of(text) ?? 1,
    ),
  )
  findings.push(
    ...(await lintMyths(join(contentDir, 'myths'), new Set(known.keys()), now, publisherOf)),
    ...(await lintPictures(
      join(contentDir, 'pictures'),
      read.map(({ article }) => article),
    )),
  )
  return findings.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
}
