import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import Libsql from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seededRandom, TestClock } from '../../test/contracts/store-world.ts'
import type { Database } from './database.ts'
import { openSqlite } from './sqlite.ts'

describe('write gate', () => {
  let folder: string
  let file: string
  let database: Database
  let clock: TestClock

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'salus-gate-'))
    file = join(folder, 'gate.db')
    clock = new TestClock()
    database = openSqlite(file, clock, seededRandom('gate'))
    await database.write(({ db }) => sql`create table rows (n integer primary key)`.execute(db))
  })
  afterEach(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const add = (n: number) => database.write(({ db }) => sql`insert into rows (n) values (${n})`.execute(db))
  const count = async () => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from rows`.execute(database.read.db)
    return rows[0]?.n
  }

  it('flushes every commit to disk and keeps a log', async () => {
    const other = new Libsql(file)
    expect(other.prepare('pragma journal_mode').get()).toMatchObject({ journal_mode: 'wal' })
    other.close()
    const result = await database.write(({ db }) =>
      sql<{ synchronous: number }>`pragma synchronous`.execute(db),
    )
    expect(result.rows[0]?.synchronous).toBe(2)
  })

  it('resolves a write only when others can see it', async () => {
    const writing = add(1)
    expect(await count()).toBe(0)
    await writing
    expect(await count()).toBe(1)
  })

  it('takes what a platform waits for before what waits already', async () => {
    const order: string[] = []
    const note = (name: string) => async () => {
      order.push(name)
    }
    await Promise.all([
      database.write(note('turn')),
      database.write(note('another turn')),
      database.write(note('arrival'), 'first'),
    ])
    expect(order).toEqual(['arrival', 'turn', 'another turn'])
  })

  it('commits writes of the same moment together, and undoes one that fails alone', async () => {
    const commits = new Set<unknown>()
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) =>
        database.write(async ({ db }) => {
          await sql`insert into rows (n) values (${n})`.execute(db)
          const { rows } = await sql<{ n: number }>`select count(*) as n from rows`.execute(db)
          commits.add(rows[0]?.n)
          if (n === 10) throw new Error('fails after writing')
        }),
      ),
    )
    expect(results.filter((result) => result.status === 'rejected')).toHaveLength(1)
    expect(await count()).toBe(29)
    // Each saw those before it, uncommitted to everybody else: one transaction.
    expect(commits.size).toBeGreaterThanOrEqual(29)
  })

  it('starts a new transaction when one has taken long', async () => {
    let most = 0
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        database.write(async ({ db }) => {
          await sql`insert into rows (n) values (${n})`.execute(db)
          clock.at += 8
          const { rows } = await sql<{ n: number }>`select count(*) as n from rows`.execute(db)
          most = Math.max(most, (rows[0]?.n ?? 0) - ((await count()) ?? 0))
        }),
      ),
    )
    expect(await count()).toBe(8)
    expect(most).toBe(2)
  })

  it('waits without blocking while another process holds the lock, then writes', async () => {
    const other = new Libsql(file)
    other.exec('BEGIN IMMEDIATE')
    let passes = 0
    const writing = add(1).then(() => 'written')
    while (passes < 5) {
      passes++
      expect(await Promise.race([writing, clock.sleep().then(() => 'waiting')])).toBe('waiting')
    }
    other.exec('COMMIT')
    other.close()
    expect(await writing).toBe('written')
    expect(await count()).toBe(1)
  })

  it('says that the database stayed locked, and works again after', { timeout: 60_000 }, async () => {
    const other = new Libsql(file)
    other.exec('BEGIN IMMEDIATE')
    await expect(add(1)).rejects.toMatchObject({ code: 'STORE_BUSY' })
    other.exec('ROLLBACK')
    other.close()
    await add(2)
    expect(await count()).toBe(1)
  })
})
