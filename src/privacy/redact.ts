import { numberRules } from './number-rules.ts'
import type { DetailRule, Span } from './span.ts'
import { wordRules } from './word-rules.ts'

export interface Redacted {
  /** The text with each detail replaced by its type in brackets: `[NAME]`. */
  readonly text: string
  /** Where the details stood in the original, in order, not overlapping. */
  readonly spans: readonly Span[]
}

/** Longer texts are read to here: nothing a person types is longer, and what follows is masked whole. */
const readableChars = 20_000

/**
 * Masks what tells who somebody is. Pure and offline. Readings, doses and times are never masked: without them a
 * clinician cannot help.
 */
export function redact(text: string): Redacted {
  const readable = text.slice(0, readableChars)
  const spans = claimSpans(readable)
  if (text.length > readableChars) spans.push({ start: readableChars, end: text.length, type: 'ID' })
  let masked = ''
  let from = 0
  for (const span of spans) {
    masked += `${text.slice(from, span.start)}[${span.type}]`
    from = span.end
  }
  return { text: masked + text.slice(from), spans }
}

/** Earlier rules take their characters first: a card is not read again as a telephone number. */
function claimSpans(text: string): Span[] {
  const taken: Span[] = []
  for (const rule of [...numberRules, ...wordRules]) {
    for (const span of matchesOf(rule, text)) {
      if (taken.every((other) => span.end <= other.start || span.start >= other.end)) taken.push(span)
    }
  }
  return taken.sort((a, b) => a.start - b.start)
}

function* matchesOf(rule: DetailRule, text: string): Generator<Span> {
  for (const match of text.matchAll(rule.pattern)) {
    const [start, end] = match.indices?.groups?.it ?? match.indices?.[0] ?? [0, 0]
    const found = text.slice(start, end)
    const fits =
      rule.check?.(found, text.slice(end, end + 24), text.slice(Math.max(0, start - 40), start)) ?? true
    if (fits && end > start) yield { start, end, type: rule.type }
  }
}
