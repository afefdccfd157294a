import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { noContext } from './assess.ts'
import { loadTriage } from './load.ts'

const triage = loadTriage(fileURLToPath(new URL('../../content/triage', import.meta.url)))
const texts = 10_000
const longest = 10_000
/** The most comparisons for each character that any text may cost, beyond a fixed part. */
const stepsPerCharacter = 60
const stepsForAny = 20_000

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const random = seeded(20)
const below = (n: number) => Math.floor(random() * n)
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T
const examples = triage.ruleset.rules.flatMap(({ fires, quiet }) =>
  [...fires, ...quiet].map(({ text }) => text),
)
const words = [...new Set(examples.flatMap((text) => text.split(/\s+/)))]
const marks = ['\u0300', '\u0336', '\u0489', '\u20dd', '\u200d', '\u202e', '\ufe0f']
const signs = [' ', '.', '?', '!', ',', '\n', '"', '(', '@', '$', '*', ':', '/', '-', '`', '|', '<', "'"]
const repeated = [
  'a',
  'i ',
  '(',
  'not ',
  '1/',
  '9.',
  '@a.',
  ':a',
  "'",
  'a@',
  'k.i.',
  '😀',
  'ha',
  'l l ',
  'www.',
  '<@',
  's*',
  '\n\n',
]

/** What one text is made of, piece by piece. */
const kinds: Readonly<Record<string, () => () => string>> = {
  'words of rules': () => () => `${pick(words)} `,
  'examples of rules run together': () => () => `${pick(examples)}${pick(signs)} `,
  'a few words over and over': () => {
    const few = [pick(words), pick(words), pick(words)]
    return () => `${pick(few)} `
  },
  'any Unicode': () => () => String.fromCodePoint(below(0x10ffff)),
  'signs and single letters': () => () => `${pick(signs)}${String.fromCharCode(97 + below(26))}`,
  'one piece repeated': () => {
    const piece = pick(repeated)
    return () => piece
  },
  'stacked marks': () => () => `${pick(words).charAt(0)}${pick(marks)}${pick(marks)}${pick(marks)}`,
  'no spaces': () => () => pick(words),
  numbers: () => () =>
    `${below(500)}${pick(['', '.', '/', ' mg ', ' weeks ', ' years ', ':', ' over ', 'C ', '% '])}`,
}

function textOf(make: () => string, length: number): string {
  let text = ''
  while (text.length < length) text += make()
  return text.slice(0, length)
}

describe('whatever is written', () => {
  it(`${texts} texts of up to ${longest} characters throw nothing and cost no more than their length`, () => {
    const names = Object.keys(kinds)
    let worst = { kind: '', length: 0, each: 0 }
    for (let i = 0; i < texts; i += 1) {
      const kind = names[i % names.length] as string
      // Most are short; one in twelve has more than half the greatest length.
      const text = textOf((kinds[kind] as (typeof kinds)[string])(), 1 + Math.floor(longest * random() ** 8))
      const before = triage.steps()
      const { level, ruleset } = triage.assess(text, noContext)
      const each = (triage.steps() - before - stepsForAny) / text.length
      expect([level.length > 0, ruleset]).toEqual([true, triage.hash])
      if (each > worst.each) worst = { kind, length: text.length, each }
    }
    expect(worst.each, `${worst.kind}, ${worst.length} characters`).toBeLessThan(stepsPerCharacter)
  }, 120_000)

  it('twice the text costs no more than about twice the work', () => {
    for (const [kind, make] of Object.entries(kinds)) {
      const half = textOf(make(), longest / 2)
      const cost = (text: string) => {
        const before = triage.steps()
        triage.assess(text, noContext)
        return triage.steps() - before
      }
      expect([kind, cost(half + half) <= cost(half) * 2.5 + stepsForAny]).toEqual([kind, true])
    }
  })
})
