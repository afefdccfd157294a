import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createMemoryBus } from './bus/memory.ts'
import { type Config, databaseFile } from './config.ts'
import { AppError } from './core/errors.ts'
import { asId, type WorkspaceId } from './core/ids.ts'
import type { KeyStore } from './core/key-store.ts'
import type { Bus, Cipher, Clock, Random } from './core/ports.ts'
import type { Workspace } from './core/workspace.ts'
import type { Logger } from './logger.ts'
import { createCipher } from './privacy/crypto.ts'
import type { Database } from './store/database.ts'
import { openKeyring } from './store/keyring.ts'
import { createSpillFile, type SpillFile } from './store/spill.ts'
import { type OpenedStore, openDatabase, openStore } from './store/store.ts'

const keyBytes = 32

/** Everything durable, opened: what a process needs before it can be wired. */
export interface State {
  readonly store: OpenedStore
  readonly cipher: Cipher
  readonly bus: Bus
  readonly spill: SpillFile
  close(): Promise<void>
}

/** The organisation that the web and console channels belong to; platforms bring their own. */
export const localWorkspace = asId<WorkspaceId>('local')

/**
 * Opens database, keys, bus and spill file of a configuration. With `makeKey` a missing key file is made, for the
 * demo and for setup; otherwise a missing one is an error, for a new key would open nothing.
 * @throws AppError KEY_MISSING, STORE_NEWER, STORE_UNAVAILABLE.
 */
export async function openState(
  config: Config,
  parts: {
    readonly clock: Clock
    readonly random: Random
    readonly logger: Logger
    readonly makeKey: boolean
  },
): Promise<State> {
  const { clock, random, logger } = parts
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const masterKey = await readMasterKey(config, parts.makeKey ? random : undefined)
  const keys = await openKeys(config, { clock, random })
  const cipher = createCipher({ keys, masterKey, random, clock })
  const store = await openStore({
    ...(config.databaseUrl ? { url: config.databaseUrl } : { file: databaseFile(config) }),
    cipher,
    clock,
    random,
  })
  const bus = await openBus(config, random, logger)
  return {
    store,
    cipher,
    bus,
    spill: createSpillFile(join(config.dataDir, 'spill'), masterKey, random),
    async close() {
      await store.close()
      await keys.close()
      await bus.close()
    },
  }
}

/** Opens the wrapped keys alone. */
export async function openKeys(
  config: Config,
  parts: { readonly clock: Clock; readonly random: Random },
): Promise<KeyStore> {
  return openKeyring(await openKeyDatabase(config, parts))
}

/** Opens the database of the wrapped keys, which is kept apart from the data. */
export function openKeyDatabase(
  config: Config,
  parts: { readonly clock: Clock; readonly random: Random },
): Promise<Database> {
  const where = config.databaseUrl
    ? { url: config.databaseUrl, schema: 'salus_keys' }
    : { file: join(config.dataDir, 'keys.db') }
  return openDatabase({ ...where, ...parts })
}

/** The master key's bytes: from the environment, or from the key file in the data folder. */
export async function readMasterKey(config: Config, make?: Random): Promise<Uint8Array> {
  if (config.masterKey !== undefined) return decodeKey(config.masterKey, 'SALUS_MASTER_KEY')
  const path = keyFile(config)
  try {
    return decodeKey((await readFile(path, 'utf8')).trim(), path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  if (!make)
    throw new AppError(
      'KEY_MISSING',
      'no master key',
      'Run "salus setup", or restore the key file from its backup.',
    )
  const key = make.bytes(keyBytes)
  // `wx`: two processes that start together must not each write a key of their own.
  await writeFile(path, `${Buffer.from(key).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  return key
}

export function keyFile(config: Pick<Config, 'dataDir'>): string {
  return join(config.dataDir, 'master.key')
}

function decodeKey(text: string, from: string): Uint8Array {
  const key = Buffer.from(text, 'base64url')
  if (key.length !== keyBytes)
    throw new AppError('KEY_MISSING', `${from} is not a key of ${keyBytes} bytes in base64url`)
  return key
}

async function openBus(config: Config, random: Random, logger: Logger): Promise<Bus> {
  const report = (error: unknown) => logger.error('bus_failed', {}, error)
  if (!config.redisUrl) return createMemoryBus(report)
  const { createRedisBus } = await import('./bus/redis.ts')
  return createRedisBus(config.redisUrl, random.id(), report)
}

/** What the demo runs with: volunteers, whom the person who started it plays. */
export function demoWorkspace(country: string): Workspace {
  return {
    id: localWorkspace,
    name: 'Salus demo',
    mode: 'demo',
    locale: 'en',
    country,
    minimumAge: 13,
    consentAge: 16,
    staffing: 'volunteers',
    staffCount: 1,
    safeguardingLead: 'demo',
    privacyLead: 'demo',
    answerWithinMinutes: 15,
    retention: { routineDays: 30, caseDays: 90, auditDays: 730 },
  }
}
