import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import { type Assess, isAlarm } from '../core/assessment.ts'
import { readCases } from './read-cases.ts'

const answerCase = z.object({
  id: z.string(),
  lang: z.string(),
  text: z.string(),
  /** Articles that answer it; none = Salus must abstain. */
  expect: z.array(z.string()),
})
export type AnswerCase = z.infer<typeof answerCase>

export interface AnswerCounts {
  readonly answerable: number
  /** Rates of the answerable. */
  readonly right: number
  readonly wrong: number
  readonly abstained: number
  readonly unanswerable: number
  /** Rate of the unanswerable. */
  readonly kept_quiet: number
}

export interface AnswersReport extends AnswerCounts {
  readonly by_lang: Readonly<Record<string, AnswerCounts>>
  readonly misses: readonly {
    readonly id: string
    readonly text: string
    readonly expect: readonly string[]
    /** An article, a triage level, or why Salus abstained. */
    readonly got: string
  }[]
}

/** What answers are asked of: triage speaks before knowledge, as it does for people. */
export interface Answering {
  readonly assess: Assess
  readonly answer: (text: string, locale: string) => Answer
  /** Epoch ms. */
  readonly now: number
}

type Outcome = 'right' | 'wrong' | 'abstained' | 'kept_quiet' | 'spoke'

/** Measures answers on a file of cases. Throws `USAGE` as `file:line: what is wrong`. */
export async function evalAnswers(path: string, answering: Answering): Promise<AnswersReport> {
  const rows = (await readCases(path, answerCase)).map((asked) => {
    const { outcome, got } = judge(asked, answering)
    return { asked, outcome, got }
  })
  const langs = [...new Set(rows.map(({ asked }) => asked.lang))].sort()
  const countOf = (some: typeof rows) => count(some.map(({ outcome }) => outcome))
  return {
    ...countOf(rows),
    by_lang: Object.fromEntries(
      langs.map((lang) => [lang, countOf(rows.filter(({ asked }) => asked.lang === lang))]),
    ),
    misses: rows
      .filter(({ outcome }) => outcome !== 'right' && outcome !== 'kept_quiet')
      .map(({ asked: { id, text, expect }, got }) => ({ id, text, expect, got })),
  }
}

function judge(asked: AnswerCase, { assess, answer, now }: Answering): { outcome: Outcome; got: string } {
  const answerable = asked.expect.length > 0
  const { level } = assess(asked.text, { now, locale: asked.lang, recent: [], fragments: [] })
  // An alarm gets steps and lines, not an article: wrong where an answer was due, and quiet where none was.
  if (isAlarm(level)) return { outcome: answerable ? 'wrong' : 'kept_quiet', got: level }
  const given = answer(asked.text, asked.lang)
  if (given.kind === 'abstained')
    return { outcome: answerable ? 'abstained' : 'kept_quiet', got: given.reason }
  const got = given.statements[0].support[0].article
  if (!answerable) return { outcome: 'spoke', got }
  return { outcome: asked.expect.includes(got) ? 'right' : 'wrong', got }
}

function count(outcomes: readonly Outcome[]): AnswerCounts {
  const of = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length
  const unanswerable = of('kept_quiet') + of('spoke')
  const answerable = outcomes.length - unanswerable
  const share = (n: number, all: number) => (all === 0 ? 0 : n / all)
  return {
    answerable,
    right: share(of('right'), answerable),
    wrong: share(of('wrong'), answerable),
    abstained: share(of('abstained'), answerable),
    unanswerable,
    kept_quiet: share(of('kept_quiet'), unanswerable),
  }
}
