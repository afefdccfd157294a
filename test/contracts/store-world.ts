import { createHash } from 'node:crypto'
import type { Level, TriageAssessment } from '../../src/core/assessment.ts'
import type { DomainEvent } from '../../src/core/events.ts'
import {
  asId,
  type ConversationKey,
  type DeliveryKey,
  type Urn,
  type WorkspaceId,
} from '../../src/core/ids.ts'
import type { InboundMessage } from '../../src/core/inbound.ts'
import type { KeyStore } from '../../src/core/key-store.ts'
import type { Accepted, Cipher, Clock, Random, Store } from '../../src/core/ports.ts'
import type { Claim, Delivery } from '../../src/core/records.ts'
import type { Workspace } from '../../src/core/workspace.ts'
import { createCipher } from '../../src/privacy/crypto.ts'
import type { Database } from '../../src/store/database.ts'
import { openKeyring } from '../../src/store/keyring.ts'
import { migrate } from '../../src/store/migrate.ts'
import { createStore, type OpenedStore } from '../../src/store/store.ts'

/** A database of one kind, empty, and ways to look at it from outside. */
export interface ContractDatabase {
  /** Another connection to the same data, as another process would have. */
  openData(clock: Clock, random: Random): Promise<Database>
  openKeys(clock: Clock, random: Random): Promise<Database>
  /** Everything that is on disk of the data, to look for words in. */
  bytes(): Promise<string>
  remove(): Promise<void>
}

export const workspaceId = asId<WorkspaceId>('w1')
const start = Date.UTC(2026, 0, 10, 12)

export class TestClock implements Clock {
  at = start
  now(): number {
    return this.at
  }
  /** Time is moved by the test alone; whoever sleeps gets one pass of the event loop. */
  sleep(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve))
  }
}

/** Ids and bytes that follow from a seed, and differ between stores of the same test. */
export function seededRandom(seed: string): Random {
  let count = 0
  const bytes = (length: number): Uint8Array => {
    const blocks: Buffer[] = []
    for (let size = 0; size < length; size += 32) {
      blocks.push(createHash('sha256').update(`${seed} ${count++}`).digest())
    }
    return Buffer.concat(blocks).subarray(0, length)
  }
  return {
    bytes,
    id: () => Buffer.from(bytes(13)).toString('hex'),
    fraction: () => Buffer.from(bytes(4)).readUInt32BE() / 2 ** 32,
  }
}

/** A store under test, with short ways to say what tests say often. */
export interface StoreWorld {
  readonly clock: TestClock
  readonly store: OpenedStore
  readonly cipher: Cipher
  readonly keys: KeyStore
  readonly database: Database
  readonly keyDatabase: Database
  /** A second process on the same data. */
  another(): Promise<OpenedStore>
  bytes(): Promise<string>
  close(): Promise<void>
}

export async function openWorld(make: () => Promise<ContractDatabase>): Promise<StoreWorld> {
  const contract = await make()
  const clock = new TestClock()
  const opened: { close(): Promise<void> }[] = []
  let processes = 0
  async function openOne() {
    const random = seededRandom(`process ${processes++}`)
    const keyDatabase = await contract.openKeys(clock, random)
    const keys = await openKeyring(keyDatabase)
    const cipher = createCipher({ keys, masterKey: Buffer.alloc(32, 7), random, clock })
    const database = await contract.openData(clock, random)
    await migrate(database, clock.now())
    const store = createStore({ database, cipher, clock, random })
    opened.push(store, keys)
    return { store, cipher, keys, database, keyDatabase }
  }
  const first = await openOne()
  await first.store.saveWorkspace(testWorkspace)
  return {
    ...first,
    clock,
    another: async () => (await openOne()).store,
    bytes: contract.bytes,
    async close() {
      for (const one of opened) await one.close()
      await contract.remove()
    },
  }
}

