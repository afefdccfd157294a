import type { types } from '@slack/bolt'
import type { JsonObject, NonEmpty } from '../../core/json.ts'
import type { RenderedPart, Reply, ReplyElement } from '../../core/reply.ts'
import { type ElementRenderers, lineText, plainText, renderElement } from '../shared/plain-text.ts'
import { splitText } from '../shared/split-text.ts'
import { limits } from './limits.ts'
import { clip, escapeText } from './text.ts'

type Block = types.KnownBlock
type RichElement = types.RichTextBlockElement
type Inline = types.RichTextElement

/** One Slack message. `text` is what notifications and screen readers get. */
export interface SlackPayload {
  readonly text: string
  readonly blocks: readonly Block[]
}

/** Marks the blocks whose buttons answer a reply; the delivery's key is put behind it when it is sent. */
export const replyBlock = 'reply'

/** A reply as Slack messages, each within the limits; rich text holds words as they are, so nothing in it is markup. */
export function render(reply: Reply): NonEmpty<RenderedPart> {
  const neutral = reply.preview === 'neutral'
  const drawn = reply.elements.flatMap((element) => renderElement(renderers, element))
  // Slack refuses a message of no blocks.
  const blocks = drawn.length > 0 ? drawn : paragraphs('…')
  const messages = packed(numbered(neutral ? [quiet, ...blocks] : blocks))
  const plain = plainText(reply)
  const pieces = messages.map((some, index): RenderedPart => {
    const words = (index === 0 && plain.trim()) || '…'
    const text = neutral ? neutralText : clip(escapeText(words), limits.fallbackText)
    const payload: SlackPayload = { text, blocks: some }
    return { payload: payload as unknown as JsonObject, plain: index === 0 ? plain : '' }
  })
  return pieces as unknown as NonEmpty<RenderedPart>
}

/** What a locked screen shows of a reply that must say nothing there. */
const neutralText = 'A reply from Salus'
const quiet: Block = {
  type: 'context',
  elements: [{ type: 'plain_text', text: neutralText, emoji: false }],
}

const words = (text: string, style?: { bold?: boolean }): Inline => ({
  type: 'text',
  text: text === '' ? ' ' : text,
  ...(style ? { style } : {}),
})
const link = (url: string, text: string): Inline => ({ type: 'link', url, text: text || url })
const rich = (elements: RichElement[]): Block => ({ type: 'rich_text', elements })
const section = (elements: Inline[]): RichElement => ({ type: 'rich_text_section', elements })

