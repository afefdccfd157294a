import type { Finding, LineFinder } from './finding.ts'
import type { Written } from './written.ts'

/** Number words that state a threshold, an age, a dose or a time when a unit follows. "One of them" states nothing. */
const spelled =
  /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand|half an?|a dozen)(?:\s+(?:to|or|and)\s+\w+)?\s+(seconds?|minutes?|hours?|days?|weeks?|months?|years?|times|tablets?|puffs?|doses?|drinks?|units?|mg|ml|per ?cent|in (?:ten|\d+))\b/gi
/** Digits with the signs that belong to them: 38.5, 140/90, 1,000. Those within a name are none: COVID-19, HbA1c. */
const digits = /(?<![A-Za-z]-?|[\d.,:/])(?:\d[\d.,:/]*\d|\d)/g

/**
 * Every number, unit, age or interval of the text a reader sees must lie within a `facts` claim whose source is listed
 * and was read (its hash is recorded), and every claim must be in the text word for word.
 */
export function checkFacts(written: Written, lines: LineFinder): readonly Finding[] {
  const findings: Finding[] = []
  const find = (check: string, what: string, near: string) =>
    findings.push({ file: written.file, line: lines.of(near, 1), check, what })
  const text = flatten(written.texts.join('\n'))
  const covered = new Uint8Array(text.length)
  const sources = new Set(written.sources.map(({ id }) => id))
  for (const { claim, source, locator } of written.facts) {
    const wanted = flatten(claim)
    let found = false
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      found = true
      covered.fill(1, at, at + wanted.length)
    }
    if (!found) find('claim-not-in-text', `the claim "${claim}" is not in the text`, claim)
    if (!sources.has(source))
      find('unknown-source', `the claim "${claim}" names no listed source: ${source}`, claim)
    if (locator.trim() === '')
      find('no-locator', `the claim "${claim}" does not say where in its source`, claim)
  }
  for (const pattern of [digits, spelled]) {
    for (const match of text.matchAll(pattern)) {
      if (covered.subarray(match.index, match.index + match[0].length).every((mark) => mark === 1)) continue
      const around = text.slice(Math.max(0, match.index - 30), match.index + match[0].length + 30)
      const line = lines.ofAny(withNeighbours(text, match.index, match[0]), lines.bodyStart)
      findings.push({
        file: written.file,
        line,
        check: 'number-without-fact',
        what: `no fact covers "${match[0]}" in "…${around}…"`,
      })
    }
  }
  return findings
}

/** The number with the words beside it, the most words first: enough to find its line, for a neighbour may stand on another. */
function withNeighbours(text: string, at: number, number: string): readonly string[] {
  const before = /\S+ $/.exec(text.slice(0, at))?.[0] ?? ''
  const [after = '', next = ''] = /^(\S*)( \S+)?/.exec(text.slice(at + number.length))?.slice(1) ?? []
  return [before + number + after + next, before + number + after, number + after + next, number + after]
}

/** Emphasis, list markers and line breaks do not tell texts apart. */
function flatten(text: string): string {
  return text
    .replace(/[*`]/g, '')
    .replace(/^\s*-\s+(?:\d+\.\s+)?/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
}
