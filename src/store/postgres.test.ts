import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { storeContract } from '../../test/contracts/store.contract.ts'
import { openPostgres } from './postgres.ts'

const url = process.env.TEST_DATABASE_URL

if (url) {
  let schemas = 0
  storeContract('PostgreSQL', async () => {
    const schema = `salus_test_${process.pid}_${schemas++}`
    const keys = `${schema}_keys`
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return {
      openData: (clock, random) => openPostgres(url, schema, clock, random),
      openKeys: (clock, random) => openPostgres(url, keys, clock, random),
      async bytes() {
        const tables = await client.query(
          'select table_name as name from information_schema.tables where table_schema = $1',
          [schema],
        )
        const rows: unknown[] = []
        for (const { name } of tables.rows) {
          rows.push((await client.query(`select * from "${schema}"."${name}"`)).rows)
        }
        return JSON.stringify(rows)
      },
      async remove() {
        await client.query(`drop schema if exists "${schema}" cascade`)
        await client.query(`drop schema if exists "${keys}" cascade`)
        await client.end()
      },
    }
  })
} else {
  describe('PostgreSQL', () => {
    it.skipIf(process.env.SALUS_TEST_SKIP_POSTGRES === '1')('is there to be tested against', () => {
      expect.fail(
        'TEST_DATABASE_URL is not set. Run `npm test`, which starts a PostgreSQL, or set SALUS_TEST_SKIP_POSTGRES=1.',
      )
    })
  })
}
