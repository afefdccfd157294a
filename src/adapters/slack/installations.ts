import type { Installation } from '@slack/bolt'
import type { ChannelHost } from '../../core/channel-host.ts'
import type { JsonObject } from '../../core/json.ts'

export type Installed = Installation<'v2', boolean>

/** Whoever installed the app: a workspace, or a whole Enterprise Grid organisation. */
export type InstallationId = string

/** Under which id an installation is kept: a whole organisation's under the organisation. */
export function idOf(installation: Installation): InstallationId | undefined {
  return installation.isEnterpriseInstall ? installation.enterprise?.id : installation.team?.id
}

/** Tokens of whoever installed the app, sealed under the key of the workspace that they belong to. */
export function createInstallations(host: Pick<ChannelHost, 'settings' | 'workspaceOf'>) {
  const workspaceOf = (id: InstallationId, name?: string) =>
    host.workspaceOf({ id, ...(name ? { name } : {}) })
  return {
    async save(id: InstallationId, installation: Installation): Promise<void> {
      const name = installation.team?.name ?? installation.enterprise?.name
      const workspace = await workspaceOf(id, name)
      await host.settings.saveSetting(workspace, 'installation', id, installation as unknown as JsonObject)
    },
    async find(id: InstallationId): Promise<Installed | undefined> {
      const found = await host.settings.setting(await workspaceOf(id), 'installation', id)
      return found as unknown as Installed | undefined
    },
    async remove(id: InstallationId): Promise<void> {
      await host.settings.saveSetting(await workspaceOf(id), 'installation', id, undefined)
    },
  }
}

export type Installations = ReturnType<typeof createInstallations>