/** Text with its addresses as links; Slack makes none of plain rich text by itself. */
function linked(text: string, style?: { bold?: boolean }): Inline[] {
  // What ends a sentence is no part of its address.
  const parts = text.split(/(https?:\/\/[^\s)]*[^\s).,;:!?'"])/).filter((part) => part !== '')
  return parts.map((part) => (/^https?:\/\//.test(part) ? link(part, part) : words(part, style)))
}

function paragraphs(text: string, style?: { bold?: boolean }): Block[] {
  return splitText(text, limits.richText).map((piece) => rich([section(linked(piece, style))]))
}

const renderers: ElementRenderers<Block[]> = {
  paragraph: ({ text }) => paragraphs(text),
  list: ({ items, ordered }) =>
    lists(
      items.flatMap((item) => splitText(item, limits.richText)).map((item) => linked(item)),
      ordered === true ? 'ordered' : 'bullet',
    ),
  notice: ({ tone, text }) => {
    const mark = { info: 'information_source', caution: 'warning', urgent: 'rotating_light' }[tone]
    const [first = '', ...rest] = splitText(text, limits.richText)
    const style = tone === 'info' ? undefined : { bold: true }
    const lead: Inline[] = [{ type: 'emoji', name: mark }, words(' ')]
    return [
      rich([section([...lead, ...linked(first, style)])]),
      ...rest.flatMap((piece) => paragraphs(piece, style)),
    ]
  },
  helpline: ({ lines }) =>
    lists(
      lines.map((line) => [
        ...linked(clip(lineText(line), limits.richText)),
        ...(line.url && !line.said.includes(line.url) ? [words(' '), link(line.url, line.url)] : []),
      ]),
      'bullet',
    ),
  correction: ({ claim, verdict, truth }) => [
    ...paragraphs(truth),
    rich([{ type: 'rich_text_quote', elements: [words(clip(claim, limits.richText))] }]),
    rich([section([words(clip(verdict, limits.richText), { bold: true })])]),
  ],
  sources: ({ label, items }) => [
    rich([section([words(clip(label, limits.richText))])]),
    ...lists(
      items.map((item) => [
        words(`${clip(item.publisher, limits.sourceText)}: `),
        link(item.url, clip(item.title, limits.sourceText)),
        words(` (${item.read})`),
      ]),
      'bullet',
    ),
  ],
  choices: (element) => choices(element),
  // No image block: Slack fetches it first, and refuses the whole message when it cannot.
  image: ({ alt, url }) => paragraphs(`[${clip(alt, limits.altText)}]${url ? ` ${url}` : ''}`),
}

/** One list, in as many blocks as its length asks for; numbers go on. */
function lists(items: readonly Inline[][], style: 'ordered' | 'bullet'): Block[] {
  const blocks: Block[] = []
  let current: Inline[][] = []
  let size = 0
  let done = 0
  const flush = () => {
    if (current.length === 0) return
    const elements = current.map((inline) => ({ type: 'rich_text_section' as const, elements: inline }))
    const offset = style === 'ordered' && done > 0 ? { offset: done } : {}
    blocks.push(rich([{ type: 'rich_text_list', style, elements, ...offset }]))
    done += current.length
    current = []
    size = 0
  }
  for (const item of items) {
    const weight = JSON.stringify(item).length
    if (size + weight > limits.richText) flush()
    current.push(item)
    size += weight
  }
  flush()
  return blocks
}

/** Buttons; a menu when there are many and every value fits into one. */
function choices({ action, prompt, ...given }: Extract<ReplyElement, { kind: 'choices' }>): Block[] {
  const asked = prompt ? paragraphs(prompt) : []
  // Slack refuses the whole message for one value that is too long.
  const options = given.options.filter(({ value }) => `${action}\n${value}`.length <= limits.buttonValue)
  const short = options.every(({ value }) => `${action}\n${value}`.length <= limits.optionValue)
  if (options.length > mostButtons && short && options.length <= limits.optionsPerSelect) {
    const menu: types.StaticSelect = {
      type: 'static_select',
      action_id: 'choose',
      placeholder: plainWords(prompt ?? '…', limits.placeholder),
      options: options.map(({ value, label }) => ({
        text: plainWords(label, limits.optionText),
        value: `${action}\n${value}`,
      })),
    }
    return [...asked, { type: 'actions', block_id: replyBlock, elements: [menu] }]
  }
  const buttons = options.map(
    ({ value, label }, index): types.Button => ({
      type: 'button',
      action_id: `choose.${index}`,
      text: plainWords(label, limits.buttonText),
      value: `${action}\n${value}`,
    }),
  )
  const rows: Block[] = []
  for (let from = 0; from < buttons.length; from += limits.elementsPerActions) {
    const elements = buttons.slice(from, from + limits.elementsPerActions)
    rows.push({ type: 'actions', block_id: replyBlock, elements })
  }
  return [...asked, ...rows]
}

/** More options than these are a menu. */
const mostButtons = 10

/** A label: words as they are, for `:fire:` is no picture here. */
function plainWords(text: string, limit: number) {
  return { type: 'plain_text' as const, text: clip(text, limit), emoji: false }
}

/** Slack refuses a message of which two blocks have one id. */
function numbered(blocks: readonly Block[]): readonly Block[] {
  return blocks.map((block, index) =>
    block.type === 'actions' ? { ...block, block_id: `${replyBlock}.${index}` } : block,
  )
}

/** Blocks in messages: as many as fit. */
function packed(blocks: readonly Block[]): readonly Block[][] {
  const messages: Block[][] = [[]]
  let size = 0
  for (const block of blocks) {
    const weight = JSON.stringify(block).length
    const last = messages.at(-1) ?? []
    if (last.length >= limits.blocksPerMessage || (last.length > 0 && size + weight > limits.messageText)) {
      messages.push([block])
      size = weight
    } else {
      last.push(block)
      size += weight
    }
  }
  return messages
}
