import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { nothingSaid } from '../src/core/assessment.ts'
import type { ArticleId } from '../src/core/ids.ts'
import { evalAnswers } from '../src/eval/answers.ts'
import { readCases } from '../src/eval/read-cases.ts'
import type { SectionKind } from '../src/knowledge/article.ts'
import { sayFinding } from '../src/knowledge/finding.ts'
import { lintContent } from '../src/knowledge/lint.ts'
import { loadKnowledge } from '../src/knowledge/load.ts'
import { createPassagePicker } from '../src/knowledge/pick-passage.ts'
import { createArticleSearch } from '../src/knowledge/search.ts'
import { demo } from './fixtures/knowledge.ts'

const content = join(import.meta.dirname, '../content')
const cases = join(import.meta.dirname, 'cases')
/** A day on which no shipped article is past its review. */
const now = Date.parse('2026-11-23')
const knowledge = await loadKnowledge(content)

describe('the shipped content', () => {
  it('passes lint', async () => {
    expect((await lintContent(content, now)).map(sayFinding)).toEqual([])
  })

  it('answers development questions from the right article, and keeps quiet on the others', async () => {
    const path = join(cases, 'answers-en.jsonl')
    const report = await evalAnswers(path, {
      now,
      assess: () => nothingSaid,
      answer: (text, locale) => knowledge.answer({ text, locale, now, withholdQuantities: false }, demo),
    })
    expect(report.right).toBeGreaterThan(0.9)
    expect(report.wrong).toBeLessThan(0.03)
    expect(report.kept_quiet).toBeGreaterThan(0.95)
  })

  it('answers with the passage that was asked for', async () => {
    const shape = z.object({ text: z.string(), expect: z.array(z.string()) })
    const asked = await readCases(join(cases, 'passages-en.jsonl'), shape)
    const pickers = new Map(
      knowledge.articles.map((article) => [article.id as string, createPassagePicker(article)]),
    )
    const right = asked.filter(({ text, expect: wanted }) => {
      const pick = pickers.get(wanted[0]?.split('#')[0] ?? '')
      return wanted.includes(pick?.(text, false)?.passage.id ?? '')
    })
    expect(right.length / asked.length).toBeGreaterThan(0.8)
  })

  it('finds every article, among three, by six of eight questions that its index does not hold', () => {
    const without = knowledge.articles.map((article) => ({
      ...article,
      questions: article.questions.slice(8),
    }))
    const { search } = createArticleSearch(without)
    const missed = knowledge.articles.flatMap(({ id, questions }) => {
      const found = questions
        .slice(0, 8)
        .filter((text) => search(text, 3).some((hit) => hit.article.id === id))
      return found.length >= 6 ? [] : [`${id}: ${found.length}`]
    })
    expect(missed).toEqual([])
  })

  it('leads to every section of every article by a question', () => {
    const reached = (passage: string, text: string, topic?: ArticleId) => {
      const asked = { text, locale: 'en', now, withholdQuantities: false, ...(topic ? { topic } : {}) }
      const answer = knowledge.answer(asked, demo)
      return (
        answer.kind === 'grounded' && answer.statements.some(({ support }) => support[0].passage === passage)
      )
    }
    const missed = knowledge.articles.flatMap((article) => {
      const names = [article.title.replace(/\s*\([^)]*\)/g, ''), ...article.synonyms.slice(0, 5)]
      return article.passages.flatMap(({ id, heading, kind, isQuestion }) => {
        const asked = isQuestion
          ? [heading, ...names.map((name) => `${heading} ${name}`)]
          : [...names.flatMap((name) => waysToAsk[kind](name)), ...article.questions]
        const found = asked.some((text) => reached(id, text) || reached(id, text, article.id))
        return found ? [] : [id]
      })
    })
    expect(missed).toEqual([])
  })
})

/** How a section is asked for when its topic is named. */
const waysToAsk: Readonly<Record<SectionKind, (name: string) => readonly string[]>> = {
  'what-it-is': (name) => [`what is ${name}`, `tell me about ${name}`, name],
  signs: (name) => [`what are the signs of ${name}`, `symptoms of ${name}`],
  causes: (name) => [`what causes ${name}`, `who is at risk of ${name}`],
  'self-care': (name) => [`what can i do about ${name}`, `how to cope with ${name}`],
  treatment: (name) => [`how is ${name} treated`, `treatment for ${name}`],
  prevention: (name) => [`how do i prevent ${name}`, `how to avoid ${name}`],
  'get-help-today': (name) => [`when should i see a doctor about ${name}`],
  emergency: (name) => [`when is ${name} an emergency`, `${name} when to call an ambulance`],
  'parents-carers': (name) => [`${name} in children`, `my child has ${name}`],
  questions: () => [],
}
