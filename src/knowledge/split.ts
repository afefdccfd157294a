import type { Heading, List, Root, RootContent } from 'mdast'
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
    const line = node.position?.start.line ?? 1
    if (node.type === 'heading') {
      close()
      const { text, id } = readHeading(file, node)
      if (node.depth === 2) {
        section = sectionKinds.find((kind) => kind === id)
        if (!section)
          throw invalid(file, line, `"${id}" is not a section; use one of ${sectionKinds.join(', ')}`)
      } else if (node.depth !== 3 || !section)
        throw invalid(file, line, 'only ## sections and ### parts of them')
      open = { id, heading: text, kind: section, isQuestion: node.depth === 3, blocks: [] }
      if (passages.some((passage) => passage.id === `${article}#${id}`))
        throw invalid(file, line, `"${id}" is used twice`)
    } else if (!open) throw invalid(file, line, 'text before the first section')
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
  const match = /^(.*?)\s*\{#([a-z0-9-]+)\}$/.exec(inlineText(node))
  if (!match?.[1] || !match[2])
    throw invalid(file, node.position?.start.line ?? 1, 'a heading ends with its id: {#signs}')
  return { text: match[1], id: match[2] }
}

function blockText(file: string, node: RootContent): string {
  if (node.type === 'paragraph') return inlineText(node)
  if (node.type === 'list') return listText(node)
  throw invalid(
    file,
    node.position?.start.line ?? 1,
    `${node.type} is not used in articles: paragraphs and lists only`,
  )
}

function listText(list: List): string {
  return list.children
    .map(
      (item, index) => `${list.ordered ? `- ${index + 1}.` : '-'} ${item.children.map(inlineText).join(' ')}`,
    )
    .join('\n')
}

/** The words of a node without its markup. */
function inlineText(node: RootContent): string {
  if ('value' in node) return node.value
  const parts = 'children' in node ? node.children.map((child) => inlineText(child as RootContent)) : []
  return parts.join('').replace(/\s+/g, ' ').trim() === '' ? '' : parts.join('').replace(/\n/g, ' ')
}

function invalid(file: string, line: number, what: string): AppError {
  return new AppError('CONTENT_INVALID', `${file}:${line}: ${what}`)
}
