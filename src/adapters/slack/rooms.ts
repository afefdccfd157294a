import type { ChannelHost } from '../../core/channel-host.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import type { RoomSwitch } from './interact.ts'
import { type SlackPlace, urnOf } from './parse.ts'
import type { ClientOf } from './sending.ts'

/** What those who manage a room decide about Salus there. */
export function createRooms({ host, clientOf }: { readonly host: ChannelHost; readonly clientOf: ClientOf }) {
  /** Whether a person administers the workspace, or made the room that they are in. */
  async function manages(place: SlackPlace): Promise<boolean> {
    const client = await clientOf(place)
    if (!client) return false
    const { user } = await client.users.info({ user: place.user })
    if (user?.is_admin === true || user?.is_owner === true) return true
    if (place.channel === '' || place.channel.startsWith('D')) return false
    const { channel } = await client.conversations.info({ channel: place.channel })
    return channel?.creator === place.user
  }

  return {
    manages,
    /** Switches it and tells the room. Resolves to what is said to whoever did it. */
    async set(workspace: WorkspaceId, place: SlackPlace, setting: RoomSwitch, on: boolean): Promise<string> {
      const client = await clientOf(place)
      const shared = place.channel !== '' && !place.channel.startsWith('D')
      if (!client || !shared || !(await manages(place).catch(() => false)))
        return host.say('channel.room.not_allowed')
      const by = urnOf(place)
      const { notice } = await host.setRoom(workspace, place.channel, { [setting]: on }, by)
      if (notice === undefined) return host.say('channel.pressed.done')
      try {
        await client.chat.postMessage({ channel: place.channel, text: notice })
        return host.say('channel.pressed.done')
      } catch (error) {
        host.report('slack_notice_failed', error)
        // Nobody is watched who was not told.
        if (on) await host.setRoom(workspace, place.channel, { [setting]: false }, by)
        return host.say(on ? 'channel.slack.no_notice' : 'channel.pressed.done')
      }
    },
  }
}
