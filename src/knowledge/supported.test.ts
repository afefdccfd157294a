import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Source, supportedBy } from './supported.ts'

const kase = z.object({
  id: z.string(),
  passage: z.string(),
  topic: z.string().optional(),
  text: z.string().optional(),
  sentence: z.string(),
  supported: z.boolean(),
})
const cases = readFileSync('test/cases/model-support-en.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => kase.parse(JSON.parse(line)))
const sources = new Map(
  cases.flatMap(({ passage, text, topic }): [string, Source][] =>
    text === undefined ? [] : [[passage, { text, topic: topic ?? '' }]],
  ),
)

function rates(batches: readonly string[]) {
  const of = cases.filter(({ id }) => batches.some((batch) => id.startsWith(`ms-${batch}-`)))
  const judged = of.map((one) => {
    const source = sources.get(one.passage)
    return { ...one, kept: source !== undefined && supportedBy(one.sentence, [source]) !== undefined }
  })
  const share = (ones: typeof judged, right: (one: (typeof judged)[number]) => boolean) =>
    ones.filter(right).length / ones.length
  return {
    kept: share(
      judged.filter(({ supported }) => supported),
      ({ kept }) => kept,
    ),
    dropped: share(
      judged.filter(({ supported }) => !supported),
      ({ kept }) => !kept,
    ),
  }
}

describe('which sentences a passage supports', () => {
  it('drops the false and keeps the true, on cases that were tuned on', () => {
    const { kept, dropped } = rates(['a', 'c'])
    console.info(`tuned on: kept ${(kept * 100).toFixed(1)} %, dropped ${(dropped * 100).toFixed(1)} %`)
    expect(dropped).toBeGreaterThanOrEqual(0.98)
    expect(kept).toBeGreaterThanOrEqual(0.87)
  })

  it('and on those that were set aside until the first measure', () => {
    const { kept, dropped } = rates(['b'])
    console.info(`set aside: kept ${(kept * 100).toFixed(1)} %, dropped ${(dropped * 100).toFixed(1)} %`)
    expect(dropped).toBeGreaterThanOrEqual(0.98)
    expect(kept).toBeGreaterThanOrEqual(0.95)
  })

  it('keeps every sentence of its own passages', () => {
    const text = 'Do not eat food after its use-by date. If it smells bad, throw it away.'
    for (const sentence of ['Do not eat food after its use-by date.', 'If it smells bad, throw it away.'])
      expect(supportedBy(sentence, [{ text, topic: 'Food safety' }])).toBe(0)
  })

  it('says which source', () => {
    const texts = ['Drink water often.', 'Rest in a dark room.'].map((text) => ({ text, topic: 'Migraine' }))
    expect(supportedBy('Rest in a dark room.', texts)).toBe(1)
  })

  it.each([
    'Rest in a dark room, see www.cure.example',
    'Rest in a dark room <b>now</b>.',
    '@here rest in a dark room.',
    'I rest in a dark room.',
    'Should you rest in a dark room?',
    'Descanse en una habitación oscura.',
    '{nonsense} rest in a dark room.',
  ])('drops %s', (sentence) => {
    expect(supportedBy(sentence, [{ text: 'Rest in a dark room.', topic: 'Migraine' }])).toBeUndefined()
  })
})
