import type { CaseCard, CaseText, ChannelHost, StaffPressed, StaffSurface } from '../../core/channel-host.ts'
import { asId, type CaseId, type Urn, type WorkspaceId } from '../../core/ids.ts'
import type { JsonObject } from '../../core/json.ts'
import type { SendOutcome } from '../../core/ports.ts'
import { withoutTopic } from '../shared/without-topic.ts'
import { attachment } from './cards.ts'
import type { Connector } from './connector.ts'
import { limits } from './limits.ts'
import type { TeamsEvent } from './parse.ts'
import { accountOf, roomOfPlace, type TeamsPlace, urnOf } from './place.ts'
import { sharedCard } from './staff-card.ts'
import { clip, defanged } from './text.ts'

/** Where staff are told, kept whole: it is written to without anybody having written there. */
interface Room {
  readonly tenant: string
  readonly serviceUrl: string
  readonly conversation: string
  /** Answers to a post form a thread there. */
  readonly threads: boolean
  /** It is known that nobody but staff, and whom they added, reads along. Absent: linked before that was asked. */
  readonly closed?: boolean
}
interface Posted {
  readonly conversation: string
  /** Empty until the connector told it. */
  readonly activity: string
  readonly card: CaseCard
}

const settingId = 'teams'

/** What was asked there, and whether it is known that nobody else reads along. */
type Asked = Pick<Extract<TeamsEvent, { kind: 'staff_room' | 'staff_text' }>, 'place' | 'on' | 'closed'>

/** A chat is read by those who were added to it. */
function isClosed({ closed, threads }: Room): boolean {
  return closed ?? !threads
}

