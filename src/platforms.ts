import { type ChannelHostParts, createChannelHost } from './channel-host.ts'
import type { Config } from './config.ts'
import type { ChannelName } from './core/inbound.ts'
import type { ChannelAdapter } from './core/ports.ts'

type Shared = Omit<ChannelHostParts, 'channel' | 'isHome'>

/** The adapters of the platforms that the configuration names. Each platform's packages load only when it is on. */
export async function createPlatforms(
  config: Pick<Config, 'slack' | 'publicUrl'>,
  shared: Shared,
): Promise<readonly ChannelAdapter[]> {
  const hostFor = (channel: ChannelName, isHome: (tenant: string) => boolean) =>
    createChannelHost({ ...shared, channel, isHome })
  const adapters: ChannelAdapter[] = []
  const { slack } = config
  if (slack) {
    const { createSlackAdapter } = await import('./adapters/slack/adapter.ts')
    const { oauth, ...rest } = slack
    adapters.push(
      createSlackAdapter({
        ...rest,
        ...(oauth ? { oauth: { ...oauth, redirectUri: `${config.publicUrl}/slack/oauth_redirect` } } : {}),
        // With one token there is one workspace: the organisation's own.
        host: hostFor('slack', () => slack.botToken !== undefined),
        now: () => shared.clock.now(),
        known: async (ref) => (await shared.store.conversation(ref.key)) !== undefined,
      }),
    )
  }
  return adapters
}
