import type { Assess } from './core/assessment.ts'
import type { ChannelHost, StaffPressed, SurfaceRequest, SurfaceView } from './core/channel-host.ts'
import type { CaseId, StaffId, Urn, WorkspaceId } from './core/ids.ts'
import type { ChannelName } from './core/inbound.ts'
import type { Bus, Clock, Random, StaffMember, Store } from './core/ports.ts'
import type { HandoffCase, StaffAction } from './core/records.ts'
import type { DialogKit } from './dialogs/kit.ts'
import { formAnswer, outageText } from './dialogs/outage.ts'
import { articleCard, homePage } from './dialogs/pages.ts'
import { replyOf } from './dialogs/voice.ts'
import { refusalOf } from './handoff/may-act.ts'
import type { Knowledge } from './knowledge/load.ts'
import { suggestTopics } from './knowledge/suggest.ts'
import { actorOf, createRooms } from './rooms.ts'
import { staffBehind, useLinkCode } from './staff-accounts.ts'
import { saveShowsText, showsText } from './staff-text.ts'
import type { createTenants } from './tenants.ts'

/** A platform page that is not answered within this time shows what it had, ms. */
const queryMs = 1_000
/** The fixed reply is sent once for a message in this time, ms. */
const outageOnceMs = 30 * 60_000

export interface ChannelHostParts {
  readonly channel: ChannelName
  /** Whether a tenant is the one that the configuration names. */
  readonly isHome: (tenant: string) => boolean
  readonly kit: DialogKit
  readonly assess: Assess
  readonly knowledge: Knowledge
  readonly tenants: ReturnType<typeof createTenants>
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly random: Random
  /** A one-time link to the staff page; undefined while no server runs. */
  readonly staffLink: (staff: StaffId) => string | undefined
  readonly report: (code: string, error?: unknown) => void
}

