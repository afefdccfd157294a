import type { Ignored, InboundBody } from '../../core/inbound.ts'

/** Buttons of the last reply, by the number under which they were shown. */
export interface Offered {
  readonly replyTo: string
  readonly choices: readonly { readonly action: string; readonly value: string }[]
}

/** One typed line: a number presses a button, `/name args` is a command, anything else is text. */
export function parse(line: string, offered: Offered | undefined): InboundBody | Ignored {
  const text = line.trim()
  if (text === '') return { ignored: 'empty' }
  const choice = /^\d{1,2}$/.test(text) ? offered?.choices[Number(text) - 1] : undefined
  if (choice && offered)
    return { kind: 'choice', action: choice.action, value: choice.value, replyTo: offered.replyTo }
  const command = /^\/([a-z-]+)\s*(.*)$/is.exec(text)
  if (command) return { kind: 'command', name: (command[1] ?? '').toLowerCase(), args: command[2] ?? '' }
  return { kind: 'text', text }
}
