import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { ReviewStatus } from '../core/answer.ts'
import type { Article } from './article.ts'
import { parseYaml } from './parse-yaml.ts'

const isoDate = z.iso.date()
const pinned = { article: z.string(), locale: z.string(), hash: z.string().regex(/^[0-9a-f]{64}$/) }
const file = z.strictObject({
  /** Marks approvals that exist for tests only; production refuses the whole file. */
  fixture: z.literal(true).optional(),
  approvals: z.array(
    z.strictObject({
      ...pinned,
      reviewer: z.string().min(1),
      profession: z.string().min(1),
      organisation: z.string().min(1),
      date: isoDate,
      expires: isoDate,
    }),
  ),
  checked: z.array(z.strictObject({ ...pinned, by: z.string().min(1), date: isoDate })),
})
export type Approvals = z.infer<typeof file>

export const noApprovals: Approvals = { approvals: [], checked: [] }

/** Reads `content/approvals.yaml`. Throws `CONTENT_INVALID` as `file:line: what is wrong`. */
export async function loadApprovals(path: string): Promise<Approvals> {
  return parseYaml(path, await readFile(path, 'utf8'), file)
}

/** What readers are told about an article: any edit after a review voids it, and so does its expiry. */
export function reviewStatus(article: Article, approvals: Approvals, now: number): ReviewStatus {
  const today = new Date(now).toISOString().slice(0, 10)
  const same = (entry: { article: string; locale: string; hash: string }) =>
    entry.article === article.id && entry.locale === article.locale && entry.hash === article.hash
  const approval = approvals.approvals.find((entry) => same(entry) && entry.expires > today)
  if (approval) {
    const { reviewer: by, profession, organisation, date: on } = approval
    return { kind: 'reviewed', by, profession, organisation, on }
  }
  const check = approvals.checked.find(same)
  return check ? { kind: 'checked', by: check.by, on: check.date } : { kind: 'unreviewed' }
}
