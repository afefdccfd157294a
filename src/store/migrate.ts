import { type Kysely, sql } from 'kysely'
import { AppError } from '../core/errors.ts'
import type { Database } from './database.ts'
import type { Dialect } from './dialect.ts'
import { up as initial } from './migrations/0001-initial.ts'
import { up as settings } from './migrations/0002-settings.ts'
import { up as lossAndMinors } from './migrations/0003-loss-and-minors.ts'
import { up as inbox } from './migrations/0004-inbox.ts'
import { up as waiting } from './migrations/0005-waiting.ts'
import type { Session } from './query.ts'
import type { Tables } from './schema.ts'

interface Migration {
  readonly name: string
  readonly up: (db: Kysely<Tables>, dialect: Dialect) => Promise<void>
}

/** In the order in which they run; forward only. */
const migrations: readonly Migration[] = [
  { name: '0001-initial', up: initial },
  { name: '0002-settings', up: settings },
  { name: '0003-loss-and-minors', up: lossAndMinors },
  { name: '0004-inbox', up: inbox },
  { name: '0005-waiting', up: waiting },
]

/**
 * Names of the migrations that a database still needs, in order.
 * @throws AppError STORE_NEWER when it has one that this version does not know.
 */
export async function pendingMigrations(database: Pick<Database, 'read'>): Promise<readonly string[]> {
  return missing(await applied(database.read)).map((migration) => migration.name)
}

/** Brings the schema up to date, each migration in one transaction. Resolves to the names of those it ran. */
export async function migrate(database: Database, now: number): Promise<readonly string[]> {
  const pending = await pendingMigrations(database)
  for (const name of pending) {
    await database.write(async (session) => {
      await sql`create table if not exists migrations (name text primary key, applied_at ${sql.raw(session.dialect.integer)} not null)`.execute(
        session.db,
      )
      // Another process may have been quicker.
      const migration = missing(await applied(session)).find((one) => one.name === name)
      if (!migration) return
      await migration.up(session.db, session.dialect)
      await sql`insert into migrations (name, applied_at) values (${name}, ${now})`.execute(session.db)
    })
  }
  return pending
}

async function applied(session: Session): Promise<readonly string[]> {
  if (!(await session.dialect.hasTable(session.db, 'migrations'))) return []
  const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(session.db)
  return rows.map((row) => row.name)
}

function missing(done: readonly string[]): readonly Migration[] {
  const unknown = done.filter((name) => !migrations.some((migration) => migration.name === name))
  if (unknown.length > 0) {
    throw new AppError(
      'STORE_NEWER',
      'The database was written by a newer Salus.',
      `This version does not know: ${unknown.join(', ')}. Install the newer version, or restore a backup.`,
    )
  }
  return migrations.filter((migration) => !done.includes(migration.name))
}
