import type { NonEmpty } from '../../core/json.ts'
import type { Choice, RenderedPart, Reply } from '../../core/reply.ts'
import { plainText } from '../shared/plain-text.ts'

/** What the terminal keeps of a reply beside its text: which number presses which button. */
export interface ConsolePayload {
  readonly text: string
  readonly choices: readonly (Choice & { readonly action: string })[]
}

/** A reply is one block of plain text; choices are numbered across the whole reply. */
export function render(reply: Reply): NonEmpty<RenderedPart> {
  const text = plainText(reply)
  const choices = reply.elements.flatMap((element) =>
    element.kind === 'choices'
      ? element.options.map((option) => ({ ...option, action: element.action }))
      : [],
  )
  return [{ payload: { text, choices: choices.map((choice) => ({ ...choice })) }, plain: text }]
}