/** The channel or chat of a workspace in which its staff see cases. */
export function createStaffRoom(parts: { readonly host: ChannelHost; readonly connector: Connector }) {
  const { connector } = parts
  const { settings, say } = parts.host

  async function roomOf(workspace: WorkspaceId): Promise<Room | undefined> {
    return (await settings.setting(workspace, 'staff_room', settingId)) as Room | undefined
  }
  const cardId = (caseId: CaseId) => `teams/${caseId}`
  const threadId = (activity: string) => `teams-thread/${activity}`

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
    // Staff see what it is about on the card that is refreshed for them alone.
    const told = (card: CaseCard) => (isClosed(room) ? card : withoutTopic(card))
    const keep = (where: Omit<Posted, 'card'>) =>
      settings.saveSetting(workspace, 'case_card', cardId(one.caseId), {
        ...where,
        card: standing as unknown as JsonObject,
      })
    if (posted && posted.activity !== '') {
      const { conversation, activity } = posted
      await keep({ conversation, activity })
      const message = { attachments: [attachment(sharedCard(told(standing), staff))] }
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
    const shared = told(one)
    const sent = await connector.send(room.serviceUrl, room.conversation, {
      summary: defanged(`${one.reason}: ${shared.words.title} (${one.level})`),
      attachments: [attachment(sharedCard(shared, staff))],
    })
    if (sent.kind === 'sent' && sent.externalId !== '') {
      await keep({ conversation: room.conversation, activity: sent.externalId })
      const thread = threadId(sent.externalId)
      await settings.saveSetting(workspace, 'case_card', thread, { caseId: one.caseId })
    }
    return sent
  }

  /** Where the words of a case are shown: the thread under its card. */
  async function threadOf(workspace: WorkspaceId, caseId: CaseId) {
    const room = await roomOf(workspace)
    const posted = (await settings.setting(workspace, 'case_card', cardId(caseId))) as Posted | undefined
    if (!room || !posted || posted.activity === '') return undefined
    const { conversation, activity } = posted
    // A chat has no threads: whose words these are would not be seen there.
    if (!room.threads || !isClosed(room)) return undefined
    return { room, conversation: `${conversation};messageid=${activity}` }
  }

  async function showText(
    workspace: WorkspaceId,
    caseId: CaseId,
    lines: readonly CaseText[],
  ): Promise<SendOutcome> {
    const thread = await threadOf(workspace, caseId)
    if (!thread) return { kind: 'unreachable', reason: 'unknown_route' }
    return connector.send(thread.room.serviceUrl, thread.conversation, wordsOf(lines))
  }

  async function changeText(
    workspace: WorkspaceId,
    caseId: CaseId,
    externalId: string,
    lines: readonly CaseText[],
  ): Promise<SendOutcome> {
    const thread = await threadOf(workspace, caseId)
    if (!thread) return { kind: 'unreachable', reason: 'unknown_route' }
    return connector.update(thread.room.serviceUrl, thread.conversation, externalId, wordsOf(lines))
  }

  function wordsOf(lines: readonly CaseText[]) {
    const said = lines.map(({ name, text }) =>
      name === '' ? text : say('channel.relayed.said', undefined, { name, text }),
    )
    return { text: defanged(clip(said.join('\n\n'), limits.text)), textFormat: 'plain' }
  }

  return {
    surface: { showCase, showText, changeText } satisfies StaffSurface,
    /** The card as it was shown last; undefined where none was. */
    async cardOf(workspace: WorkspaceId, caseId: CaseId): Promise<CaseCard | undefined> {
      const posted = (await settings.setting(workspace, 'case_card', cardId(caseId))) as Posted | undefined
      return posted?.card
    },
    /** The case under whose card something was written; undefined anywhere else. */
    async caseAt(workspace: WorkspaceId, place: TeamsPlace): Promise<CaseId | undefined> {
      const activity = /;messageid=(.+)$/.exec(place.conversation)?.[1]
      if (activity === undefined) return undefined
      const found = await settings.setting(workspace, 'case_card', threadId(activity))
      return typeof found?.caseId === 'string' ? asId<CaseId>(found.caseId) : undefined
    },
    /** Whether the room that is linked shows what is written. */
    async showsWords(workspace: WorkspaceId): Promise<boolean> {
      const room = await roomOf(workspace)
      return room !== undefined && isClosed(room) && (await parts.host.staffRoomText(workspace))
    },
    /** Switches whether threads of cases show words. Asked for in the staff room itself, that nobody else may read. */
    async setText(workspace: WorkspaceId, { place, on, closed }: Asked): Promise<StaffPressed> {
      const room = await roomOf(workspace)
      if (room?.conversation !== roomOfPlace(place))
        return { kind: 'refused', text: say('channel.room.not_staff_room') }
      if (on && !closed) return { kind: 'refused', text: say('channel.room.text_open') }
      // What was linked before Teams told what it is.
      if (on && room.closed !== closed)
        await settings.saveSetting(workspace, 'staff_room', settingId, { ...room, closed })
      return parts.host.setStaffRoomText(workspace, on, urnOf(place))
    },
    async isStaff(workspace: WorkspaceId, urn: Urn): Promise<boolean> {
      return parts.host.isStaff(workspace, urn)
    },
    /** Links or unlinks the place in which this was asked, by linked staff. Resolves to what is said there. */
    async link(workspace: WorkspaceId, { place, on, closed }: Asked): Promise<string> {
      if (!(await this.isStaff(workspace, urnOf(place)))) return say('channel.room.staff_only')
      const before = await roomOf(workspace)
      // Words were allowed for another place: this one has not been looked at.
      const other = before?.conversation !== roomOfPlace(place) || !closed
      if (other && (await parts.host.staffRoomText(workspace)))
        await parts.host.setStaffRoomText(workspace, false, urnOf(place))
      const room: Room = {
        tenant: place.tenant,
        serviceUrl: place.serviceUrl,
        conversation: roomOfPlace(place),
        threads: place.scope === 'channel',
        closed,
      }
      await settings.saveSetting(workspace, 'staff_room', settingId, on ? { ...room } : undefined)
      if (!on) return say('channel.room.unlinked')
      return `${say('channel.room.linked')} ${say(`channel.room.${closed ? 'linked_closed' : 'linked_open'}`)}`
    },
    /** Salus was removed from a place: if it was the staff room, it is none any more. */
    async removed(workspace: WorkspaceId, place: TeamsPlace): Promise<void> {
      const room = await roomOf(workspace)
      if (room?.conversation === roomOfPlace(place))
        await settings.saveSetting(workspace, 'staff_room', settingId, undefined)
    },
  }
}
