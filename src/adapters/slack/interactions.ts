import type { ChannelHost } from '../../core/channel-host.ts'
import { asId, type CaseId, type WorkspaceId } from '../../core/ids.ts'
import type { InboundMessage } from '../../core/inbound.ts'
import type { StaffAction } from '../../core/records.ts'
import { answerable } from './answer-url.ts'
import { formView, noteView } from './forms.ts'
import { homeView, topicList } from './home.ts'
import type { CasePress, SlackInteraction } from './interact.ts'
import { limits } from './limits.ts'
import { directRef, refOf, type SlackPlace, urnOf } from './parse.ts'
import type { SlackPayload } from './render.ts'
import type { createRooms } from './rooms.ts'
import type { ClientOf } from './sending.ts'
import type { createStaffRoom } from './staff-room.ts'

/** How long "Snooze" in a staff room puts a case off, ms. */
const snoozeMs = 60 * 60_000

export interface InteractionParts {
  readonly host: ChannelHost
  readonly now: () => number
  readonly clientOf: ClientOf
  readonly workspaceOf: (place: SlackPlace) => Promise<WorkspaceId>
  readonly localeOf: (place: SlackPlace) => { readonly locale?: string }
  readonly room: ReturnType<typeof createStaffRoom>
  readonly rooms: ReturnType<typeof createRooms>
  /** Resolves to whether it is an alarm. */
  readonly take: (message: InboundMessage) => Promise<boolean>
  /** Whether it is known that nothing can be sent to somebody directly. */
  readonly isClosed: (place: SlackPlace) => Promise<boolean>
  /** Nobody is kept waiting for what may fail. */
  readonly later: (code: string, work: () => Promise<unknown>) => void
}

