import type { Conditions } from './conditions.ts'
import type { Percentiles } from './percentiles.ts'
import type { SearchFigures } from './search-bench.ts'
import type { TurnFigures } from './turn-figures.ts'

export interface BenchReport {
  readonly conditions: Conditions
  readonly triage: Percentiles
  /** Messages that one core assesses in a second. */
  readonly assessmentsPerSecond: number
  /** Question to answer, with citations. */
  readonly answer: Percentiles
  readonly search: readonly SearchFigures[]
  readonly turns: TurnFigures
}

/** The report for a person to read. */
export function sayReport(report: BenchReport): string {
  const { conditions, triage, answer, search, turns } = report
  const c = conditions
  const width = Math.max(...search.map(({ engine }) => engine.length))
  return [
    'Conditions',
    `  ${c.cpu}, ${c.cores} cores, ${c.memoryGiB} GiB; ${c.system}; Node ${c.node}; Salus ${c.salus}`,
    `  ${c.database}; a flush of 4 KiB takes ${ms(c.flushMs)} here`,
    `  ${c.articles} articles; triage rules ${c.ruleset}`,
    `Triage   ${times(triage)} per message, ${Math.round(report.assessmentsPerSecond)} a second on one core`,
    `Answer   ${times(answer)} per question`,
    'Search, the same passages and questions',
    ...search.map(
      ({ engine, firstRight, meanReciprocalRank, times: taken }) =>
        `  ${engine.padEnd(width)}  first right ${share(firstRight)}  MRR ${share(meanReciprocalRank)}  ${times(taken)}`,
    ),
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
