import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { SaxesParser } from 'saxes'
import { type Place, recordLimit } from './record.ts'

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly line: number
  text: string
  readonly children: XmlElement[]
}

export type XmlFound =
  | { readonly kind: 'element'; readonly at: Place; readonly element: XmlElement }
  | { readonly kind: 'bad'; readonly at: Place; readonly what: string }

/**
 * The elements called `name` of an XML file, one at a time: only one is held in memory. What is no XML, or not UTF-8,
 * ends the file with its line; what came before stands. Entities that the file declares itself are not expanded.
 */
export async function* xmlElements(
  file: string,
  name: string,
  tell: (share: number) => void,
): AsyncGenerator<XmlFound> {
  const { size } = await stat(file)
  const found: XmlFound[] = []
  const parser = collect(file, name, found)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  try {
    for await (const chunk of createReadStream(file)) {
      bytes += (chunk as Buffer).length
      parser.write(decoder.decode(chunk as Buffer, { stream: true }))
      yield* found.splice(0)
      tell(bytes / size)
    }
    parser.write(decoder.decode())
    parser.close()
  } catch (error) {
    const what = error instanceof Error && 'line' in error ? 'is no well-formed XML' : 'is not UTF-8'
    found.push({ kind: 'bad', at: { file, line: parser.line }, what: `${what}; the rest is left out` })
  }
  yield* found
}

function collect(file: string, name: string, found: XmlFound[]) {
  const parser = new SaxesParser({ xmlns: false })
  let open: XmlElement[] = []
  let length = 0
  const fail = Object.assign(new Error('not well-formed'), { line: 0 })
  parser.on('error', () => {
    throw fail
  })
  parser.on('opentag', ({ name: tag, attributes }) => {
    if (open.length === 0 && tag !== name) return
    if (open.length === 0) length = 0
    const element = { name: tag, attributes, line: parser.line, text: '', children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  const add = (text: string) => {
    const inner = open.at(-1)
    length += text.length
    // What is too long is counted on and no longer held.
    if (inner && length <= recordLimit) inner.text += text
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    const element = open.at(-1)
    open = open.slice(0, -1)
    if (!element || open.length > 0) return
    const at = { file, line: element.line }
    found.push(
      length > recordLimit
        ? { kind: 'bad', at, what: `is longer than ${recordLimit} characters` }
        : { kind: 'element', at, element },
    )
  })
  return parser
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

export function textOf(element: XmlElement | undefined): string {
  return (element?.text ?? '').replace(/\s+/g, ' ').trim()
}
