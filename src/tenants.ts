import { createHash } from 'node:crypto'
import { asId, type WorkspaceId } from './core/ids.ts'
import type { ChannelName } from './core/inbound.ts'
import type { Store } from './core/ports.ts'
import type { Workspace } from './core/workspace.ts'

/** A Slack workspace, a Discord server, a Teams tenant. */
export interface Tenant {
  readonly channel: ChannelName
  readonly id: string
  readonly name?: string
  /** The one that the configuration names: it belongs to the organisation itself and shares its staff. */
  readonly home: boolean
}

/**
 * Which workspace a platform's tenant belongs to. The configured one is the organisation's own; any other is kept
 * apart, with the organisation's settings as they were at first contact and staff of its own.
 */
export function createTenants(store: Pick<Store, 'workspace' | 'saveWorkspace'>, organisation: Workspace) {
  const known = new Map<string, Workspace>()

  async function open(tenant: Tenant): Promise<Workspace> {
    if (tenant.home) return (await store.workspace(organisation.id)) ?? organisation
    const id = workspaceIdOf(tenant)
    const found = await store.workspace(id)
    if (found) return found
    const base = (await store.workspace(organisation.id)) ?? organisation
    // Who promised to be there promised it to the organisation: a new tenant begins with nobody.
    // Nor are the organisation's channels theirs.
    const { hours: _hours, drilledOn: _drilledOn, communityChannels: _channels, ...settings } = base
    const made: Workspace = {
      ...settings,
      id,
      name: tenant.name ?? base.name,
      staffing: base.mode === 'demo' ? base.staffing : 'none',
      staffCount: base.mode === 'demo' ? base.staffCount : 0,
    }
    await store.saveWorkspace(made)
    return made
  }

  return {
    async workspaceOf(tenant: Tenant): Promise<WorkspaceId> {
      const key = `${tenant.channel}:${tenant.id}`
      const workspace = known.get(key) ?? (await open(tenant))
      known.set(key, workspace)
      return workspace.id
    },
    async hasWorkspace(tenant: Tenant): Promise<boolean> {
      if (tenant.home || known.has(`${tenant.channel}:${tenant.id}`)) return true
      return (await store.workspace(workspaceIdOf(tenant))) !== undefined
    },
    /** As last seen: also while the database is away. */
    lastSeen: (id: WorkspaceId): Workspace =>
      [...known.values()].find((workspace) => workspace.id === id) ?? organisation,
  }
}

/** Says nothing about the tenant: workspace ids stand in the clear. */
function workspaceIdOf({ channel, id }: Tenant): WorkspaceId {
  return asId<WorkspaceId>(`${channel}-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`)
}
