import type { ChannelHost } from '../../core/channel-host.ts'
import type { Urn, WorkspaceId } from '../../core/ids.ts'
import type { ConversationRef } from '../../core/inbound.ts'
import type { JsonObject } from '../../core/json.ts'
import { directRef } from './place.ts'

/** People whose direct conversation's workspace is remembered. */
const remembered = 20_000

/** What the host knows the organisation's own server as, whichever it is. */
export const homeTenant = 'home'

/**
 * Which workspace a server or a person belongs to. One server is the organisation's own: the configured one, else the
 * first that Salus ever was in, the oldest of several; it is remembered.
 */
export function createWorkspaces(
  host: ChannelHost,
  configured: string | undefined,
  /** Whether whoever is in a direct conversation has a case there that must not be lost sight of. */
  inCase: (direct: ConversationRef) => Promise<boolean>,
) {
  /** Where people's direct conversations belonged last: while the database is away that stands. */
  const last = new Map<Urn, WorkspaceId>()
  let home = configured
  const guilds = new Map<string, WorkspaceId>()

  const organisation = () => host.workspaceOf({ id: homeTenant })

  /** The organisation's own first. */
  async function all(): Promise<readonly [WorkspaceId, ...WorkspaceId[]]> {
    const own = await organisation()
    return [own, ...new Set([...guilds.values()].filter((id) => id !== own))]
  }

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
    all,
    /**
     * A direct conversation belongs to the server's workspace in which the person last began to speak, else the
     * organisation's. Somebody in danger is heard where their case is, wherever they spoke since.
     */
    async ofPerson(urn: Urn): Promise<WorkspaceId> {
      const among = await all()
      const [own] = among
      if (among.length === 1) return own
      try {
        const known = await host.settings.workspacesOf(urn, among)
        const user = urn.replace(/^discord:/, '')
        let found = known[0] ?? own
        for (const id of known) {
          if (!(await inCase(directRef(id, { user })))) continue
          found = id
          break
        }
        if (last.size >= remembered) last.clear()
        last.set(urn, found)
        return found
      } catch (error) {
        // A message must be taken in all the same: somebody may wait for its fixed reply.
        host.report('discord_workspace_not_found', error)
        return last.get(urn) ?? own
      }
    },
    /** Where a message of a direct conversation was taken in, wherever its author spoke since. */
    async whereWritten(user: string, messageId: string): Promise<WorkspaceId | undefined> {
      const among = await all()
      const [own] = among
      if (among.length === 1) return own
      const direct = among.map((id) => directRef(id, { user }))
      try {
        return (await host.settings.tookIn(direct, messageId))?.workspace
      } catch (error) {
        host.report('discord_workspace_not_found', error)
        return undefined
      }
    },
    guilds: (): readonly string[] => [...guilds.keys()],
    left: (guild: string) => guilds.delete(guild),
  }
}

export type Workspaces = ReturnType<typeof createWorkspaces>
