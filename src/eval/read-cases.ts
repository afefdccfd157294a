import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { z } from 'zod'
import { AppError } from '../core/errors.ts'

/**
 * Reads labelled cases: one JSON object on each line, gzip when the name ends in `.gz`. Blank lines are skipped and
 * keys that the schema does not name are dropped. Throws `USAGE` as `file:line: what is wrong`; the words of a case
 * are never in the message.
 */
export async function readCases<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>[]> {
  const cases: z.output<Schema>[] = []
  const lines = (await readText(path)).split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const where = `${path}:${index + 1}`
    const parsed = schema.safeParse(parseJson(where, line))
    if (!parsed.success) throw new AppError('USAGE', `${where}: ${explain(parsed.error)}`)
    cases.push(parsed.data)
  }
  if (cases.length === 0) throw new AppError('USAGE', `${path}:1: no cases`)
  return cases
}

/** The text of a file that may be gzipped. Throws `USAGE` when it cannot be read or is not UTF-8. */
export async function readText(path: string): Promise<string> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const why =
      code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'a folder, not a file' : 'cannot be read'
    throw new AppError('USAGE', `${path}: ${why}`)
  }
  if (path.endsWith('.gz')) {
    try {
      bytes = await promisify(gunzip)(bytes)
    } catch {
      throw new AppError('USAGE', `${path}: not gzip, or cut off`)
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AppError('USAGE', `${path}: not UTF-8`)
  }
}

function parseJson(where: string, line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new AppError('USAGE', `${where}: not JSON`)
  }
}

function explain(error: z.ZodError): string {
  const [issue] = error.issues
  const path = issue?.path.join('.') ?? ''
  return path === '' ? (issue?.message ?? 'not a case') : `${path}: ${issue?.message}`
}
