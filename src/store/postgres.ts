import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { AppError } from '../core/errors.ts'
import type { Clock, Random } from '../core/ports.ts'
import type { Database } from './database.ts'
import { postgresDialect } from './dialect.ts'
import type { Session } from './query.ts'
import type { Tables } from './schema.ts'

const connections = 10
/** Tries of a write that another one got in the way of. */
const attempts = 8
/** serialization_failure, deadlock_detected. */
const passing = ['40001', '40P01']
/** int8 and numeric, by PostgreSQL's type numbers: whole milliseconds and counts, all below 2^53. */
const numbers = [20, 1700]

/** Opens a schema of a PostgreSQL database, and makes the schema when it is not there. */
export async function openPostgres(
  url: string,
  schema: string,
  clock: Clock,
  random: Random,
): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    types: {
      getTypeParser: (id, format) => (numbers.includes(id) ? Number : pg.types.getTypeParser(id, format)),
    },
    options: `-c search_path=${schema}`,
  })
  // A connection that breaks while idle is replaced; whoever uses one hears of it there.
  pool.on('error', () => {})
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const session = sessionOf(db)
  try {
    await sql`create schema if not exists ${sql.id(schema)}`.execute(db)
  } catch (cause) {
    await db.destroy()
    throw new AppError('STORE_UNAVAILABLE', 'The database cannot be reached.', 'Check DATABASE_URL.', {
      cause,
    })
  }
  return {
    read: session,
    async write(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await db
            .transaction()
            .setIsolationLevel('read committed')
            .execute((transaction) => work(sessionOf(transaction)))
        } catch (error) {
          if (attempt >= attempts || !passing.includes(codeOf(error))) throw error
          await clock.sleep(random.fraction() * 10 * attempt)
        }
      }
    },
    snapshot: (work) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((transaction) => work(sessionOf(transaction))),
    close: () => db.destroy(),
  }
}

function sessionOf(db: Kysely<Tables>): Session {
  return {
    db,
    dialect: postgresDialect,
    execute: async (text, parameters) =>
      (await db.executeQuery(CompiledQuery.raw(text, [...parameters]))).rows,
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
