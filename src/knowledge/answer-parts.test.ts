import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { demo } from '../../test/fixtures/knowledge.ts'
import { answerParts } from './answer-parts.ts'
import { loadKnowledge } from './load.ts'

const knowledge = await loadKnowledge(join(import.meta.dirname, '../../content'))
const now = Date.parse('2026-11-23')
const ask = (text: string) => knowledge.answer({ text, locale: 'en', now, withholdQuantities: false }, demo)

describe('several questions in one message', () => {
  it('are answered each, in their order, none twice', () => {
    const answer = ask('what causes gout and is it contagious? also how long does flu last')
    expect(answer).toMatchObject({ kind: 'grounded', title: 'Gout' })
    const also = answer.kind === 'grounded' ? (answer.also ?? []) : []
    expect(also.map(({ title }) => title)).toContain('Flu (influenza)')
    const passages = [answer, ...also].map((one) =>
      one.kind === 'grounded' ? one.statements[0].support[0].passage : '',
    )
    expect(new Set(passages).size).toBe(passages.length)
  })

  it('one question with an "and" within stays one', () => {
    expect(ask('what is the difference between gout and arthritis')).not.toHaveProperty('also')
  })
})

describe('a long message with one question inside', () => {
  it('is answered from what it names and asks', () => {
    const long =
      'Shingles. Hi there, hope you are all well. My dad is 71, lives up north with his two cats and worked in a shop all his life. The blisters came on Monday. How long does it last? Thanks so much, Ann'
    expect(ask(long)).toMatchObject({ kind: 'grounded', title: 'Chickenpox and shingles' })
  })

  it('about a medicine that no article has is not answered from what else it names', () => {
    const answer = ask('Zanubrutinib. My wife has asthma too. What are the side effects of zanubrutinib?')
    expect(answer.kind).toBe('abstained')
  })

  it('that nothing answers is offered the topics that it names', () => {
    const asthma = knowledge.articles.filter(({ id }) => id === 'asthma')
    const quiet = { kind: 'abstained', reason: 'no_match', suggestions: [] } as const
    const text = 'My sister has asthma. Which brand of paint should she buy?'
    const question = { text, locale: 'en', now, withholdQuantities: false }
    const parts = { question, whole: quiet, named: () => asthma, missing: () => 0 }
    expect(answerParts(parts, () => quiet)).toEqual({
      ...quiet,
      suggestions: [{ id: 'asthma', title: 'Asthma' }],
    })
  })
})
