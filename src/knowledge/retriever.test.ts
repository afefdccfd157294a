import { describe, expect, it } from 'vitest'
import { demo, fixtureContent, january, production } from '../../test/fixtures/knowledge.ts'
import { noApprovals } from './approve.ts'
import { fuseRanks } from './fuse-ranks.ts'
import { loadArticles } from './load.ts'
import { createNearestTopics, withNearestTopics } from './nearest-topics.ts'
import { createPassageRetriever } from './retriever.ts'
import type { Embed } from './semantic.ts'

const articles = await loadArticles(`${fixtureContent}/articles`)
const ids = (documents: readonly { id?: string | undefined }[]) => documents.map(({ id }) => id)

/** Counts of a few letters stand for meaning: near texts share them. */
const letters: Embed = {
  embedQuery: async (text) => ['q', 'x', 'z', 'j'].map((letter) => text.split(letter).length - 1),
  embedDocuments: (texts) => Promise.all(texts.map((text) => letters.embedQuery(text))),
}

describe('the retriever', () => {
  it('speaks LangChain: whole passages with their ids, best first', async () => {
    const retriever = await createPassageRetriever(articles, { k: 2 })
    const found = await retriever.invoke('how long does caeruloma last')
    expect(ids(found)[0]).toBe('teal-fever#q-how-long')
    expect(found).toHaveLength(2)
    expect(found[0]?.pageContent).toBe('Teal fever fades after 3 days.')
    expect(found[0]?.metadata).toMatchObject({ article: 'teal-fever', locale: 'en', quantities: false })
  })

  it('leaves out articles that may not be answered from', async () => {
    const retriever = await createPassageRetriever(articles, { k: 50, open: ({ id }) => id === 'plum-pox' })
    const found = await retriever.invoke('illness')
    expect(new Set(found.map(({ metadata }) => metadata.article))).toEqual(new Set(['plum-pox']))
  })

  it('fuses the semantic leg by rank when there is one', async () => {
    const question = 'xx plum'
    const plain = await (await createPassageRetriever(articles, { k: 50 })).invoke(question)
    const fused = await (await createPassageRetriever(articles, { k: 50, embeddings: letters })).invoke(
      question,
    )
    expect(fused.length).toBeGreaterThan(plain.length)
    expect(ids(fused)).toContain('plum-pox#what-it-is')
  })
})

it('offers the topics nearest in meaning where words led nowhere, and only what may be answered', async () => {
  const nearest = await createNearestTopics({ articles, approvals: noApprovals }, letters)
  const question = { text: 'xx plum', locale: 'en', now: january, withholdQuantities: false }
  const quiet = { kind: 'abstained', reason: 'no_match', suggestions: [] } as const
  expect(await withNearestTopics(quiet, () => nearest(question, demo))).toMatchObject({
    kind: 'abstained',
    suggestions: [{ id: 'plum-pox' }, { id: 'teal-fever' }],
  })
  const later = { ...question, now: Date.parse('2026-03-02') }
  expect(await nearest(later, demo)).toEqual([{ id: 'teal-fever', title: 'Teal fever (caeruloma)' }])
  expect(await nearest(question, production)).toEqual([])
  const elsewhere = { ...quiet, reason: 'out_of_scope' } as const
  expect(await withNearestTopics(elsewhere, () => nearest(question, demo))).toBe(elsewhere)
})

it('fuses rankings so that what both name wins', () => {
  expect(
    fuseRanks([
      [1, 2, 3],
      [3, 4],
    ])[0],
  ).toBe(3)
  expect(fuseRanks([])).toEqual([])
})
