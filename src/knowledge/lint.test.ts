import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixtureContent, january } from '../../test/fixtures/knowledge.ts'
import { sayFinding } from './finding.ts'
import { lintContent } from './lint.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salus-content-'))
  await cp(fixtureContent, dir, { recursive: true })
})
afterEach(() => rm(dir, { recursive: true }))

const file = () => join(dir, 'articles/en/teal-fever.md')

/** What lint says about teal fever after an edit. The made-up article is short: its length is not the point here. */
async function findings(edit: (text: string) => string): Promise<string[]> {
  await writeFile(file(), edit(await readFile(file(), 'utf8')))
  return (await lintContent(dir, january))
    .filter((finding) => finding.file === file() && finding.check !== 'length')
    .map((finding) => sayFinding(finding).slice(file().length + 1))
}

const replace = (from: string, to: string) => (text: string) => {
  expect(text).toContain(from)
  return text.replace(from, to)
}

describe('lint', () => {
  it('finds nothing in a good article, and much in a thin one', async () => {
    expect(await findings((text) => text)).toEqual([])
    const thin = (await lintContent(dir, Date.parse('2026-03-02'))).filter(({ file: name }) =>
      name.endsWith('plum-pox.md'),
    )
    expect(thin.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['sources', 'questions', 'sections', 'length', 'review-due']),
    )
  })

  it.each([
    [
      'a number without a fact',
      'Teal fever fades after 3 days.',
      'Teal fever fades after 3 days, or 5.',
      /^\d+: no fact covers "5".*number-without-fact/,
    ],
    [
      'a number word with a unit',
      'It was first drawn',
      'Two weeks ago it was drawn',
      /no fact covers "Two weeks"/,
    ],
    [
      'a claim that is not in the text',
      'Teal fever fades after 3 days.',
      'Teal fever fades.',
      /claim "after 3 days" is not in the text/,
    ],
    ['a fact without its source', 'source: institute', 'source: nobody', /names no listed source: nobody/],
    ['a helpline number', 'Call {emergency} now', 'Call 999 now', /"999".*phone-number/],
    ['an unknown placeholder', '{medical_advice_line}', '{doctor_line}', /\{doctor_line\} is not one of/],
    ['unsafe words', 'It was first drawn', 'He committed suicide. It was drawn', /"committed suicide"/],
    [
      'blaming words',
      'It was first drawn',
      'Addicts suffer from it. It was drawn',
      /people before conditions/,
    ],
    ['a promise', 'Medicine can help with the ache.', 'Medicine will cure the ache.', /promise/],
    ['a dose by weight', '500 mg. Too', '500 mg/kg. Too', /dosing/],
    ['an unknown topic', 'related: [plum-pox]', 'related: [pear-flu]', /"pear-flu" is no other topic/],
    ['another area', 'area: infection', 'area: breathing', /catalogue has the area infection/],
    ['a repeated question', '- is teal fever dangerous', '- what do i do when i turn teal', /asked twice/],
    ['a long summary', 'test results blue.', 'test results blue. And a third.', /has 3 sentences, not 2/],
    ['a review too far away', 'reviewDue: 2027-06-01', 'reviewDue: 2028-06-01', /more than two years/],
    ['a missing section', '{#emergency}', '{#causes}', /no section \{#emergency\}/],
    [
      'a list for an answer',
      'Teal fever starts with a teal tinge of the fingers. On dark skin, look at the nails.\n\n',
      '',
      /begins with a list/,
    ],
  ])('finds %s', async (_, from, to, message) => {
    const found = await findings(replace(from, to))
    expect(found.filter((line) => message.test(line))).not.toEqual([])
  })

  it('finds hard reading', async () => {
    const hard =
      'Idiosyncratic manifestations occasionally necessitate multidisciplinary investigations, notwithstanding considerable epidemiological uncertainty surrounding individual predisposition and environmental determinants.'
    const found = await findings(replace('It was first drawn by an artist.', `${hard} ${hard}`))
    expect(found.join()).toMatch(/reads at grade [\d.]+ \(Flesch-Kincaid\)/)
    expect(found.join()).toMatch(/reads at grade [\d.]+ \(Coleman-Liau\)/)
  })

  it('finds names that two articles claim', async () => {
    const found = await findings(replace('blue tinge', 'plum spots'))
    expect(found.join()).toMatch(/the name "plum spots" also belongs to .*plum-pox\.md \(duplicate-name\)/)
  })

  it('names the line of what it finds', async () => {
    const text = (await readFile(file(), 'utf8')).split('\n')
    const line = text.indexOf('Teal fever fades after 3 days.') + 1
    const found = await findings(replace('fades after 3 days.', 'fades after 3 days, or 5.'))
    expect(found[0]).toMatch(new RegExp(`^${line}: `))
  })

  it('goes on after a file that cannot be read, and says where it broke', async () => {
    const found = await findings(replace('locale: en', 'locale: [en'))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^\d+: .*\(unreadable\)$/)
    expect(await findings(replace('locale: [en', 'locale: en\nmood: blue'))).toEqual([
      expect.stringMatching(/^\d+: .*(mood|Unrecognized).*\(unreadable\)$/),
    ])
  })
})
