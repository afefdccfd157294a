import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact } from './redact.ts'

describe('redact', () => {
  it.each([
    ['my name is bob and I feel ill', 'my name is [NAME] and I feel ill'],
    ['Ask Dr. Berta Szöllössy about it', 'Ask Dr. [NAME] about it'],
    ['my daughter Lucía has a rash', 'my daughter [NAME] has a rash'],
    ['write to ana.b+x@example.org', 'write to [EMAIL]'],
    ['card 4454794511390933 was charged', 'card [CARD] was charged'],
    ['SSN: 460-89-9847', 'SSN: [ID]'],
    ['DNI 12345678Z', 'DNI [ID]'],
    ['IBAN GB82 WEST 1234 5698 7654 32', 'IBAN [ID]'],
    ['NHS number 943 476 5919', 'NHS number [ID]'],
    ['call me on +44 20 7946 0958', 'call me on [PHONE]'],
    ['ring (415) 555-0132 please', 'ring [PHONE] please'],
    ['born on 3 May 1984', 'born on [DATE]'],
    ['grandma is 93 years old', 'grandma is [AGE] years old'],
    ['I live at 12 Harbour Street', 'I live at [ADDRESS]'],
    ['vivo en calle Mayor 14', 'vivo en [ADDRESS]'],
    ['see https://example.org/a?b=c now', 'see [URL] now'],
    ['from 192.168.10.4 today', 'from [IP] today'],
  ])('masks %j', (text, masked) => {
    expect(redact(text).text).toBe(masked)
  })

  it.each([
    'my bp is 120/80 and glucose 5.6 mmol, took 500 mg at 10:30',
    'temp 38.5 for 3 days, took 2 x 500mg',
    'pulse 98 99 97 96 since 22:15:30',
    'took 20 paracetamol yesterday, feel fine',
    'he is 34 years old and weighs 95 kg',
    'call 116 123 or 999',
    'My name appears twice. Dear doctor, I Am Tired',
    'card 4454794511390934 has no such checksum'.replace(/\d+/, '1234567'),
  ])('leaves %j alone: readings, doses, times, helplines', (text) => {
    expect(redact(text)).toEqual({ text, spans: [] })
  })

  it('gives spans in order that do not overlap and lie within the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        let from = 0
        for (const span of redact(text).spans) {
          expect(span.start).toBeGreaterThanOrEqual(from)
          expect(span.end).toBeGreaterThan(span.start)
          from = span.end
        }
        expect(from).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('reads hostile text in time that grows with its length', () => {
    for (const piece of ['1 ', 'a.', 'Ab ', '1-', '@', 'calle ', ':0', 'My name is ']) {
      expect(redact(piece.repeat(30_000)).text.length).toBeGreaterThan(0)
    }
  })
})
