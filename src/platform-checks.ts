import { type Check, findings } from './cli/doctor/check.ts'
import type { Config } from './config.ts'
import type { Clock, Random } from './core/ports.ts'

const channels = findings('channels')

/** Asks each platform that is on whether its token and permissions would do. */
export async function checkPlatforms(
  config: Config,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Promise<readonly Check[]> {
  const { slack, discord, teams } = config
  const found: { readonly state: Check['state']; readonly text: string; readonly todo?: string }[] = []
  if (slack) {
    const { checkSlack } = await import('./adapters/slack/check.ts')
    found.push(...(await checkSlack(slack)))
  }
  if (discord) {
    const { checkDiscord } = await import('./adapters/discord/check.ts')
    found.push(...(await checkDiscord(discord)))
  }
  if (teams) {
    const { checkTeams } = await import('./adapters/teams/check.ts')
    const parts = { publicUrl: config.publicUrl, now: () => clock.now(), id: () => random.id() }
    found.push(...(await checkTeams({ ...teams, ...parts })))
  }
  return found.map(({ state, text, todo }) => channels[state](text, todo))
}
