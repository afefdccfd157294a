import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, databaseFile } from '../config.ts'
import { AppError } from '../core/errors.ts'
import type { Workspace } from '../core/workspace.ts'
import type { State } from '../open-state.ts'
import type { Host } from './host.ts'

/** A configuration and its opened state, and whom it works for. */
export interface Opened {
  readonly config: Config
  readonly state: State
  readonly workspace: Workspace
}

/** The demo keeps to a folder of its own: its people and cases never mix with an organisation's. */
export function demoConfig(config: Config, folder: string): Config {
  const { databaseUrl: _url, redisUrl: _redis, ...rest } = config
  return { ...rest, dataDir: join(config.dataDir, folder) }
}

/** What a demo at a terminal runs with: nobody has a staff page open there, so nobody is claimed to be. */
export function unstaffed(workspace: Workspace): Workspace {
  return { ...workspace, staffing: 'none', staffCount: 0 }
}

/** Opens the demo's state in `folder` of the data folder, made when absent. */
export async function openDemo(
  host: Host,
  folder: 'demo' | 'chat',
  country: string | undefined,
): Promise<Opened> {
  const config = demoConfig(host.config(), folder)
  const { demoWorkspace, localWorkspace } = await import('../open-state.ts')
  const state = await host.openState(config, host.logger(config), true)
  const known = await state.store.workspace(localWorkspace)
  const demo =
    known && (!country || country === known.country) ? known : demoWorkspace(country ?? guessCountry())
  const workspace = folder === 'chat' ? unstaffed(demo) : demo
  await state.store.saveWorkspace(workspace)
  return { config, state, workspace }
}

/** Opens the organisation's state. @throws AppError CONFIG_INVALID when nothing was set up. */
export async function openOrganisation(host: Host): Promise<Opened> {
  const config = host.config()
  if (!isSetUp(config)) throw notSetUp()
  const { localWorkspace } = await import('../open-state.ts')
  const state = await host.openState(config, host.logger(config), false)
  const workspace = await state.store.workspace(localWorkspace)
  if (workspace) return { config, state, workspace }
  await state.close()
  throw notSetUp()
}

/** False when there is surely nothing yet; a database server must be asked. */
export function isSetUp(config: Config): boolean {
  return config.databaseUrl !== undefined || existsSync(databaseFile(config))
}

function notSetUp(): AppError {
  return new AppError('CONFIG_INVALID', 'Salus is not set up here', 'Run "salus setup", or add --demo.')
}

/**
 * Where this machine seems to be, by its time zone; the demo's numbers are labelled with the country, and a person
 * can choose another. Great Britain when the zone says nothing, for the articles' sources are mostly British.
 */
export function guessCountry(zone = new Intl.DateTimeFormat().resolvedOptions().timeZone): string {
  for (const country of commonCountries) {
    const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
      getTimeZones?: () => string[]
      timeZones?: string[]
    }
    const zones = locale.getTimeZones?.() ?? locale.timeZones ?? []
    if (zones.includes(zone)) return country
  }
  return 'GB'
}

/** Countries of `content/helplines` that have a time zone of their own. */
const commonCountries = [
  'GB',
  'US',
  'IE',
  'CA',
  'AU',
  'NZ',
  'ES',
  'MX',
  'AR',
  'CO',
  'CL',
  'PE',
  'FR',
  'DE',
  'AT',
  'CH',
  'NL',
  'BE',
  'IT',
  'PT',
  'BR',
  'PL',
  'CZ',
  'SE',
  'NO',
  'FI',
  'DK',
  'GR',
  'HU',
  'RO',
  'UA',
  'TR',
  'IL',
  'EG',
  'AE',
  'IN',
  'JP',
  'KR',
  'SG',
  'MY',
  'PH',
  'ID',
  'HK',
  'ZA',
  'KE',
  'NG',
] as const
