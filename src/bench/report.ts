import type { Compared } from './compare.ts'
import type { Conditions } from './conditions.ts'
import type { Percentiles } from './percentiles.ts'
import type { TurnFigures } from './turn-figures.ts'

export interface BenchReport extends Compared {
  readonly conditions: Conditions
  readonly triage: Percentiles
  /** Messages that one core assesses in a second. */
  readonly assessmentsPerSecond: number
  /** Question to answer, with citations. */
  readonly answer: Percentiles
  readonly turns: TurnFigures
}

/** The report for a person to read. */
export function sayReport(report: BenchReport): string {
  const { conditions, triage, answer, answers, search, large, turns } = report
  const c = conditions
  const width = Math.max(...search.map(({ engine }) => engine.length), 24)
  return [
    'Conditions',
    `  ${c.cpu}, ${c.cores} cores, ${c.memoryGiB} GiB; ${c.system}; Node ${c.node}; Salus ${c.salus}`,
    `  ${c.database}; a flush of 4 KiB takes ${ms(c.flushMs)} here`,
    `  ${c.articles} articles; triage rules ${c.ruleset}`,
    `Triage   ${times(triage)} per message, ${Math.round(report.assessmentsPerSecond)} a second on one core`,
    `Answer   ${times(answer)} per question`,
    'Whole answers, the same questions: right and wrong of those that articles answer, quiet on the others',
    ...answers.map(
      ({ engine, right, wrong, keptQuiet, times: taken }) =>
        `  ${engine.padEnd(width)}  right ${share(right)}  wrong ${share(wrong)}  kept quiet ${share(keptQuiet)}  ${times(taken)}`,
    ),
    'Search over the articles, the same words and questions, asked by turns',
    ...search.map(
      ({ engine, firstRight, meanReciprocalRank, times: taken }) =>
        `  ${engine.padEnd(width)}  first right ${share(firstRight)}  MRR ${share(meanReciprocalRank)}  ${times(taken)}`,
    ),
    ...large.flatMap(({ corpus, passages, engines, alone }) => [
      `Search over ${passages} passages (${corpus}), asked by turns`,
      ...engines.map(
        ({ engine, quality, buildSeconds, times: taken }) =>
          `  ${engine.padEnd(width)}  nDCG@10 ${share(quality)}  ${times(taken)}, built in ${buildSeconds.toFixed(1)} s`,
      ),
      `  Salus alone, before the others  ${times(alone)}`,
    ]),
    'Turns, the whole path: accept, claim, run, commit, drain, settle',
    `  ${turns.turns} turns of ${turns.people} people in ${turns.seconds.toFixed(1)} s: ${Math.round(turns.turnsPerSecond)} turns/s, ${turns.cpuMsPerTurn.toFixed(2)} ms of processor each`,
    `  accepted ${times(turns.accepted)}; answered ${times(turns.answered)}`,
  ].join('\n')
}

function times({ count, p50, p99 }: Percentiles): string {
  return `p50 ${ms(p50)}, p99 ${ms(p99)} (n = ${count})`
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(3) : value.toFixed(1)} ms`
}

function share(value: number): string {
  return value.toFixed(3)
}
