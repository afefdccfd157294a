import { createHmac, hkdfSync, type KeyObject } from 'node:crypto'
import { AppError } from '../core/errors.ts'
import type { ContactId, WorkspaceId } from '../core/ids.ts'
import type { KeyStore } from '../core/key-store.ts'
import type { Cipher, Clock, PersonCipher, Random } from '../core/ports.ts'
import { keyBytes, keyOf, seal, unseal } from './sealing.ts'

/** Key backups are kept at most this long, ms: after it, what was erased is erased everywhere. */
export const keyBackupMs = 7 * 24 * 60 * 60_000
/** People whose ciphers are remembered. */
const rememberedPeople = 50_000
/** Random bytes drawn at once for nonces. */
const noncePool = 12 * 256

export interface CipherParts {
  readonly keys: KeyStore
  /** 32 bytes. */
  readonly masterKey: Uint8Array
  readonly random: Random
  readonly clock: Clock
}

interface WorkspaceKeys {
  /** Wraps the keys of its people. */
  readonly wrapping: KeyObject
  readonly text: PersonCipher
  readonly fingerprint: Buffer
}

/**
 * Keys in three layers: the master key wraps a key for each workspace, that wraps one for each person.
 * Texts are sealed under the person's; without it they are noise, in every backup too.
 */
export function createCipher({ keys, masterKey, random, clock }: CipherParts): Cipher {
  const master = masterKeyOf(masterKey)
  const workspaces = new Map<WorkspaceId, Promise<WorkspaceKeys>>()
  const people = new Map<ContactId, Promise<PersonCipher>>()
  const nextNonce = nonces(random)

  const cipherFor = (key: KeyObject, about: string): PersonCipher => ({
    seal: (text) => seal(key, nextNonce(), about, text),
    unseal: (sealed) => unseal(key, about, sealed)?.toString('utf8'),
  })

  async function openWorkspace(workspace: WorkspaceId): Promise<WorkspaceKeys> {
    const wrapped =
      (await keys.workspaceKey(workspace)) ??
      (await keys.addWorkspaceKey(
        workspace,
        seal(master, nextNonce(), aboutWorkspace(workspace), random.bytes(keyBytes)),
      ))
    const key = unseal(master, aboutWorkspace(workspace), wrapped)
    if (!key) throw wrongMaster()
    const derive = (purpose: string) =>
      Buffer.from(hkdfSync('sha256', key, workspace, `salus ${purpose}`, keyBytes))
    return {
      wrapping: keyOf(derive('wrapping')),
      text: cipherFor(keyOf(derive('text')), workspace),
      fingerprint: derive('fingerprint'),
    }
  }

  async function openPerson(workspace: WorkspaceId, contact: ContactId): Promise<PersonCipher> {
    const { wrapping } = await ofWorkspace(workspace)
    const wrapped =
      (await keys.personKey(workspace, contact)) ??
      (await keys.addPersonKey(
        workspace,
        contact,
        seal(wrapping, nextNonce(), contact, random.bytes(keyBytes)),
      ))
    const key = unseal(wrapping, contact, wrapped)
    if (!key) throw new AppError('KEY_MISSING', "A person's key cannot be opened.")
    return cipherFor(keyOf(key), contact)
  }

  const ofWorkspace = (workspace: WorkspaceId) =>
    remember(workspaces, workspace, () => openWorkspace(workspace))

  return {
    forContact: (workspace, contact) => remember(people, contact, () => openPerson(workspace, contact)),
    async forWorkspace(workspace) {
      return (await ofWorkspace(workspace)).text
    },
    async fingerprint(workspace, text) {
      const { fingerprint } = await ofWorkspace(workspace)
      return createHmac('sha256', fingerprint).update(text).digest('hex')
    },
    async eraseContact(workspace, contact) {
      people.delete(contact)
      await keys.erasePersonKey(workspace, contact)
      return clock.now() + keyBackupMs
    },
  }
}

/**
 * Wraps every workspace key anew; texts and people's keys stay as they are.
 * @returns how many were wrapped.
 * @throws AppError KEY_MISSING, with nothing changed, when the old key does not open one of them.
 */
export async function rotateMaster(
  keys: KeyStore,
  from: Uint8Array,
  to: Uint8Array,
  random: Random,
): Promise<number> {
  const old = masterKeyOf(from)
  const fresh = masterKeyOf(to)
  const rewrapped = (await keys.workspaceKeys()).map(({ workspace, wrapped }) => {
    const key = unseal(old, aboutWorkspace(workspace), wrapped)
    if (!key) throw wrongMaster()
    return { workspace, wrapped: seal(fresh, random.bytes(12), aboutWorkspace(workspace), key) }
  })
  await keys.rewrapWorkspaceKeys(rewrapped)
  return rewrapped.length
}

/** True when the key opens every stored workspace key, or there is none yet. */
export async function opensKeys(keys: KeyStore, masterKey: Uint8Array): Promise<boolean> {
  const master = masterKeyOf(masterKey)
  const stored = await keys.workspaceKeys()
  return stored.every(({ workspace, wrapped }) => unseal(master, aboutWorkspace(workspace), wrapped))
}

function aboutWorkspace(workspace: WorkspaceId): string {
  return `workspace ${workspace}`
}

function masterKeyOf(bytes: Uint8Array): KeyObject {
  if (bytes.length !== keyBytes) {
    throw new AppError('KEY_MISSING', `The master key must be ${keyBytes} bytes, in base64url.`)
  }
  return keyOf(bytes)
}

function wrongMaster(): AppError {
  return new AppError(
    'KEY_MISSING',
    'The master key does not open the stored keys.',
    'Use the key that the database was made with. Without it, nothing that people wrote can be read again.',
  )
}

/** Keeps what was opened, and nothing of a failure. */
function remember<K, V>(known: Map<K, Promise<V>>, key: K, open: () => Promise<V>): Promise<V> {
  const found = known.get(key)
  if (found) return found
  if (known.size >= rememberedPeople) known.clear()
  const opening = open()
  known.set(key, opening)
  opening.catch(() => known.delete(key))
  return opening
}

/** Fresh random nonces, drawn from the source many at a time: a system call for each would double the price. */
function nonces(random: Random): () => Uint8Array {
  let pool = new Uint8Array(0)
  let at = 0
  return () => {
    if (at >= pool.length) {
      pool = Uint8Array.from(random.bytes(noncePool))
      at = 0
    }
    at += 12
    return pool.subarray(at - 12, at)
  }
}
