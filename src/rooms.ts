import { assessBody } from './core/assess-body.ts'
import { type Assess, rank } from './core/assessment.ts'
import type { ChannelHost } from './core/channel-host.ts'
import type { Urn, WorkspaceId } from './core/ids.ts'
import type { ChannelName } from './core/inbound.ts'
import type { JsonObject } from './core/json.ts'
import type { Clock, Store } from './core/ports.ts'
import type { Actor } from './core/records.ts'
import { type RoomSettings, roomAsItComes, roomOf, roomSettingId } from './core/room.ts'
import type { Workspace } from './core/workspace.ts'
import type { Helplines } from './dialogs/helplines.ts'
import type { Phrases } from './dialogs/phrases.ts'
import { staffBehind } from './staff-accounts.ts'

export interface RoomParts {
  readonly channel: ChannelName
  readonly store: Pick<Store, 'setting' | 'saveSetting' | 'appendAudit' | 'contactOf' | 'staff' | 'workspace'>
  readonly clock: Clock
  readonly assess: Assess
  readonly phrases: Phrases
  readonly helplines: Helplines
  readonly lastSeen: (workspace: WorkspaceId) => Workspace
  readonly report: (code: string, error?: unknown) => void
}

/** What rooms of one channel opted in to, and the safety watch of those that asked for it. */
export function createRooms(parts: RoomParts): Pick<ChannelHost, 'roomSettings' | 'setRoom' | 'watch'> {
  const { channel, store, clock } = parts

  async function roomSettings(workspace: WorkspaceId, place: string): Promise<RoomSettings> {
    return { ...roomAsItComes, ...(await store.setting(workspace, 'room', roomSettingId(channel, place))) }
  }

  /** What the room is told when the watch goes on or off, in the workspace's language. */
  async function noticeOf(workspace: WorkspaceId, on: boolean): Promise<string> {
    const { locale, country } = (await store.workspace(workspace)) ?? parts.lastSeen(workspace)
    const number = parts.helplines.emergencyNumber(country)
    const emergency = number ?? parts.phrases.say(locale, 'general.place.local_emergency')
    return parts.phrases.say(locale, on ? 'channel.room.watching' : 'channel.room.watch_over', { emergency })
  }

  return {
    roomSettings,
    async setRoom(workspace, place, change, by) {
      const before = await roomSettings(workspace, place)
      const room: RoomSettings = { ...before, ...change }
      const standing = Object.values(room).some((on) => on)
      await store.saveSetting(
        workspace,
        'room',
        roomSettingId(channel, place),
        standing ? { ...room } : undefined,
      )
      const codes: JsonObject = { channel, ...room }
      await store.appendAudit({
        workspace,
        at: clock.now(),
        actor: await actorOf(parts, workspace, by),
        action: 'room_changed',
        subject: channel,
        codes,
      })
      if (room.watch === before.watch) return { room }
      return { room, notice: await noticeOf(workspace, room.watch) }
    },
    async watch(message, take) {
      const { workspace } = message.conversation
      const place = roomOf(message.conversation)
      if (place === undefined || !(await roomSettings(workspace, place)).watch) return 'dropped'
      // Nothing of the person is looked up and nothing is remembered: these words alone are judged.
      const { level } = assessBody(message.body, parts.assess, {
        now: message.receivedAt.getTime(),
        recent: [],
        fragments: [],
        ...(message.locale ? { locale: message.locale } : {}),
      })
      if (rank(level) > rank('urgent')) return 'dropped'
      await take({ ...message, watched: true })
      return 'taken'
    },
  }
}

/** Who did it, as far as Salus knows them: by an id of ours, never by their account. */
export async function actorOf(
  { store }: Pick<RoomParts, 'store'>,
  workspace: WorkspaceId,
  by: Urn,
): Promise<Actor> {
  const staff = await staffBehind({ store }, workspace, by)
  if (staff) return `staff:${staff.id}`
  const contact = await store.contactOf(workspace, by)
  return contact ? `contact:${contact}` : 'system'
}
