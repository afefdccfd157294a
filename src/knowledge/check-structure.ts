import { basename } from 'node:path'
import type { Article } from './article.ts'
import type { Topic } from './catalogue.ts'
import type { Finding, LineFinder } from './finding.ts'
import { readability } from './readability.ts'
import { termOf, wordsOf } from './words.ts'

/** What an article must have. */
export const bounds = {
  words: { least: 350, most: 900 },
  /** US school grade by Flesch-Kincaid, and by Coleman-Liau: readable at 11 to 12 years. */
  grade: 6.5,
  shortWords: 60,
  questions: 8,
  sources: 2,
  summarySentences: 2,
  /** Longest time until the next review. */
  reviewDays: 731,
} as const

const day = 86_400_000

/** Form, length, readability and the ids that an article points to. */
export function checkStructure(
  article: Article,
  lines: LineFinder,
  catalogue: ReadonlyMap<string, Topic>,
  now: number,
): readonly Finding[] {
  const findings: Finding[] = []
  const find = (check: string, what: string, near = 'id:') =>
    findings.push({ file: article.file, line: lines.of(near), check, what })

  const folder = article.file.split(/[\\/]/).at(-2)
  if (basename(article.file) !== `${article.id}.md`) find('id', `the file is not named ${article.id}.md`)
  if (folder !== article.locale) find('locale', `the file is not in a folder ${article.locale}`, 'locale:')
  const topic = catalogue.get(article.id)
  if (!topic) find('id', `"${article.id}" is not in the catalogue`)
  else if (topic.area !== article.area) find('area', `the catalogue has the area ${topic.area}`, 'area:')
  for (const id of article.related)
    if (!catalogue.has(id) || id === article.id)
      find('related', `"${id}" is no other topic of the catalogue`, 'related:')

  const publishers = new Set(article.sources.map(({ publisher }) => publisher))
  if (publishers.size < bounds.sources)
    find('sources', `needs ${bounds.sources} sources of different bodies`, 'sources:')
  for (const { id } of article.sources)
    if (
      !article.facts.some(({ source }) => source === id) &&
      article.sources.filter((each) => each.id === id).length > 1
    )
      find('sources', `source "${id}" is listed twice`, `id: ${id}`)
  if (article.questions.length < bounds.questions)
    find('questions', `needs ${bounds.questions} questions`, 'questions:')
  for (const question of repeated(article.questions, (text) => wordsOf(text).join(' ')))
    find('questions', `asked twice: "${question}"`, question)
  for (const synonym of repeated(article.synonyms, (text) => text.toLowerCase()))
    find('synonyms', `listed twice: "${synonym}"`, 'synonyms:')
  const sentences = article.summary.split(/(?<=[.!?])\s+/).length
  if (sentences !== bounds.summarySentences)
    find('summary', `has ${sentences} sentences, not ${bounds.summarySentences}`, 'summary:')

  const kinds = article.passages.filter(({ isQuestion }) => !isQuestion).map(({ kind }) => kind)
  if (!kinds.includes('emergency')) find('sections', 'has no section {#emergency}')
  // An article that is an emergency from its first line sends nobody to wait for today's appointment.
  if (!kinds.includes('get-help-today') && kinds[0] !== 'emergency')
    find('sections', 'has no section {#get-help-today}')
  if (!kinds.includes('what-it-is')) find('sections', 'has no section {#what-it-is}')
  for (const { heading, id, short } of article.passages) {
    const anchor = `{#${id.split('#')[1]}}`
    if (short.startsWith('- '))
      find('short-answer', `"${heading}" begins with a list, not with a short answer`, anchor)
    // A list that the first paragraph announces is shown with it and not counted.
    const length = (short.split('\n\n')[0] ?? '').split(/\s+/).length
    if (length > bounds.shortWords)
      find('short-answer', `"${heading}" begins with ${length} words, more than ${bounds.shortWords}`, anchor)
  }

  const { words, fleschKincaid, colemanLiau } = readabilityOf(article)
  if (words < bounds.words.least || words > bounds.words.most)
    find('length', `has ${words} words, not ${bounds.words.least} to ${bounds.words.most}`)
  if (fleschKincaid > bounds.grade)
    find('grade', `reads at grade ${fleschKincaid.toFixed(1)} (Flesch-Kincaid), above ${bounds.grade}`)
  if (colemanLiau > bounds.grade)
    find('grade', `reads at grade ${colemanLiau.toFixed(1)} (Coleman-Liau), above ${bounds.grade}`)

  const due = Date.parse(article.reviewDue)
  if (due < now) find('review-due', `was due for review on ${article.reviewDue}`, 'reviewDue:')
  if (due > now + bounds.reviewDays * day)
    find('review-due', 'is due for review in more than two years', 'reviewDue:')
  for (const { id, read } of article.sources)
    if (Date.parse(read) > now + day) find('sources', `source "${id}" was read in the future`, `id: ${id}`)
  return findings
}

/** Readability of an article's passages. The words of its title, which the text explains, count as easy. */
export function readabilityOf(article: Article) {
  const lines = article.passages.flatMap(({ short, rest }) => `${short}\n${rest}`.split('\n'))
  const plain = lines.map((line) => line.replace(/^\s*-\s+/, '').replace(/\{[a-z_]+\}/g, 'the line'))
  return readability(plain, new Set(wordsOf(article.title).map(termOf)))
}

function repeated(texts: readonly string[], keyOf: (text: string) => string): readonly string[] {
  const seen = new Set<string>()
  return texts.filter((text) => {
    const key = keyOf(text)
    const again = seen.has(key)
    seen.add(key)
    return again
  })
}
