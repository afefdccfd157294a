import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { evalClaims } from './claims.ts'

let dir: string
let path: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salus-claims-'))
  path = join(dir, 'claims.jsonl')
})
afterEach(() => rm(dir, { recursive: true }))

it('counts corrections that were due, missed, wrong and needless', async () => {
  const cases = [
    { id: 'right', text: 'tea', myth: 'tea' },
    { id: 'missed', text: 'soup', myth: 'soup' },
    { id: 'wrong', text: 'salt', myth: 'soup' },
    { id: 'needless', text: 'tea', myth: null },
    { id: 'quiet', text: 'rain', myth: null },
  ].map((one) => JSON.stringify({ lang: 'en', ...one }))
  await writeFile(path, cases.join('\n'))
  const report = await evalClaims(
    path,
    (text) => ({ tea: 'tea', salt: 'salt' })[text],
    (text) => text === 'salt' || text === 'rain',
  )
  expect(report).toMatchObject({
    cases: 5,
    due: 3,
    not_due: 2,
    recall: 1 / 3,
    wrong_rate: 2 / 5,
    precision: 1 / 3,
    // What triage holds back is neither right nor wrong any more.
    after_triage: { held_back_due: 1, held_back_not_due: 1, recall: 1 / 3, wrong_rate: 1 / 5 },
  })
  expect(report.misses.map(({ id }) => id)).toEqual(['missed', 'wrong', 'needless'])
})

it('refuses a line that is no case', async () => {
  await writeFile(path, '{"id":"a","lang":"en","text":"x","myth":null}\n{"id":"b","lang":"en","text":"x"}')
  await expect(evalClaims(path, () => undefined)).rejects.toMatchObject({
    code: 'USAGE',
    message: /:2: myth/,
  })
})
