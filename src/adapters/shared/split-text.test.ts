import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitText } from './split-text.ts'

describe('a text too long for one message', () => {
  it('is cut between paragraphs, then sentences, then words', () => {
    expect(splitText('One. Two.\n\nThree is here.', 16)).toEqual(['One. Two.', 'Three is here.'])
    expect(splitText('First sentence. Second one. Third.', 30)).toEqual([
      'First sentence. Second one.',
      'Third.',
    ])
    expect(splitText('alpha beta gamma', 11)).toEqual(['alpha beta', 'gamma'])
  })

  it('keeps an address whole', () => {
    const link = 'https://example.org/a/very/long/path?with=query.and.dots'
    const pieces = splitText(`Read more about this at ${link} today.`, 60)
    expect(pieces.filter((piece) => piece.includes('http'))).toHaveLength(1)
    expect(pieces.join(' ')).toContain(link)
  })

  it('never cuts a character that people see as one', () => {
    const family = '👨‍👩‍👧‍👦'
    for (const piece of splitText(family.repeat(20), 30)) expect(piece.replaceAll(family, '')).toBe('')
  })

  it('loses nothing but blanks and keeps to the limit, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 40, max: 80 }),
        (text, limit) => {
          const pieces = splitText(text, limit)
          const letters = (one: string) => one.replace(/\s/gu, '')
          expect(letters(pieces.join(''))).toBe(letters(text))
          for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(limit)
        },
      ),
      { seed: 1 },
    )
  })
})
