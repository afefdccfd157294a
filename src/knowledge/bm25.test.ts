import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBm25 } from './bm25.ts'

const word = fc.constantFrom('flu', 'fever', 'gout', 'rash', 'cough', 'pain')
const document = fc.record({
  fields: fc.tuple(fc.array(word, { maxLength: 4 }), fc.array(word, { maxLength: 12 })),
})

describe('bm25', () => {
  it('ranks the rare word and the named field first', () => {
    const index = createBm25(
      [
        { fields: [['flu'], ['fever', 'cough', 'pain']] },
        { fields: [['gout'], ['pain', 'fever', 'flu']] },
        { fields: [['rash'], ['fever', 'pain', 'pain']] },
      ],
      [4, 1],
    )
    expect(index.search(['flu'], 3).map((hit) => hit.document)).toEqual([0, 1])
    expect(index.search(['pain', 'gout'], 3)[0]?.document).toBe(1)
    expect(index.search(['nothing'], 3)).toEqual([])
    expect(index.idf('gout')).toBeGreaterThan(index.idf('pain'))
    expect(index.idf('nothing')).toBeGreaterThan(index.idf('gout'))
  })

  it('gives the same best few as sorting everything, and the same again when asked twice', () => {
    fc.assert(
      fc.property(
        fc.array(document, { maxLength: 300 }),
        fc.array(word, { maxLength: 5 }),
        fc.integer({ min: 0, max: 7 }),
        (documents, query, limit) => {
          const index = createBm25(documents, [3, 1])
          const all = index.search(query, documents.length)
          expect(index.search(query, limit)).toEqual(all.slice(0, limit))
          const found = documents.flatMap(({ fields }, i) =>
            query.some((term) => fields.flat().includes(term)) ? [i] : [],
          )
          expect(all.map((hit) => hit.document).sort((a, b) => a - b)).toEqual(found)
          expect(all.every(({ score }, i) => i === 0 || score <= (all[i - 1]?.score ?? 0))).toBe(true)
        },
      ),
      { seed: 1, numRuns: 60 },
    )
  })

  it('leaves out no document that a common word brings among the best', () => {
    // "pain" is in most documents, "gout" in few: once enough have "gout" the rest is looked up for some alone.
    const mostly = (common: string, rare: string) =>
      fc.array(
        fc.oneof({ weight: 9, arbitrary: fc.constant(common) }, { weight: 1, arbitrary: fc.constant(rare) }),
        {
          maxLength: 6,
        },
      )
    const skewed = fc.record({ fields: fc.tuple(mostly('pain', 'rash'), mostly('cough', 'gout')) })
    fc.assert(
      fc.property(
        fc.array(skewed, { minLength: 60, maxLength: 200 }),
        fc.integer({ min: 1, max: 5 }),
        (documents, limit) => {
          const index = createBm25(documents, [1, 1])
          const query = ['gout', 'rash', 'pain', 'cough']
          expect(index.search(query, limit)).toEqual(index.search(query, documents.length).slice(0, limit))
        },
      ),
      { seed: 1, numRuns: 200 },
    )
  })
})
