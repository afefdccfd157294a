import { z } from 'zod'
import { readCases } from './read-cases.ts'

const spanTypes = ['NAME', 'PHONE', 'EMAIL', 'ADDRESS', 'DATE', 'AGE', 'ID', 'CARD', 'URL', 'IP'] as const
type SpanType = (typeof spanTypes)[number]

/** What public corpora call the same things (Presidio's names). */
const otherNames: Readonly<Record<string, SpanType>> = {
  PERSON: 'NAME',
  PHONE_NUMBER: 'PHONE',
  EMAIL_ADDRESS: 'EMAIL',
  STREET_ADDRESS: 'ADDRESS',
  ZIP_CODE: 'ADDRESS',
  DATE_TIME: 'DATE',
  CREDIT_CARD: 'CARD',
  IP_ADDRESS: 'IP',
  DOMAIN_NAME: 'URL',
  IBAN_CODE: 'ID',
  US_SSN: 'ID',
  US_DRIVER_LICENSE: 'ID',
}

const privacyCase = z.object({
  id: z.string(),
  text: z.string(),
  spans: z.array(z.object({ start: z.int().min(0), end: z.int().min(0), type: z.string() })),
})
type Span = z.infer<typeof privacyCase>['spans'][number]

export interface PrivacyReport {
  readonly spans: number
  readonly recall: number
  readonly precision: number
  readonly by_type: Readonly<Record<string, { readonly spans: number; readonly recall: number }>>
  readonly misses: readonly {
    readonly id: string
    readonly text: string
    readonly missed: readonly Span[]
    readonly extra: readonly Span[]
  }[]
}

/**
 * Measures redaction: a wanted span is found when at least half of its characters are covered, a produced one is right
 * when at least half of it is wanted. Spans of types that Salus does not mask, such as places, are neither wanted nor
 * held against it.
 */
export async function evalPrivacy(
  path: string,
  redact: (text: string) => { readonly spans: readonly Span[] },
): Promise<PrivacyReport> {
  const rows = (await readCases(path, privacyCase)).map(({ id, text, spans }) => {
    const wanted = spans.flatMap((span): Span[] => {
      const type = typeOf(span.type)
      return type ? [{ ...span, type }] : []
    })
    const produced = redact(text).spans
    return {
      id,
      text,
      wanted,
      missed: wanted.filter((span) => !halfCovered(span, produced)),
      counted: produced.filter((span) => halfCovered(span, wanted) || !halfCovered(span, spans)),
      extra: produced.filter((span) => !halfCovered(span, spans)),
    }
  })
  const wanted = rows.flatMap((row) => row.wanted)
  const missed = rows.flatMap((row) => row.missed)
  const produced = rows.flatMap((row) => row.counted).length
  const extra = rows.flatMap((row) => row.extra).length
  return {
    spans: wanted.length,
    recall: share(wanted.length - missed.length, wanted.length),
    precision: share(produced - extra, produced),
    by_type: Object.fromEntries(
      spanTypes.flatMap((type) => {
        const of = (spans: readonly Span[]) => spans.filter((span) => span.type === type).length
        const all = of(wanted)
        return all === 0 ? [] : [[type, { spans: all, recall: share(all - of(missed), all) }]]
      }),
    ),
    misses: rows
      .filter(({ missed, extra }) => missed.length + extra.length > 0)
      .map(({ id, text, missed, extra }) => ({ id, text, missed, extra })),
  }
}

function typeOf(name: string): SpanType | undefined {
  return spanTypes.find((type) => type === name) ?? otherNames[name]
}

/** Whether at least half of the characters of `span` lie in `others`. */
function halfCovered({ start, end }: Span, others: readonly Span[]): boolean {
  let covered = 0
  for (let at = start; at < end; at++)
    if (others.some((other) => other.start <= at && at < other.end)) covered++
  return end > start && covered * 2 >= end - start
}

function share(n: number, all: number): number {
  return all === 0 ? 0 : n / all
}
