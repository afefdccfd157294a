import { AppError, type ErrorCode } from '../core/errors.ts'

/** What a command tells the shell. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What was asked for or given is wrong: the person at the terminal can put it right. */
const theirs: ReadonlySet<ErrorCode> = new Set([
  'CONFIG_INVALID',
  'CONTENT_INVALID',
  'NOT_FOUND',
  'USAGE',
] as const)

/** A command ends here with a code and, where something is to say, one line of its own. */
export class Exit extends Error {
  readonly code: ExitCode
  constructor(code: ExitCode, line = '') {
    super(line)
    this.code = code
  }
}

/** One line for the terminal and the exit code. Libraries' messages may quote what they were given: only ours are shown. */
export function explain(error: unknown): { readonly code: ExitCode; readonly line: string } {
  if (error instanceof Exit) return { code: error.code, line: error.message }
  if (error instanceof AppError) {
    const sentence = error.message.trimEnd().replace(/[.]?$/, '.')
    const line = `salus: ${sentence}${error.hint ? ` ${error.hint}` : ''} [${error.code}]`.replace(
      /\s*\n\s*/g,
      ' ',
    )
    return { code: theirs.has(error.code) ? exitCodes.usage : exitCodes.failed, line }
  }
  const { name, frames, code } = describe(error)
  return { code: exitCodes.failed, line: `salus: internal error: ${name}${code}\n${frames}`.trimEnd() }
}

function describe(error: unknown) {
  if (!(error instanceof Error)) return { name: 'unknown', frames: '', code: '' }
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 6)
    .join('\n')
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
  return { name: error.name, frames, code }
}
