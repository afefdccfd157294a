import { type ChannelHostParts, createChannelHost } from './channel-host.ts'
import type { Config } from './config.ts'
import { rank } from './core/assessment.ts'
import { AppError } from './core/errors.ts'
import type { ChannelName } from './core/inbound.ts'
import type { ChannelAdapter } from './core/ports.ts'
import type { Workspace } from './core/workspace.ts'

type Shared = Omit<ChannelHostParts, 'channel' | 'isHome'>

/** The adapters of the platforms that the configuration names. Each platform's packages load only when it is on. */
export async function createPlatforms(
  config: Pick<Config, 'slack' | 'discord' | 'teams' | 'publicUrl' | 'host'>,
  shared: Shared,
  mode: Workspace['mode'],
): Promise<readonly ChannelAdapter[]> {
  const hostFor = (channel: ChannelName, isHome: (tenant: string) => boolean) =>
    createChannelHost({ ...shared, channel, isHome })
  const adapters: ChannelAdapter[] = []
  const { slack } = config
  if (slack) {
    const { createSlackAdapter, homeTenant } = await import('./adapters/slack/adapter.ts')
    const { oauth, ...rest } = slack
    adapters.push(
      createSlackAdapter({
        ...rest,
        ...(oauth ? { oauth: { ...oauth, redirectUri: `${config.publicUrl}/slack/oauth_redirect` } } : {}),
        // The workspace of the configured token is the organisation's own.
        host: hostFor('slack', (tenant) => tenant === homeTenant),
        now: () => shared.clock.now(),
        sleep: (ms, signal) => shared.clock.sleep(ms, signal),
        known: async (ref) => (await shared.store.conversation(ref.key)) !== undefined,
      }),
    )
  }
  const { discord } = config
  if (discord) {
    const { createDiscordAdapter } = await import('./adapters/discord/adapter.ts')
    const { homeTenant } = await import('./adapters/discord/workspaces.ts')
    adapters.push(
      createDiscordAdapter({
        ...discord,
        host: hostFor('discord', (tenant) => tenant === homeTenant),
        now: () => shared.clock.now(),
        sleep: (ms, signal) => shared.clock.sleep(ms, signal),
        known: async (ref) => (await shared.store.conversation(ref.key)) !== undefined,
        async inCase(ref) {
          const found = await shared.store.conversation(ref.key)
          if (!found) return false
          const open = await shared.store.cases(ref.workspace, { status: ['waiting', 'claimed', 'snoozed'] })
          return open.some(
            ({ contactId, level, status }) =>
              contactId === found.contactId && (status === 'claimed' || rank(level) <= rank('urgent')),
          )
        },
        async owned(ref) {
          const claimed = await shared.store.cases(ref.workspace, { status: ['claimed'] })
          const found = await shared.store.conversation(ref.key)
          return found !== undefined && claimed.some(({ contactId }) => contactId === found.contactId)
        },
      }),
    )
  }
  const { teams } = config
  if (teams) {
    if (!teams.app) refuseOpenDoor(mode, config.host)
    const { createTeamsAdapter } = await import('./adapters/teams/adapter.ts')
    adapters.push(
      createTeamsAdapter({
        ...teams,
        host: hostFor('teams', (tenant) => !teams.app || tenant === teams.app.tenant),
        now: () => shared.clock.now(),
        sleep: (ms) => shared.clock.sleep(ms),
        id: () => shared.random.id(),
        known: async (ref) => (await shared.store.conversation(ref.key)) !== undefined,
      }),
    )
  }
  return adapters
}

/** Development takes in whatever is sent to it: only a demo on this machine may stand so open. */
function refuseOpenDoor(mode: Workspace['mode'], host: string): void {
  const local = host === '127.0.0.1' || host === 'localhost' || host === '::1'
  if (mode === 'demo' && local) return
  throw new AppError(
    'CONFIG_INVALID',
    'TEAMS_DEVELOPMENT turns authentication off and is for "salus start --demo" on this machine alone',
    'Unset it and set TEAMS_APP_ID: see docs/channels.md.',
  )
}
