import type { Percentiles } from './percentiles.ts'

/** What the whole path did: accept, claim, run, commit, drain and settle. */
export interface TurnFigures {
  readonly turns: number
  /** People who each wait for their answer before they write again. */
  readonly people: number
  readonly seconds: number
  readonly turnsPerSecond: number
  /** Processor time of one turn, ms, whatever else the machine is doing. */
  readonly cpuMsPerTurn: number
  /** Ms from handing a message in until it is durable and the platform may be acknowledged. */
  readonly accepted: Percentiles
  /** Ms from handing a message in until its reply was handed to the channel. */
  readonly answered: Percentiles
}
