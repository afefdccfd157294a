import type { JsonObject, NonEmpty } from '../../core/json.ts'
import type { RenderedPart, Reply, ReplyElement } from '../../core/reply.ts'
import { type ElementRenderers, lineText, plainText, renderElement } from '../shared/plain-text.ts'
import { splitText } from '../shared/split-text.ts'
import { limits } from './limits.ts'
import { clip, escapeText, linkText } from './text.ts'

export interface TextDisplay {
  readonly type: 10
  readonly content: string
}
export interface Container {
  readonly type: 17
  readonly accent_color: number
  readonly components: readonly TextDisplay[]
}
/** https://docs.discord.com/developers/components/reference#media-gallery */
export interface MediaGallery {
  readonly type: 12
  readonly items: readonly { readonly media: { readonly url: string }; readonly description: string }[]
}
export interface Button {
  readonly type: 2
  readonly style: number
  readonly label: string
  readonly custom_id: string
}
interface Select {
  readonly type: 3
  readonly custom_id: string
  readonly placeholder?: string
  readonly options: readonly { readonly label: string; readonly value: string }[]
}
export interface ActionRow {
  readonly type: 1
  readonly components: readonly (Button | Select)[]
}
type Component = TextDisplay | Container | ActionRow | MediaGallery

/** One Discord message, in the newer components. */
export interface DiscordPayload {
  readonly components: readonly Component[]
}

/** Begins the ids of components that answer a reply; the delivery's key is put behind it when it is sent. */
export const replyMark = 'say:'
/** Begins an id that has no room for its value: a press says what stands on the button. */
export const labelMark = '~'
/** What an id holds beside mark and delivery key. */
const codeText = 60

const colours = { info: 0x5865f2, caution: 0xf0b232, urgent: 0xda373c }
/** How much an escaped text may grow is not known before: pieces are cut well below the limit. */
const pieceText = 1_200

/** A reply as Discord messages, each within the limits. */
export function render(reply: Reply): NonEmpty<RenderedPart> {
  const drawn = reply.elements.flatMap((element) => renderElement(renderers, element))
  const messages = packed(
    reply.preview === 'neutral' ? [quiet, ...drawn] : drawn.length > 0 ? drawn : [nothing],
  )
  const plain = plainText(reply)
  const parts = messages.map((components, index): RenderedPart => {
    const payload: DiscordPayload = { components }
    return { payload: payload as unknown as JsonObject, plain: index === 0 ? plain : '' }
  })
  return parts as unknown as NonEmpty<RenderedPart>
}

/** What a locked screen shows of a reply that must say nothing there: longer than any preview needs to be neutral. */
const quiet: TextDisplay = { type: 10, content: `-# A reply from Salus\n-# ${'·\u00A0'.repeat(40)}` }

/** Discord refuses a message of no words. */
const nothing: TextDisplay = { type: 10, content: '…' }

function shown(content: string): TextDisplay[] {
  return splitText(content.trim(), pieceText)
    .filter((piece) => piece !== '')
    .flatMap((piece) =>
      splitText(escapeText(piece), limits.messageText).map((text) => ({ type: 10 as const, content: text })),
    )
}

const renderers: ElementRenderers<Component[]> = {
  paragraph: ({ text }) => shown(text),
  list: ({ items, ordered }) =>
    grouped(
      items.flatMap((item, index) => {
        const [first = '', ...rest] = splitText(item, pieceText)
        return [`${ordered ? `${index + 1}.` : '-'} ${escapeText(first)}`, ...rest.map(escapeText)]
      }),
    ),
  notice: ({ tone, text }) =>
    shown(text).map((display) => ({
      type: 17 as const,
      accent_color: colours[tone],
      components: [tone === 'info' ? display : { ...display, content: `**${display.content}**` }],
    })),
  helpline: ({ lines }) =>
    grouped(
      lines.map((line) => {
        const said = escapeText(lineText(line))
        return `- ${said}${line.url && !line.said.includes(line.url) ? ` <${line.url}>` : ''}`
      }),
    ),
  correction: ({ claim, verdict, truth }) => [
    ...shown(truth),
    {
      type: 10,
      content: `> ${escapeText(clip(claim, 500)).replaceAll('\n', '\n> ')}\n**${escapeText(verdict)}**`,
    },
  ],
  sources: ({ label, items }) =>
    grouped([
      `-# ${escapeText(label)}`,
      ...items.map(
        ({ publisher, title, url, read }) =>
          `-# - ${escapeText(publisher)}: ${linkText(title, url)} (${escapeText(read)})`,
      ),
    ]),
  choices: (element) => choices(element),
  // Discord looks for the picture by itself, and shows the words of the message whether it finds it or not.
  image: ({ alt, url }) =>
    url
      ? [{ type: 12, items: [{ media: { url }, description: clip(alt, limits.altText) }] }]
      : shown(`[${alt}]`),
}

