import type { PackageParts } from './adapters/teams/package/manifest.ts'
import { appPackage } from './adapters/teams/package/package.ts'
import type { Config } from './config.ts'
import { AppError } from './core/errors.ts'
import type { Workspace } from './core/workspace.ts'
import { version } from './version.ts'

/** The app that an administrator uploads to Teams. @throws AppError CONFIG_INVALID when it would not be taken. */
export function teamsPackage(
  { teams, publicUrl }: Pick<Config, 'teams' | 'publicUrl'>,
  workspace: Pick<Workspace, 'name' | 'privacyUrl'>,
  options: Pick<PackageParts, 'readsRooms'> = {},
): Uint8Array {
  const invalid = (what: string, hint: string) => new AppError('CONFIG_INVALID', what, hint)
  if (!teams?.app)
    throw invalid('TEAMS_APP_ID is not set', 'See docs/channels.md for how to register the bot.')
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(teams.app.id))
    throw invalid('TEAMS_APP_ID is no application id', 'It looks like 00000000-0000-0000-0000-000000000000.')
  if (!publicUrl.startsWith('https:'))
    throw invalid('SALUS_PUBLIC_URL is not https', 'Teams reaches the bot over TLS alone.')
  return appPackage({
    appId: teams.app.id,
    version,
    organisation: workspace.name,
    publicUrl: publicUrl.replace(/\/+$/, ''),
    ...options,
    ...(workspace.privacyUrl ? { privacyUrl: workspace.privacyUrl } : {}),
  })
}
