import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  demo,
  fixtureContent,
  january,
  production,
  tealFever,
  tealFeverFile,
} from '../../test/fixtures/knowledge.ts'
import { type Approvals, loadApprovals, noApprovals, reviewStatus } from './approve.ts'
import { gate } from './gate.ts'
import { readArticle } from './read-article.ts'

const article = readArticle(tealFeverFile, tealFever)
const { fixture: _, ...real }: Approvals = await loadApprovals(join(fixtureContent, 'approvals.yaml'))
const afterDue = Date.parse('2027-06-02')

describe('the gate', () => {
  it('opens in production for an approved article, and names its reviewer', () => {
    expect(gate(article, real, production, january)).toEqual({
      kind: 'open',
      review: {
        kind: 'reviewed',
        by: 'Test Reviewer',
        profession: 'examiner',
        organisation: 'Institute of Fixtures',
        on: '2026-01-15',
      },
    })
  })

  it('closes for everybody after the review date, the last day still open', () => {
    expect(gate(article, real, production, Date.parse('2027-06-01T23:59:59Z')).kind).not.toBe('expired')
    for (const workspace of [
      demo,
      production,
      { ...production, unreviewedAccepted: { by: 'Ana', on: '2026-01-01' } },
    ])
      expect(gate(article, real, workspace, afterDue)).toEqual({ kind: 'expired' })
  })

  it('is void after any edit, even of one space', () => {
    const edited = readArticle(tealFeverFile, tealFever.replace('wish for', 'wish  for'))
    expect(reviewStatus(edited, real, january)).toEqual({ kind: 'unreviewed' })
    expect(gate(edited, real, production, january)).toEqual({ kind: 'unapproved' })
  })

  it('is void once the approval expired', () => {
    expect(gate(article, real, production, Date.parse('2027-01-01'))).toEqual({ kind: 'unapproved' })
  })

  it('refuses approvals made for tests in production', async () => {
    const approvals = await loadApprovals(join(fixtureContent, 'approvals.yaml'))
    expect(approvals.fixture).toBe(true)
    expect(gate(article, approvals, production, january)).toEqual({ kind: 'unapproved' })
  })

  it('lets unreviewed articles out in the demo, or with a named acceptance, and says so', () => {
    const open = { kind: 'open', review: { kind: 'unreviewed' } }
    expect(gate(article, noApprovals, demo, january)).toEqual(open)
    expect(gate(article, noApprovals, production, january)).toEqual({ kind: 'unapproved' })
    const accepted = { ...production, unreviewedAccepted: { by: 'Ana', on: '2026-01-01' } }
    expect(gate(article, noApprovals, accepted, january)).toEqual(open)
  })

  it('knows a check by somebody who is not a clinician from a review', () => {
    const checked = {
      approvals: [],
      checked: [{ article: 'teal-fever', locale: 'en', hash: article.hash, by: 'Bo', date: '2026-01-01' }],
    }
    expect(reviewStatus(article, checked, january)).toEqual({ kind: 'checked', by: 'Bo', on: '2026-01-01' })
    expect(gate(article, checked, production, january)).toEqual({ kind: 'unapproved' })
  })
})

it('ships no approvals: nobody has reviewed what is in the repository', async () => {
  expect(await loadApprovals(join(fixtureContent, '../../../content/approvals.yaml'))).toEqual(noApprovals)
})
