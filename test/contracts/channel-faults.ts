import type { State } from '../../src/open-state.ts'

/** What goes wrong inside Salus while it is set. */
export interface Faults {
  /** The database answers nothing. */
  away: boolean
  /** Turns go no further until it settles. */
  held: Promise<unknown> | undefined
  /** No turn is begun. */
  idle: boolean
  /** How often clocks were looked at. */
  ticks: number
}

export function noFaults(): Faults {
  return { away: false, held: undefined, idle: false, ticks: 0 }
}

/** The state with faults in its store. */
export function faulty(state: State, faults: Faults): State {
  const { store } = state
  const wrapped = Object.fromEntries(
    Object.entries(store).map(([name, method]: [string, unknown]) => {
      if (typeof method !== 'function' || name === 'close') return [name, method]
      return [
        name,
        async (...given: readonly unknown[]) => {
          if (faults.away) throw new Error('the database is away')
          if (name === 'loadTurn') await faults.held
          if (name === 'claimNext' && faults.idle) return undefined
          if (name === 'fireClocks') faults.ticks += 1
          return Reflect.apply(method, store, given) as unknown
        },
      ]
    }),
  )
  return { ...state, store: wrapped as unknown as State['store'] }
}
