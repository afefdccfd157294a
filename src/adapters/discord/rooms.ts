import type { ChannelHost } from '../../core/channel-host.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import type { Calls } from './calls.ts'
import { type DiscordPlace, urnOf } from './place.ts'
import { escapeText } from './text.ts'

/** What those who manage a server switch for a channel. */
export const roomSwitches = ['public', 'quiet', 'watch', 'sensitive'] as const
export type RoomSwitch = (typeof roomSwitches)[number]

export interface RoomParts {
  readonly host: ChannelHost
  readonly calls: Calls
  /** Whether Discord sends words that are not meant for Salus. */
  readonly messageContent: boolean
}

/** What those who manage a server decide about Salus in a channel. The caller checked that they may. */
export function createRooms({ host, calls, messageContent }: RoomParts) {
  /** Switches it and tells the room. Resolves to what is said to whoever did it. */
  async function set(
    workspace: WorkspaceId,
    place: DiscordPlace,
    setting: RoomSwitch,
    on: boolean,
    /** Of the press: its notice is posted once. */
    id: string,
  ): Promise<string> {
    if (setting === 'watch' && on && !messageContent) return host.say('channel.discord.no_content')
    const room = place.room ?? place.channel
    const by = urnOf(place)
    const { notice } = await host.setRoom(workspace, room, { [setting]: on }, by)
    if (notice === undefined) return host.say('channel.pressed.done')
    try {
      const payload = { components: [{ type: 10 as const, content: escapeText(notice) }] }
      await calls.postNotice(room, payload, `watch/${id}`)
      return host.say('channel.pressed.done')
    } catch (error) {
      host.report('discord_notice_failed', error)
      // Nobody is watched who was not told.
      if (on) await host.setRoom(workspace, room, { watch: false }, by)
      return host.say(on ? 'channel.discord.no_notice' : 'channel.pressed.done')
    }
  }

  return {
    set,
    /** What is switched on in the channel, in words. */
    async shown(workspace: WorkspaceId, place: DiscordPlace): Promise<string> {
      const now = await host.roomSettings(workspace, place.room ?? place.channel)
      return roomSwitches
        .map(
          (name) =>
            `${host.say(`channel.discord.setting.${name}`)}: ${host.say(`channel.discord.${now[name] ? 'on' : 'off'}`)}`,
        )
        .join('\n')
    },
    /** Languages that Salus speaks, by their own names. */
    languages(): string {
      const names = host.locales.map(
        (one) => new Intl.DisplayNames([one], { type: 'language' }).of(one) ?? one,
      )
      return host.say('channel.discord.speaks', undefined, { languages: names.join(', ') })
    },
  }
}
