import type { CaseCard, CaseText, ChannelHost, StaffSurface } from '../../core/channel-host.ts'
import { asId, type CaseId, type Urn, type WorkspaceId } from '../../core/ids.ts'
import { isNonEmpty } from '../../core/json.ts'
import type { SendOutcome } from '../../core/ports.ts'
import type { ReplyElement } from '../../core/reply.ts'
import type { Calls } from './calls.ts'
import { hasCode, outcomeOf } from './outcome.ts'
import { type DiscordPlace, urnOf } from './place.ts'
import { type DiscordPayload, render } from './render.ts'
import { renderCard } from './staff-card.ts'
import { escapeText } from './text.ts'

interface Room {
  readonly guild: string
  readonly channel: string
}
interface Posted {
  readonly channel: string
  readonly message: string
  /** How often staff were told: each time once. */
  readonly told: number
}

const settingId = 'discord'
const unknownMessage = 10008

/** The channel of a server in which its staff see cases. */
export function createStaffRoom(parts: {
  readonly host: ChannelHost
  readonly calls: Calls
  readonly now: () => number
}) {
  const { calls, host, now } = parts
  let texts = 0
  const { settings, say } = host

  async function roomOf(workspace: WorkspaceId): Promise<Room | undefined> {
    return (await settings.setting(workspace, 'staff_room', settingId)) as Room | undefined
  }
  async function cardOf(workspace: WorkspaceId, caseId: string): Promise<Posted | undefined> {
    return (await settings.setting(workspace, 'case_card', `discord/${caseId}`)) as Posted | undefined
  }

  async function showCase(workspace: WorkspaceId, card: CaseCard): Promise<SendOutcome> {
    const room = await roomOf(workspace)
    if (!room) return { kind: 'unreachable', reason: 'not_installed' }
    const cardId = `discord/${card.caseId}`
    const posted = await cardOf(workspace, card.caseId)
    const keep = (where: Posted) => settings.saveSetting(workspace, 'case_card', cardId, { ...where })
    try {
      if (posted && (await brought(posted, card))) {
        if (!card.reason) return { kind: 'sent', externalId: posted.message }
        const told = posted.told + 1
        const sent = await calls.post(posted.channel, words(card.reason), `${cardId}/${told}`, {
          message_reference: { message_id: posted.message, fail_if_not_exists: false },
        })
        await keep({ ...posted, told })
        return { kind: 'sent', externalId: sent }
      }
      if (!card.reason) return { kind: 'unreachable', reason: 'unknown_route' }
      const told = (posted?.told ?? 0) + 1
      const sent = await calls.post(room.channel, renderCard(card), `${cardId}/${told}`)
      const message = sent.split('/')[1] ?? ''
      await keep({ channel: room.channel, message, told })
      await settings.saveSetting(workspace, 'case_card', threadId(message), { caseId: card.caseId })
      return { kind: 'sent', externalId: sent }
    } catch (error) {
      return outcomeOf(error)
    }
  }

  /** False where somebody deleted the card. */
  async function brought({ channel, message }: Posted, card: CaseCard): Promise<boolean> {
    const { reason: _told, ...standing } = card
    try {
      await calls.edit(channel, message, renderCard(standing))
      return true
    } catch (error) {
      if (hasCode(error, unknownMessage)) return false
      throw error
    }
  }

  async function showText(
    workspace: WorkspaceId,
    caseId: CaseId,
    lines: readonly CaseText[],
  ): Promise<SendOutcome> {
    const posted = await cardOf(workspace, caseId)
    const messages = drawn(lines)
    if (!posted || !messages) return { kind: 'unreachable', reason: 'unknown_route' }
    const { channel, message: thread } = posted
    try {
      let last = ''
      for (const payload of messages) {
        const key = `${caseId}/${now()}/${++texts}`
        last = await calls.postInThread(
          { channel, thread, name: say('channel.discord.case_thread') },
          payload,
          key,
        )
      }
      return { kind: 'sent', externalId: last }
    } catch (error) {
      return outcomeOf(error)
    }
  }

  async function changeText(
    _workspace: WorkspaceId,
    _caseId: CaseId,
    externalId: string,
    lines: readonly CaseText[],
  ): Promise<SendOutcome> {
    const [channel, message] = externalId.split('/')
    const [payload] = drawn(lines) ?? []
    if (!channel || !message || !payload) return { kind: 'unreachable', reason: 'unknown_route' }
    try {
      await calls.edit(channel, message, payload)
      return { kind: 'sent', externalId }
    } catch (error) {
      return outcomeOf(error)
    }
  }

  /** Why a channel cannot show cases, in words. */
  async function refusedRoom(channel: string, guild: string): Promise<string | undefined> {
    const kind = await calls.roomKind(channel, guild)
    switch (kind) {
      case 'closed':
        return undefined
      case 'open':
        return say('channel.discord.open_room')
      case 'forum':
        return say('channel.discord.forum')
      case 'unseen':
        return say('channel.discord.unseen_room')
    }
  }

  return {
    surface: { showCase, showText, changeText } satisfies StaffSurface,
    /** The case of a card, or in whose thread something was written: a thread has the id of its card. */
    async caseAt(workspace: WorkspaceId, card: string): Promise<CaseId | undefined> {
      const found = await settings.setting(workspace, 'case_card', threadId(card))
      return typeof found?.caseId === 'string' ? asId<CaseId>(found.caseId) : undefined
    },
    /** What staff wrote in the thread of a case, for the person; what could not be sent is told them there. */
    async relay(
      workspace: WorkspaceId,
      given: { readonly caseId: CaseId; readonly urn: Urn; readonly text: string },
      at: { readonly thread: string; readonly message: string },
    ): Promise<void> {
      if (!(await host.staffRoomText(workspace))) return
      const told = await host.relay({ workspace, ...given, externalId: at.message })
      if (told.kind === 'refused') {
        const reference = { message_id: at.message, fail_if_not_exists: false }
        await calls
          .postNotice(at.thread, words(told.text), `refused/${at.message}`, { message_reference: reference })
          .catch((error: unknown) => host.report('discord_relay_not_told', error))
      }
    },
    /** Says something to the staff of a workspace that belongs to no case. */
    async tell(workspace: WorkspaceId, text: string, key: string): Promise<void> {
      const room = await roomOf(workspace)
      if (room) await calls.postNotice(room.channel, words(text), key)
    },
    /** Switches whether words are shown here. Only a channel that not everybody reads may. */
    async showWords(workspace: WorkspaceId, place: DiscordPlace, on: boolean): Promise<string> {
      const room = await roomOf(workspace)
      if (!place.guild || room?.channel !== place.channel) return say('channel.discord.not_staff_room')
      const refused = on ? await refusedRoom(place.channel, place.guild) : undefined
      if (refused) return refused
      return (await host.setStaffRoomText(workspace, on, urnOf(place))).text
    },
    /**
     * Links or unlinks the channel in which this was asked, by who manages the server: one that @everyone may view is
     * refused, for a card tells what a case is about. Resolves to what is said there.
     */
    async link(workspace: WorkspaceId, place: DiscordPlace, manages: boolean, on: boolean): Promise<string> {
      if (!manages || !place.guild) return say('channel.room.not_allowed')
      const refused = on ? await refusedRoom(place.channel, place.guild) : undefined
      if (refused) return refused
      const before = await roomOf(workspace)
      const room: Room = { guild: place.guild, channel: place.channel }
      // Words were allowed for another channel: this one has not been looked at.
      if (before?.channel !== room.channel && (await host.staffRoomText(workspace)))
        await host.setStaffRoomText(workspace, false, urnOf(place))
      await settings.saveSetting(workspace, 'staff_room', settingId, on ? { ...room } : undefined)
      return say(on ? 'channel.room.linked' : 'channel.room.unlinked')
    },
    /** Salus was removed from the server: its staff see nothing there any more. */
    async removed(workspace: WorkspaceId, guild: string): Promise<void> {
      const room = await roomOf(workspace)
      if (room?.guild === guild) await settings.saveSetting(workspace, 'staff_room', settingId, undefined)
    },
  }
}

/** Finds the case again by the thread under its card: a thread has the id of its message. */
function threadId(message: string): string {
  return `discord/thread/${message}`
}

/** Lines of a conversation as messages. */
function drawn(lines: readonly CaseText[]): readonly DiscordPayload[] | undefined {
  const elements = lines.map(
    ({ name, text }): ReplyElement => ({ kind: 'paragraph', text: name === '' ? text : `${name}: ${text}` }),
  )
  if (!isNonEmpty(elements)) return undefined
  return render({ elements, audience: 'everyone' }).map(({ payload }) => payload as unknown as DiscordPayload)
}

function words(text: string): DiscordPayload {
  return { components: [{ type: 10, content: escapeText(text) }] }
}
