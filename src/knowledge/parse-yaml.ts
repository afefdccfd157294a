import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { AppError } from '../core/errors.ts'

/** Parses and checks a YAML file. Throws `CONTENT_INVALID` as `file:line: what is wrong`; `firstLine` is where the text begins in the file. */
export function parseYaml<Schema extends z.ZodType>(
  path: string,
  content: string,
  schema: Schema,
  firstLine = 1,
): z.output<Schema> {
  const lines = new LineCounter()
  const document = parseDocument(content, { lineCounter: lines })
  const fail = (line: number, what: string) =>
    new AppError('CONTENT_INVALID', `${path}:${line + firstLine - 1}: ${what}`)
  const [problem] = document.errors
  if (problem) throw fail(problem.linePos?.[0].line ?? 1, problem.message.split('\n')[0] ?? 'not YAML')
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const at = issue?.path ?? []
  // The nearest place that exists: a missing key has none.
  for (let depth = at.length; depth >= 0; depth--) {
    const node = document.getIn(at.slice(0, depth), true) as { range?: [number, number, number] } | undefined
    if (node?.range) throw fail(lines.linePos(node.range[0]).line, `${at.join('.')}: ${issue?.message}`)
  }
  throw fail(1, `${at.join('.')}: ${issue?.message}`)
}
