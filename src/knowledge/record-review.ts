import { readFile, rename, writeFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import { AppError } from '../core/errors.ts'
import { type Approvals, loadApprovals } from './approve.ts'
import type { Article } from './article.ts'

/** A clinician's review of one article as it stands. */
export interface ClinicalReview {
  readonly kind: 'reviewed'
  readonly reviewer: string
  readonly profession: string
  readonly organisation: string
  /** ISO dates. */
  readonly date: string
  readonly expires: string
}

/** A named person compared the article with its sources. */
export interface SourceCheck {
  readonly kind: 'checked'
  readonly by: string
  readonly date: string
}

/**
 * Writes one review of one article into `approvals.yaml`, in place of an earlier one by the same person; comments stay.
 * `shownHash` is the hash of the text that the person was shown whole.
 * @throws AppError CONTENT_INVALID when the article is another one now, or the review's dates make no sense.
 */
export async function recordReview(
  path: string,
  article: Pick<Article, 'id' | 'locale' | 'hash' | 'file' | 'reviewDue'>,
  review: ClinicalReview | SourceCheck,
  shownHash: string,
): Promise<void> {
  const { id, locale, hash } = article
  if (shownHash !== hash)
    throw new AppError(
      'CONTENT_INVALID',
      `${article.file}: changed since it was shown`,
      'Read it again as it is now.',
    )
  if (review.kind === 'reviewed' && review.expires <= review.date)
    throw new AppError('CONTENT_INVALID', `${article.file}: the review would expire before it begins`)
  if (review.kind === 'reviewed' && review.expires > article.reviewDue)
    throw new AppError(
      'CONTENT_INVALID',
      `${article.file}: the article is due for review on ${article.reviewDue}, before the review expires`,
    )
  // Refuses a file that does not hold together before anything is added to it.
  const approvals = await loadApprovals(path)
  const document = parseDocument(await readFile(path, 'utf8'))
  const list = review.kind === 'reviewed' ? 'approvals' : 'checked'
  const { kind: _, ...said } = review
  const earlier = findEarlier(approvals, list, article, 'reviewer' in review ? review.reviewer : review.by)
  if (earlier >= 0) document.deleteIn([list, earlier])
  document.addIn([list], document.createNode({ article: id, locale, hash, ...said }))
  // Written beside and moved: a crash leaves the old file whole.
  await writeFile(`${path}.new`, document.toString({ lineWidth: 0 }))
  await rename(`${path}.new`, path)
}

function findEarlier(
  approvals: Approvals,
  list: 'approvals' | 'checked',
  article: Pick<Article, 'id' | 'locale'>,
  person: string,
): number {
  const same = (entry: { article: string; locale: string }, by: string) =>
    entry.article === article.id && entry.locale === article.locale && by === person
  return list === 'approvals'
    ? approvals.approvals.findIndex((entry) => same(entry, entry.reviewer))
    : approvals.checked.findIndex((entry) => same(entry, entry.by))
}
