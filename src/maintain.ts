import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, databaseFile } from './config.ts'
import { AppError } from './core/errors.ts'
import type { Clock, Random } from './core/ports.ts'
import { keyFile, openKeyDatabase, openKeys, readMasterKey } from './open-state.ts'
import { opensKeys, rotateMaster } from './privacy/crypto.ts'
import { backup, backupFiles, restore } from './store/backup.ts'
import type { Database } from './store/database.ts'
import { openKeyring } from './store/keyring.ts'
import { migrate, pendingMigrations } from './store/migrate.ts'
import { openDatabase } from './store/store.ts'

interface Parts {
  readonly clock: Clock
  readonly random: Random
}

/** Writes data and keys, apart, into a new folder. Salus may be running. Resolves to how many rows each holds. */
export async function backUp(config: Config, folder: string, parts: Parts) {
  return withDatabases(config, parts, (data, keys) => backup(data, keys, folder, parts.clock.now()))
}

/**
 * Fills an empty database from a backup.
 * @throws AppError USAGE when it is not empty, KEY_MISSING when the master key does not open the restored keys.
 */
export async function restoreFrom(
  config: Config,
  folder: string,
  keysFrom: string | undefined,
  parts: Parts,
) {
  const files = backupFiles(folder)
  const from = { data: files.data, keys: keysFrom ?? files.keys }
  for (const file of [from.data, from.keys]) {
    if (!existsSync(file)) throw new AppError('NOT_FOUND', `${file}: no such file`)
  }
  const masterKey = await readMasterKey(config)
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  return withDatabases(config, parts, async (data, keys) => {
    await migrate(data, parts.clock.now())
    const restored = await restore(data, keys, from, parts.clock.now())
    if (!(await opensKeys(await openKeyring(keys), masterKey))) throw wrongKey()
    return restored
  })
}

/** Names of the migrations that the database still needs. */
export async function pendingIn(config: Config, parts: Parts): Promise<readonly string[]> {
  const data = await openData(config, parts)
  try {
    return await pendingMigrations(data)
  } finally {
    await data.close()
  }
}

/** Runs what is pending. Resolves to the names. */
export async function migrateNow(config: Config, parts: Parts): Promise<readonly string[]> {
  const data = await openData(config, parts)
  try {
    return await migrate(data, parts.clock.now())
  } finally {
    await data.close()
  }
}

/** A new master key in base64url, kept nowhere. */
export function newMasterKey(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url')
}

/** Makes the key file. @throws AppError USAGE when there is one, for a new key opens nothing of the old. */
export async function createKeyFile(config: Config, random: Random): Promise<string> {
  const path = keyFile(config)
  if (existsSync(path))
    throw new AppError('USAGE', `${path}: there is a key already`, 'See "salus key rotate".')
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  await writeFile(path, `${newMasterKey(random)}\n`, { mode: 0o600, flag: 'wx' })
  return path
}

/**
 * Wraps every workspace key under a new master key and puts that in the key file's place. The new key is on disk
 * before anything is wrapped with it: a crash in between leaves `master.key.next`, which the next rotation takes up.
 */
export async function rotateKeyFile(config: Config, parts: Parts): Promise<number> {
  if (config.masterKey !== undefined) {
    throw new AppError(
      'USAGE',
      'the master key comes from SALUS_MASTER_KEY',
      'Unset it and use the key file to rotate.',
    )
  }
  if (existsSync(join(config.dataDir, 'spill'))) {
    throw new AppError(
      'USAGE',
      'messages wait in the spill file under the old key',
      'Start Salus once, then rotate.',
    )
  }
  const path = keyFile(config)
  const nextPath = `${path}.next`
  const current = await readMasterKey(config)
  if (!existsSync(nextPath)) {
    await writeFile(nextPath, `${newMasterKey(parts.random)}\n`, { mode: 0o600, flag: 'wx' })
  }
  const next = Buffer.from((await readFile(nextPath, 'utf8')).trim(), 'base64url')
  const keys = await openKeys(config, parts)
  try {
    const done = await opensKeys(keys, next)
    const count = done ? 0 : await rotateMaster(keys, current, next, parts.random)
    await rename(nextPath, path)
    await rm(nextPath, { force: true })
    return count
  } finally {
    await keys.close()
  }
}

async function withDatabases<T>(
  config: Config,
  parts: Parts,
  work: (data: Database, keys: Database) => Promise<T>,
): Promise<T> {
  const data = await openData(config, parts)
  try {
    const keys = await openKeyDatabase(config, parts)
    try {
      // Makes the two tables where there are none yet.
      await openKeyring(keys)
      return await work(data, keys)
    } finally {
      await keys.close()
    }
  } finally {
    await data.close()
  }
}

function openData(config: Config, parts: Parts): Promise<Database> {
  return openDatabase({
    ...(config.databaseUrl ? { url: config.databaseUrl } : { file: databaseFile(config) }),
    ...parts,
  })
}

function wrongKey(): AppError {
  return new AppError(
    'KEY_MISSING',
    'the master key does not open the restored keys',
    'Put the master key of the backup in place, empty the databases, and restore again.',
  )
}
