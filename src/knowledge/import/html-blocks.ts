import { Parser } from 'htmlparser2'
import type { Block } from './record.ts'

export interface Section {
  /** '' before the first heading. */
  readonly heading: string
  readonly blocks: readonly Block[]
}

const headings = /^h[1-6]$/
const ends = /^(?:p|div|ul|ol|li|table|tr|br|dl|dt|dd|blockquote|section|article|h[1-6])$/
/** What is in these is no text. */
const hidden = /^(?:script|style|template|iframe|object|svg|head|title|noscript|textarea|select)$/

/** The plain words of an HTML fragment, by heading; markup, scripts and addresses are left behind. */
export function htmlSections(html: string): readonly Section[] {
  const sections: { heading: string; blocks: Block[] }[] = [{ heading: '', blocks: [] }]
  let words = ''
  let items: string[] | undefined
  let inHeading = false
  let hiddenDepth = 0
  const flush = () => {
    const text = words.replace(/\s+/g, ' ').trim()
    words = ''
    if (text === '') return
    if (inHeading) sections.push({ heading: text, blocks: [] })
    else if (items) items.push(text)
    else sections.at(-1)?.blocks.push({ kind: 'paragraph', text })
  }
  const endList = () => {
    if (items && items.length > 0) sections.at(-1)?.blocks.push({ kind: 'list', items })
    items = undefined
  }
  const parser = new Parser({
    onopentagname(name) {
      if (hidden.test(name)) hiddenDepth++
      if (!ends.test(name)) return
      flush()
      if (name === 'ul' || name === 'ol') items ??= []
      else if (name !== 'li' && name !== 'br' && headings.test(name)) endList()
      inHeading = headings.test(name)
    },
    ontext(text) {
      if (hiddenDepth === 0) words += text
    },
    onclosetag(name) {
      if (hidden.test(name)) hiddenDepth = Math.max(0, hiddenDepth - 1)
      if (!ends.test(name)) return
      flush()
      if (name === 'ul' || name === 'ol') endList()
      inHeading = false
    },
  })
  parser.end(html)
  flush()
  endList()
  return sections.filter(({ blocks }) => blocks.length > 0)
}

/** Paragraphs and `-` or `*` lists of plain text. */
export function textBlocks(text: string): readonly Block[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part): Block => {
      const lines = part.split('\n').map((line) => line.trim())
      const plain = (line: string) => line.replace(/\s+/g, ' ')
      return lines.every((line) => /^[-*•]\s+/.test(line))
        ? { kind: 'list', items: lines.map((line) => plain(line.replace(/^[-*•]\s+/, ''))) }
        : { kind: 'paragraph', text: plain(lines.join(' ')) }
    })
}
