import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonness, isKnownWord } from './english.ts'
import { createSpelling, distance } from './spelling.ts'
import { spellingOf, termOf } from './words.ts'

const { correct } = createSpelling(
  ['type 2 diabetes', 'diabetic', 'pneumonia', 'asthma', 'cancer', 'migraine'],
  isKnownWord,
)

describe('spelling help', () => {
  it.each([
    ['diabetis signs', 'diabetes signs'],
    ['pnemonia', 'pneumonia'],
    ['my migrane', 'my migraine'],
    ['Astma?', 'asthma?'],
  ])('sets %j right', (from, to) => expect(correct(from).text).toBe(to))

  it.each(['dancer', 'cancel', 'ibuprofen', 'sertraline', 'metformin', 'lisinopril', 'angina', 'mania'])(
    'leaves the English word or medicine %j alone',
    (word) => expect(correct(word)).toEqual({ text: word, assumed: [] }),
  )

  it('never changes a word of the dictionary, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('dancer', 'mining', 'panic', 'asthmatic', 'migrant', 'romance', 'bookcases'),
        fc.string(),
        (word, around) => {
          const { assumed } = correct(`${word} ${around}`)
          expect(assumed.map(({ from }) => from)).not.toContain(word)
        },
      ),
      { seed: 1 },
    )
  })

  it('counts edits, and gives up above the limit', () => {
    expect(distance('diabetis', 'diabetes', 2)).toBe(1)
    expect(distance('caerulmoa', 'caeruloma', 2)).toBe(1)
    expect(distance('gout', 'fever', 2)).toBe(3)
  })
})

describe('words', () => {
  it('knows how common an English word is', () => {
    expect(commonness('the')).toBe(10)
    expect(commonness('psoriasis')).toBe(50)
    expect(commonness('colour')).toBeDefined()
    expect(commonness('glorbitis')).toBeUndefined()
  })

  it.each([
    ['diarrhoea', 'diarrhea'],
    ['haemorrhage', 'hemorrhage'],
    ['anaemia', 'anemia'],
    ['oesophagus', 'esophagus'],
    ['tumour', 'tumor'],
    ['paediatric', 'pediatric'],
    ['immunise', 'immunize'],
    ['coeliac', 'celiac'],
    ['hypoglycaemia', 'hypoglycemia'],
    ['leukaemia', 'leukemia'],
    ['oestrogen', 'estrogen'],
    ['foetus', 'fetus'],
    ['gynaecologist', 'gynecologist'],
    ['anaesthetic', 'anesthetic'],
    ['counselling', 'counseling'],
  ])('knows %s and %s for one word', (british, american) => expect(termOf(british)).toBe(termOf(american)))

  it('keeps words apart that only look alike', () => {
    expect(spellingOf('hour')).not.toBe(spellingOf('hor'))
    expect(termOf('organ')).not.toBe(termOf('organic'))
    expect(termOf('burns')).toBe(termOf('burn'))
  })
})
