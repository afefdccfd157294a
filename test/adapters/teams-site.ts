import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logger.ts'
import { demoWorkspace, openState, type State } from '../../src/open-state.ts'
import { serve } from '../../src/serve.ts'
import { systemClock, systemRandom } from '../../src/system.ts'
import { ownContent } from '../content.ts'
import { Person, TeamsDouble } from './teams-double.ts'

/** Salus whole, behind a real socket, attached to the double. */
export interface TeamsSite {
  readonly double: TeamsDouble
  readonly state: () => State
  readonly url: () => string
  person(name: string): Person
  /** Stops and starts it on the same data. */
  restart(): Promise<void>
  close(): Promise<void>
  /** Lets go of it without waiting for what runs. */
  abandon(): Promise<void>
}

export interface TeamsSiteOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** Wraps the state, to make parts of it fail. */
  readonly broken?: (state: State) => State
}

export async function openTeamsSite(options: TeamsSiteOptions = {}): Promise<TeamsSite> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-teams-'))
  const double = await new TeamsDouble().start()
  // The pages are tested elsewhere.
  const pagesDir = join(folder, 'pages')
  await mkdir(pagesDir)
  const config = readConfig({
    SALUS_DATA_DIR: folder,
    SALUS_CONTENT_DIR: 'content',
    SALUS_PORT: '0',
    SALUS_LOG_LEVEL: 'silent',
    SALUS_SECOND_OPINION: 'off',
    ...double.environment,
    ...options.environment,
  })
  const parts = { clock: systemClock, random: systemRandom, logger: createLogger('silent') }
  const workspace = demoWorkspace('GB')

  async function start() {
    const state = await openState(config, { ...parts, makeKey: true })
    await state.store.saveWorkspace(workspace)
    const served = await serve({
      config,
      state: options.broken?.(state) ?? state,
      workspace,
      pagesDir,
      content: await ownContent(),
      ...parts,
    })
    return { state, served }
  }
  let running = await start()
  const stop = async () => {
    await running.served.stop()
    await running.state.close()
  }
  return {
    double,
    state: () => running.state,
    url: () => running.served.url,
    person: (name) => new Person(double, () => running.served.url, name),
    async restart() {
      await stop()
      running = await start()
    },
    async abandon() {
      void running.served.stop().catch(() => {})
      await double.stop()
      await rm(folder, { recursive: true, force: true })
    },
    async close() {
      await stop()
      await double.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