export const testWorkspace: Workspace = {
  id: workspaceId,
  name: 'Riverside Community',
  mode: 'demo',
  locale: 'en',
  country: 'GB',
  minimumAge: 13,
  consentAge: 16,
  staffing: 'volunteers',
  staffCount: 2,
  safeguardingLead: 'Winifred Lead',
  privacyLead: 'Percival Lead',
  answerWithinMinutes: 5,
  retention: { routineDays: 30, caseDays: 90, auditDays: 730 },
}

export function conversationOf(person: string): ConversationKey {
  return asId<ConversationKey>(`w1:direct:${person}`)
}

export function messageOf(person: string, text: string, id: string, at: number): InboundMessage {
  return {
    externalId: id,
    conversation: {
      key: conversationOf(person),
      workspace: workspaceId,
      channel: 'web',
      surface: 'direct',
      route: { room: `route-room-of-${person}`, token: `route-token-of-${person}` },
    },
    sender: { urn: asId<Urn>(`web:account-of-${person}`), displayName: `Displayed ${person}` },
    receivedAt: new Date(at),
    body: { kind: 'text', text },
  }
}

export function judged(level: Level): TriageAssessment {
  return {
    level,
    concerns: level === 'crisis' ? ['self_harm'] : [],
    about: 'self',
    ruleset: 'test',
    signals: [],
  }
}

let messages = 0

/** Accepts a message judged as told. */
export function hear(
  world: Pick<StoreWorld, 'clock'>,
  store: Store,
  person: string,
  level: Level,
  text = `words of ${person}`,
): Promise<Accepted> {
  return store.accept({
    message: messageOf(person, text, `m${messages++}`, world.clock.now()),
    assess: () => judged(level),
    visibility: () => 'private',
  })
}

export function claim(
  world: Pick<StoreWorld, 'clock'>,
  store: Store,
  lane: 'any' | 'alarms' | 'oldest' = 'any',
  leaseMs = 30_000,
): Promise<Claim | undefined> {
  return store.claimNext({ worker: 'worker', now: world.clock.now(), leaseMs, lane })
}

/** The next claim, which must be there. */
export async function mustClaim(world: Pick<StoreWorld, 'clock'>, store: Store): Promise<Claim> {
  const found = await claim(world, store)
  if (!found) throw new Error('nothing to claim')
  return found
}

export function deliveryOf(
  claimed: Claim,
  number: number,
  now: number,
  extra: Partial<Delivery> = {},
): Delivery {
  return {
    key: asId<DeliveryKey>(`${claimed.inboxId}/${number}/0`),
    workspace: workspaceId,
    contactId: claimed.contactId,
    to: claimed.conversation,
    purpose: 'turn',
    level: 'routine',
    via: 'shared',
    part: { payload: { text: `payload ${number}` }, plain: `plain answer ${number}` },
    status: 'due',
    attempts: 0,
    nextAttemptAt: now,
    sequence: now * 1_000 + number,
    survivesClaim: false,
    ...extra,
  }
}

/** Loads and commits a claimed turn. */
export async function finish(
  world: Pick<StoreWorld, 'clock'>,
  store: Store,
  claimed: Claim,
  events: readonly DomainEvent[] = [],
  deliveries: readonly Delivery[] = [],
) {
  const input = await store.loadTurn(claimed)
  return store.commit(claimed, input, { events, stack: [], deliveries }, world.clock.now())
}

/** Hears, runs and commits one turn of a person. */
export async function turnOf(
  world: StoreWorld,
  person: string,
  events: readonly DomainEvent[] = [],
  deliveries: (claimed: Claim) => readonly Delivery[] = () => [],
  level: Level = 'routine',
): Promise<Claim> {
  await hear(world, world.store, person, level)
  const claimed = await mustClaim(world, world.store)
  const result = await finish(world, world.store, claimed, events, deliveries(claimed))
  if (result !== 'committed') throw new Error(result)
  return claimed
}

export async function takeKeys(
  world: Pick<StoreWorld, 'clock'>,
  store: Store,
  limit = 64,
): Promise<string[]> {
  const due = await store.takeDue({ now: world.clock.now(), limit, worker: 'sender', leaseMs: 30_000 })
  return due.map((one) => one.delivery.key)
}
