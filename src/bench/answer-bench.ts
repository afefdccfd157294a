import type { Nlp } from '@nlpjs/basic'
import type { AnswerCounts } from '../eval/answers.ts'
import { interleave } from './interleave.ts'
import type { Percentiles } from './percentiles.ts'

export interface AnswerFigures {
  readonly engine: string
  /** Rates of the answerable. */
  readonly right: number
  readonly wrong: number
  /** Rate of those that nothing answers. */
  readonly keptQuiet: number
  readonly times: Percentiles
}

export interface AnswerCase {
  readonly text: string
  /** None: it must be kept quiet on. */
  readonly expect: readonly string[]
}

/** Whole answers, silence included, beside a trained classifier with its own threshold. */
export async function compareAnswers(
  cases: readonly AnswerCase[],
  own: { readonly counts: AnswerCounts; readonly answer: (text: string) => unknown },
  peer: Nlp | undefined,
): Promise<readonly AnswerFigures[]> {
  const candidates = [
    { name: 'Salus (triage and answer)', run: async ({ text }: AnswerCase) => own.answer(text) },
    ...(peer ? [{ name: 'nlp.js', run: ({ text }: AnswerCase) => peer.process('en', text) }] : []),
  ]
  const times = await interleave(candidates, cases, { warmUp: 50, budgetMs: 15_000 })
  const { right, wrong, kept_quiet: keptQuiet } = own.counts
  const figures = [
    { engine: candidates[0]!.name, right, wrong, keptQuiet, times: times.get(candidates[0]!.name)! },
  ]
  if (peer) figures.push({ engine: 'nlp.js', ...(await judge(cases, peer)), times: times.get('nlp.js')! })
  return figures
}

async function judge(cases: readonly AnswerCase[], peer: Nlp) {
  const counts = { right: 0, wrong: 0, quiet: 0 }
  for (const { text, expect } of cases) {
    const { intent } = await peer.process('en', text)
    if (expect.length === 0) counts.quiet += intent === 'None' ? 1 : 0
    else if (expect.includes(intent)) counts.right++
    else if (intent !== 'None') counts.wrong++
  }
  const answerable = cases.filter(({ expect }) => expect.length > 0).length
  const share = (n: number, all: number) => (all === 0 ? 0 : n / all)
  return {
    right: share(counts.right, answerable),
    wrong: share(counts.wrong, answerable),
    keptQuiet: share(counts.quiet, cases.length - answerable),
  }
}
