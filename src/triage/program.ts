import type { QuantityKind } from './quantities.ts'

/** One step of a pattern, between its reading (pattern.ts) and its integers (encode.ts). */
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

/** One way to write something of a group, and what calls it. */
export interface Phrase {
  readonly group: number
  readonly steps: readonly Step[]
  /** Sets of words of which one must stand in the message, or the phrase cannot match. */
  readonly needsSets: readonly ReadonlySet<number>[]
  /** Groups that must have matched in the message. */
  readonly needsGroups: readonly number[]
  /** The rarest set of words that it needs: without one of these nothing else is looked at. */
  readonly wakers: ReadonlySet<number>
  /** The words around which it is tried, and how many words at most stand before them. */
  readonly callers: ReadonlySet<number>
  readonly before: number
  /** What calls a phrase that begins with a group or a measure. */
  readonly callingGroups: ReadonlySet<number>
  readonly callingQuantities: ReadonlySet<QuantityKind>
  /** Groups that a group refers to stand in lower layers, which are searched first. */
  readonly layer: number
}

/** Operations of the code, each followed by its operands. */
export const ops = {
  /** The phrase stands here. */
  match: 0,
  /** symbol */
  word: 1,
  /** set */
  words: 2,
  /** most words */
  gap: 3,
  /** group */
  group: 4,
  /** kind, place of its least and greatest value in `numbers` */
  quantity: 5,
  /** set of the words one of which comes next (-1: anything may), how many ways, where each way is */
  split: 6,
  /** where to */
  jump: 7,
  clauseStart: 8,
  clauseEnd: 9,
} as const

/** What calls the phrases of one layer. */
export interface Layer {
  /** Pairs: symbol, phrase. Only where the text holds such a symbol are the phrase's callers looked for. */
  readonly wakers: Int32Array
  /** Pairs: group, phrase. */
  readonly groupCallers: Int32Array
  /** Pairs: number of the kind of quantity, phrase. */
  readonly quantityCallers: Int32Array
}

/** Groups compiled to integers: what the matcher runs, and what is stored. */
export interface Program {
  readonly groupNames: readonly string[]
  readonly symbolCount: number
  /** Steps of all phrases, one after the other. */
  readonly code: Int32Array
  /** Least and greatest values of quantities. */
  readonly numbers: Float64Array
  /** Set `s` holds `setItems[setStarts[s] .. setStarts[s + 1]]`, ascending. */
  readonly setStarts: Int32Array
  readonly setItems: Int32Array
  /** For each phrase the integers that `fields` names. */
  readonly phrases: Int32Array
  /** Sets, then groups, that phrases need. */
  readonly needs: Int32Array
  /** Symbols that call phrases. */
  readonly callers: Int32Array
  readonly layers: readonly Layer[]
  /** For each group: the set of words of which one stands in all that it matches; -1 when there is none. */
  readonly groupNeeds: Int32Array
  /** Group `g` is built from the groups `useItems[useStarts[g] .. useStarts[g + 1]]`, itself first. */
  readonly useStarts: Int32Array
  readonly useItems: Int32Array
  /** The most integers that one phrase's code has. */
  readonly longestCode: number
}
/** Places of what `Program.phrases` says of a phrase. */
export const fields = {
  group: 0,
  /** Where its code begins. */
  code: 1,
  /** Where its needs begin, how many of them are sets, how many groups. */
  needs: 2,
  sets: 3,
  groups: 4,
  /** Where its callers begin, how many there are, how many words at most stand before one. */
  callers: 5,
  callerCount: 6,
  before: 7,
} as const
export const phraseSize = 8
