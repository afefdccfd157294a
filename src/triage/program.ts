import type { QuantityKind } from './quantities.ts'

/** One step of a compiled pattern. */
export type Step =
  | { readonly op: 'word'; readonly symbol: number }
  | { readonly op: 'words'; readonly symbols: ReadonlySet<number> }
  | { readonly op: 'gap'; readonly most: number }
  | { readonly op: 'group'; readonly group: number }
  | { readonly op: 'quantity'; readonly quantity: QuantityKind; readonly min: number; readonly max: number }
  | { readonly op: 'split'; readonly to: readonly number[] }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'clause-start' }
  | { readonly op: 'clause-end' }
  | { readonly op: 'match' }

/** One pattern of a group, compiled. */
export interface Phrase {
  readonly group: number
  readonly steps: readonly Step[]
}

/** What can begin a phrase: it is tried only where one of these stands. */
export interface Layer {
  readonly bySymbol: readonly (readonly Phrase[] | undefined)[]
  readonly byGroup: ReadonlyMap<number, readonly Phrase[]>
  readonly byQuantity: ReadonlyMap<QuantityKind, readonly Phrase[]>
}

/** All groups compiled: layers in order, each using only groups of the layers before it. */
export interface Program {
  readonly groupIds: ReadonlyMap<string, number>
  readonly groupNames: readonly string[]
  readonly layers: readonly Layer[]
  /** Symbols of a word: its own and those of the prefixes it has. */
  readonly symbolsOf: (word: string) => readonly number[]
  /** Every whole word that some pattern names. */
  readonly words: ReadonlySet<string>
}
