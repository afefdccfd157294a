import { describe, expect, it } from 'vitest'
import type { Article } from './article.ts'
import { suggestTopics } from './suggest.ts'

const article = (id: string, title: string, synonyms: string[] = []) =>
  ({ id, title, synonyms }) as unknown as Article
const articles = [
  article('stroke', 'Stroke', ['brain attack']),
  article('heart-attack', 'Heart attack', ['myocardial infarction']),
  article('high-blood-pressure', 'High blood pressure', ['hypertension']),
]

describe('topics for what somebody is typing', () => {
  it('puts titles that begin so first, then words of titles, then other names', () => {
    expect(suggestTopics(articles, 'Att', 5).map(({ id }) => id)).toEqual(['heart-attack', 'stroke'])
    expect(suggestTopics(articles, 'hyper', 5)).toEqual([
      { id: 'high-blood-pressure', title: 'High blood pressure' },
    ])
    expect(suggestTopics(articles, 'h', 1).map(({ id }) => id)).toEqual(['heart-attack'])
  })

  it('offers the first topics before anything is typed, and none that do not fit', () => {
    expect(suggestTopics(articles, '', 2).map(({ id }) => id)).toEqual([
      'heart-attack',
      'high-blood-pressure',
    ])
    expect(suggestTopics(articles, 'zebra', 5)).toEqual([])
  })
})
