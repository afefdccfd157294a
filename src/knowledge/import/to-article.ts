import { createHash } from 'node:crypto'
import type { Heading, List, Paragraph, RootContent } from 'mdast'
import { toMarkdown } from 'mdast-util-to-markdown'
import { stringify } from 'yaml'
import { type FrontMatter, type SectionKind, sectionKinds } from '../article.ts'
import type { Block, ImportedRecord } from './record.ts'

/** Days until an imported article falls due: nobody here has read it, so the shorter of the usual terms. */
const reviewDays = 365
const shortWords = 60
const mostQuestions = 40
const dayMs = 86_400_000

/** Which section a heading begins, by its words; the first that fits. */
const sectionWords: readonly (readonly [SectionKind, RegExp])[] = [
  ['emergency', /\bemergenc/i],
  [
    'get-help-today',
    /\bwhen (?:should|to|do|must)\b.*\b(?:doctor|help|call|contact|see|seek)|\bmedical (?:help|attention)\b/i,
  ],
  ['signs', /\b(?:symptoms?|signs?)\b/i],
  ['prevention', /\bprevent/i],
  ['treatment', /\btreat|\btherap/i],
  ['self-care', /\bself.?care\b|\bat home\b|\bliving with\b|\bmanag/i],
  ['causes', /\bcauses?\b|\brisk factors?\b/i],
  ['what-it-is', /^what (?:is|are)\b|^about\b|\b(?:overview|summary|introduction|definition)\b/i],
]

interface Part {
  readonly depth: 2 | 3
  readonly heading: string
  readonly anchor: string
  readonly blocks: readonly Block[]
}

/** The article file of a record: sourced, reviewed by nobody, and with no fact checked. */
export function articleText(id: string, record: ImportedRecord, now: number): string {
  const parts = partsOf(record)
  const lead = parts.find(({ anchor }) => anchor === 'what-it-is') ?? parts[0]
  const front: FrontMatter = {
    id,
    title: plain(record.title),
    area: 'imported',
    locale: record.locale,
    summary: summaryOf(lead?.blocks ?? []) || plain(record.title),
    questions: distinct(record.questions).slice(0, mostQuestions),
    synonyms: distinct(record.synonyms),
    related: [],
    sources: [
      {
        id: 'source',
        publisher: plain(record.source.publisher),
        title: plain(record.title),
        url: record.source.url,
        read: dateOf(now),
      },
    ],
    facts: [],
    reviewDue: dateOf(now + reviewDays * dayMs),
    imported: { form: record.form, record: record.record, sha256: recordHash(record), text: unsealed },
  }
  const body = toMarkdown({ type: 'root', children: parts.flatMap(nodesOf) }, { bullet: '-' })
  return seal(`---\n${stringify(front, { lineWidth: 0 })}---\n\n${body}`)
}

/** sha256 of a record as its corpus has it: the same again means that nothing is to be done. */
export function recordHash(record: ImportedRecord): string {
  return sha256(JSON.stringify(record))
}

const unsealed = '0'.repeat(64)
const sealLine = /^ {2}text: (?:"?)([0-9a-f]{64})(?:"?)$/m

/** Writes the hash of the whole file into it, its own place left blank. */
function seal(text: string): string {
  return text.replace(sealLine, `  text: "${sha256(text.replace(sealLine, unsealed))}"`)
}

/** Whether a file is as the import wrote it: what somebody edited since is theirs. */
export function isAsImported(text: string): boolean {
  const [, sealed] = sealLine.exec(text) ?? []
  return sealed !== undefined && sealed === sha256(text.replace(sealLine, unsealed))
}

function partsOf({ sections }: ImportedRecord): readonly Part[] {
  const main: Part[] = []
  const asked: Part[] = []
  const used = new Set<string>(sectionKinds)
  for (const [number, { heading, blocks }] of sections.entries()) {
    const kind = sectionWords.find(([, words]) => words.test(heading))?.[0] ?? (number === 0 && 'what-it-is')
    if (kind && !main.some(({ anchor }) => anchor === kind))
      main.push({ depth: 2, heading: plain(heading), anchor: kind, blocks: shortFirst(heading, blocks) })
    else {
      const anchor = free(`q-${slugOf(heading) || number}`, used)
      used.add(anchor)
      asked.push({ depth: 3, heading: plain(heading), anchor, blocks: shortFirst(heading, blocks) })
    }
  }
  return asked.length === 0
    ? main
    : [...main, { depth: 2, heading: 'Questions', anchor: 'questions', blocks: [] }, ...asked]
}

/** The first paragraph answers alone: at most 60 words of it, whole sentences. */
function shortFirst(heading: string, blocks: readonly Block[]): readonly Block[] {
  const [first, ...rest] = blocks
  if (!first) return []
  if (first.kind === 'list')
    return [{ kind: 'paragraph', text: `${heading.replace(/[:?.]*$/, '')}:` }, ...blocks]
  const sentences = first.text.split(/(?<=[.!?])\s+/)
  let count = 0
  const fits = sentences.findIndex((sentence) => {
    count += sentence.split(/\s+/).length
    return count > shortWords
  })
  if (fits <= 0) return blocks
  return [
    { kind: 'paragraph', text: sentences.slice(0, fits).join(' ') },
    { kind: 'paragraph', text: sentences.slice(fits).join(' ') },
    ...rest,
  ]
}

function nodesOf({ depth, heading, anchor, blocks }: Part): readonly RootContent[] {
  const words = (value: string): Paragraph => ({
    type: 'paragraph',
    children: [{ type: 'text', value: plain(value) }],
  })
  const title: Heading = {
    type: 'heading',
    depth,
    children: [{ type: 'text', value: `${heading} {#${anchor}}` }],
  }
  return [
    title,
    ...blocks.map((block): Paragraph | List =>
      block.kind === 'paragraph'
        ? words(block.text)
        : {
            type: 'list',
            ordered: false,
            spread: false,
            children: block.items.map((item) => ({
              type: 'listItem',
              spread: false,
              children: [words(item)],
            })),
          },
    ),
  ]
}

function summaryOf([first]: readonly Block[]): string {
  const text = first?.kind === 'paragraph' ? first.text : (first?.items[0] ?? '')
  return plain(
    text
      .split(/(?<=[.!?])\s+/)
      .slice(0, 2)
      .join(' '),
  )
}

/** One line without control characters; braces are the articles' own marks. */
function plain(text: string): string {
  return text.replace(/\p{C}/gu, ' ').replace(/\{/g, '(').replace(/\}/g, ')').replace(/\s+/g, ' ').trim()
}

function distinct(texts: readonly string[]): string[] {
  const seen = new Map(texts.map((text) => [plain(text).toLowerCase(), plain(text)]))
  return [...seen.values()].filter(Boolean)
}

/** What a title or a record's name becomes in a file name: nothing that a path could mean is left. */
export function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
}

function free(wanted: string, used: ReadonlySet<string>): string {
  let name = wanted
  for (let number = 2; used.has(name); number++) name = `${wanted}-${number}`
  return name
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
