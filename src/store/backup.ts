import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { AppError } from '../core/errors.ts'
import type { Database } from './database.ts'
import { removeRows } from './erase.ts'
import { pendingMigrations } from './migrate.ts'
import type { Session } from './query.ts'
import type { Tables } from './schema.ts'

/** Tables in an order in which they can be filled, each with the column its rows are read by, page after page. */
const dataTables = {
  workspaces: 'id',
  contacts: 'id',
  accounts: 'fingerprint',
  conversations: 'key',
  inbox: 'seq',
  outbox: 'key',
  cases: 'id',
  notes: 'seq',
  clocks: undefined,
  staff: 'id',
  switches: undefined,
  settings: undefined,
  audit: 'seq',
  audit_blocks: undefined,
} as const satisfies { readonly [T in keyof Tables]?: string | undefined }
const keyTables = { workspace_keys: 'workspace', person_keys: 'contact_id' } as const
const counted = ['inbox', 'notes', 'audit'] as const
const pageRows = 500
const insertRows = 50
const format = 1

type Layout = { readonly [table: string]: string | undefined }
type Row = { readonly [column: string]: string | number | null }
interface Line {
  readonly table: string
  readonly rows: readonly Row[]
}

/** Where a backup is written: two files, so that the keys can be kept elsewhere, and for at most seven days. */
export function backupFiles(folder: string): { readonly data: string; readonly keys: string } {
  return { data: join(folder, 'data', 'salus.jsonl'), keys: join(folder, 'keys', 'keys.jsonl') }
}

/**
 * Writes everything to two files, of one moment each, while Salus may be running. Data first: whoever writes to Salus
 * in between then has a key too many, never one too few. Works for either database, and so moves one to the other.
 * @returns how many rows each file holds.
 */
export async function backup(
  data: Database,
  keys: Database,
  folder: string,
  now: number,
): Promise<{ readonly data: number; readonly keys: number }> {
  const files = backupFiles(folder)
  return {
    data: await data.snapshot((session) => writeTables(session, dataTables, files.data, now)),
    keys: await keys.snapshot((session) => writeTables(session, keyTables, files.keys, now)),
  }
}

/**
 * Fills an empty database, already migrated, from a backup. Nothing is sent twice that can be helped: what was on its
 * way, or perhaps was, is `uncertain` for good, and so is every campaign point that had not left. Answers and alerts
 * that were due still leave, for an urgent word must arrive: restore from a backup taken after Salus was stopped, or
 * these few may come twice. People whose key is not in the key backup are removed: they were erased.
 * @throws AppError USAGE when the database is not empty or a file is not whole.
 */
export async function restore(
  data: Database,
  keys: Database,
  files: { readonly data: string; readonly keys: string },
  now: number,
): Promise<{ readonly data: number; readonly keys: number; readonly erased: number }> {
  if ((await pendingMigrations(data)).length > 0) throw new AppError('USAGE', 'The database is not migrated.')
  const lines = {
    data: await readLines(files.data, dataTables),
    keys: await readLines(files.keys, keyTables),
  }
  await mustBeEmpty(data.read, ['workspaces', 'contacts', 'inbox', 'audit'])
  await mustBeEmpty(keys.read, ['workspace_keys', 'person_keys'])
  const kept = await keys.write((session) => fill(session, lines.keys))
  return data.write(async (session) => {
    const rows = await fill(session, lines.data)
    for (const table of counted) await session.dialect.countOn(session.db, table)
    await session.db
      .updateTable('outbox')
      .set({ status: 'uncertain', open: 0, worker: null, lease_until: null, settled_at: now })
      .where('open', '=', 1)
      .where((eb) =>
        eb.or([eb('status', '=', 'sending'), eb('maybe_sent', '=', 1), eb('purpose', '=', 'campaign')]),
      )
      .execute()
    return { data: rows, keys: kept, erased: await removeKeyless(session, lines.keys, now) }
  })
}

async function writeTables(session: Session, tables: Layout, path: string, now: number): Promise<number> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  // A backup never overwrites another.
  const file = await open(path, 'wx', 0o600)
  let count = 0
  try {
    const write = (line: unknown) => file.appendFile(`${JSON.stringify(line)}\n`)
    await write({ salus: format, at: now })
    for (const [table, key] of Object.entries(tables)) {
      for await (const rows of pagesOf(session, table, key)) {
        count += rows.length
        await write({ table, rows } satisfies Line)
      }
    }
    await write({ end: count })
    await file.sync()
  } finally {
    await file.close()
  }
  return count
}

async function* pagesOf(
  session: Session,
  table: string,
  key: string | undefined,
): AsyncGenerator<readonly Row[]> {
  if (key === undefined) {
    const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(session.db)
    if (rows.length > 0) yield rows
    return
  }
  for (let last: string | number | undefined; ; ) {
    const after = last === undefined ? sql`` : sql`where ${sql.ref(key)} > ${last}`
    const { rows } = await sql<Row>`select * from ${sql.table(table)} ${after}
      order by ${sql.ref(key)} limit ${sql.lit(pageRows)}`.execute(session.db)
    if (rows.length > 0) yield rows
    if (rows.length < pageRows) return
    last = rows.at(-1)?.[key] ?? undefined
  }
}

async function readLines(path: string, tables: Layout): Promise<readonly Line[]> {
  const broken = (why: string) => new AppError('USAGE', `${path}: ${why}`)
  const parsed = (await readFile(path, 'utf8')).split('\n').filter(Boolean).map(parseLine)
  const [head, ...rest] = parsed
  if (!head || head.salus !== format) throw broken('not a backup that this version reads')
  const end = rest.pop()
  const lines = rest as unknown as readonly Line[]
  const count = lines.reduce((sum, line) => sum + (Array.isArray(line.rows) ? line.rows.length : 0), 0)
  if (end?.end !== count) throw broken('the file is not whole')
  const unknown = lines.find((line) => !(line.table in tables))
  if (unknown) throw broken('holds a table that does not belong there')
  return lines
}

function parseLine(text: string): { readonly [key: string]: unknown } {
  try {
    return JSON.parse(text) as { readonly [key: string]: unknown }
  } catch {
    return {}
  }
}

async function mustBeEmpty(session: Session, tables: readonly (keyof Tables)[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(session.db)
    if (rows.length > 0) {
      throw new AppError(
        'USAGE',
        'The database to restore into is not empty.',
        'Name a new file or database.',
      )
    }
  }
}

async function fill(session: Session, lines: readonly Line[]): Promise<number> {
  let count = 0
  for (const { table, rows } of lines) {
    for (let at = 0; at < rows.length; at += insertRows) {
      const some = rows.slice(at, at + insertRows)
      await session.db
        .insertInto(table as keyof Tables)
        .values(some as never)
        .execute()
      count += some.length
    }
  }
  return count
}

/** Erased since the data was backed up: their words are noise, and what points to them goes too. */
async function removeKeyless(session: Session, keys: readonly Line[], now: number): Promise<number> {
  const held = new Set(
    keys
      .filter((line) => line.table === 'person_keys')
      .flatMap((line) => line.rows.map((row) => row.contact_id)),
  )
  const contacts = await session.db.selectFrom('contacts').select('id').orderBy('id').execute()
  const gone = contacts.filter((contact) => !held.has(contact.id))
  for (const { id } of gone) {
    await removeRows(session, id, now)
    await session.db.deleteFrom('contacts').where('id', '=', id).execute()
  }
  return gone.length
}
