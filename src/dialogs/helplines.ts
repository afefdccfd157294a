import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Line } from '../core/reply.ts'
import { parseYaml } from '../knowledge/parse-yaml.ts'
import type { Phrases } from './phrases.ts'

const source = z.object({ publisher: z.string(), title: z.string(), url: z.url() })
const isoDate = z.iso.date()
const window = z.object({
  days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])),
  from: z.string().regex(/^\d\d:\d\d$/),
  to: z.string().regex(/^\d\d:\d\d$/),
  zone: z.string(),
})
const hours = z.union([z.literal('always'), window, z.array(window)])
const kinds = [
  'crisis',
  'abuse',
  'sexual-assault',
  'child',
  'poison',
  'medical-advice',
  'substances',
  'eating',
] as const
const helpline = z.object({
  id: z.string(),
  kind: z.enum(kinds),
  name: z.string(),
  phone: z.string().optional(),
  text: z.object({ to: z.string(), body: z.string().optional() }).optional(),
  whatsapp: z.string().optional(),
  url: z.url().optional(),
  hours: hours.optional(),
  languages: z.array(z.string()).optional(),
  audience: z.string().optional(),
  source,
  checked: isoDate,
})
const countryFile = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  name: z.string(),
  emergency: z.object({ numbers: z.array(z.string()).min(1), source, checked: isoDate }),
  lines: z.array(helpline).default([]),
})

export type HelplineKind = (typeof kinds)[number]
export type Helpline = z.infer<typeof helpline>
export type CountryLines = z.infer<typeof countryFile>

/** Emergency numbers and lines by country, from `content/helplines`. */
export interface Helplines {
  readonly countries: ReadonlyMap<string, CountryLines>
  /** The number to call in an emergency; undefined when the country is not known here. */
  emergencyNumber(country: string): string | undefined
  /** Lines of these kinds, those open now first, then in the order of the kinds and the file. */
  lines(country: string, wanted: readonly HelplineKind[], now: number): readonly Helpline[]
}

/** Reads `<dir>/<CC>.yaml`. Throws `CONTENT_INVALID` as `file:line: what is wrong`. */
export async function loadHelplines(dir: string): Promise<Helplines> {
  const countries = new Map<string, CountryLines>()
  for (const file of (await readdir(dir)).sort()) {
    if (!file.endsWith('.yaml')) continue
    const path = join(dir, file)
    const country = parseYaml(path, await readFile(path, 'utf8'), countryFile)
    countries.set(country.country, country)
  }
  return {
    countries,
    emergencyNumber: (country) => countries.get(country)?.emergency.numbers[0],
    lines(country, wanted, now) {
      const all = countries.get(country)?.lines ?? []
      return wanted
        .flatMap((kind) => all.filter((line) => line.kind === kind))
        .map((line, index) => ({ line, index, closed: isOpen(line, now) ? 0 : 1 }))
        .sort((a, b) => a.closed - b.closed || a.index - b.index)
        .map(({ line }) => line)
    },
  }
}

/** Whether a line answers at this instant. Hours that are not known count as closed: a line known to be open goes first. */
export function isOpen(line: Pick<Helpline, 'hours'>, now: number): boolean {
  if (line.hours === undefined) return false
  if (line.hours === 'always') return true
  const windows = Array.isArray(line.hours) ? line.hours : [line.hours]
  return windows.some(({ days, from, to, zone }) => {
    const local = DateTime.fromMillis(now, { zone })
    const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
    const today = names[local.weekday - 1]
    const yesterday = names[(local.weekday + 5) % 7]
    const time = local.toFormat('HH:mm')
    if (from <= to) return days.some((day) => day === today) && time >= from && time < to
    // A window past midnight belongs to the day on which it began.
    return (
      (days.some((day) => day === today) && time >= from) ||
      (days.some((day) => day === yesterday) && time < to)
    )
  })
}

/** The line in the reader's words: "call 116 123, open 24 hours". */
export function sayLine(line: Helpline, phrases: Phrases, locale: string, now: number): Line {
  const ways = [
    line.phone && phrases.say(locale, 'general.line.call', { phone: line.phone }),
    line.text &&
      (line.text.body
        ? phrases.say(locale, 'general.line.text_word', { word: line.text.body, to: line.text.to })
        : phrases.say(locale, 'general.line.text', { to: line.text.to })),
    line.whatsapp && phrases.say(locale, 'general.line.whatsapp', { number: line.whatsapp }),
    !line.phone && !line.text && line.url,
  ].filter((way): way is string => Boolean(way))
  const open =
    line.hours === 'always'
      ? phrases.say(locale, 'general.line.always')
      : isOpen(line, now)
        ? phrases.say(locale, 'general.line.open')
        : line.hours && phrases.say(locale, 'general.line.closed')
  return {
    name: line.name,
    said: [...ways, ...(open ? [open] : [])].join(', '),
    ...(line.phone ? { phone: line.phone } : {}),
    ...(line.text
      ? { text: line.text.body ? { to: line.text.to, body: line.text.body } : { to: line.text.to } }
      : {}),
    ...(line.url ? { url: line.url } : {}),
  }
}
