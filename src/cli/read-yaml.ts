import { readFile } from 'node:fs/promises'
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { AppError } from '../core/errors.ts'

/**
 * Reads a YAML file by a schema.
 * @throws AppError NOT_FOUND or CONFIG_INVALID as `file:line: what is wrong`.
 */
export async function readYaml<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readText(path)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const broken = document.errors[0]
  if (broken) {
    const what = broken.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '')
    throw new AppError('CONFIG_INVALID', `${path}:${lines.linePos(broken.pos[0]).line}: ${what}`)
  }
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') || 'the file'
  throw new AppError('CONFIG_INVALID', `${path}:${lineOf(issue?.path ?? [])}: ${field}: ${issue?.message}`)

  /** The line of the nearest node that exists: a missing key is shown at what should hold it. */
  function lineOf(field: readonly PropertyKey[]): number {
    for (let depth = field.length; depth > 0; depth--) {
      const node = document.getIn(field.slice(0, depth), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const what =
      code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'it is a folder' : `cannot be read (${code})`
    throw new AppError('NOT_FOUND', `${path}: ${what}`)
  }
}
