import { Kysely, SqliteDialect } from 'kysely'
import Libsql from 'libsql'
import type { Clock, Random } from '../core/ports.ts'
import type { Database } from './database.ts'
import { sqliteDialect } from './dialect.ts'
import type { Session } from './query.ts'
import { createWriteGate } from './write-gate.ts'

/** How long SQLite itself may wait for another process's lock, ms: it blocks the event loop meanwhile. */
const busyTimeoutMs = { read: 50, write: 2 }
/** Pages of 4 KiB in the log before they move to the file: pages that change often then move once for many changes. */
const checkpointPages = 2_000
/** Statements kept compiled for each connection. */
const statementLimit = 500

/** Opens (or makes) a database file: WAL, every commit flushed to disk before it counts. */
export function openSqlite(file: string, clock: Clock, random: Random): Database {
  const reader = connect(file, busyTimeoutMs.read)
  reader.pragma('journal_mode = WAL')
  const writer = connect(file, busyTimeoutMs.write)
  writer.pragma(`wal_autocheckpoint = ${checkpointPages}`)
  const gate = createWriteGate(writer, sessionOf(writer), clock, random)
  return {
    read: sessionOf(reader),
    write: gate.write,
    async snapshot(work) {
      const connection = connect(file, busyTimeoutMs.read)
      try {
        connection.exec('BEGIN')
        return await work(sessionOf(connection))
      } finally {
        connection.close()
      }
    },
    async close() {
      await gate.finished()
      reader.close()
      writer.close()
    },
  }
}

function connect(file: string, timeout: number): Libsql.Database {
  const connection = new Libsql(file, { timeout })
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  return connection
}

function sessionOf(connection: Libsql.Database): Session {
  const statements = new Map<string, Prepared>()
  const database = {
    prepare(sql: string) {
      const known = statements.get(sql)
      if (known) return known
      // What is built anew for each call must not be kept for ever.
      if (statements.size >= statementLimit) statements.clear()
      const statement = prepare(connection, sql)
      statements.set(sql, statement)
      return statement
    },
    close() {
      // The connection is closed by who opened it.
    },
  }
  return {
    db: new Kysely({ dialect: new SqliteDialect({ database }) }),
    dialect: sqliteDialect,
    async execute(sql, parameters) {
      const statement = database.prepare(sql)
      if (statement.reader) return statement.all(parameters)
      statement.run(parameters)
      return []
    },
  }
}

type Prepared = ReturnType<typeof prepare>

/** Whether a statement returns rows is asked once, not on every call. */
function prepare(connection: Libsql.Database, sql: string) {
  const statement = connection.prepare(sql)
  return {
    reader: statement.reader,
    all: (parameters: readonly unknown[]) => statement.all(parameters),
    run: (parameters: readonly unknown[]) => statement.run(parameters),
    iterate: (parameters: readonly unknown[]) => statement.iterate(parameters),
  }
}