/** Lines that belong together, in as few texts as fit. */
function grouped(lines: readonly string[]): TextDisplay[] {
  const texts: string[] = []
  for (const line of lines.flatMap((one) => splitText(one, limits.messageText))) {
    const last = texts.at(-1)
    if (last !== undefined && last.length + 1 + line.length <= limits.messageText)
      texts[texts.length - 1] = `${last}\n${line}`
    else texts.push(line)
  }
  return texts.map((content) => ({ type: 10, content }))
}

/** Buttons; menus when there are more than a row of them and every value fits into one. */
function choices({ action, prompt, options }: Extract<ReplyElement, { kind: 'choices' }>): Component[] {
  const asked = prompt ? shown(prompt) : []
  const coded = options.map(({ label, value }, index) => ({ label, code: codeOf(action, value, index) }))
  if (options.length > limits.buttonsPerRow) {
    const menus: ActionRow[] = []
    for (let from = 0; from < coded.length; from += limits.optionsPerSelect) {
      const menu: Select = {
        type: 3,
        custom_id: `${replyMark}:menu${from}`,
        placeholder: clip(prompt ?? '…', limits.placeholder),
        options: coded.slice(from, from + limits.optionsPerSelect).map(({ label, code }) => ({
          label: clip(label || '…', limits.optionLabel),
          value: code,
        })),
      }
      menus.push({ type: 1, components: [menu] })
    }
    return [...asked, ...menus]
  }
  const buttons = coded.map(
    ({ label, code }): Button => ({
      type: 2,
      style: 2,
      label: clip(label || '…', limits.buttonLabel),
      custom_id: `${replyMark}:${code}`,
    }),
  )
  const rows: ActionRow[] = []
  for (let from = 0; from < buttons.length; from += limits.buttonsPerRow)
    rows.push({ type: 1, components: buttons.slice(from, from + limits.buttonsPerRow) })
  return [...asked, ...rows]
}

/** What an id carries: action and value, or that there was no room for them. */
function codeOf(action: string, value: string, index: number): string {
  const code = `${action}|${value}`
  return code.length <= codeText && !code.startsWith(labelMark)
    ? code
    : `${labelMark}${action.slice(0, 20)}.${index}`
}

/** The words of components, for a message in the older form. */
export function wordsOf(components: readonly Component[]): string {
  return components
    .flatMap((one): readonly Component[] => (one.type === 17 ? one.components : [one]))
    .flatMap((one) => {
      if (one.type === 10) return [one.content]
      return one.type === 12 ? one.items.map(({ media, description }) => `[${description}] ${media.url}`) : []
    })
    .join('\n')
}

/** Components in messages: as many as fit. */
function packed(components: readonly Component[]): readonly Component[][] {
  const messages: Component[][] = [[]]
  let size = 0
  let count = 0
  for (const one of components) {
    const weight = wordsOf([one]).length + 1
    const number = one.type === 10 || one.type === 12 ? 1 : 1 + one.components.length
    const last = messages.at(-1) ?? []
    const full =
      size + weight > limits.messageText + 1 ||
      count + number > limits.componentsPerMessage ||
      rowsFull(last, one)
    if (last.length > 0 && full) {
      messages.push([one])
      size = weight
      count = number
    } else {
      last.push(one)
      size += weight
      count += number
    }
  }
  return messages
}

/** The older form holds five rows. */
function rowsFull(components: readonly Component[], next: Component): boolean {
  return next.type === 1 && components.filter(({ type }) => type === 1).length >= 5
}
