import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../core/errors.ts'
import { checkFacts } from './check-facts.ts'
import { checkSources } from './check-sources.ts'
import { bounds } from './check-structure.ts'
import { checkWords } from './check-words.ts'
import { type Finding, fromError, LineFinder } from './finding.ts'
import { type Lexicon, loadLexicons } from './lexicon.ts'
import { createClaimMatcher } from './match-claim.ts'
import { type Myth, mythFiles, readMyth, writtenMyth } from './myth.ts'
import type { PublisherOf } from './publishers.ts'
import { readability } from './readability.ts'
import { termOf, wordsOf } from './words.ts'

/** What a correction must have. */
const needed = { says: 8, spares: 4, sources: 2, words: { truth: 60, why: 60, instead: 60 } } as const
const day = 86_400_000

/** Checks every correction under a folder; none = all is well. `topics` are ids of the catalogue, `now` epoch ms. */
export async function lintMyths(
  dir: string,
  topics: ReadonlySet<string>,
  now: number,
  publisherOf?: PublisherOf,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  const owners = new Map<string, string>()
  const read: { readonly myth: Myth; readonly lines: LineFinder }[] = []
  for (const file of await mythFiles(dir)) {
    const content = await readFile(file, 'utf8')
    try {
      const myth = readMyth(file, content)
      const lines = new LineFinder(content)
      const written = writtenMyth(myth)
      read.push({ myth, lines })
      findings.push(
        ...checkForm(myth, lines, topics, now),
        ...checkFacts(written, lines),
        ...checkWords(written, lines),
        ...checkOwners(myth, lines, owners),
        ...(publisherOf ? checkSources(myth, publisherOf, (text) => lines.of(text)) : []),
      )
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      findings.push(fromError(file, error))
    }
  }
  return [...findings, ...checkMatching(read, (await loadLexicons(join(dir, '../lexicon'))).get('en'))]
}

/** What people say must lead to the correction, and what is spared to none. */
function checkMatching(
  read: readonly { readonly myth: Myth; readonly lines: LineFinder }[],
  lexicon: Lexicon | undefined,
): readonly Finding[] {
  const match = createClaimMatcher(
    read.map(({ myth }) => myth),
    lexicon,
  )
  return read.flatMap(({ myth, lines }) => {
    const find = (check: string, text: string, what: string): Finding => ({
      file: myth.file,
      line: lines.of(text.split(' ').slice(0, 4).join(' ')),
      check,
      what: `"${text}" ${what}`,
    })
    const said = [myth.claim, ...myth.says].flatMap((text) => {
      const found = match(text)?.id
      return found === myth.id ? [] : [find('not-matched', text, `leads to ${found ?? 'no correction'}`)]
    })
    const spared = myth.spares.flatMap((text) => {
      const found = match(text)?.id
      return found === undefined ? [] : [find('not-spared', text, `is corrected by ${found}`)]
    })
    return [...said, ...spared]
  })
}

function checkForm(
  myth: Myth,
  lines: LineFinder,
  topics: ReadonlySet<string>,
  now: number,
): readonly Finding[] {
  const findings: Finding[] = []
  const find = (check: string, what: string, near: string) =>
    findings.push({ file: myth.file, line: lines.of(near), check, what })
  if (basename(myth.file) !== `${myth.id}.yaml`) find('id', `the file is not named ${myth.id}.yaml`, 'id:')
  if (!topics.has(myth.article)) find('related', `"${myth.article}" is not in the catalogue`, 'article:')
  for (const field of ['says', 'spares'] as const) {
    const different = new Set(myth[field].map((text) => wordsOf(text).join(' ')))
    if (different.size < needed[field])
      find(field, `needs ${needed[field]} different ones, has ${different.size}`, `${field}:`)
  }
  if (new Set(myth.sources.map(({ publisher }) => publisher)).size < needed.sources)
    find('sources', `needs ${needed.sources} sources of different bodies`, 'sources:')
  for (const field of ['truth', 'why', 'instead'] as const) {
    const length = myth[field].split(/\s+/).length
    if (length > needed.words[field])
      find('length', `${field} has ${length} words, more than ${needed.words[field]}`, `${field}:`)
  }
  const { fleschKincaid } = gradeOf(myth)
  if (fleschKincaid > bounds.grade)
    find('grade', `reads at grade ${fleschKincaid.toFixed(1)}, above ${bounds.grade}`, 'truth:')
  const due = Date.parse(myth.reviewDue)
  if (due < now) find('review-due', `was due for review on ${myth.reviewDue}`, 'reviewDue:')
  if (due > now + bounds.reviewDays * day)
    find('review-due', 'is due for review in more than two years', 'reviewDue:')
  return findings
}

/** Two corrections must not claim the same words. */
function checkOwners(myth: Myth, lines: LineFinder, owners: Map<string, string>): readonly Finding[] {
  return [myth.claim, ...myth.says].flatMap((text) => {
    const key = `${myth.locale} ${wordsOf(text).join(' ')}`
    const owner = owners.get(key) ?? myth.id
    owners.set(key, owner)
    if (owner === myth.id) return []
    const what = `"${text}" also belongs to ${owner}`
    return [{ file: myth.file, line: lines.of(text), check: 'duplicate-claim', what }]
  })
}

/** Readability of a correction; the words of the claim, which it is about, count as easy. */
export function gradeOf({ truth, why, instead, claim }: Myth) {
  const plain = [truth, why, instead].map((text) => text.replace(/\{[a-z_]+\}/g, 'the line'))
  return readability(plain, new Set(wordsOf(claim).map(termOf)))
}
