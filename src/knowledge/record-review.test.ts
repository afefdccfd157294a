import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { january, production, tealFever, tealFeverFile } from '../../test/fixtures/knowledge.ts'
import { loadApprovals } from './approve.ts'
import { gate } from './gate.ts'
import { readArticle } from './read-article.ts'
import { recordReview } from './record-review.ts'

const article = readArticle(tealFeverFile, tealFever)
const review = {
  kind: 'reviewed',
  reviewer: 'Ana Test',
  profession: 'nurse',
  organisation: 'Clinic',
  date: '2026-01-10',
  expires: '2026-12-31',
} as const

let dir: string
let path: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salus-approvals-'))
  path = join(dir, 'approvals.yaml')
  await writeFile(path, '# who read what\napprovals: []\nchecked: []\n')
})
afterEach(() => rm(dir, { recursive: true }))

describe('recording a review', () => {
  it('opens the gate for exactly this text, and keeps comments', async () => {
    await recordReview(path, article, review, article.hash)
    const approvals = await loadApprovals(path)
    expect(gate(article, approvals, production, january)).toMatchObject({
      review: { kind: 'reviewed', by: 'Ana Test' },
    })
    expect(
      gate({ ...article, hash: article.hash.replace(/^./, 'f') }, approvals, production, january).kind,
    ).toBe('unapproved')
    expect(await readFile(path, 'utf8')).toContain('# who read what')
  })

  it('replaces an earlier review by the same person and leaves others', async () => {
    await recordReview(path, article, review, article.hash)
    await recordReview(path, article, { ...review, reviewer: 'Bo Test' }, article.hash)
    await recordReview(path, article, { ...review, date: '2026-01-12' }, article.hash)
    const { approvals } = await loadApprovals(path)
    expect(approvals.map(({ reviewer, date }) => [reviewer, date])).toEqual([
      ['Bo Test', '2026-01-10'],
      ['Ana Test', '2026-01-12'],
    ])
  })

  it('records a check apart from a review', async () => {
    await recordReview(path, article, { kind: 'checked', by: 'Bo', date: '2026-01-10' }, article.hash)
    expect(await loadApprovals(path)).toMatchObject({ approvals: [], checked: [{ by: 'Bo' }] })
  })

  it('refuses what was edited since it was shown, and dates that make no sense', async () => {
    await expect(recordReview(path, article, review, 'other')).rejects.toThrow(/changed since it was shown/)
    await expect(
      recordReview(path, article, { ...review, expires: '2026-01-10' }, article.hash),
    ).rejects.toThrow(/expire before/)
    await expect(
      recordReview(path, article, { ...review, expires: '2028-01-01' }, article.hash),
    ).rejects.toThrow(/due for review/)
    expect(await loadApprovals(path)).toEqual({ approvals: [], checked: [] })
  })
})
