import {
  type ColumnDefinitionBuilder,
  type Expression,
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
  /** The texts of a JSON array given as one parameter, for `in`. */
  listed(jsonArray: string): Expression<string>
}

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  integer: 'integer',
  countedKey: (column) => column.primaryKey().autoIncrement(),
  lock: (query) => query,
  lockFree: (query) => query,
  listed: (jsonArray): RawBuilder<string> => sql`(select value from json_each(${jsonArray}))`,
}

export const postgresDialect: Dialect = {
  name: 'postgres',
  integer: 'bigint',
  countedKey: (column) => column.primaryKey().generatedAlwaysAsIdentity(),
  lock: (query) => query.forUpdate(),
  lockFree: (query) => query.forUpdate().skipLocked(),
  listed: (jsonArray): RawBuilder<string> => sql`(select jsonb_array_elements_text(${jsonArray}::jsonb))`,
}
