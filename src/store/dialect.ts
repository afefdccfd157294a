import {
  type ColumnDefinitionBuilder,
  type Expression,
  type Kysely,
  type RawBuilder,
  type SelectQueryBuilder,
  sql,
} from 'kysely'
import type { Tables } from './schema.ts'

/** What the two databases do differently; everything else is one set of queries. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres'
  /** Column type of a whole number of 64 bits. */
  readonly integer: 'integer' | 'bigint'
  /** A key that the database counts up by itself. */
  countedKey(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder
  /** Holds the selected rows until the transaction ends. SQLite has one writer, who holds everything. */
  lock<T extends keyof Tables, R>(query: SelectQueryBuilder<Tables, T, R>): SelectQueryBuilder<Tables, T, R>
  /** The same, passing over rows that another transaction holds. */
  lockFree<T extends keyof Tables, R>(
    query: SelectQueryBuilder<Tables, T, R>,
  ): SelectQueryBuilder<Tables, T, R>
  /** Goes on counting after rows were put in with keys of their own. */
  countOn(db: Kysely<Tables>, table: 'inbox' | 'notes' | 'audit'): Promise<void>
  /** Whether the schema in use has the table. */
  hasTable(db: Kysely<Tables>, name: string): Promise<boolean>
  /** The texts of a JSON array given as one parameter, for `in`. */
  listed(jsonArray: string): Expression<string>
}

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  integer: 'integer',
  countedKey: (column) => column.primaryKey().autoIncrement(),
  lock: (query) => query,
  lockFree: (query) => query,
  // AUTOINCREMENT never gives a number below the highest there was.
  countOn: async () => {},
  hasTable: async (db, name) => {
    const { rows } = await sql`select 1 from sqlite_master where type = 'table' and name = ${name}`.execute(
      db,
    )
    return rows.length > 0
  },
  listed: (jsonArray): RawBuilder<string> => sql`(select value from json_each(${jsonArray}))`,
}

export const postgresDialect: Dialect = {
  name: 'postgres',
  integer: 'bigint',
  countedKey: (column) => column.primaryKey().generatedByDefaultAsIdentity(),
  lock: (query) => query.forUpdate(),
  lockFree: (query) => query.forUpdate().skipLocked(),
  countOn: async (db, table) => {
    await sql`select setval(pg_get_serial_sequence(${table}, 'seq'), greatest(1, (select max(seq) from ${sql.table(table)})))`.execute(
      db,
    )
  },
  hasTable: async (db, name) => {
    const { rows } =
      await sql`select 1 from pg_tables where schemaname = current_schema() and tablename = ${name}`.execute(
        db,
      )
    return rows.length > 0
  },
  listed: (jsonArray): RawBuilder<string> => sql`(select jsonb_array_elements_text(${jsonArray}::jsonb))`,
}
