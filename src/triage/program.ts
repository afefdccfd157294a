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
  /** Word sets (by number) and groups that must stand somewhere in the message, or the phrase cannot match. */
  readonly needsSets: readonly number[]
  readonly needsGroups: readonly number[]
}

/** A phrase and how many words at most stand before the word that calls it. */
export interface Anchored {
  readonly phrase: Phrase
  readonly before: number
}

/** What calls a phrase: it is tried only around one of these. Of the words it needs, the least common one calls it. */
export interface Layer {
  readonly bySymbol: readonly (readonly Anchored[] | undefined)[]
  readonly byGroup: ReadonlyMap<number, readonly Phrase[]>
  readonly byQuantity: ReadonlyMap<QuantityKind, readonly Phrase[]>
}

/** All groups compiled: layers in order, each using only groups of the layers before it. */
export interface Program {
  readonly groupIds: ReadonlyMap<string, number>
  readonly groupNames: readonly string[]
  readonly layers: readonly Layer[]
  /** Distinct sets of symbols that phrases need. */
  readonly sets: readonly (readonly number[])[]
  readonly symbolCount: number
  /** Symbols of a word: its own and those of the prefixes it has. */
  readonly symbolsOf: (word: string) => readonly number[]
  /** Every whole word that some pattern names. */
  readonly words: ReadonlySet<string>
  /** Words of languages that triage does not read: matched as they are, never corrected. */
  readonly foreignWords: ReadonlySet<string>
}
