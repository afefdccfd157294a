import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { evalPrivacy } from './privacy.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salus-privacy-'))
})
afterAll(() => rm(dir, { recursive: true }))

it('counts half-covered spans, and leaves types alone that are not masked', async () => {
  const path = join(dir, 'cases.jsonl')
  const text = 'Ana Ruiz, 0201 555, Paris, rash'
  const spans = [
    { start: 0, end: 8, type: 'NAME' },
    { start: 10, end: 18, type: 'PHONE_NUMBER' },
    { start: 20, end: 25, type: 'GPE' },
  ]
  await writeFile(path, JSON.stringify({ id: 'a', text, spans }))
  const produced = [
    { start: 0, end: 4, type: 'NAME' },
    { start: 10, end: 13, type: 'PHONE' },
    { start: 20, end: 25, type: 'NAME' },
    { start: 27, end: 31, type: 'NAME' },
  ]
  const report = await evalPrivacy(path, () => ({ spans: produced }))
  expect(report).toMatchObject({
    spans: 2,
    // Half of the name is covered, less than half of the number.
    recall: 0.5,
    // Name and number are right, the place does not count, the rash is wrong.
    precision: 2 / 3,
    by_type: { NAME: { spans: 1, recall: 1 }, PHONE: { spans: 1, recall: 0 } },
  })
  expect(report.misses[0]?.extra).toEqual([produced[3]])
})
