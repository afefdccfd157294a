import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readConfig } from '../../src/config.ts'
import { converse } from '../../src/converse.ts'
import type { Clock } from '../../src/core/ports.ts'
import type { Logger } from '../../src/logger.ts'
import { demoWorkspace, openState, type State } from '../../src/open-state.ts'
import { serve } from '../../src/serve.ts'
import { systemClock, systemRandom } from '../../src/system.ts'
import { type Faults, faulty, noFaults } from './channel-faults.ts'

/** Salus beside a platform, as the platform reaches it. */
export interface Hosted {
  readonly clock: Clock
  readonly state: () => State
  /** Where it listens now. */
  readonly url: () => string
  /** Signs the demo's volunteer in, once. */
  readonly staffLink: () => string
  /** Types a line at its terminal. Resolves when it is durable. */
  readonly type: (line: string) => Promise<void>
  /** What it wrote to its terminal. */
  readonly written: readonly string[]
}

/** Salus that is started, stopped and made to fail by a test. */
export interface ChannelHost extends Hosted {
  readonly folder: string
  readonly faults: Faults
  start(environment: Readonly<Record<string, string>>): Promise<void>
  stop(): Promise<void>
  /** Lets time pass for it, ms. */
  pass(ms: number): void
  /** Codes of errors since the last call. */
  errors(): readonly string[]
  close(): Promise<void>
}

/** The articles that clauses ask for: all of them would take seconds to read at each start. */
const articles = ['migraine.md', 'stroke.md', 'measles.md', 'hay-fever.md']

/** A content folder with everything but most of the articles. */
export async function slimContent(folder: string): Promise<string> {
  const slim = join(folder, 'content')
  await mkdir(join(slim, 'articles', 'en'), { recursive: true })
  for (const name of await readdir('content'))
    if (name !== 'articles') await symlink(resolve('content', name), join(slim, name))
  for (const name of articles)
    await cp(join('content', 'articles', 'en', name), join(slim, 'articles', 'en', name))
  return slim
}

/** What every Salus of the suite is started with. */
export function settingsOf(folder: string, contentDir: string): Readonly<Record<string, string>> {
  return {
    SALUS_DATA_DIR: folder,
    SALUS_CONTENT_DIR: contentDir,
    SALUS_PORT: '0',
    SALUS_LOG_LEVEL: 'silent',
    SALUS_SECOND_OPINION: 'off',
  }
}

/** Prepares a Salus: with a server, or at a terminal. */
export async function createChannelHost(at: 'server' | 'terminal'): Promise<ChannelHost> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-channel-'))
  const contentDir = await slimContent(folder)
  // The pages are tested elsewhere.
  const pagesDir = join(folder, 'pages')
  await mkdir(pagesDir)
  let passed = 0
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + passed }
  let codes: string[] = []
  const logger: Logger = {
    info: () => {},
    warn: () => {},
    error: (code, _fields, error) => {
      codes.push(error instanceof Error ? `${code}: ${error.message}` : code)
    },
  }
  const parts = { clock, random: systemRandom, logger }
  const workspace = demoWorkspace('GB')
  const faults = noFaults()
  const written: string[] = []
  let running:
    | {
        readonly state: State
        readonly url: string
        readonly staffLink: string
        readonly type: (line: string) => Promise<void>
        stop(): Promise<void>
      }
    | undefined
  const now = () => {
    if (!running) throw new Error('Salus is not started')
    return running
  }

  async function begin(environment: Readonly<Record<string, string>>) {
    const config = readConfig({ ...settingsOf(folder, contentDir), ...environment })
    const state = await openState(config, { ...parts, makeKey: true })
    await state.store.saveWorkspace(workspace)
    const options = { config, state: faulty(state, faults), workspace, ...parts }
    if (at === 'terminal') {
      const talk = await converse({ ...options, live: true, write: (text) => written.push(text) })
      return { state, url: '', staffLink: '', type: talk.type, stop: talk.stop }
    }
    const served = await serve({ ...options, pagesDir })
    const type = () => Promise.reject(new Error('nobody is at a terminal'))
    return { state, url: served.url, staffLink: served.staffLink ?? '', type, stop: served.stop }
  }

  const host: ChannelHost = {
    clock,
    folder,
    faults,
    written,
    state: () => now().state,
    url: () => now().url,
    staffLink: () => now().staffLink,
    type: (line) => now().type(line),
    async start(environment) {
      running = await begin(environment)
    },
    async stop() {
      const { state, stop } = now()
      running = undefined
      await stop()
      await state.close()
    },
    pass(ms) {
      passed += ms
    },
    errors() {
      const seen = codes
      codes = []
      return seen
    },
    async close() {
      if (running) await host.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return host
}
