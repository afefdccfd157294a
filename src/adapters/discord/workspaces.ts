import type { ChannelHost } from '../../core/channel-host.ts'
import type { Urn, WorkspaceId } from '../../core/ids.ts'
import type { JsonObject } from '../../core/json.ts'

/** What the host knows the organisation's own server as, whichever it is. */
export const homeTenant = 'home'

/**
 * Which workspace a server or a person belongs to. One server is the organisation's own: the configured one, else the
 * first that Salus ever was in, the oldest of several; it is remembered.
 */
export function createWorkspaces(host: ChannelHost, configured: string | undefined) {
  let home = configured
  const guilds = new Map<string, WorkspaceId>()

  const organisation = () => host.workspaceOf({ id: homeTenant })

  async function recall(name: string): Promise<JsonObject | undefined> {
    return host.settings.setting(await organisation(), 'installation', `discord/${name}`)
  }
  async function keep(name: string, value: JsonObject | undefined): Promise<void> {
    await host.settings.saveSetting(await organisation(), 'installation', `discord/${name}`, value)
  }

  /** Decided once: servers that are told of meanwhile wait for it. */
  let settling: Promise<void> | undefined
  async function settleHome(seen: readonly string[]): Promise<void> {
    if (home !== undefined || seen.length === 0) return
    settling ??= decideHome(seen).finally(() => {
      settling = undefined
    })
    await settling
    if (home === undefined) await settleHome(seen)
  }

  async function decideHome(seen: readonly string[]): Promise<void> {
    const kept = await recall('home')
    if (typeof kept?.guild === 'string') {
      home = kept.guild
      return
    }
    const [oldest] = [...seen].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
    if (oldest === undefined) return
    await keep('home', { guild: oldest })
    home = oldest
  }

  async function ofGuild(guild: string, name?: string): Promise<WorkspaceId> {
    const known = guilds.get(guild)
    if (known) return known
    await settleHome([guild])
    const tenant = guild === home ? { id: homeTenant } : { id: guild, ...(name ? { name } : {}) }
    const workspace = await host.workspaceOf(tenant)
    guilds.set(guild, workspace)
    return workspace
  }

  return {
    recall,
    keep,
    ofGuild,
    async ready(seen: readonly string[]): Promise<void> {
      await settleHome(seen)
      for (const guild of seen) await ofGuild(guild)
    },
    /** A direct conversation belongs to the server's workspace in which the person last spoke, else the organisation's. */
    async ofPerson(urn: Urn): Promise<WorkspaceId> {
      const own = await organisation()
      const others = [...guilds.values()].filter((id) => id !== own)
      if (others.length === 0) return own
      const [last] = await host.settings.workspacesOf(urn, [own, ...others])
      return last ?? own
    },
    guilds: (): readonly string[] => [...guilds.keys()],
    left: (guild: string) => guilds.delete(guild),
  }
}

export type Workspaces = ReturnType<typeof createWorkspaces>
