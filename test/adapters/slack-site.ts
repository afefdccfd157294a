import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logger.ts'
import { demoWorkspace, openState, type State } from '../../src/open-state.ts'
import { serve } from '../../src/serve.ts'
import { systemClock, systemRandom } from '../../src/system.ts'
import { ownContent } from '../content.ts'
import { homeTenant, SlackDouble, type Tenant } from './slack-double.ts'
import { SlackPerson } from './slack-person.ts'

/** Salus whole, behind a real socket, attached to the double. */
export interface SlackSite {
  readonly double: SlackDouble
  readonly state: () => State
  readonly url: () => string
  /** The folder with database and keys. */
  readonly folder: string
  person(tenant?: Tenant): SlackPerson
  /** Stops and starts it on the same data. */
  restart(): Promise<void>
  /** Installs the app for a tenant, by OAuth. */
  install(tenant?: Tenant): Promise<void>
  /** Leaves it as a crash would: for one whose turns never end. */
  abandon(): Promise<void>
  close(): Promise<void>
}

export async function openSlackSite(
  mode: 'http' | 'socket' | 'oauth',
  options: {
    readonly broken?: (state: State) => State
    readonly environment?: Readonly<Record<string, string>>
  } = {},
): Promise<SlackSite> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-slack-'))
  const double = await new SlackDouble().start()
  // The pages are tested elsewhere.
  const pagesDir = join(folder, 'pages')
  await mkdir(pagesDir)
  const config = readConfig({
    SALUS_DATA_DIR: folder,
    SALUS_CONTENT_DIR: 'content',
    SALUS_PORT: '0',
    SALUS_LOG_LEVEL: 'silent',
    SALUS_SECOND_OPINION: 'off',
    ...double.environment(mode),
    ...options.environment,
  })
  const parts = { clock: systemClock, random: systemRandom, logger: createLogger('silent') }
  const workspace = demoWorkspace('GB')

  async function start() {
    const state = await openState(config, { ...parts, makeKey: true })
    await state.store.saveWorkspace(workspace)
    const broken = options.broken?.(state) ?? state
    const served = await serve({
      config,
      state: broken,
      workspace,
      pagesDir,
      content: await ownContent(),
      ...parts,
    })
    return { state, served }
  }
  let people = 0
  let running = await start()
  const stop = async () => {
    await running.served.stop()
    await running.state.close()
  }
  return {
    double,
    folder,
    state: () => running.state,
    url: () => running.served.url,
    person: (tenant) =>
      new SlackPerson(
        double,
        mode === 'socket' ? undefined : () => running.served.url,
        `U${++people}PERSON`,
        tenant,
      ),
    async restart() {
      await stop()
      running = await start()
    },
    async install(tenant = homeTenant) {
      const { url } = running.served
      const page = await fetch(`${url}/slack/install`)
      const state = /state=([^&"]+)/.exec(await page.text())?.[1] ?? ''
      const query = new URLSearchParams({ code: double.consent(tenant), state: decodeURIComponent(state) })
      const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
      const done = await fetch(`${url}/slack/oauth_redirect?${query}`, { headers: { cookie } })
      if (!done.ok) throw new Error('not installed')
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
