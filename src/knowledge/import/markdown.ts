import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Node, Parent, Root } from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Block, type Found, type ReadCorpus, recordLimit } from './record.ts'

/** What must be known of a text; anything else in the front matter is the organisation's own. */
const meta = z.object({
  title: z.string().min(1).optional(),
  url: z.url(),
  publisher: z.string().min(1),
  locale: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/)
    .default('en'),
  synonyms: z.array(z.string()).default([]),
  questions: z.array(z.string()).default([]),
})
const markdown = unified().use(remarkParse).use(remarkFrontmatter, ['yaml'])

/** A folder of Markdown: front matter with `url` and `publisher`, a title there or as `#`, sections by headings. */
export const readMarkdown: ReadCorpus = async function* (path, tell) {
  const files = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const [number, file] of files.entries()) {
    yield await fileOf(path, file)
    tell((number + 1) / files.length)
  }
}

async function fileOf(folder: string, file: string): Promise<Found> {
  const bad = (line: number, what: string): Found => ({ kind: 'bad', at: { file, line }, what })
  if ((await stat(file)).size > recordLimit) return bad(1, `is longer than ${recordLimit} characters`)
  let content: string
  try {
    content = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch {
    return bad(1, 'is not UTF-8')
  }
  const root: Root = markdown.parse(content)
  const [first] = root.children
  if (first?.type !== 'yaml') return bad(1, 'has no front matter between --- lines')
  const read = meta.safeParse(parsed(first.value))
  if (!read.success)
    return bad(2, `front matter: ${read.error.issues[0]?.path.join('.') || 'it'} is missing or wrong`)
  const sections: { heading: string; blocks: Block[] }[] = [{ heading: '', blocks: [] }]
  let { title } = read.data
  for (const node of root.children.slice(1)) {
    if (node.type === 'heading' && node.depth === 1 && !title) title = wordsOf(node)
    else if (node.type === 'heading') sections.push({ heading: wordsOf(node), blocks: [] })
    else sections.at(-1)?.blocks.push(...blocksOf(node))
  }
  if (!title) return bad(2, 'has no title')
  const filled = sections.filter(({ blocks }) => blocks.length > 0)
  if (filled.length === 0) return bad(1, 'has no text')
  const { locale, synonyms, questions, publisher, url } = read.data
  return {
    kind: 'record',
    at: { file, line: 1 },
    record: {
      form: 'markdown',
      record: relative(folder, file).split(sep).join('/'),
      locale,
      title,
      synonyms,
      questions,
      source: { publisher, url },
      sections: filled.map(({ heading, blocks }) => ({ heading: heading || title, blocks })),
    },
  }
}

function parsed(yaml: string): unknown {
  try {
    return parse(yaml, { maxAliasCount: 0 })
  } catch {
    return undefined
  }
}

function blocksOf(node: Node): readonly Block[] {
  if (node.type === 'list') {
    const items = (node as Parent).children.map(wordsOf).filter(Boolean)
    return items.length > 0 ? [{ kind: 'list', items }] : []
  }
  if (node.type === 'html' || node.type === 'definition') return []
  const text = wordsOf(node)
  return text === '' ? [] : [{ kind: 'paragraph', text }]
}

/** The words alone: of a link its text, of a picture nothing. */
function wordsOf(node: Node): string {
  if (node.type === 'html' || node.type === 'image') return ''
  if (node.type === 'break') return ' '
  if ('value' in node && typeof node.value === 'string') return node.value.replace(/\s+/g, ' ')
  if (!('children' in node)) return ''
  const apart = /^(?:list|listItem|paragraph|tableRow|tableCell|blockquote)$/
  return (node as Parent).children
    .map((child) => (apart.test(child.type) ? `${wordsOf(child)} ` : wordsOf(child)))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}
