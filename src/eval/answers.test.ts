import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Answer } from '../core/answer.ts'
import { nothingSaid } from '../core/assessment.ts'
import { type ArticleId, asId, type PassageId } from '../core/ids.ts'
import { evalAnswers } from './answers.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salus-answers-'))
})
afterAll(() => rm(dir, { recursive: true }))

function grounded(article: string): Answer {
  const id = asId<ArticleId>(article)
  const support = [{ article: id, passage: asId<PassageId>(`${article}#signs`), hash: '' }] as const
  return {
    kind: 'grounded',
    title: article,
    statements: [{ text: '', support }],
    more: [],
    help: [],
    sources: [{ publisher: '', title: '', url: '', read: '' }],
    review: { kind: 'unreviewed' },
    vetting: {
      sources: [{ publisher: '', title: '', url: '', read: '' }],
      facts: 0,
      reviewDue: '2027-01-01',
    },
  }
}

const quiet: Answer = { kind: 'abstained', reason: 'no_match', suggestions: [] }

it('counts as the definitions say, alarms included', async () => {
  const path = join(dir, 'cases.jsonl')
  const cases = [
    { text: 'right', expect: ['gout', 'flu'] },
    { text: 'other', expect: ['gout'] },
    { text: 'quiet', expect: ['gout'] },
    { text: 'alarm', expect: ['gout'] },
    { text: 'quiet', expect: [] },
    { text: 'alarm', expect: [] },
    { text: 'right', expect: [] },
  ].map((each, i) => ({ id: `c${i}`, lang: i === 0 ? 'es' : 'en', ...each }))
  await writeFile(path, cases.map((each) => JSON.stringify(each)).join('\n'))
  const report = await evalAnswers(path, {
    now: 0,
    assess: (text) => (text === 'alarm' ? { ...nothingSaid, level: 'crisis' } : nothingSaid),
    answer: (text) => (text === 'quiet' ? quiet : grounded(text === 'right' ? 'flu' : 'burns')),
  })
  expect(report).toMatchObject({
    answerable: 4,
    right: 0.25,
    wrong: 0.5,
    abstained: 0.25,
    unanswerable: 3,
    kept_quiet: 2 / 3,
    by_lang: { es: { answerable: 1, right: 1 }, en: { answerable: 3, right: 0 } },
  })
  expect(report.misses.map(({ id, got }) => `${id} ${got}`)).toEqual([
    'c1 burns',
    'c2 no_match',
    'c3 crisis',
    'c6 flu',
  ])
})
