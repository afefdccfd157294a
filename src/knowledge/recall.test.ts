import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Told } from '../core/ports.ts'
import type { Article } from './article.ts'
import { recallOf } from './recall.ts'

const sha = (text: string) => createHash('sha256').update(text).digest('hex')
const article = {
  id: 'gout',
  hash: 'a'.repeat(64),
  passages: [{ id: 'gout#signs', short: 'Now short.', rest: 'Now rest.' }],
} as unknown as Article
const told = (contact: string, at: number, ...hashes: string[]): Told =>
  ({
    contact,
    pseudonym: contact,
    conversation: 'c',
    at,
    passages: hashes.map((hash) => ({ passage: 'gout#signs', hash })),
  }) as unknown as Told

describe('who is to hear of a correction', () => {
  it('is whoever was told words that no longer stand, once, with the last time', () => {
    const all = [
      told('ana', 1, sha('Old words.')),
      told('ana', 2, sha('Older words.')),
      told('ben', 3, sha('Now short.'), sha('Now rest.')),
      told('cai', 4, sha('Now short.\n\nNow rest.')),
    ]
    const found = recallOf('gout', article, all, false)
    expect(found.people).toEqual([{ told: all[1], passages: ['gout#signs'] }])
    expect(recallOf('gout', article, all, true).people).toHaveLength(3)
  })

  it('is everybody when the article was withdrawn', () => {
    const found = recallOf('gout', undefined, [told('ben', 3, sha('Now short.'))], false)
    expect(found).toMatchObject({ withdrawn: true, version: 'withdrawn', people: [{ told: { at: 3 } }] })
  })
})
