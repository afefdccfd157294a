import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../src/config.ts'
import type { Clock } from '../../src/core/ports.ts'
import { createLogger } from '../../src/logger.ts'
import { demoWorkspace, openState, type State } from '../../src/open-state.ts'
import { serve } from '../../src/serve.ts'
import { systemClock, systemRandom } from '../../src/system.ts'
import { ownContent } from '../content.ts'
import { DiscordDouble } from './discord-double.ts'
import { DiscordPerson } from './discord-person.ts'

/** Salus whole, behind a real socket, attached to the double. */
export interface DiscordSite {
  readonly double: DiscordDouble
  readonly state: () => State
  readonly url: () => string
  person(): DiscordPerson
  /** Stops and starts it on the same data. */
  restart(): Promise<void>
  readonly clock: Clock
  /** Lets time pass for Salus and for Discord, ms. */
  pass(ms: number): void
  /** Done between the stop and the start. */
  between?: () => void
  close(): Promise<void>
}

export interface DiscordSiteOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** Wraps the state, to make parts of it fail. */
  readonly broken?: (state: State) => State
}

export async function openDiscordSite(options: DiscordSiteOptions = {}): Promise<DiscordSite> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-discord-'))
  const double = await new DiscordDouble().start()
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
  let passed = 0
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + passed }
  double.now = () => Date.now() + passed
  const parts = { clock, random: systemRandom, logger: createLogger('silent') }
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
    // What is sent to nobody is lost, on Discord too.
    while (!double.connected) await sleep(10)
    return { state, served }
  }
  let people = 0
  let running = await start()
  const stop = async () => {
    await running.served.stop()
    await running.state.close()
  }
  const site: DiscordSite = {
    double,
    clock,
    state: () => running.state,
    url: () => running.served.url,
    person: () => new DiscordPerson(double, String(400_000_000_000_000_000n + BigInt(++people))),
    pass(ms) {
      passed += ms
    },
    async restart() {
      await stop()
      site.between?.()
      running = await start()
    },
    async close() {
      await stop()
      await double.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return site
}
