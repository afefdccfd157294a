import { AppError } from '../core/errors.ts'
import type { Cipher, Clock, Random, Store } from '../core/ports.ts'
import { createAccept, createTookIn } from './accept.ts'
import { createAnswered } from './answered.ts'
import { createAudit } from './audit.ts'
import { createCaseTimes } from './case-times.ts'
import { createCases } from './cases.ts'
import { createClaims } from './claim.ts'
import { createClocks } from './clocks.ts'
import { contactsOf, createContactOf, createWorkspacesOf, heldOf } from './contacts.ts'
import { createConversations } from './conversations.ts'
import type { Database } from './database.ts'
import { createEnqueue } from './enqueue.ts'
import { createErasure } from './erase.ts'
import { createExport } from './export.ts'
import { createForget } from './forget.ts'
import { migrate } from './migrate.ts'
import { createOutbox } from './outbox.ts'
import type { StoreParts } from './parts.ts'
import { openPostgres } from './postgres.ts'
import { createSettings } from './settings.ts'
import { openSqlite } from './sqlite.ts'
import { createStaff } from './staff.ts'
import { createSwitches } from './switches.ts'
import { createTakeDue } from './take-due.ts'
import { createTranscript } from './transcript.ts'
import { createTurns } from './turns.ts'
import { createReceived } from './versions.ts'
import { createWorkspaces } from './workspaces.ts'

export interface DatabaseOptions {
  /** `postgres://…`; wins over `file`. */
  readonly url?: string
  /** Path of the SQLite file; made when absent. */
  readonly file?: string
  /** Schema in PostgreSQL. */
  readonly schema?: string
  readonly clock: Clock
  readonly random: Random
}

export interface StoreOptions extends DatabaseOptions {
  readonly cipher: Cipher
}

/** What the store offers beside the port: for `doctor`, and for tests. */
export interface OpenedStore extends Store {
  verifyAudit: ReturnType<typeof createAudit>['verifyAudit']
}

/**
 * Opens a database without touching its schema.
 * @throws AppError STORE_UNAVAILABLE when it cannot be reached.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, file, schema = 'public', clock, random } = options
  if (url) return openPostgres(url, schema, clock, random)
  if (file) return openSqlite(file, clock, random)
  throw new AppError('CONFIG_INVALID', 'Neither a database file nor an address was given.')
}

/** Opens the durable state and brings its schema up to date. */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  const database = await openDatabase(options)
  try {
    await migrate(database, options.clock.now())
  } catch (error) {
    await database.close()
    throw error
  }
  return createStore({ ...options, database })
}

/** The store over a database whose schema is up to date. */
export function createStore(parts: StoreParts): OpenedStore {
  const workspaces = createWorkspaces(parts)
  const erasure = createErasure(parts)
  return {
    workspace: workspaces.workspace,
    saveWorkspace: workspaces.saveWorkspace,
    workspaces: workspaces.all,
    workspacesOf: createWorkspacesOf(parts),
    contactOf: createContactOf(parts),
    accept: createAccept(parts),
    tookIn: createTookIn(parts),
    enqueue: createEnqueue(parts),
    received: createReceived(parts),
    ...createClaims(parts),
    ...createTurns(parts, workspaces),
    ...createTakeDue(parts),
    ...createOutbox(parts, erasure),
    ...createClocks(parts),
    ...createAnswered(parts),
    ...createConversations(parts),
    transcript: createTranscript(parts),
    ...createCases(parts),
    caseTimes: createCaseTimes(parts),
    ...createStaff(parts),
    ...createSettings(parts),
    ...createSwitches(parts),
    ...createAudit(parts),
    contacts: (workspace) => contactsOf(parts.database.read, workspace),
    held: (contact) => heldOf(parts.database.read, contact),
    exportContact: createExport(parts),
    eraseContact: erasure.eraseContact,
    forget: createForget(parts, workspaces, erasure),
    close: () => parts.database.close(),
  }
}
