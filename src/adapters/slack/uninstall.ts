import type { ChannelHost } from '../../core/channel-host.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import { roomSettingId } from '../../core/room.ts'
import { urnOf } from './parse.ts'

const rooms = roomSettingId('slack', '')

/**
 * The app is gone from a workspace: its cases are shown nowhere there, and no room is watched any more. A room that is
 * quiet or sensitive stays so, for whoever installs it again.
 */
export async function forgetPlaces(
  { settings, setRoom }: Pick<ChannelHost, 'settings' | 'setRoom'>,
  workspace: WorkspaceId,
  team: string,
): Promise<void> {
  // The organisation's own workspace may have staff rooms and watched rooms on other platforms.
  for (const { id, value } of await settings.settings(workspace, 'staff_room')) {
    if (value.platform === 'slack') await settings.saveSetting(workspace, 'staff_room', id, undefined)
  }
  for (const { id, value } of await settings.settings(workspace, 'room')) {
    // Nobody in particular did it.
    if (id.startsWith(rooms) && value.watch === true)
      await setRoom(workspace, id.slice(rooms.length), { watch: false }, urnOf({ team, user: '' }))
  }
}
