/** A number as it binds: value, unit, and how it is meant. */
export interface Figure {
  readonly key: string
  /** What it measures: numbers of one kind can be mistaken for each other. */
  readonly unit: string
  readonly at: number
}

const hours: Readonly<Record<string, number>> = {
  minute: 1 / 60,
  min: 1 / 60,
  hour: 1,
  hr: 1,
  day: 24,
  week: 168,
  fortnight: 336,
}
const units =
  /^(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?|months?|years?|times?|doses?|puffs?|mg|mcg|g|grams?|kg|ml|l|litres?|liters?|cm|mm|m|metres?|meters?|miles?|km|feet|percent|degrees?|tablet|cups?|glass(?:es)?|spoons?|drops?|mmol|units?|kcal|calories|portions?|in|rounds?|breathe|inch(?:es)?)$/

export function isUnit(word: string): boolean {
  return units.test(word) && word !== 'in' && word !== 'breathe'
}

/** The figures of a sentence that was read into plain tokens. */
export function figuresOf(words: readonly string[]): readonly Figure[] {
  const found: Figure[] = []
  words.forEach((word, at) => {
    if (!/^\d/.test(word)) return
    let to = at + 1
    let range = ''
    if (/^(?:to|–|and|or)$/.test(words[to] ?? '') && /^\d/.test(words[to + 1] ?? '')) {
      range = `-${words[to + 1]}`
      to += 2
    } else if (/^(?:to|–|and|or|between)$/.test(words[at - 1] ?? '') && /^\d/.test(words[at - 2] ?? ''))
      return
    let unit = ''
    let value = `${word}${range}`
    const next = words[to] ?? ''
    if (
      (next === 'in' || (next === 'out' && words[to + 1] === 'of')) &&
      /^\d/.test(words[to + (next === 'in' ? 1 : 2)] ?? '')
    ) {
      found.push({
        key: `${boundOf(words, at, to)} ${value} of ${words[to + (next === 'in' ? 1 : 2)]}`,
        unit: 'share',
        at,
      })
      return
    }
    if (/^(?:in|of)$/.test(words[at - 1] ?? '') && /^\d/.test(words[at - 2] ?? '')) return
    if (units.test(next) && next !== 'in') unit = next.replace(/(?<=\w{2})s$/, '')
    const each = hours[unit]
    if (each !== undefined) {
      value = value
        .split('-')
        .map((one) => String(Math.round(Number(one) * each * 1000) / 1000))
        .join('-')
      unit = 'hour'
    }
    if (unit === 'degree') unit = `degree ${words[to + 1] ?? ''}`
    found.push({ key: `${boundOf(words, at, to)} ${value} ${unit}`.trim(), unit, at })
  })
  return found
}

/** "at least", "over", "under", "up to", "every", "per": before the number or behind it. */
function boundOf(words: readonly string[], at: number, to: number): string {
  const before = ` ${words.slice(Math.max(0, at - 4), at).join(' ')}`
  const behind = `${words.slice(to, to + 5).join(' ')} `
  const rules: readonly (readonly [string, RegExp, RegExp])[] = [
    [
      'min',
      / (?:at least|minimum of|no less than|from age|not less than|no fewer than)$/,
      /^(?:\S+ )?(?:or more|or older|and over|or over|or above|and older|and above|or longer|minimum)\b/,
    ],
    [
      'max',
      / (?:up to|at most|maximum of|no more than|not more than|no longer than|a maximum of)$/,
      /^(?:\S+ )?(?:or less|or fewer|or under|and under|or below|at most|maximum)\b/,
    ],
    [
      'over',
      / (?:over|above|more than|longer than|older than|greater than|higher than|beyond|past)(?: about)?$/,
      /^$^/,
    ],
    [
      'under',
      / (?:under|below|less than|fewer than|younger than|shorter than|lower than|not yet)(?: about)?$/,
      /^$^/,
    ],
    ['every', / (?:every|each)$/, /^$^/],
    ['within', / within(?: about)?$/, /^$^/],
    ['after', / (?:after|since)(?: about)?$/, /^\S+ (?:after|later|since)\b/],
    ['before', / before(?: about)?$/, /^\S+ (?:before|ago|until)\b/],
  ]
  const bound = rules.find(([, first, last]) => first.test(before) || last.test(behind))?.[0] ?? ''
  const per =
    /^(?:\S+ )?(?:a|an|per|each|every|in a|in each) (second|minute|hour|day|week|month|year)\b/.exec(
      behind,
    )?.[1]
  // "After more than 12 weeks".
  const time =
    / (before|after) (?:about |more than |less than |at least |up to |over )+$/.exec(`${before} `)?.[1] ?? ''
  return [bound, time, per ? `per ${per}` : ''].filter(Boolean).join(' ')
}