/** What people do with commands, buttons, shortcuts and forms, and the pages that they do it on. */
export function createInteractions(parts: InteractionParts) {
  const { host, clientOf, later, localeOf } = parts

  /** Resolves to what the acknowledgement says; for a form an empty one closes it. */
  async function act(given: SlackInteraction, workspace: WorkspaceId): Promise<unknown> {
    const { place } = given
    const urn = urnOf(place)
    const { locale } = localeOf(place)
    switch (given.kind) {
      case 'said': {
        const conversation = given.private
          ? answerable(directRef(workspace, place), given.answerUrl, parts.now())
          : refOf(workspace, place)
        // What came by a command or under a message is answered there where no direct conversation opens.
        const alone = given.private && !given.answerUrl && !given.command
        const unreached = alone ? parts.isClosed(place) : false
        let alarm = false
        for (const [index, body] of given.bodies.entries()) {
          const heard = await parts.take({
            externalId: index === 0 ? given.externalId : `${given.externalId}/${index}`,
            conversation,
            sender: { urn },
            receivedAt: new Date(parts.now()),
            ...localeOf(place),
            ...(given.others ? { others: given.others } : {}),
            ...(given.room ? { writtenIn: refOf(workspace, { ...place, ...given.room }) } : {}),
            body,
          })
          alarm ||= heard
        }
        if (given.command) return whisper(host.say('channel.private.answered', locale))
        const closed = await unreached
        if (!closed && !(given.form && alarm)) return undefined
        const view = noteView(
          host.formAnswer(workspace, { closed, alarm, ...localeOf(place) }),
          host.say,
          locale,
        )
        if (given.form) return { response_action: 'update', view }
        later('slack_note_failed', async () => {
          await (await clientOf(place))?.views.open({ trigger_id: given.externalId, view })
        })
        return undefined
      }
      case 'case': {
        const caseId = asId<CaseId>(given.caseId)
        const pressed =
          given.press === 'open'
            ? await host.openCase(workspace, urn, caseId)
            : await host.press({
                workspace,
                urn,
                caseId,
                action: actionOf(given.press),
                externalId: given.externalId,
              })
        if (pressed.kind === 'refused' || given.press === 'open')
          later('slack_whisper_failed', () => tellAlone(place, pressed.text))
        return undefined
      }
      case 'staff_room':
        return whisper(await parts.room.link(workspace, place, given.on))
      case 'staff_text':
        return whisper(await parts.room.showWords(workspace, place, given.on))
      case 'room':
        return whisper(await parts.rooms.set(workspace, place, given.setting, given.on))
      case 'check': {
        const moderates = await parts.rooms.manages(place).catch(() => false)
        await parts.take({
          externalId: given.externalId,
          conversation: answerable(directRef(workspace, place), given.answerUrl, parts.now()),
          sender: { urn, moderates },
          receivedAt: new Date(parts.now()),
          ...localeOf(place),
          body: { kind: 'text', text: given.text },
          checks: refOf(workspace, place),
        })
        return undefined
      }
      case 'link':
        return whisper((await host.linkStaff(workspace, urn, given.code)).text)
      case 'topics': {
        const limit = limits.topics
        const found = await host.query(workspace, { kind: 'topics', text: given.text, limit })
        const list = topicList(found.kind === 'topics' ? found.items : [], host.say, locale)
        return { response_type: 'ephemeral', ...list }
      }
      case 'tips':
        return whisper(host.say('channel.slack.tips', locale))
      case 'form':
        // A trigger is good for three seconds.
        later('slack_form_failed', async () => {
          const { form, about, trigger } = given
          const view = formView({ form, about, place, locale, languages: host.locales }, host.say)
          await (await clientOf(place))?.views.open({ trigger_id: trigger, view })
        })
        return undefined
    }
  }

  function actionOf(press: Exclude<CasePress, 'open'>): StaffAction {
    return press === 'snooze' ? { kind: press, until: parts.now() + snoozeMs } : { kind: press }
  }

  async function tellAlone(
    { thread, ...place }: SlackPlace,
    text: string,
    within: 'room' | 'thread' = 'room',
  ): Promise<void> {
    const client = await clientOf(place.via ?? place)
    const where = { channel: place.channel, ...(thread && within === 'thread' ? { thread_ts: thread } : {}) }
    await client?.chat.postEphemeral({ ...where, user: place.user, text })
  }

  return {
    act,
    async showHome(place: SlackPlace): Promise<void> {
      const client = await clientOf(place)
      if (!client) return
      const workspace = await parts.workspaceOf(place)
      const { locale } = localeOf(place)
      const own = locale ? { locale } : {}
      const [page, found] = await Promise.all([
        host.query(workspace, { kind: 'home', urn: urnOf(place), ...own }),
        host.query(workspace, { kind: 'topics', text: '', limit: limits.topics, ...own }),
      ])
      if (page.kind !== 'reply') return
      const topics = found.kind === 'topics' ? found.items : []
      await client.views.publish({
        user_id: place.user,
        view: homeView({ page, topics, say: host.say, locale }),
      })
    },
    /** Somebody opened the assistant panel: what they may ask is shown. */
    async greet(place: SlackPlace): Promise<void> {
      const client = await clientOf(place)
      if (!client || !place.thread) return
      const workspace = await parts.workspaceOf(place)
      const { locale } = localeOf(place)
      const limit = limits.suggestedPrompts
      const found = await host.query(workspace, { kind: 'topics', text: '', limit })
      const prompts = (found.kind === 'topics' ? found.items : []).map(({ title }) => ({
        title,
        message: title,
      }))
      const [first, ...rest] = prompts
      if (first) {
        await client.assistant.threads.setSuggestedPrompts({
          channel_id: place.channel,
          thread_ts: place.thread,
          title: host.say('channel.home.topics', locale),
          prompts: [first, ...rest],
        })
      }
    },
    tellAlone,
  }
}

function whisper(text: string): { readonly response_type: 'ephemeral' } & Pick<SlackPayload, 'text'> {
  return { response_type: 'ephemeral', text }
}
