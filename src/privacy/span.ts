/** What a detail is; measured under the same names by `salus eval privacy`. */
type SpanType = 'NAME' | 'PHONE' | 'EMAIL' | 'ADDRESS' | 'DATE' | 'AGE' | 'ID' | 'CARD' | 'URL' | 'IP'

/** Characters `[start, end)` of the text that tell who somebody is. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly type: SpanType
}

/** A way a detail is written. The group `it` is the detail when only part of the match is. */
export interface DetailRule {
  readonly type: SpanType
  /** Flags `gud`: every match, by code point, with positions. Linear: no nested repetition. */
  readonly pattern: RegExp
  /** The fewest digits in a text that can hold a match: most messages have none, and most rules are then not asked. */
  readonly digits?: number
  /** Something short that every text with a match has. */
  readonly needs?: RegExp
  /** Refuses what only looks like one, by checksum or by what stands around it. */
  readonly check?: (found: string, after: string, before: string) => boolean
}
