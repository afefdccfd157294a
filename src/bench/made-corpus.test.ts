import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadKnowledge } from '../knowledge/load.ts'
import { makeCorpus } from './made-corpus.ts'

const { articles } = await loadKnowledge(join(import.meta.dirname, '../../content'))

describe('a corpus made of sentences', () => {
  it('is the same in every run, of the size that was asked for, and judges its own questions', () => {
    const made = makeCorpus(articles, 500, 20)
    expect(makeCorpus(articles, 500, 20)).toEqual(made)
    expect(new Set(made.documents.map(({ id }) => id)).size).toBe(500)
    const ids = new Set(made.documents.map(({ id }) => id))
    for (const { text, grades } of made.questions) {
      expect(text).not.toBe('')
      expect(grades.size).toBeGreaterThan(0)
      for (const id of grades.keys()) expect(ids).toContain(id)
    }
  })
})
