import { join } from 'node:path'
import { AppError } from '../core/errors.ts'
import type { Article } from './article.ts'
import { type Finding, fromError } from './finding.ts'
import { isDrawn, loadPictures } from './pictures.ts'

/** Every picture is drawn, and is shown with a section that is there. */
export async function lintPictures(
  dir: string,
  articles: readonly Pick<Article, 'id' | 'passages'>[],
): Promise<readonly Finding[]> {
  const file = join(dir, 'pictures.yaml')
  const findings: Finding[] = []
  const find = (what: string) => findings.push({ file, line: 1, check: 'picture', what })
  const passages = new Set(articles.flatMap(({ passages: all }) => all.map(({ id }) => id as string)))
  const shown = new Map<string, string>()
  try {
    for (const picture of await loadPictures(dir)) {
      if (!(await isDrawn(dir, picture))) find(`${picture.id}.svg is missing`)
      const places = picture.sections.map((section) => `${picture.article}#${section}`)
      if (!places.some((place) => passages.has(place)))
        find(`${picture.id} is shown with no section that is there: ${places.join(', ')}`)
      for (const place of places) {
        const other = shown.get(place)
        if (other) find(`${place} has two pictures: ${other} and ${picture.id}`)
        shown.set(place, picture.id)
      }
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    findings.push(fromError(file, error))
  }
  return findings
}
