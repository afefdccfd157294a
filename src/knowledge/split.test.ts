import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tealFever, tealFeverFile } from '../../test/fixtures/knowledge.ts'
import { sectionKinds } from './article.ts'
import { readArticle } from './read-article.ts'

const front = tealFever.slice(0, tealFever.indexOf('\n## ') + 1)
const passagesOf = (body: string) => readArticle(tealFeverFile, front + body).passages

describe('splitting', () => {
  const passages = readArticle(tealFeverFile, tealFever).passages

  it('gives each section and each question a stable id, its short answer and the rest', () => {
    expect(passages.map(({ id }) => id)).toEqual([
      'teal-fever#what-it-is',
      'teal-fever#signs',
      'teal-fever#treatment',
      'teal-fever#get-help-today',
      'teal-fever#emergency',
      'teal-fever#q-how-long',
      'teal-fever#q-contagious',
    ])
    expect(passages[1]).toEqual({
      id: 'teal-fever#signs',
      article: 'teal-fever',
      heading: 'Signs',
      kind: 'signs',
      isQuestion: false,
      short: 'Teal fever starts with a teal tinge of the fingers. On dark skin, look at the nails.',
      rest: '- Teal fingers\n- A wish for the sea',
      quantities: false,
    })
  })

  it('drops markup and keeps placeholders', () => {
    expect(passages[0]?.short).toContain('A germ called exemplum causes it.')
    expect(passages[4]?.short).toContain('{emergency}')
  })

  it('marks passages that state amounts', () => {
    expect(passages.filter(({ quantities }) => quantities).map(({ id }) => id)).toEqual([
      'teal-fever#treatment',
    ])
  })

  it.each([
    ['## Signs\n\nx', /teal-fever\.md:\d+: a heading ends with its id/],
    ['## Signs {#symptoms}\n\nx', /"symptoms" is not a section/],
    ['## Signs {#signs}\n\nx\n\n## More {#signs}\n\ny', /"signs" is used twice/],
    ['### Part {#q-x}\n\nx', /only ## sections/],
    ['text first\n\n## Signs {#signs}', /text before the first section/],
    ['## Signs {#signs}\n\n<b>x</b>\n', /teal-fever\.md:\d+: (html|paragraph)/],
    ['## Signs {#signs}\n\n![x](y.png)\n', /image/],
  ])('says what is wrong with %j', (body, message) => {
    expect(() => passagesOf(body)).toThrow(message)
  })

  const word = fc.stringMatching(/^[A-Za-z]{1,9}$/)
  const sentence = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => `${words.join(' ')}.`)
  const section = fc.record({
    kind: fc.constantFrom(...sectionKinds.filter((kind) => kind !== 'questions')),
    paragraphs: fc.array(sentence, { minLength: 1, maxLength: 4 }),
  })

  it('loses no word, adds none and keeps order, whatever the text', () => {
    fc.assert(
      fc.property(fc.uniqueArray(section, { selector: ({ kind }) => kind, minLength: 1 }), (sections) => {
        const body = sections
          .map(({ kind, paragraphs }) => `## Head {#${kind}}\n\n${paragraphs.join('\n\n')}\n`)
          .join('\n')
        const split = passagesOf(body)
        expect(split.map(({ kind }) => kind)).toEqual(sections.map(({ kind }) => kind))
        for (const [i, { short, rest }] of split.entries()) {
          const paragraphs = sections[i]?.paragraphs ?? []
          expect([short, ...(rest === '' ? [] : rest.split('\n\n'))]).toEqual(paragraphs)
        }
      }),
      { seed: 1 },
    )
  })

  it("keeps a passage's id and text when another passage is edited", () => {
    fc.assert(
      fc.property(sentence, (edit) => {
        const edited = readArticle(
          tealFeverFile,
          tealFever.replace('It was first drawn by an artist.', edit),
        ).passages
        expect(edited.map(({ id }) => id)).toEqual(passages.map(({ id }) => id))
        expect(edited.slice(1)).toEqual(passages.slice(1))
      }),
      { seed: 1 },
    )
  })
})
