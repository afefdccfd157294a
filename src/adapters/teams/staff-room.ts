import type { CaseCard, ChannelHost, StaffSurface } from '../../core/channel-host.ts'
import type { CaseId, Urn, WorkspaceId } from '../../core/ids.ts'
import type { JsonObject } from '../../core/json.ts'
import type { SendOutcome } from '../../core/ports.ts'
import { attachment } from './cards.ts'
import type { Connector } from './connector.ts'
import { accountOf, type TeamsPlace, urnOf } from './place.ts'
import { sharedCard } from './staff-card.ts'
import { defanged } from './text.ts'

/** Where staff are told, kept whole: it is written to without anybody having written there. */
interface Room {
  readonly tenant: string
  readonly serviceUrl: string
  readonly conversation: string
  /** Answers to a post form a thread there. */
  readonly threads: boolean
}
interface Posted {
  readonly conversation: string
  /** Empty until the connector told it. */
  readonly activity: string
  readonly card: CaseCard
}

const settingId = 'teams'

/** The channel or chat of a workspace in which its staff see cases. */
export function createStaffRoom(parts: { readonly host: ChannelHost; readonly connector: Connector }) {
  const { connector } = parts
  const { settings, say } = parts.host

  async function roomOf(workspace: WorkspaceId): Promise<Room | undefined> {
    return (await settings.setting(workspace, 'staff_room', settingId)) as Room | undefined
  }
  const cardId = (caseId: CaseId) => `teams/${caseId}`

  /** Accounts that the card refreshes for: staff who are linked. */
  async function staffOf(workspace: WorkspaceId, tenant: string): Promise<readonly string[]> {
    const linked = await settings.settings(workspace, 'staff_account')
    return linked.flatMap(({ id }) => {
      if (!id.startsWith('teams:')) return []
      const account = accountOf(id as Urn)
      return account?.tenant === tenant ? [account.user] : []
    })
  }

  async function showCase(workspace: WorkspaceId, one: CaseCard): Promise<SendOutcome> {
    const room = await roomOf(workspace)
    if (!room) return { kind: 'unreachable', reason: 'not_installed' }
    const posted = (await settings.setting(workspace, 'case_card', cardId(one.caseId))) as Posted | undefined
    const { reason: _told, ...standing } = one
    const staff = await staffOf(workspace, room.tenant)
    const keep = (where: Omit<Posted, 'card'>) =>
      settings.saveSetting(workspace, 'case_card', cardId(one.caseId), {
        ...where,
        card: standing as unknown as JsonObject,
      })
    if (posted && posted.activity !== '') {
      const { conversation, activity } = posted
      await keep({ conversation, activity })
      const message = { attachments: [attachment(sharedCard(standing, staff))] }
      const updated = await connector.update(room.serviceUrl, conversation, activity, message)
      const lost = updated.kind === 'unreachable' && updated.reason === 'unknown_route'
      if (!lost && (updated.kind !== 'sent' || !one.reason)) return updated
      if (!lost && one.reason) {
        const thread = room.threads ? `${conversation};messageid=${activity}` : conversation
        return connector.send(room.serviceUrl, thread, { text: defanged(one.reason), textFormat: 'plain' })
      }
    }
    if (!one.reason) return { kind: 'unreachable', reason: 'unknown_route' }
    // Clients refresh a card as soon as it is there: it must be known before.
    await keep({ conversation: room.conversation, activity: '' })
    const sent = await connector.send(room.serviceUrl, room.conversation, {
      summary: defanged(`${one.reason}: ${one.words.title} (${one.level})`),
      attachments: [attachment(sharedCard(one, staff))],
    })
    if (sent.kind === 'sent' && sent.externalId !== '')
      await keep({ conversation: room.conversation, activity: sent.externalId })
    return sent
  }

  return {
    surface: { showCase } satisfies StaffSurface,
    /** The card as it was shown last; undefined where none was. */
    async cardOf(workspace: WorkspaceId, caseId: CaseId): Promise<CaseCard | undefined> {
      const posted = (await settings.setting(workspace, 'case_card', cardId(caseId))) as Posted | undefined
      return posted?.card
    },
    async isStaff(workspace: WorkspaceId, urn: Urn): Promise<boolean> {
      return (await settings.setting(workspace, 'staff_account', urn)) !== undefined
    },
    /** Links or unlinks the place in which this was asked, by linked staff. Resolves to what is said there. */
    async link(workspace: WorkspaceId, place: TeamsPlace, on: boolean): Promise<string> {
      if (!(await this.isStaff(workspace, urnOf(place)))) return say('channel.room.staff_only')
      const room: Room = {
        tenant: place.tenant,
        serviceUrl: place.serviceUrl,
        conversation: rootOf(place),
        threads: place.scope === 'channel',
      }
      await settings.saveSetting(workspace, 'staff_room', settingId, on ? { ...room } : undefined)
      return say(on ? 'channel.room.linked' : 'channel.room.unlinked')
    },
    /** Salus was removed from a place: if it was the staff room, it is none any more. */
    async removed(workspace: WorkspaceId, place: TeamsPlace): Promise<void> {
      const room = await roomOf(workspace)
      if (room?.conversation === rootOf(place))
        await settings.saveSetting(workspace, 'staff_room', settingId, undefined)
    },
  }
}

/** The channel of a thread. */
function rootOf({ conversation }: TeamsPlace): string {
  return conversation.replace(/;messageid=.*$/, '')
}
