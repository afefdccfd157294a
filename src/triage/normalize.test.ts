import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLexicon, isOneEdit } from './lexicon.ts'
import { loadTriage, readRuleSet } from './load.ts'
import { createNormalize, toText } from './normalize.ts'

const folder = fileURLToPath(new URL('../../content/triage', import.meta.url))
const ruleset = readRuleSet(folder)
const { why } = loadTriage(folder)
const normalize = createNormalize(
  createLexicon({
    sought: [
      'kill',
      'myself',
      'suicide',
      'chest',
      'breathe',
      'die',
      'want',
      'overdose',
      'bleeding',
      'seizure',
      'help',
    ],
    known: ruleset.everydayWords,
    spellings: ruleset.spellings,
  }),
  () => [],
)
const read = (text: string) => toText(normalize(text))

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        'i',
        'want',
        'to',
        'k1ll',
        'myself',
        'k',
        'l',
        'die',
        "can't",
        'heeeelp',
        '38.6',
        '190/120',
        '101.5F',
        '😀',
        '💊',
        '\u200b',
        '\u202e',
        '́',
        '. ',
        '? ',
        '\n',
        ', ',
        'http://x.y',
        '@',
        '$',
        '*',
        '!',
        'ѕuicide',
        'ﬁ',
        '１２',
        "'",
        '-',
        ':a_b:',
        'd!e',
        '1.2.3',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(' ')),
)

describe('normalising', () => {
  it.each([
    ['I WANT TO D1E', 'i want to die'],
    ['k i l l  m y s e l f', 'kill myself'],
    ['k1ll mys3lf', 'kill myself'],
    ['ｓｕｉｃｉｄｅ', 'suicide'],
    ['ѕuiсide', 'suicide'],
    ['s\u200bu\u200bi\u200bcide', 'suicide'],
    ['s̷̨u̴i̸c̵i̷d̶e̵', 'suicide'],
    ['s**cide', 'suicide'],
    ['sewerslide', 'suicide'],
    ['heeeeelp', 'help'],
    ["can't breathe", 'can not breathe'],
    ['cant breath', 'can not breath'],
    ['suiicde', 'suicide'],
    ['chset', 'chest'],
    ['💊', 'pills'],
    ['haemorrhage', 'hemorrhage'],
    ['T 38,6', 't 38,6'],
    ['bp 190/120', 'bp 190/120'],
  ])('reads %s as %s', (written, normal) => {
    expect(read(written)).toBe(normal)
  })

  it('never turns an everyday word into another', () => {
    for (const word of ['chess', 'best', 'closest', 'wand', 'killer', 'cheat', 'breathing'])
      expect(read(word)).toBe(word)
  })

  it('never throws, and reading what it read changes nothing', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const once = read(text)
        expect(read(once)).toBe(once)
      }),
      { numRuns: 1_500, seed: 20_250_101 },
    )
  })

  it('gives every word its place in the original text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        let before = 0
        for (const { start, end } of normalize(text).tokens) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          before = start
        }
      }),
      { numRuns: 1_000, seed: 20_250_102 },
    )
  })

  it('splits sentences and clauses', () => {
    const { tokens } = normalize('No fever. I am fine, but my chest hurts and I sweat')
    const at = (word: string) => tokens.find((token) => token.text === word)
    expect(at('fever')?.sentence).toBe(0)
    expect(at('chest')?.sentence).toBe(1)
    expect(at('fine')?.clause).not.toBe(at('chest')?.clause)
    expect(at('chest')?.clause).not.toBe(at('sweat')?.clause)
  })

  it('keeps lines of one message apart as clauses', () => {
    expect(why('no chest pain\ncrushing pressure on my chest').level).toBe('emergency')
  })
})

describe('edit distance', () => {
  it.each([
    ['chest', 'chset', true],
    ['chest', 'ches', true],
    ['chest', 'chestt', true],
    ['chest', 'crest', true],
    ['chest', 'crst', false],
    ['chest', 'tsech', false],
  ])('%s and %s are one edit apart: %s', (a, b, near) => {
    expect(isOneEdit(a, b)).toBe(near)
  })
})
