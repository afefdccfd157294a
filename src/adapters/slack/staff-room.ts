import type { CaseCard, CaseText, ChannelHost, StaffSurface } from '../../core/channel-host.ts'
import { asId, type CaseId, type WorkspaceId } from '../../core/ids.ts'
import { isNonEmpty } from '../../core/json.ts'
import type { SendOutcome } from '../../core/ports.ts'
import type { ReplyElement } from '../../core/reply.ts'
import { withoutTopic } from '../shared/without-topic.ts'
import { type Client, outcomeOf } from './client.ts'
import { type SlackPlace, urnOf } from './parse.ts'
import { render, type SlackPayload } from './render.ts'
import type { ClientOf } from './sending.ts'
import { renderCard } from './staff-card.ts'

interface Room {
  readonly team: string
  readonly enterprise?: string
  readonly channel: string
}
interface Posted {
  readonly channel: string
  readonly ts: string
  /** Others than staff could read along when it was posted. */
  readonly open?: true
}

/** The channel of a workspace in which its staff see cases. */
export function createStaffRoom(parts: { readonly host: ChannelHost; readonly clientOf: ClientOf }) {
  const { host, clientOf } = parts

  async function roomOf(workspace: WorkspaceId): Promise<Room | undefined> {
    // The organisation's own workspace may have staff rooms on other platforms, too.
    const room = await host.settings.setting(workspace, 'staff_room', 'slack')
    return room as unknown as Room | undefined
  }

  async function showCase(workspace: WorkspaceId, card: CaseCard): Promise<SendOutcome> {
    const room = await roomOf(workspace)
    const client = room && (await clientOf(room))
    if (!client) return { kind: 'unreachable', reason: 'not_installed' }
    const cardId = `slack/${card.caseId}`
    const posted = (await host.settings.setting(workspace, 'case_card', cardId)) as Posted | undefined
    try {
      if (posted) {
        const { reason: _told, ...standing } = card
        const { open, ...where } = posted
        await client.chat.update({
          ...where,
          ...mutable(renderCard(open ? withoutTopic(standing) : standing)),
        })
        if (!card.reason) return { kind: 'sent', externalId: posted.ts }
        const again = { text: card.reason, thread_ts: posted.ts, reply_broadcast: true }
        const said = await client.chat.postMessage({ channel: posted.channel, ...again })
        return { kind: 'sent', externalId: said.ts ?? posted.ts }
      }
      if (!card.reason) return { kind: 'unreachable', reason: 'unknown_route' }
      // A room may have been opened, or shared, since it was linked.
      const open = (await readersOf(client, room.channel)) !== 'staff'
      const shown = mutable(renderCard(open ? withoutTopic(card) : card))
      const said = await client.chat.postMessage({ channel: room.channel, ...shown })
      if (said.ts && said.channel) {
        const where: Posted = { channel: said.channel, ts: said.ts, ...(open ? { open } : {}) }
        await host.settings.saveSetting(workspace, 'case_card', cardId, { ...where })
        await host.settings.saveSetting(workspace, 'case_card', threadId(where), { caseId: card.caseId })
      }
      return { kind: 'sent', externalId: said.ts ?? '' }
    } catch (error) {
      return outcomeOf(error)
    }
  }

  async function showText(
    workspace: WorkspaceId,
    caseId: CaseId,
    lines: readonly CaseText[],
  ): Promise<SendOutcome> {
    const room = await roomOf(workspace)
    const client = room && (await clientOf(room))
    const posted = (await host.settings.setting(workspace, 'case_card', `slack/${caseId}`)) as
      | Posted
      | undefined
    const elements = lines.map(
      ({ name, text }): ReplyElement => ({
        kind: 'paragraph',
        text: name === '' ? text : `${name}: ${text}`,
      }),
    )
    if (!client || !posted || posted.open || !isNonEmpty(elements))
      return { kind: 'unreachable', reason: 'unknown_route' }
    try {
      let last = posted.ts
      for (const part of render({ elements, audience: 'everyone' })) {
        const { text, blocks } = part.payload as unknown as SlackPayload
        const told = { channel: posted.channel, thread_ts: posted.ts, text, blocks: [...blocks] }
        const { ts } = await client.chat.postMessage({ ...told, unfurl_links: false, unfurl_media: false })
        last = ts ?? last
      }
      return { kind: 'sent', externalId: last }
    } catch (error) {
      return outcomeOf(error)
    }
  }

  /** Why a room cannot show cases, in words. */
  async function refusedRoom(place: SlackPlace): Promise<string | undefined> {
    const readers = await readersOf(await clientOf(place), place.channel)
    if (readers === 'staff') return undefined
    return host.say(`channel.slack.${readers === 'others' ? 'open_room' : 'unseen_room'}`)
  }

  return {
    surface: { showCase, showText } satisfies StaffSurface,
    /** The case under whose card something was written; undefined anywhere else. */
    async caseAt(workspace: WorkspaceId, { channel, thread }: SlackPlace): Promise<CaseId | undefined> {
      if (!thread) return undefined
      const found = await host.settings.setting(workspace, 'case_card', threadId({ channel, ts: thread }))
      return typeof found?.caseId === 'string' ? asId<CaseId>(found.caseId) : undefined
    },
    /** Whether this is the room that is linked, and words are shown in it. */
    async showsWords(workspace: WorkspaceId, { channel }: SlackPlace): Promise<boolean> {
      return (await roomOf(workspace))?.channel === channel && (await host.staffRoomText(workspace))
    },
    /** Switches whether words are shown here. Only a room that nobody else can read may. */
    async showWords(workspace: WorkspaceId, place: SlackPlace, on: boolean): Promise<string> {
      const room = await roomOf(workspace)
      if (room?.channel !== place.channel) return host.say('channel.slack.not_staff_room')
      const refused = on ? await refusedRoom(place) : undefined
      if (refused) return refused
      return (await host.setStaffRoomText(workspace, on, urnOf(place))).text
    },
    /**
     * Links or unlinks the room in which this was asked: one that others can read is refused, for a card tells what a
     * case is about. Resolves to what is said there.
     */
    async link(workspace: WorkspaceId, place: SlackPlace, on: boolean): Promise<string> {
      const client = await clientOf(place)
      if (!client || !(await maySet(client, place.user))) return host.say('channel.room.not_allowed')
      const refused = on ? await refusedRoom(place) : undefined
      if (refused) return refused
      const { team, enterprise, channel } = place
      const room = { platform: 'slack', team, channel, ...(enterprise ? { enterprise } : {}) }
      // Words were allowed for another channel: this one has not been looked at.
      if ((await roomOf(workspace))?.channel !== channel && (await host.staffRoomText(workspace)))
        await host.setStaffRoomText(workspace, false, urnOf(place))
      await host.settings.saveSetting(workspace, 'staff_room', 'slack', on ? room : undefined)
      return host.say(on ? 'channel.room.linked' : 'channel.room.unlinked')
    },
    /** What every room with Salus shows: nobody watches it. */
    async notice(place: SlackPlace): Promise<void> {
      const client = await clientOf(place)
      const emergency = host.say('general.place.local_emergency')
      const text = host.say('channel.room.notice', undefined, { emergency })
      await client?.chat.postMessage({ channel: place.channel, text })
    },
  }
}

/** Finds the case again by its card. */
function threadId({ channel, ts }: Pick<Posted, 'channel' | 'ts'>): string {
  return `slack/thread/${channel}/${ts}`
}

/** Who reads a channel, as far as Slack says. A private one may be shared with another organisation, whose people do, too. */
async function readersOf(
  client: Client | undefined,
  channel: string,
): Promise<'staff' | 'others' | 'unknown'> {
  const found = await client?.conversations.info({ channel }).catch(() => undefined)
  if (!found?.channel) return 'unknown'
  return found.channel.is_private === true && found.channel.is_ext_shared !== true ? 'staff' : 'others'
}

/** Only who administers the workspace says where its cases are shown. */
async function maySet(client: Client, user: string): Promise<boolean> {
  const { user: found } = await client.users.info({ user })
  return found?.is_admin === true || found?.is_owner === true
}

/** Bolt's types want arrays that may be changed. */
function mutable({ text, blocks }: ReturnType<typeof renderCard>) {
  return { text, blocks: [...blocks] }
}
