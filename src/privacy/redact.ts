import { findAddresses } from './redaction/addresses.ts'
import { contactRules } from './redaction/contact-rules.ts'
import { ageRules, birthRules, dateRules } from './redaction/date-rules.ts'
import { identifierRules } from './redaction/identifier-rules.ts'
import { findNames } from './redaction/names.ts'
import { phoneRules } from './redaction/phone-rules.ts'
import type { DetailRule, Span } from './span.ts'

export interface Redacted {
  /** The text with each detail replaced by its type in brackets: `[NAME]`. */
  readonly text: string
  /** Where the details stood in the original, in order, not overlapping. */
  readonly spans: readonly Span[]
}

/** Longer texts are read to here: nothing a person types is longer, and what follows is masked whole. */
const readableChars = 20_000

/**
 * Who reads what is left. `record`: logs, lists, alerts and models, which need neither when nor how old. `case`: the
 * person who helps, for whom ages and the dates of what happened are part of the story; a date of birth is not.
 */
type Reader = 'record' | 'case'

/**
 * Masks what tells who somebody is. Pure and offline. Readings, doses and times are never masked: without them a
 * clinician cannot help. Linear in the length of the text.
 */
export function redact(text: string, reader: Reader = 'record'): Redacted {
  const readable = text.slice(0, readableChars)
  const spans = claimSpans(readable, reader)
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
function claimSpans(text: string, reader: Reader): Span[] {
  const taken = new Uint8Array(text.length)
  const spans: Span[] = []
  const digits = text.match(/\d/gu)?.length ?? 0
  const claim = (span: Span, shown = false) => {
    for (let at = span.start; at < span.end; at++) if (taken[at] === 1) return
    taken.fill(1, span.start, span.end)
    if (!shown) spans.push(span)
  }
  const use = (rules: readonly DetailRule[], shown = false) => {
    for (const rule of rules) {
      if (digits < (rule.digits ?? 0) || rule.needs?.test(text) === false) continue
      for (const span of matchesOf(rule, text)) claim(span, shown)
    }
  }
  use([...contactRules, ...birthRules, ...identifierRules])
  // In a case they are shown, and no rule behind reads them as something else.
  use([...dateRules, ...ageRules], reader === 'case')
  for (const span of findAddresses(text, digits > 0)) claim(span)
  use(phoneRules)
  for (const span of findNames(text)) claim(span)
  return spans.sort((a, b) => a.start - b.start)
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
