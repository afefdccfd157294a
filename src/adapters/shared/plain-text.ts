import type { Line, Reply, ReplyElement } from '../../core/reply.ts'

type Renderers<Out> = {
  [Kind in ReplyElement['kind']]: (element: Extract<ReplyElement, { kind: Kind }>) => Out
}

/** One renderer for each element kind: a kind that a platform does not handle does not compile. */
export type ElementRenderers<Out> = Renderers<Out>

/** Calls the renderer of the element's kind. */
export function renderElement<Out>(renderers: ElementRenderers<Out>, element: ReplyElement): Out {
  const render = renderers[element.kind] as (element: ReplyElement) => Out
  return render(element)
}

/** "Samaritans: call 116 123, open now" */
export function lineText(line: Line): string {
  return `${line.name}: ${line.said}`
}

const plain: ElementRenderers<string> = {
  paragraph: ({ text }) => text,
  list: ({ items, ordered }) =>
    items.map((item, index) => `${ordered ? `${index + 1}.` : '•'} ${item}`).join('\n'),
  notice: ({ tone, text }) => (tone === 'info' ? text : `! ${text}`),
  helpline: ({ lines }) => lines.map(lineText).join('\n'),
  correction: ({ claim, verdict, truth }) => `${truth}\n"${claim}": ${verdict}`,
  sources: ({ label, items }) =>
    [label, ...items.map((item) => `- ${item.publisher}: ${item.title} (${item.read}) ${item.url}`)].join(
      '\n',
    ),
  choices: ({ prompt, options }) =>
    [...(prompt ? [prompt] : []), ...options.map((option) => `[#] ${option.label}`)].join('\n'),
  image: ({ alt }) => `[${alt}]`,
}

/** Every reply as plain text: fallback, transcript, screen reader. Choices are numbered across the whole reply. */
export function plainText(reply: Reply): string {
  let number = 0
  return reply.elements
    .map((element) => renderElement(plain, element).replace(/^\[#\]/gm, () => `[${++number}]`))
    .join('\n\n')
}
