import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readArticle } from '../read-article.ts'
import { readMarkdown } from './markdown.ts'
import { readMedlinePlus } from './medlineplus.ts'
import { readMedquad } from './medquad.ts'
import type { Found, ImportedRecord, ImportForm, Place, ReadCorpus } from './record.ts'
import { articleText, isAsImported, recordHash, slugOf } from './to-article.ts'

const readers: Readonly<Record<ImportForm, ReadCorpus>> = {
  medlineplus: readMedlinePlus,
  medquad: readMedquad,
  markdown: readMarkdown,
}
/** A file that is being written ends so; one left by a run that was killed is removed by the next. */
const unfinished = '.importing'

export interface ImportReport {
  /** New articles, articles that follow a changed record, and those that were there already. */
  readonly written: number
  readonly updated: number
  readonly unchanged: number
  /** In no language that Salus has a name for. */
  readonly leftOut: number
  readonly skipped: readonly (Place & { readonly what: string })[]
}

export interface ImportProgress {
  readonly records: number
  /** 0 to 1. */
  readonly share: number
}

/**
 * Brings a corpus in as articles under `out/<locale>`, one file for each record, each written whole or not at all.
 * Run again, it goes on where it was stopped: what is there and unchanged is left. Nothing that somebody wrote or
 * edited is overwritten; bad records are listed and skipped.
 */
export async function importCorpus(
  form: ImportForm,
  path: string,
  out: string,
  now: number,
  tell: (progress: ImportProgress) => void,
): Promise<ImportReport> {
  const counts = { written: 0, updated: 0, unchanged: 0, leftOut: 0 }
  const skipped: (Place & { what: string })[] = []
  let records = 0
  const swept = new Set<string>()
  const taken = new Set<string>()
  for await (const found of readers[form](path, (share) => tell({ records, share }))) {
    if (found.kind === 'left_out') counts.leftOut++
    else if (found.kind === 'bad') skipped.push({ ...found.at, what: found.what })
    else {
      records++
      const folder = join(out, found.record.locale)
      if (!swept.has(folder)) await sweep(folder)
      swept.add(folder)
      const outcome = await keep(folder, found, now, taken)
      if (typeof outcome === 'string') counts[outcome]++
      else skipped.push({ ...found.at, what: outcome.problem })
    }
  }
  return { ...counts, skipped }
}

async function sweep(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(folder))
    if (name.endsWith(unfinished)) await rm(join(folder, name), { force: true })
}

type Kept = 'written' | 'updated' | 'unchanged' | { readonly problem: string }

async function keep(
  folder: string,
  { at, record }: Extract<Found, { kind: 'record' }>,
  now: number,
  taken: Set<string>,
): Promise<Kept> {
  const title = slugOf(record.title)
  // Two records of one title: the second bears its record's name too, in this run and in the next.
  const names = [title, slugOf(`${title}-${record.record}`)].filter(Boolean)
  for (const id of names) {
    const file = join(folder, `${id}.md`)
    const there = await readFile(file, 'utf8').catch(() => undefined)
    const known = there === undefined ? undefined : importedFrom(file, there)
    const ours = known?.form === record.form && known.record === record.record
    if (there !== undefined && !ours) continue
    if (taken.has(`${folder}/${id}`)) return { problem: 'its name occurs twice in this corpus' }
    taken.add(`${folder}/${id}`)
    if (there !== undefined) {
      if (known?.sha256 === recordHash(record)) return 'unchanged'
      if (!isAsImported(there))
        return { problem: 'the record changed, and so did its article: put them together by hand' }
    }
    return write(file, id, record, at, now, there !== undefined)
  }
  return { problem: 'another article has its name' }
}

/** Where an article that is there came from; undefined when somebody wrote it. */
function importedFrom(file: string, text: string) {
  try {
    return readArticle(file, text).imported
  } catch {
    return undefined
  }
}

async function write(
  file: string,
  id: string,
  record: ImportedRecord,
  at: Place,
  now: number,
  again: boolean,
): Promise<Kept> {
  const text = articleText(id, record, now)
  try {
    if (readArticle(at.file, text).passages.length === 0) return { problem: 'has no text' }
  } catch {
    return { problem: 'cannot be made an article' }
  }
  await writeFile(`${file}${unfinished}`, text)
  await rename(`${file}${unfinished}`, file)
  return again ? 'updated' : 'written'
}
