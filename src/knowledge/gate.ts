import type { ReviewStatus } from '../core/answer.ts'
import type { Workspace } from '../core/workspace.ts'
import { type Approvals, noApprovals, reviewStatus } from './approve.ts'
import type { Article } from './article.ts'

export type Gate =
  | { readonly kind: 'open'; readonly review: ReviewStatus }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unapproved' }

/**
 * Whether an article may be answered from, and what readers are told about its vetting. Past its review date: never,
 * whoever approved it. Not reviewed: in the demo, or where a named person accepted that in writing. Approvals made
 * for tests count for nothing in production.
 */
export function gate(
  article: Article,
  approvals: Approvals,
  workspace: Pick<Workspace, 'mode' | 'unreviewedAccepted'>,
  now: number,
): Gate {
  if (new Date(now).toISOString().slice(0, 10) > article.reviewDue) return { kind: 'expired' }
  const demo = workspace.mode === 'demo'
  const review = reviewStatus(article, approvals.fixture && !demo ? noApprovals : approvals, now)
  return review.kind === 'reviewed' || demo || workspace.unreviewedAccepted
    ? { kind: 'open', review }
    : { kind: 'unapproved' }
}
