import type { JsonObject, NonEmpty } from '../../core/json.ts'
import type { Line, RenderedPart, Reply, ReplyElement } from '../../core/reply.ts'
import { type ElementRenderers, plainText, renderElement } from '../shared/plain-text.ts'
import { splitText } from '../shared/split-text.ts'
import {
  bytesOf,
  type Card,
  type CardAction,
  type CardElement,
  card,
  close,
  rich,
  run,
  type TextRun,
} from './cards.ts'
import { limits } from './limits.ts'
import { clip, defanged, isRightToLeft } from './text.ts'

/** One message. `summary` is what notifications show. */
export interface TeamsPayload {
  readonly summary: string
  readonly card: Card
}

/** Data of the buttons that answer a reply; the delivery's key is put in as `replyTo` when it is sent. */
export const choiceMark = 'choice'

/** What a locked screen shows of a reply that must say nothing there. */
const neutralText = 'A reply from Salus'
/** Bytes that frame and fallback text of a card take. */
const frameBytes = 2 * (limits.summary + 400)

/** A reply as Adaptive Cards, each within the limits. */
export function render(reply: Reply): NonEmpty<RenderedPart> {
  const quiet = reply.preview === 'neutral'
  const plain = plainText(reply)
  const rtl = isRightToLeft(plain) ? { rtl: true as const } : {}
  const elements = reply.elements.flatMap((element, index) => renderElement(renderers(index), element))
  const bodies = packed(quiet ? [rich([run(neutralText, { isSubtle: true })]), ...elements] : elements)
  const parts = bodies.map((body, index): RenderedPart => {
    const said = quiet ? neutralText : index === 0 ? plain : '…'
    const payload: TeamsPayload = {
      summary: clip(defanged(said), limits.summary),
      card: card(body, said, rtl),
    }
    return { payload: payload as unknown as JsonObject, plain: index === 0 ? plain : '' }
  })
  return parts as unknown as NonEmpty<RenderedPart>
}

const address = /(https?:\/\/[^\s)]+)/

/** Text with its addresses as links. */
function linked(text: string, style: Omit<TextRun, 'type' | 'text' | 'selectAction'> = {}): TextRun[] {
  return text
    .split(address)
    .filter((part) => part !== '')
    .map((part) => (/^https?:\/\//.test(part) ? link(part, part, style) : run(part, style)))
}

function link(
  url: string,
  text: string,
  style: Omit<TextRun, 'type' | 'text' | 'selectAction'> = {},
): TextRun {
  return run(text || url, { ...style, selectAction: { type: 'Action.OpenUrl', url } })
}

/** A run cannot break a line, so that each line is a block. */
function lines(text: string, style: Omit<TextRun, 'type' | 'text' | 'selectAction'> = {}): CardElement[] {
  return text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .flatMap((line) => splitText(line, limits.text))
    .map((piece) => rich(linked(piece, style)))
}

function renderers(index: number): ElementRenderers<CardElement[]> {
  return {
    paragraph: ({ text }) => lines(text),
    list: ({ items, ordered }) =>
      close(items.flatMap((item, number) => lines(`${ordered ? `${number + 1}.` : '•'} ${item}`))),
    notice: ({ tone, text }) => {
      const style = ({ info: 'emphasis', caution: 'warning', urgent: 'attention' } as const)[tone]
      const items = lines(text, tone === 'info' ? {} : { weight: 'Bolder' })
      return items.map((item) => ({ type: 'Container', style, items: [item] }))
    },
    helpline: (element) => [
      { type: 'Container', style: 'emphasis', items: close(element.lines.flatMap(helpline)) },
    ],
    correction: ({ claim, verdict, truth }) => [
      ...lines(truth),
      { type: 'Container', style: 'emphasis', items: lines(clip(claim, limits.text), { italic: true }) },
      ...lines(verdict, { weight: 'Bolder' }),
    ],
    sources: ({ label, items }) =>
      close([
        ...lines(label, { isSubtle: true }),
        ...items.map((item) =>
          rich([
            run(clip(`• ${item.publisher}: `, limits.text), { isSubtle: true }),
            link(item.url, clip(item.title, limits.text)),
            run(` (${item.read})`, { isSubtle: true }),
          ]),
        ),
      ]),
    choices: (element) => choices(element, index),
    image: ({ alt, url }) =>
      url ? [{ type: 'Image', url, altText: clip(alt, limits.text), size: 'Stretch' }] : lines(`[${alt}]`),
  }
}

function helpline({ name, said, url }: Line): CardElement[] {
  const words = linked(clip(said, limits.text))
  const address = url && !said.includes(url) ? [run(' '), link(url, url)] : []
  return [rich([run(clip(`${name}: `, limits.text), { weight: 'Bolder' }), ...words, ...address])]
}

/** Buttons; a menu when there are more than fit into a row. */
function choices(
  { action, prompt, options }: Extract<ReplyElement, { kind: 'choices' }>,
  index: number,
): CardElement[] {
  const asked = prompt ? lines(prompt) : []
  if (options.length <= limits.buttonsPerSet) {
    const actions = options.map(
      ({ value, label }): CardAction => ({
        type: 'Action.Submit',
        title: clip(defanged(label), limits.buttonText),
        data: { salus: choiceMark, action, value },
      }),
    )
    return [...asked, { type: 'ActionSet', actions }]
  }
  const id = `choice${index}`
  return [
    {
      type: 'Input.ChoiceSet',
      id,
      label: clip(defanged(prompt ?? '…'), limits.text),
      style: 'compact',
      isRequired: true,
      errorMessage: '↑',
      choices: options.map(({ value, label }) => ({
        title: clip(defanged(label), limits.optionText),
        value,
      })),
    },
    {
      type: 'ActionSet',
      actions: [{ type: 'Action.Submit', title: '→', data: { salus: choiceMark, action, input: id } }],
    },
  ]
}

/** Elements in cards: as many as fit. What belongs to a menu stays with its button. */
function packed(elements: readonly CardElement[]): readonly (readonly CardElement[])[] {
  const cards: CardElement[][] = []
  let size = 0
  for (const [index, element] of elements.entries()) {
    const next = elements[index + 1]
    const weight = bytesOf(element)
    const withNext = element.type === 'Input.ChoiceSet' && next ? weight + bytesOf(next) : weight
    const last = cards.at(-1)
    if (!last || (last.length > 0 && size + withNext > limits.cardBytes - frameBytes)) {
      cards.push([element])
      size = weight
    } else {
      last.push(element)
      size += weight
    }
  }
  return cards
}
