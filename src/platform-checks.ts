import { type Check, findings } from './cli/doctor/check.ts'
import type { Config } from './config.ts'
import type { Clock, Random } from './core/ports.ts'

const channels = findings('channels')

/** Asks each platform that is on whether its token and permissions would do. */
export async function checkPlatforms(
  config: Config,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Promise<readonly Check[]> {
  const { teams } = config
  if (!teams) return []
  const { checkTeams } = await import('./adapters/teams/check.ts')
  const found = await checkTeams({
    ...teams,
    publicUrl: config.publicUrl,
    now: () => clock.now(),
    id: () => random.id(),
  })
  return found.map(({ state, text, todo }) => channels[state](text, todo))
}
