import { AppError } from '../core/errors.ts'
import type { Terminal } from './terminal.ts'

/** More than any platform lets a person write; the rest of a pipe is not read. */
const mostChars = 100_000

/** The words given on the command line, or standard input when the only one is `-`. */
export async function wordsOf(words: readonly string[], terminal: Terminal): Promise<string> {
  const given = words.length === 1 && words[0] === '-' ? await readAll(terminal) : words.join(' ')
  if (given.trim() === '')
    throw new AppError('USAGE', 'no text was given', 'Put it in quotes, or pipe it to "-".')
  return given
}

async function readAll(terminal: Terminal): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of terminal.input) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    if (text.length > mostChars) return text.slice(0, mostChars)
  }
  return text
}
