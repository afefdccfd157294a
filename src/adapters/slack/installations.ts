import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt'
import type { ChannelHost } from '../../core/channel-host.ts'
import type { JsonObject } from '../../core/json.ts'

/**
 * Tokens of the workspaces that installed the app, sealed under each workspace's key. An installation for a whole
 * Enterprise Grid organisation is kept under the organisation.
 */
export function createInstallations(host: Pick<ChannelHost, 'settings' | 'workspaceOf'>): InstallationStore {
  const idOf = (given: {
    readonly teamId?: string
    readonly enterpriseId?: string
    readonly whole: boolean
  }) => (given.whole ? given.enterpriseId : given.teamId) ?? ''

  return {
    async storeInstallation(installation) {
      const whole = installation.isEnterpriseInstall === true
      const id = idOf({
        teamId: installation.team?.id,
        enterpriseId: installation.enterprise?.id,
        whole,
      } as never)
      const name = installation.team?.name ?? installation.enterprise?.name
      const workspace = await host.workspaceOf({ id, ...(name ? { name } : {}) })
      await host.settings.saveSetting(workspace, 'installation', id, installation as unknown as JsonObject)
    },
    async fetchInstallation(query) {
      const { workspace, id } = await where(query)
      const found = await host.settings.setting(workspace, 'installation', id)
      if (!found) throw new Error('not installed')
      return found as unknown as Installation<'v2', boolean>
    },
    async deleteInstallation(query) {
      const { workspace, id } = await where(query)
      await host.settings.saveSetting(workspace, 'installation', id, undefined)
    },
  }

  async function where(query: InstallationQuery<boolean>) {
    const id = idOf({
      ...(query.teamId ? { teamId: query.teamId } : {}),
      ...(query.enterpriseId ? { enterpriseId: query.enterpriseId } : {}),
      whole: query.isEnterpriseInstall,
    })
    return { id, workspace: await host.workspaceOf({ id }) }
  }
}
