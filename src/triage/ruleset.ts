import type { Concern, Level } from '../core/assessment.ts'

/** What may keep a rule quiet about words that it matched. */
export const guardNames = ['negation', 'question', 'past', 'idiom', 'media'] as const
export type GuardName = (typeof guardNames)[number]

/** Where a red flag was published, or why no page that was found says it: an address from memory is never written. */
export type RuleSource =
  | { readonly publisher: string; readonly title: string; readonly url: string }
  | { readonly none: string }

/** A line of a content file and where it stands, so that a mistake can be named. */
export interface Line {
  readonly text: string
  readonly file: string
  readonly line: number
}

/** One rule as its file says it. */
export interface Rule {
  readonly id: string
  readonly level: Level
  readonly concerns: readonly Concern[]
  /** Conditions, any of which is enough: patterns joined by `+` (same message) or `&` (same sentence, near). */
  readonly when: readonly Line[]
  /** Patterns that keep the rule quiet wherever they stand in the message. */
  readonly unless: readonly Line[]
  /** Guards that this rule does not listen to. */
  readonly deaf: readonly GuardName[]
  /** Days after which what happened is past, and the level that the past has (undefined: none). */
  readonly past: { readonly days: number; readonly level?: Level }
  /** At most this many other words in the message. */
  readonly alone?: number
  /** Fires only when the person's recent signals hold one of these. */
  readonly after: readonly Concern[]
  /** Whom the message is about when this fires; undefined: read from the sentence. */
  readonly about?: 'self' | 'other'
  readonly minor: boolean
  readonly source: RuleSource
  readonly fires: readonly Line[]
  readonly quiet: readonly Line[]
  readonly file: string
  readonly line: number
}

/** What judging needs of a rule, once its conditions are compiled. */
export type JudgedRule = Pick<
  Rule,
  'id' | 'level' | 'concerns' | 'deaf' | 'past' | 'alone' | 'after' | 'about' | 'minor' | 'source'
>

/** A named list of words and phrases; several files (languages) may add to one. */
export interface WordGroup {
  readonly name: string
  readonly patterns: readonly Line[]
}

/** All content of the triage folder, read and checked, not yet compiled. */
export interface RuleSet {
  readonly groups: readonly WordGroup[]
  readonly rules: readonly Rule[]
  readonly spellings: ReadonlyMap<string, readonly string[]>
  readonly everydayWords: readonly string[]
  /** Words by which a language is told, by BCP 47 tag. */
  readonly languages: ReadonlyMap<string, readonly string[]>
  /** First 16 hex digits of the SHA-256 of the files. */
  readonly hash: string
}
