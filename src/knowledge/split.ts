import type { Emphasis, Heading, List, Node, Paragraph, Root, RootContent, Strong } from 'mdast'
import { AppError } from '../core/errors.ts'
import { type ArticleId, asId, type PassageId } from '../core/ids.ts'
import { statesAmounts } from './amounts.ts'
import { type Passage, type SectionKind, sectionKinds } from './article.ts'

/**
 * The passages of an article's text: one for each `##` section and each `###` part, with ids that stay when the text
 * is edited. The first paragraph is the short answer, what follows is "more". Throws `CONTENT_INVALID` as
 * `file:line: what is wrong`.
 */
export function splitPassages(file: string, article: ArticleId, root: Root): Passage[] {
  const passages: Passage[] = []
  let open:
    | { id: string; heading: string; kind: SectionKind; isQuestion: boolean; blocks: string[] }
    | undefined
  let section: SectionKind | undefined
  const close = () => {
    const [short, ...rest] = joinLists(open?.blocks ?? [])
    if (!open || short === undefined) return
    const text = open.blocks.join('\n\n')
    passages.push({
      id: asId<PassageId>(`${article}#${open.id}`),
      article,
      heading: open.heading,
      kind: open.kind,
      isQuestion: open.isQuestion,
      short,
      rest: rest.join('\n\n'),
      quantities: statesAmounts(text),
    })
  }
  for (const node of root.children) {
    if (node.type === 'yaml') continue
    if (node.type === 'heading') {
      close()
      const { text, id } = readHeading(file, node)
      if (node.depth === 2) {
        section = sectionKinds.find((kind) => kind === id)
        if (!section)
          throw invalid(file, node, `"${id}" is not a section; use one of ${sectionKinds.join(', ')}`)
      } else if (node.depth !== 3 || !section)
        throw invalid(file, node, 'only ## sections and ### parts of them')
      open = { id, heading: text, kind: section, isQuestion: node.depth === 3, blocks: [] }
      if (passages.some((passage) => passage.id === `${article}#${id}`))
        throw invalid(file, node, `"${id}" is used twice`)
    } else if (!open) throw invalid(file, node, 'text before the first section')
    else open.blocks.push(blockText(file, node))
  }
  close()
  return passages
}

/** A paragraph that ends in a colon says nothing without the list it announces. */
function joinLists(blocks: readonly string[]): readonly string[] {
  const [first, second, ...rest] = blocks
  return first?.endsWith(':') && second?.startsWith('- ') ? [`${first}\n\n${second}`, ...rest] : blocks
}

/** `Signs {#signs}` → its text and the stable id. */
function readHeading(file: string, node: Heading): { text: string; id: string } {
  const match = /^(.*?)\s*\{#([a-z0-9-]+)\}$/.exec(wordsIn(file, node))
  if (!match?.[1] || !match[2]) throw invalid(file, node, 'a heading ends with its id: {#signs}')
  return { text: match[1], id: match[2] }
}

function blockText(file: string, node: RootContent): string {
  if (node.type === 'paragraph') return wordsIn(file, node)
  if (node.type === 'list') return listText(file, node)
  throw invalid(file, node, `${node.type} is not used in articles: paragraphs and lists only`)
}

function listText(file: string, list: List): string {
  return list.children
    .map((item, index) => {
      const [only, ...more] = item.children
      if (only?.type !== 'paragraph' || more.length > 0)
        throw invalid(file, item, 'an item of a list is one paragraph')
      return `${list.ordered ? `- ${index + 1}.` : '-'} ${wordsIn(file, only)}`
    })
    .join('\n')
}

/** Plain words: platforms draw emphasis and links differently, or not at all. */
function wordsIn(file: string, node: Paragraph | Heading | Strong | Emphasis): string {
  return node.children
    .map((child) => {
      if (child.type === 'text') return child.value
      if (child.type === 'strong' || child.type === 'emphasis') return wordsIn(file, child)
      throw invalid(file, child, `${child.type} is not used in articles: words, **bold** and *emphasis* only`)
    })
    .join('')
    .replace(/\s*\n\s*/g, ' ')
}

function invalid(file: string, node: Node, what: string): AppError {
  return new AppError('CONTENT_INVALID', `${file}:${node.position?.start.line ?? 1}: ${what}`)
}
