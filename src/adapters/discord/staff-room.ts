import type { CaseCard, ChannelHost, StaffSurface } from '../../core/channel-host.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import type { SendOutcome } from '../../core/ports.ts'
import type { Calls } from './calls.ts'
import { hasCode, outcomeOf } from './outcome.ts'
import type { DiscordPlace } from './place.ts'
import type { DiscordPayload } from './render.ts'
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
export function createStaffRoom(parts: { readonly host: ChannelHost; readonly calls: Calls }) {
  const { calls } = parts
  const { settings, say } = parts.host

  async function showCase(workspace: WorkspaceId, card: CaseCard): Promise<SendOutcome> {
    const room = (await settings.setting(workspace, 'staff_room', settingId)) as Room | undefined
    if (!room) return { kind: 'unreachable', reason: 'not_installed' }
    const cardId = `discord/${card.caseId}`
    const posted = (await settings.setting(workspace, 'case_card', cardId)) as Posted | undefined
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
      await keep({ channel: room.channel, message: sent.split('/')[1] ?? '', told })
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

  return {
    surface: { showCase } satisfies StaffSurface,
    /** Links or unlinks the channel in which this was asked, by who manages the server. Resolves to what is said there. */
    async link(workspace: WorkspaceId, place: DiscordPlace, manages: boolean, on: boolean): Promise<string> {
      if (!manages || !place.guild) return say('channel.room.not_allowed')
      const room: Room = { guild: place.guild, channel: place.channel }
      await settings.saveSetting(workspace, 'staff_room', settingId, on ? { ...room } : undefined)
      return say(on ? 'channel.room.linked' : 'channel.room.unlinked')
    },
    /** Salus was removed from the server: its staff see nothing there any more. */
    async removed(workspace: WorkspaceId, guild: string): Promise<void> {
      const room = (await settings.setting(workspace, 'staff_room', settingId)) as Room | undefined
      if (room?.guild === guild) await settings.saveSetting(workspace, 'staff_room', settingId, undefined)
    },
  }
}

function words(text: string): DiscordPayload {
  return { components: [{ type: 10, content: escapeText(text) }] }
}
