import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fixtureContent } from '../../test/fixtures/knowledge.ts'
import { createAskedBefore } from './asked-before.ts'
import { loadArticles } from './load.ts'

const articles = await loadArticles(join(fixtureContent, 'articles'))
const teal = articles.find(({ id }) => id === 'teal-fever')

it('a question that an article lists is wholly alike, whatever its case and signs; another shares less, or nothing', () => {
  if (!teal) throw new Error('the fixture is gone')
  const alike = (text: string) => createAskedBefore(articles)(text)(teal)
  const [listed = ''] = teal.questions
  expect(alike(`${listed.toUpperCase()}?!`)).toBe(1)
  const words = listed.split(' ')
  const half = alike(words.slice(0, Math.ceil(words.length / 2)).join(' '))
  expect(half).toBeGreaterThan(0)
  expect(half).toBeLessThan(1)
  expect(alike('zebra')).toBe(0)
  expect(alike('')).toBe(0)
})
