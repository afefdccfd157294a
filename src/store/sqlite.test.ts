import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storeContract } from '../../test/contracts/store.contract.ts'
import { openSqlite } from './sqlite.ts'

storeContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'salus-store-'))
  return {
    openData: async (clock, random) => openSqlite(join(folder, 'salus.db'), clock, random),
    openKeys: async (clock, random) => openSqlite(join(folder, 'keys.db'), clock, random),
    bytes: async () =>
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'latin1'))
        .join('\n'),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
})
