import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { nothingSaid } from '../src/core/assessment.ts'
import { evalAnswers } from '../src/eval/answers.ts'
import { readCases } from '../src/eval/read-cases.ts'
import { sayFinding } from '../src/knowledge/finding.ts'
import { lintContent } from '../src/knowledge/lint.ts'
import { loadKnowledge } from '../src/knowledge/load.ts'
import { createPassagePicker } from '../src/knowledge/pick-passage.ts'
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
})
