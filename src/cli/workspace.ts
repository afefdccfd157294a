import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, databaseFile } from '../config.ts'
import { AppError } from '../core/errors.ts'
import type { Workspace } from '../core/workspace.ts'
import type { State } from '../open-state.ts'
import { guessCountry } from './country.ts'
import { holdFolder } from './hold-folder.ts'
import type { Host } from './host.ts'

/** A configuration and its opened state, and whom it works for. */
export interface Opened {
  readonly config: Config
  readonly state: State
  readonly workspace: Workspace
  close(): Promise<void>
}

/** The demo keeps to a folder of its own: its people and cases never mix with an organisation's. */
export function demoConfig(config: Config, folder: 'demo' | 'chat'): Config {
  return fileConfig(config, join(config.dataDir, folder))
}

/** The same settings over a file in `dataDir`, whatever database is configured. */
export function fileConfig(config: Config, dataDir: string): Config {
  const { databaseUrl: _url, redisUrl: _redis, ...rest } = config
  return { ...rest, dataDir }
}

/** What a demo at a terminal runs with: nobody has a staff page open there, so nobody is claimed to be. */
export function unstaffed(workspace: Workspace): Workspace {
  return { ...workspace, staffing: 'none', staffCount: 0 }
}

/** Opens and holds the demo's state in `folder` of the data folder, made when absent. */
export async function openDemo(
  host: Host,
  folder: 'demo' | 'chat',
  country: string | undefined,
): Promise<Opened> {
  const config = demoConfig(host.config(), folder)
  const { demoWorkspace, localWorkspace } = await import('../open-state.ts')
  const opened = await open(host, config, { makeKey: true, hold: true })
  const known = await opened.state.store.workspace(localWorkspace)
  const demo =
    known && (!country || country === known.country) ? known : demoWorkspace(country ?? guessCountry())
  const workspace = folder === 'chat' ? unstaffed(demo) : demo
  await opened.state.store.saveWorkspace(workspace)
  return { ...opened, workspace }
}

/**
 * Opens what was set up: the organisation's state, or the demo's with `demo`. `hold` when workers will run on it.
 * @throws AppError CONFIG_INVALID when nothing was set up.
 */
export async function openExisting(
  host: Host,
  options: { readonly demo?: boolean | undefined; readonly hold?: boolean } = {},
): Promise<Opened> {
  const config = options.demo ? demoConfig(host.config(), 'demo') : host.config()
  if (!isSetUp(config)) throw notSetUp(options.demo)
  const { localWorkspace } = await import('../open-state.ts')
  const opened = await open(host, config, { makeKey: false, hold: options.hold ?? false })
  const workspace = await opened.state.store.workspace(localWorkspace)
  if (workspace) return { ...opened, workspace }
  await opened.close()
  throw notSetUp(options.demo)
}

/** False when there is surely nothing yet; a database server must be asked. */
export function isSetUp(config: Config): boolean {
  return config.databaseUrl !== undefined || existsSync(databaseFile(config))
}

/** Opens a configuration's state; `hold` keeps other processes from running workers on the same file. */
export async function open(
  host: Host,
  config: Config,
  { makeKey, hold }: { readonly makeKey: boolean; readonly hold: boolean },
): Promise<Omit<Opened, 'workspace'>> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const release = hold && !config.databaseUrl ? await holdFolder(config.dataDir) : async () => {}
  try {
    const state = await host.openState(config, host.logger(config), makeKey)
    return {
      config,
      state,
      async close() {
        await state.close()
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}

function notSetUp(demo: boolean | undefined): AppError {
  return demo
    ? new AppError('CONFIG_INVALID', 'there is no demo here yet', 'Run "salus start --demo" first.')
    : new AppError('CONFIG_INVALID', 'Salus is not set up here', 'Run "salus setup", or add --demo.')
}
