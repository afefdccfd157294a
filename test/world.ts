import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConsoleAdapter, createConsoleAdapter } from '../src/adapters/console/adapter.ts'
import { type App, createApp } from '../src/app.ts'
import { type Config, readConfig } from '../src/config.ts'
import { asId, type StaffId } from '../src/core/ids.ts'
import type { ChannelCapabilities, Clock, Random, SendOutcome, StaffMember } from '../src/core/ports.ts'
import type { HandoffCase, StaffAction } from '../src/core/records.ts'
import type { RenderedPart } from '../src/core/reply.ts'
import type { Workspace } from '../src/core/workspace.ts'
import type { Logger } from '../src/logger.ts'
import { demoWorkspace, localWorkspace, openState, type State } from '../src/open-state.ts'
import type { SecondOpinion } from '../src/second-opinion/second-opinion.ts'
import { ownContent } from './content.ts'
import { createRoomAdapter, type RoomAdapter } from './room-adapter.ts'

/** 2026-03-02 09:00 UTC, a Monday. */
export const worldStart = Date.UTC(2026, 2, 2, 9)

/** A clock that stands still until it is moved. */
export interface FixedClock extends Clock {
  advance(ms: number): void
}

export function fixedClock(start = worldStart): FixedClock {
  let now = start
  return {
    now: () => now,
    advance(ms) {
      now += ms
    },
    // Nothing in a world waits for real: back-off and wake-ups resolve with the next pass of the event loop.
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

/** The same ids in the same order, every time (a linear congruential generator; Numerical Recipes' constants). */
export function seededRandom(seed = 1): Random {
  let state = seed >>> 0
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state
  }
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  return {
    id: () => Array.from({ length: 26 }, () => letters[next() >>> 27]).join(''),
    fraction: () => next() / 2 ** 32,
    bytes: (length) => Uint8Array.from({ length }, () => next() >>> 24),
  }
}

/** Salus whole on a SQLite file of its own, with a fixed clock, seeded ids and a person at a terminal. */
export interface World {
  readonly app: App
  readonly state: State
  readonly config: Config
  readonly clock: FixedClock
  /** Everything written to the person since the last call. */
  said(): readonly string[]
  /** Alerts that reached staff since the last call. */
  alerts(): readonly RenderedPart[]
  /** Log lines since the last call. */
  logged(): readonly string[]
  /** Takes a line in, and nothing more. */
  accept(line: string): Promise<void>
  /** Replays what was spilled, as a start after an outage does. */
  replay(): Promise<void>
  readonly terminal: ConsoleAdapter
  /** The same Salus on a platform with a room, when the world was made with one; there is no terminal then. */
  readonly room: RoomAdapter
  /** Types a line and lets everything settle. */
  type(line: string): Promise<void>
  /** Moves the clock, fires what is due and lets everything settle. */
  wait(ms: number): Promise<void>
  /** A staff member acts on the open case. */
  act(action: StaffAction, staff?: StaffId): Promise<void>
  openCase(): Promise<HandoffCase | undefined>
  close(): Promise<void>
}

export interface WorldOptions {
  readonly workspace?: Partial<Workspace>
  readonly contentDir?: string
  /** Whether somebody has the staff page open; alerts wait while nobody has. */
  readonly staffThere?: boolean | (() => boolean)
  /** Somebody opens the staff page only after this many alerts found nobody. */
  readonly staffAfterTries?: number
  readonly seed?: number
  /** A platform with a room and direct conversations instead of the terminal. */
  readonly room?: Partial<ChannelCapabilities>
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>
  /** Absent: the rules alone, as most tests want. */
  readonly secondOpinion?: SecondOpinion
}

export const ana: StaffMember = {
  id: asId<StaffId>('ana'),
  workspace: localWorkspace,
  name: 'Ana',
  role: 'volunteer',
  active: true,
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-world-'))
  const clock = fixedClock()
  const random = seededRandom(options.seed)
  const config = readConfig({
    SALUS_DATA_DIR: folder,
    SALUS_CONTENT_DIR: options.contentDir ?? 'content',
    ...options.env,
  })
  let log: string[] = []
  const write =
    (level: string) =>
    (event: string, fields = {}) => {
      log.push(`${level} ${event} ${JSON.stringify(fields)}`)
    }
  const logger: Logger = { info: write('info'), warn: write('warn'), error: write('error') }
  const state = await openState(config, { clock, random, logger, makeKey: true })
  await state.store.saveWorkspace({ ...demoWorkspace('GB'), ...options.workspace })
  await state.store.saveStaff(ana)
  let written: string[] = []
  let alerted: RenderedPart[] = []
  let tries = 0
  const terminal = createConsoleAdapter({
    workspace: localWorkspace,
    account: 'person',
    clock,
    random,
    write: (text) => {
      written.push(text)
    },
    outage: (alarm) => (alarm ? 'outage: alarm' : 'outage'),
  })
  const room = createRoomAdapter(clock, options.room)
  const app = await createApp({
    config,
    clock,
    random,
    logger,
    ...state,
    ...(options.contentDir ? {} : { content: await ownContent() }),
    adapters: () => [options.room ? room : terminal],
    ...(options.secondOpinion ? { secondOpinion: options.secondOpinion } : {}),
    toStaff: async (_workspace, part): Promise<SendOutcome> => {
      const there = typeof options.staffThere === 'function' ? options.staffThere() : options.staffThere
      const away = there === false || tries++ < (options.staffAfterTries ?? 0)
      if (away) return { kind: 'retry', afterMs: 5_000 }
      alerted.push(part)
      return { kind: 'sent', externalId: 'page' }
    },
  })
  await (options.room ? room : terminal).start(app.receive)
  const openCase = async () => {
    const cases = await state.store.cases(localWorkspace, { status: ['waiting', 'claimed', 'snoozed'] })
    return cases[0]
  }
  let actions = 0
  return {
    app,
    state,
    config,
    clock,
    said() {
      const lines = written
      written = []
      return lines
    },
    alerts() {
      const lines = alerted
      alerted = []
      return lines
    },
    logged() {
      const lines = log
      log = []
      return lines
    },
    async accept(line) {
      clock.advance(1_000)
      await terminal.type(line)
    },
    async replay() {
      await state.spill.replay(async (message) => {
        await state.store.accept({
          message,
          assess: app.triage.assess,
          visibility: () => 'private',
          replayed: true,
        })
      })
      await app.settle()
    },
    terminal,
    room,
    async type(line) {
      clock.advance(1_000)
      await terminal.type(line)
      await app.settle()
    },
    async wait(ms) {
      clock.advance(ms)
      await state.store.fireClocks({ worker: 'world', now: clock.now(), leaseMs: 30_000 })
      await app.settle()
    },
    async act(action, staff = ana.id) {
      const open = await openCase()
      if (!open) throw new Error('no open case')
      clock.advance(1_000)
      await state.store.enqueue({
        key: `act/${++actions}`,
        conversation: open.conversation,
        payload: { kind: 'staff_action', staff, caseId: open.id, action },
        level: open.level,
        at: clock.now(),
      })
      await app.settle()
    },
    openCase,
    async close() {
      await state.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
