import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixtureContent, january } from '../../test/fixtures/knowledge.ts'
import { sayFinding } from './finding.ts'
import { lintMyths } from './lint-myths.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salus-myths-'))
  await cp(join(fixtureContent, 'myths'), dir, { recursive: true })
})
afterEach(() => rm(dir, { recursive: true }))

const file = () => join(dir, 'en/teal-fever-tea.yaml')

/** What lint says after an edit. */
async function findings(from: string | RegExp, to: string): Promise<string[]> {
  const before = await readFile(file(), 'utf8')
  const after = before.replace(from, to)
  expect(after === before && from !== '').toBe(false)
  await writeFile(file(), after)
  const found = await lintMyths(dir, new Set(['teal-fever']), january)
  return found.map((finding) => sayFinding(finding).slice(file().length + 1))
}

describe('lint of corrections', () => {
  it('finds nothing in a good one', async () => {
    expect(await findings('', '')).toEqual([])
  })

  it.each([
    ['a number without its source', 'in 3 days', 'in 4 days', 'number-without-fact'],
    ['too few ways to say it', /\n {2}- nobody dies.*/, '', '(says)'],
    ['too few sentences to spare', /\n {2}- it is a myth.*/, '', '(spares)'],
    ['one body alone', 'Second Body', 'First Body', '(sources)'],
    ['an article that is no topic', 'article: teal-fever', 'article: mauve-fever', '(related)'],
    ['words that promise', 'help most', 'will always cure most', '(promise)'],
    ['a review that is past', '2027-01-01', '2026-01-01', '(review-due)'],
    ['an unknown verdict', 'not proven', 'rubbish', 'verdict'],
    ['a long truth', 'Nothing you', `${'And so it is. '.repeat(20)}Nothing you`, '(length)'],
  ])('finds %s', async (_, from, to, wanted) => {
    expect((await findings(from, to)).join('\n')).toContain(wanted)
  })

  it('finds words that two corrections claim', async () => {
    const other = (await readFile(file(), 'utf8')).replace('id: teal-fever-tea', 'id: other-tea')
    await writeFile(join(dir, 'en/other-tea.yaml'), other)
    expect((await findings('', '')).join('\n')).toContain('also belongs to other-tea')
  })
})
