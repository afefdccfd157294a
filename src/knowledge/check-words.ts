import type { Finding, LineFinder } from './finding.ts'
import { placeholders, unknownPlaceholders } from './placeholders.ts'
import type { Written } from './written.ts'

/** Words that guidance on reporting suicide asks to avoid (Samaritans, WHO 2023), and words that blame or frighten. */
const unsafe: readonly (readonly [RegExp, string])[] = [
  [/\bcommit(s|ted|ting)?\s+suicide\b/i, 'say "died by suicide" or "took their own life"'],
  [
    /\b(successful|unsuccessful|failed|completed)\s+(suicide|attempt|overdose)/i,
    'an attempt neither succeeds nor fails',
  ],
  [/\bsuicide\s+(epidemic|hotspot|victim|mission)/i, 'no drama about suicide'],
  [/\b(suffers?|suffering)\s+from\b/i, 'say "has" or "lives with"'],
  [
    /\b(addicts?|junkies?|alcoholics|druggies?|schizophrenics?|epileptics|cripples?|lunatics?)\b/i,
    'people before conditions',
  ],
  [/\b(overweight|obese) people\b/i, 'people before conditions'],
]
/** In articles about eating and suicide these help nobody and may harm. */
const eating: readonly (readonly [RegExp, string])[] = [
  [/\b(BMI|calories?|kcal|kilos?|kg|lbs|pounds|stone)\b/i, 'no weights, BMI or calories here'],
]
const aboutEating = new Set(['eating-disorders', 'thin-girls-ed'])
const promises =
  /\b(100 ?%|guarantee[ds]?|will (?:always )?(?:cure|heal|prevent|protect you from)|completely safe|no side effects|miracle|never fails)\b/i
/** Doses by weight or for a child are worked out by a person. */
const dosing =
  /\d\s*(?:mg|mcg|ml|g)\s*(?:\/|per)\s*(?:kg|kilo)|\b(?:child|children|baby|babies|kids?)\b[^.]{0,60}\d\s*(?:mg|mcg|ml|tablets?)\b/i
/** Numbers people ring: written only as placeholders, for they differ by country. */
const phone =
  /\b(?:999|911|112|111|000|988|116 ?123|1-?800[-\d]+|0800[\d ]+|13 ?11 ?\d\d|\+\d[\d ]{6,})\b(?!\s*(?:mg|ml|g|mmol|people|in|mcg|kcal))/
const markup = /<[a-z/][^>]*>|!?\[[^\]]*\]\([^)]*\)|\|.*\|/i

/** What no text for people may say, and how it may not say it. */
export function checkWords(written: Written, lines: LineFinder): readonly Finding[] {
  const findings: Finding[] = []
  const find = (check: string, what: string, near: string) =>
    findings.push({ file: written.file, line: lines.of(near, lines.bodyStart), check, what })
  const rules = aboutEating.has(written.id) ? [...unsafe, ...eating] : unsafe
  for (const text of written.texts) {
    for (const [pattern, why] of rules) {
      const [word] = pattern.exec(text) ?? []
      if (word) find('unsafe-words', `"${word}": ${why}`, word)
    }
    const once = (check: string, pattern: RegExp, why: string) => {
      const [word] = pattern.exec(text) ?? []
      if (word) find(check, `"${word}": ${why}`, word.split('\n')[0] ?? word)
    }
    once('promise', promises, 'promises what nobody can')
    once('dosing', dosing, 'no doses by weight or for a child')
    once('phone-number', phone, `write ${placeholders.map((name) => `{${name}}`).join(' ')} instead`)
    once('markup', markup, 'plain paragraphs and lists only')
    for (const name of unknownPlaceholders(text))
      find('placeholder', `{${name}} is not one of ${placeholders.join(', ')}`, `{${name}}`)
  }
  return findings
}