/** What one channel's adapter may ask of Salus. */
export function createChannelHost(parts: ChannelHostParts): ChannelHost {
  const { channel, kit, store, clock, tenants } = parts
  const apologised = new Map<string, number>()

  async function actingStaff(workspace: WorkspaceId, urn: Urn): Promise<StaffMember | undefined> {
    return staffBehind({ store }, workspace, urn)
  }
  const say: ChannelHost['say'] = (key, locale, values) => kit.phrases.say(locale ?? 'en', key, values)
  const refuse = (key: string, values?: Record<string, string>): StaffPressed => ({
    kind: 'refused',
    text: say(`channel.pressed.${key}`, undefined, values),
  })

  /** The case and who asks; or why not, in words. */
  async function caseFor(workspace: WorkspaceId, urn: Urn, caseId: CaseId) {
    const staff = await actingStaff(workspace, urn)
    if (!staff) return { refused: refuse('not_linked') }
    const one = await store.case(caseId)
    if (one?.workspace !== workspace) return { refused: refuse('gone') }
    return { staff, one }
  }

  async function refusedBecause(kind: StaffAction['kind'], one: HandoffCase, staff: StaffMember) {
    const why = refusalOf(kind, one, staff.id)
    if (!why) return undefined
    const owner = (await store.staff(one.workspace)).find(({ id }) => id === one.assignee)
    return refuse(why, { owner: owner?.name ?? '?' })
  }

  /** Done once, however often the platform tells of it. */
  async function enqueueAct(
    { staff, one }: { readonly staff: StaffMember; readonly one: HandoffCase },
    action: StaffAction,
    externalId: string,
  ): Promise<void> {
    await store.enqueue({
      key: `staff/${staff.id}/${channel}/${externalId}`,
      conversation: one.conversation,
      payload: { kind: 'staff_action', staff: staff.id, caseId: one.id, action },
      level: one.level,
      at: clock.now(),
    })
    parts.bus.publish('inbox')
  }

  async function view(workspace: WorkspaceId, request: SurfaceRequest): Promise<SurfaceView> {
    const place = (await store.workspace(workspace)) ?? tenants.lastSeen(workspace)
    const locale = request.locale ?? place.locale
    const reader = { workspace: place, locale, now: clock.now() }
    const articles = parts.knowledge.articles.filter((one) => one.locale === 'en' || one.locale === locale)
    switch (request.kind) {
      case 'topics':
        return { kind: 'topics', items: suggestTopics(articles, request.text, request.limit) }
      case 'article': {
        const article = articles.find(({ id }) => id === request.id)
        const passage = article?.passages[0]
        const reply =
          article &&
          passage &&
          (await articleCard(kit, reader, { title: article.title, passage: passage.id }))
        return reply ? { kind: 'reply', title: article.title, reply } : { kind: 'nothing' }
      }
      case 'home': {
        const topics = suggestTopics(articles, '', articles.length).map(({ title }) => title)
        return {
          kind: 'reply',
          title: say('channel.home.title', locale),
          reply: homePage(kit, reader, topics),
        }
      }
    }
  }

  return {
    workspaceOf: ({ id, name }) =>
      tenants.workspaceOf({ channel, id, home: parts.isHome(id), ...(name ? { name } : {}) }),
    hasWorkspace: ({ id }) => tenants.hasWorkspace({ channel, id, home: parts.isHome(id) }),
    async query(workspace, request) {
      const timer = new AbortController()
      const late = clock.sleep(queryMs, timer.signal).then((): SurfaceView => ({ kind: 'nothing' }))
      try {
        return await Promise.race([view(workspace, request), late])
      } catch (error) {
        parts.report('query_failed', error)
        return { kind: 'nothing' }
      } finally {
        timer.abort()
      }
    },
    async press({ workspace, urn, caseId, action, externalId }) {
      const found = await caseFor(workspace, urn, caseId)
      if ('refused' in found) return found.refused
      const refused = await refusedBecause(action.kind, found.one, found.staff)
      if (refused) return refused
      await enqueueAct(found, action, externalId)
      return { kind: 'done', text: say('channel.pressed.done') }
    },
    async relay({ workspace, urn, caseId, text, externalId }) {
      if (text.trim() === '') return refuse('nothing_written')
      if (!(await showsText(store, workspace, channel))) return refuse('no_text_here')
      const found = await caseFor(workspace, urn, caseId)
      if ('refused' in found) return found.refused
      const refused = await refusedBecause('reply', found.one, found.staff)
      if (refused) return refused
      await enqueueAct(found, { kind: 'reply', text, from: channel }, externalId)
      return {
        kind: 'done',
        text: say('channel.relayed.taken', undefined, { pseudonym: found.one.pseudonym }),
      }
    },
    staffRoomText: (workspace) => showsText(store, workspace, channel),
    async setStaffRoomText(workspace, on, by) {
      // Off is never refused: who links another room need not be staff, and nobody looked at that room.
      if (on && !(await actingStaff(workspace, by))) return refuse('not_linked')
      await saveShowsText(store, workspace, channel, on)
      await store.appendAudit({
        workspace,
        at: clock.now(),
        actor: await actorOf({ store }, workspace, by),
        action: 'staff_room_text',
        subject: channel,
        codes: { on },
      })
      return { kind: 'done', text: say(on ? 'channel.room.text_on' : 'channel.room.text_off') }
    },
    ...createRooms({
      ...parts,
      phrases: kit.phrases,
      helplines: kit.helplines,
      lastSeen: (workspace) => tenants.lastSeen(workspace),
    }),
    isStaff: async (workspace, urn) => (await actingStaff(workspace, urn)) !== undefined,
    async openCase(workspace, urn, caseId) {
      const found = await caseFor(workspace, urn, caseId)
      if ('refused' in found) return found.refused
      const url = parts.staffLink(found.staff.id)
      if (!url) return refuse('no_console')
      return { kind: 'done', text: say('channel.pressed.open', undefined, { url }), url }
    },
    async linkStaff(workspace, urn, code) {
      const member = await useLinkCode(parts, workspace, urn, code)
      return member
        ? { kind: 'done', text: say('channel.linked.done', undefined, { name: member.name }) }
        : { kind: 'refused', text: say('channel.linked.wrong') }
    },
    formAnswer: (workspace, form) => formAnswer(kit, tenants.lastSeen(workspace), clock.now(), form),
    async outage(workspace, { source, alarm }) {
      const now = clock.now()
      for (const [old, at] of apologised) if (now - at >= outageOnceMs) apologised.delete(old)
      if (apologised.has(source)) return undefined
      apologised.set(source, now)
      const text = outageText(kit, tenants.lastSeen(workspace), now, alarm)
      return replyOf([{ kind: 'notice', tone: alarm ? 'urgent' : 'info', text }], 'sender-only')
    },
    say,
    locales: kit.phrases.locales,
    settings: store,
    report: parts.report,
  }
}
