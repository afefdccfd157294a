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
    ['my MAC is 00:1A:2B:3C:4D:5E', 'my MAC is [ID]'],
    ['from 2001:db8:85a3::8a2e:370:7334', 'from [IP]'],
    ['priya [at] example [dot] com', '[EMAIL]'],
    ['I am teal_heron#4471 or @lucy.moves', 'I am [ID] or [ID]'],
    ['my Medicare ID is 1EG4-TE5-MK72', 'my Medicare ID is [ID]'],
    ['nº de historia NHC 90218834', 'nº de historia [ID]'],
    ['MRN 00482913, plate LN14 HGT', 'MRN [ID], plate [ID]'],
    ['RUT 12.345.678-5, CURP GOMC850315MDFRRR09', 'RUT [ID], CURP [ID]'],
    ['llámame al 91 123 45 67', 'llámame al [PHONE]'],
    ['nací el 3/4/1961', 'nací el [DATE]'],
    ['Doña Pilar tiene 91 años', 'Doña [NAME] tiene [AGE] años'],
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
    '988, 1-800-273-8255, 0808 2000 247 o el 717 003 717',
    'BP 150/95 160/100 155/98, 600 400 600 mg, platelets 150000',
    'my mum’s pulse is 96, her o2 is 91, he is 89 and weighs 95 kg',
    'since Monday, in March, on the 3rd of May, in 2019, at 10:30 pm',
    'F32.1, G43.909, BRCA1, SARS-CoV-2, B12, PHQ-9 21, ratio 1:2',
    'lot 4521A, NDC 0555-0952-02, pubmed 21475304',
    'My name appears twice. Dear doctor, I Am Tired',
    'card 4454794511390934 has no such checksum'.replace(/\d+/, '1234567'),
  ])('leaves %j alone: readings, doses, times, helplines', (text) => {
    expect(redact(text)).toEqual({ text, spans: [] })
  })

  it('shows a case when things happened and how old somebody is, and still not when they were born', () => {
    const text = 'Ana is 93 years old, born 3/4/1931, operated on 12 March 2024'
    expect(redact(text).text).toBe('[NAME] is [AGE] years old, born [DATE], operated on [DATE]')
    expect(redact(text, 'case').text).toBe('[NAME] is 93 years old, born [DATE], operated on 12 March 2024')
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
      { seed: 1 },
    )
  })

  it('reads hostile text in time that grows with its length', () => {
    for (const piece of [
      '1 ',
      'a.',
      'Ab ',
      '1-',
      '@',
      'calle ',
      ':0',
      'My name is ',
      '12 Ab ',
      '0',
      '(0',
      'Jan ',
      'mg 0,',
      'SW1A(',
    ]) {
      expect(redact(piece.repeat(30_000)).text.length).toBeGreaterThan(0)
    }
  })
})
