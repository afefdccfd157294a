import type { ChannelHost } from '../../core/channel-host.ts'
import { asId, type CaseId, type DeliveryKey } from '../../core/ids.ts'
import type { ConversationRef, InboundMessage } from '../../core/inbound.ts'
import type { ChannelAdapter, Receive, SendOutcome } from '../../core/ports.ts'
import type { StaffAction } from '../../core/records.ts'
import type { RenderedPart } from '../../core/reply.ts'
import { plainText } from '../shared/plain-text.ts'
import { type Client, outcomeOf } from './client.ts'
import { homeView, questionForm } from './home.ts'
import { createInstallations } from './installations.ts'
import { type CasePress, parseInteraction, type SlackInteraction } from './interact.ts'
import { capabilities } from './limits.ts'
import { createLocales } from './locales.ts'
import { directRef, parseEvent, refOf, type SlackEvent, type SlackPlace, urnOf } from './parse.ts'
import { createReceiver, type ReceiverParts } from './receiver.ts'
import { render, replyBlock, type SlackPayload } from './render.ts'
import { createStaffRoom } from './staff-room.ts'

/** How long "Snooze" in a staff room puts a case off, ms. */
const snoozeMs = 60 * 60_000
/** Messages looked back through for one that may have arrived. */
const lookBack = 50

export interface SlackParts
  extends Pick<ReceiverParts, 'signingSecret' | 'appToken' | 'oauth' | 'addresses'> {
  /** Token of the one workspace, without OAuth. */
  readonly botToken?: string
  readonly host: ChannelHost
  readonly now: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** Whether Salus is in that conversation already. */
  readonly known: (ref: ConversationRef) => Promise<boolean>
}

