import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import type { Grades } from './ranking.ts'
import { readCases, readText } from './read-cases.ts'

const documentLine = z.object({ _id: z.string(), title: z.string().default(''), text: z.string() })
const queryLine = z.object({
  _id: z.string(),
  text: z.string(),
  metadata: z.object({ summary: z.string().optional() }).optional(),
})

/** A retrieval test collection in the layout of BEIR (Thakur et al. 2021). */
export interface Collection {
  readonly documents: readonly { readonly id: string; readonly title: string; readonly text: string }[]
  readonly queries: readonly { readonly id: string; readonly text: string; readonly summary?: string }[]
  readonly judgements: ReadonlyMap<string, Grades>
}

/** Reads `corpus.jsonl[.gz]`, `queries.jsonl[.gz]` and `qrels.tsv[.gz]`. Throws `USAGE` as `file:line: what is wrong`. */
export async function readCollection(folder: string): Promise<Collection> {
  const corpus = await readCases(await either(folder, 'corpus.jsonl'), documentLine)
  const queries = await readCases(await either(folder, 'queries.jsonl'), queryLine)
  return {
    documents: corpus.map(({ _id: id, title, text }) => ({ id, title, text })),
    queries: queries.map(({ _id: id, text, metadata }) => ({
      id,
      text,
      ...(metadata?.summary ? { summary: metadata.summary } : {}),
    })),
    judgements: await readJudgements(await either(folder, 'qrels.tsv')),
  }
}

async function readJudgements(path: string): Promise<ReadonlyMap<string, Grades>> {
  const judgements = new Map<string, Map<string, number>>()
  const lines = (await readText(path)).split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || (index === 0 && line.startsWith('query-id'))) continue
    const [query, document, grade, ...more] = line.split('\t')
    const value = Number(grade)
    if (!query || !document || !grade || more.length > 0 || !Number.isFinite(value))
      throw new AppError('USAGE', `${path}:${index + 1}: not query, document and grade with tabs between`)
    const grades = judgements.get(query) ?? new Map<string, number>()
    judgements.set(query, grades.set(document, value))
  }
  if (judgements.size === 0) throw new AppError('USAGE', `${path}:1: no judgements`)
  return judgements
}

async function either(folder: string, name: string): Promise<string> {
  for (const path of [join(folder, name), join(folder, `${name}.gz`)]) {
    const there = await access(path).then(
      () => true,
      () => false,
    )
    if (there) return path
  }
  throw new AppError(
    'USAGE',
    `${join(folder, name)}: no such file`,
    'A BEIR folder holds corpus.jsonl, queries.jsonl and qrels.tsv.',
  )
}
