import type { AppError } from '../core/errors.ts'

/** Something in an article that must be put right. */
export interface Finding {
  readonly file: string
  readonly line: number
  /** Stable name of the check, such as `number-without-fact`. */
  readonly check: string
  readonly what: string
}

/** `file:line: what is wrong (check)` */
export function sayFinding({ file, line, check, what }: Finding): string {
  return `${file}:${line}: ${what} (${check})`
}

/** Finds lines of an article's file, for findings. */
export class LineFinder {
  readonly #lines: readonly string[]
  constructor(content: string) {
    this.#lines = content.split('\n')
  }

  /** Line of the first occurrence of `text` at or after `from`, 1-based; 1 when it is nowhere. */
  of(text: string, from = 1): number {
    const at = this.#lines.findIndex((line, index) => index + 1 >= from && withoutMarks(line).includes(text))
    return at < 0 ? 1 : at + 1
  }

  /** Line of the first of `texts` that is found, 1 when none is. */
  ofAny(texts: readonly string[], from = 1): number {
    for (const text of texts) {
      const line = this.of(text, from)
      if (line > 1) return line
    }
    return 1
  }

  /** The line at which the body begins. */
  get bodyStart(): number {
    return this.#lines.indexOf('---', 1) + 2
  }
}

function withoutMarks(line: string): string {
  return line.replace(/[*`"]/g, '')
}

/** `file:line: what` as a finding of that line. */
export function fromError(file: string, error: AppError): Finding {
  const match = /^.*?:(\d+): ([\s\S]*)$/.exec(error.message.slice(file.length - 1))
  return { file, line: Number(match?.[1] ?? 1), check: 'unreadable', what: match?.[2] ?? error.message }
}