/** Slack, by HTTP or Socket Mode, in one workspace or in many. */
export function createSlackAdapter(parts: SlackParts): ChannelAdapter {
  const { host } = parts
  const receiver = createReceiver({
    ...parts,
    installations: createInstallations(host),
    handle,
    report: host.report,
  })
  const room = createStaffRoom({ host, clientOf })
  const locales = createLocales({ clientOf, sleep: parts.sleep, report: host.report })
  let receive: Receive | undefined
  let self: string | undefined

  async function clientOf(place: Pick<SlackPlace, 'team' | 'enterprise'>): Promise<Client | undefined> {
    const token = parts.botToken ?? (await receiver.tokenOf(place.team, place.enterprise))
    return token === undefined ? undefined : receiver.clientFor(token)
  }

  /** Takes in whatever Slack sent. Resolves to what the acknowledgement says; rejects when Slack must send it again. */
  async function handle(body: unknown): Promise<unknown> {
    const isEvent = typeof body === 'object' && body !== null && 'event' in body
    const parsed = isEvent ? parseEvent(body, self) : parseInteraction(body)
    if ('ignored' in parsed) return undefined
    if (isEvent) return onEvent(parsed as SlackEvent)
    return onInteraction(parsed as SlackInteraction)
  }

  async function onEvent(event: SlackEvent): Promise<undefined> {
    switch (event.kind) {
      case 'message': {
        if (!(await clientOf(event.place))) return undefined
        const workspace = await host.workspaceOf({ id: event.place.team })
        const conversation = refOf(workspace, event.place)
        if (event.addressed === 'thread' && !(await parts.known(conversation))) return undefined
        await take({
          externalId: event.externalId,
          conversation,
          sender: { urn: urnOf(event.place) },
          receivedAt: event.at,
          ...locales.of(event.place),
          body: event.body,
        })
        return undefined
      }
      case 'home':
        later('slack_home_failed', () => showHome(event))
        return undefined
      case 'assistant':
        later('slack_assistant_failed', () => greet(event.place))
        return undefined
      case 'joined_room':
        later('slack_notice_failed', async () => {
          const client = await clientOf({ team: event.team })
          const emergency = host.say('general.place.local_emergency')
          await client?.chat.postMessage({
            channel: event.channel,
            text: host.say('channel.room.notice', undefined, { emergency }),
          })
        })
        return undefined
      case 'uninstalled':
        await receiver.uninstalled(event.team, event.enterprise)
        return undefined
    }
  }

  async function onInteraction(given: SlackInteraction): Promise<unknown> {
    const { place } = given
    if (!(await clientOf(place))) return undefined
    const workspace = await host.workspaceOf({ id: place.team })
    const urn = urnOf(place)
    switch (given.kind) {
      case 'said': {
        const conversation = given.private ? directRef(workspace, place) : refOf(workspace, place)
        await take({
          externalId: given.externalId,
          conversation,
          sender: { urn },
          receivedAt: new Date(parts.now()),
          ...locales.of(place),
          body: given.body,
        })
        if (!given.private || given.body.kind === 'choice') return undefined
        return ephemeral(host.say('channel.private.answered'))
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
        if (pressed.kind === 'refused' || given.press === 'open') {
          later('slack_whisper_failed', () => whisper(place, pressed.text))
        }
        return undefined
      }
      case 'staff_room':
        return ephemeral(await room.link(workspace, place, given.on))
      case 'link':
        return ephemeral((await host.linkStaff(workspace, urn, given.code)).text)
      case 'ask_form': {
        const client = await clientOf(place)
        await client?.views.open({ trigger_id: given.trigger, view: questionForm(host) })
        return undefined
      }
    }
  }

  function actionOf(press: Exclude<CasePress, 'open'>): StaffAction {
    return press === 'snooze' ? { kind: press, until: parts.now() + snoozeMs } : { kind: press }
  }

  /** Durable when it resolves. With the database down the fixed reply goes out from here. */
  async function take(message: InboundMessage): Promise<void> {
    if (!receive) throw new Error('the Slack adapter is not started')
    const arrival = await receive(message)
    if (arrival.kind !== 'spilled') return
    const { level } = arrival.assessment
    const alarm = level === 'emergency' || level === 'crisis'
    const source = `${message.conversation.key}/${message.externalId}`
    const reply = await host.outage(message.conversation.workspace, { source, alarm })
    if (!reply) return
    const route = routeOf(message.conversation)
    later('slack_outage_reply_failed', () =>
      post(
        { ...message.conversation, surface: 'direct' },
        { text: plainText(reply), blocks: [] },
        route.user,
      ),
    )
  }

  /** Nobody is kept waiting for what may fail. */
  function later(code: string, work: () => Promise<unknown>): void {
    void work().catch((error: unknown) => host.report(code, error))
  }

  async function showHome({ team, user }: { readonly team: string; readonly user: string }): Promise<void> {
    const client = await clientOf({ team })
    const workspace = await host.workspaceOf({ id: team })
    const page = await host.query(workspace, { kind: 'home', urn: urnOf({ team, user }) })
    if (client && page.kind === 'reply') await client.views.publish({ user_id: user, view: homeView(page) })
  }

  async function greet(place: SlackPlace): Promise<void> {
    const client = await clientOf(place)
    const workspace = await host.workspaceOf({ id: place.team })
    const found = await host.query(workspace, { kind: 'topics', text: '', limit: 4 })
    if (!client || found.kind !== 'topics' || !place.thread || found.items.length === 0) return
    const prompts = found.items.map(({ title }) => ({ title, message: title }))
    await client.assistant.threads.setSuggestedPrompts({
      channel_id: place.channel,
      thread_ts: place.thread,
      prompts: prompts as [(typeof prompts)[number], ...typeof prompts],
    })
  }

  async function whisper(place: SlackPlace, text: string): Promise<void> {
    const client = await clientOf(place)
    await client?.chat.postEphemeral({ channel: place.channel, user: place.user, text })
  }

  async function post(ref: ConversationRef, payload: SlackPayload, key: string): Promise<SendOutcome> {
    const { team, enterprise, user, thread, channel } = routeOf(ref)
    const client = await clientOf({ team, ...(enterprise ? { enterprise } : {}) })
    if (!client) return { kind: 'unreachable', reason: 'not_installed' }
    try {
      const where = ref.surface === 'direct' ? await openDirectChannel(client, user, channel) : channel
      if (!where) return { kind: 'unreachable', reason: 'closed_direct' }
      const sent = await client.chat.postMessage({
        channel: where,
        text: payload.text,
        ...(payload.blocks.length > 0 ? { blocks: stamped(payload, key) } : {}),
        ...(thread ? { thread_ts: thread } : {}),
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: 'salus_delivery', event_payload: { key } },
      })
      return { kind: 'sent', externalId: `${sent.channel}/${sent.ts}` }
    } catch (error) {
      return outcomeOf(error)
    }
  }

  return {
    name: 'slack',
    capabilities,
    routes: receiver.routes,
    staff: room.surface,
    render,
    directOf: (of) => directRef(of.workspace, routeOf(of)),
    async start(into) {
      receive = into
      if (parts.botToken) {
        const me = await receiver
          .clientFor(parts.botToken)
          .auth.test()
          .catch((error: unknown) => host.report('slack_token_refused', error))
        self = me?.user_id
      }
      await receiver.start()
    },
    async stop() {
      locales.stop()
      await receiver.stop()
      receive = undefined
    },
    async send(to, part: RenderedPart, via, key: DeliveryKey) {
      const payload = part.payload as unknown as SlackPayload
      // Everybody has a direct conversation here: nothing private is sent to a shared place.
      if (via === 'private' && to.surface !== 'direct')
        return { kind: 'unreachable', reason: 'closed_direct' }
      return post(to, payload, key)
    },
    async find(to, key) {
      const { team, enterprise, user, channel, thread } = routeOf(to)
      const client = await clientOf({ team, ...(enterprise ? { enterprise } : {}) })
      if (!client) return 'unknown'
      const where = to.surface === 'direct' ? await openDirectChannel(client, user, channel) : channel
      if (!where) return 'unknown'
      const asked = { channel: where, limit: lookBack, include_all_metadata: true }
      const { messages } = thread
        ? await client.conversations.replies({ ...asked, ts: thread })
        : await client.conversations.history(asked)
      const found = messages?.find(({ metadata }) => {
        const payload = (metadata as { event_payload?: { key?: string } } | undefined)?.event_payload
        return payload?.key === key
      })
      return found?.ts ? { externalId: `${where}/${found.ts}` } : 'absent'
    },
    async openDirect(urn) {
      const [, team, user] = urn.split(':')
      if (!team || !user) return undefined
      return directRef(await host.workspaceOf({ id: team }), { team, user, channel: '' })
    },
  }
}

/** A direct conversation is opened by asking for it; its channel is known once somebody wrote there. */
async function openDirectChannel(client: Client, user: string, channel: string): Promise<string | undefined> {
  if (channel.startsWith('D')) return channel
  const opened = await client.conversations.open({ users: user })
  return opened.channel?.id
}

/** Buttons tell which delivery they belong to. */
function stamped({ blocks }: SlackPayload, key: string) {
  return blocks.map((block) =>
    block.type === 'actions' && block.block_id?.startsWith(replyBlock)
      ? { ...block, block_id: `${block.block_id}:${key}` }
      : block,
  )
}

function routeOf(ref: ConversationRef): SlackPlace {
  const { team, enterprise, user, channel, thread } = ref.route
  return {
    team: String(team),
    user: String(user),
    channel: typeof channel === 'string' ? channel : '',
    ...(typeof enterprise === 'string' ? { enterprise } : {}),
    ...(typeof thread === 'string' ? { thread } : {}),
  }
}

function ephemeral(text: string) {
  return { response_type: 'ephemeral', text }
}
