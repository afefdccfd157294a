import { isAlarm } from '../../core/assessment.ts'
import type { ChannelHost } from '../../core/channel-host.ts'
import type { CaseId, WorkspaceId } from '../../core/ids.ts'
import type { ConversationRef, InboundMessage } from '../../core/inbound.ts'
import type { ChannelAdapter, Receive } from '../../core/ports.ts'
import { createClosedChats } from '../shared/closed-chats.ts'
import { plainText } from '../shared/plain-text.ts'
import { createAnswerUrls } from './answer-url.ts'
import { createStatus } from './assistant.ts'
import { createClients } from './client.ts'
import { createHttpListener } from './http.ts'
import { createInstallations } from './installations.ts'
import { parseInteraction } from './interact.ts'
import { createInteractions } from './interactions.ts'
import { capabilities } from './limits.ts'
import { createLocales } from './locales.ts'
import { installRoutes, type OauthSettings } from './oauth.ts'
import {
  directRef,
  parseEvent,
  refOf,
  type SlackEvent,
  type SlackInstalled,
  type SlackPlace,
  tenantOf,
  urnOf,
} from './parse.ts'
import { eventsPath } from './paths.ts'
import { render, type SlackPayload } from './render.ts'
import { createRooms } from './rooms.ts'
import { createSending, routeOf } from './sending.ts'
import { createSocket } from './socket.ts'
import { createStaffRoom } from './staff-room.ts'
import { createTokens } from './tokens.ts'
import { forgetPlaces } from './uninstall.ts'

/** How long a form waits to hear whether somebody can be written to, ms; Slack waits for three seconds. */
const reachMs = 1_000

/** What the host knows the workspace of the configured token as. */
export const homeTenant = 'home'

export interface SlackParts {
  /** For HTTP. */
  readonly signingSecret?: string
  /** For Socket Mode. */
  readonly appToken?: string
  /** Of the organisation's own workspace. */
  readonly botToken?: string
  /** OAuth installation when given. */
  readonly oauth?: OauthSettings
  readonly addresses: {
    /** Web API; Slack's own when absent. */
    readonly api?: string
    /** Where people consent to an installation. */
    readonly authorize?: string
  }
  readonly host: ChannelHost
  readonly now: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** Whether Salus is in that conversation already. */
  readonly known: (ref: ConversationRef) => Promise<boolean>
}

/** Slack, by HTTP or Socket Mode, in one workspace or in many. */
export function createSlackAdapter(parts: SlackParts): ChannelAdapter {
  const { host, addresses, signingSecret, appToken, oauth } = parts
  const clientFor = createClients(addresses.api)
  const installations = createInstallations(host)
  const tokens = createTokens({ ...parts, installations, clientFor, report: host.report })
  const room = createStaffRoom({ host, clientOf })
  const locales = createLocales({ clientOf, sleep: parts.sleep, report: host.report })
  const sending = createSending({ clientOf, now: parts.now })
  const answers = createAnswerUrls({ now: parts.now, ...(addresses.api ? { api: addresses.api } : {}) })
  const status = createStatus({ clientOf, sleep: parts.sleep, say: host.say })
  const interactions = createInteractions({
    host,
    now: parts.now,
    clientOf,
    workspaceOf,
    localeOf: locales.of,
    room,
    rooms: createRooms({ host, clientOf }),
    take,
    isClosed,
    later,
  })
  const listen = signingSecret
    ? createHttpListener({ signingSecret, now: parts.now, handle, report: host.report })
    : undefined
  const socket = appToken
    ? createSocket({
        appToken,
        ...(addresses.api ? { api: addresses.api } : {}),
        handle,
        sleep: parts.sleep,
        report: host.report,
      })
    : undefined
  let receive: Receive | undefined
  const closed = createClosedChats()

  async function clientOf(place: Pick<SlackPlace, 'team' | 'enterprise'>) {
    const token = await tokens.tokenOf(place)
    return token === undefined ? undefined : clientFor(token)
  }

  async function workspaceOf(place: Pick<SlackPlace, 'team' | 'enterprise'>): Promise<WorkspaceId> {
    return host.workspaceOf({ id: (await tokens.isHome(place)) ? homeTenant : place.team })
  }

  /** Takes in whatever Slack sent. Resolves to what the acknowledgement says; rejects when Slack must send it again. */
  async function handle(body: unknown): Promise<unknown> {
    if (typeof body !== 'object' || body === null) return undefined
    if ('event' in body) {
      const tenant = tenantOf(body)
      const self = tenant && !tenant.bot ? await tokens.botOf(tenant) : undefined
      const event = parseEvent(body, self)
      return 'ignored' in event ? undefined : onEvent(event)
    }
    const given = parseInteraction(body)
    if ('ignored' in given || !(await clientOf(given.place))) return undefined
    const place = locales.placed(await ofMember(given))
    return interactions.act({ ...given, place }, await workspaceOf(place))
  }

  async function onEvent(event: SlackEvent): Promise<undefined> {
    switch (event.kind) {
      case 'message':
        return onMessage(event)
      case 'home':
        later('slack_home_failed', () => interactions.showHome(event.place))
        return undefined
      case 'assistant':
        later('slack_assistant_failed', () => interactions.greet(event.place))
        return undefined
      case 'joined_room':
        later('slack_notice_failed', () => room.notice(event.place))
        return undefined
      case 'uninstalled':
        await forget(event)
        return undefined
    }
  }

  async function onMessage(event: Extract<SlackEvent, { kind: 'message' }>): Promise<undefined> {
    const { body } = event
    if (!(await clientOf(event.place))) return undefined
    const place = locales.placed(await ofMember(event))
    if (place.channel.startsWith('D')) closed.opened(urnOf(place))
    const workspace = await workspaceOf(place)
    const conversation = refOf(workspace, place)
    const message: InboundMessage = {
      externalId: event.externalId,
      conversation,
      sender: { urn: urnOf(place) },
      receivedAt: event.at,
      ...locales.of(place),
      body,
    }
    if (event.addressed !== 'yes') {
      // Under a case's card staff write to the person, or to each other: none of it is a question to Salus.
      const caseId = await room.caseAt(workspace, place)
      if (caseId) return relay(message, caseId, place)
      const ours =
        event.addressed === 'reply' || (event.addressed === 'thread' && (await parts.known(conversation)))
      if (!ours) {
        const watched = await host.watch(message, take)
        // The room may be watched by a decision of the workspace that it is shared with.
        if (watched === 'dropped' && place.via) await watchVia(event, message)
        return undefined
      }
    }
    await take(message)
    if (body.kind === 'text') status.looking(place)
    return undefined
  }

  async function watchVia(
    { place }: Pick<SlackEvent & { kind: 'message' }, 'place'>,
    message: InboundMessage,
  ) {
    const conversation = refOf(await workspaceOf(place), place)
    await host.watch({ ...message, conversation, sender: { urn: urnOf(place) } }, take)
  }

  /** Somebody of another workspace in a shared channel is a member of that one, where it installed the app, too. */
  async function ofMember({
    place,
    memberOf,
  }: Pick<SlackEvent & { kind: 'message' }, 'place' | 'memberOf'>): Promise<SlackPlace> {
    const isShared = place.channel !== '' && !place.channel.startsWith('D')
    if (!memberOf || !isShared || !(await hasInstalled(memberOf).catch(() => false))) return place
    const { team, enterprise, ...where } = place
    return { ...where, ...memberOf, via: { team, ...(enterprise ? { enterprise } : {}) } }
  }

  async function hasInstalled(of: SlackInstalled): Promise<boolean> {
    if (await tokens.isHome(of)) return true
    const ids = of.enterprise ? [of.enterprise, of.team] : [of.team]
    // Looked up first: a workspace that never installed the app is not made one of ours.
    const known = oauth ? await Promise.all(ids.map((id) => host.hasWorkspace({ id }))) : []
    return known.includes(true) && (await clientOf(of)) !== undefined
  }

  /** What staff write under the card of a case goes to the person; what could not is told them alone. */
  async function relay(message: InboundMessage, caseId: CaseId, place: SlackPlace): Promise<undefined> {
    const { conversation, externalId, body } = message
    const { workspace } = conversation
    if (body.kind !== 'text' || !(await room.showsWords(workspace, place))) return undefined
    const { urn } = message.sender
    const told = await host.relay({ workspace, urn, caseId, text: body.text, externalId })
    if (told.kind === 'refused')
      later('slack_whisper_failed', () => interactions.tellAlone(place, told.text, 'thread'))
    return undefined
  }

  /** The app was removed, or its token taken back. */
  async function forget(of: Pick<SlackPlace, 'team' | 'enterprise'>): Promise<void> {
    const { team, enterprise } = of
    const own = await tokens.isHome(of)
    // Without OAuth nobody else can have installed it.
    if (!own && !oauth) return
    const id = enterprise ?? team
    await forgetPlaces(host, await host.workspaceOf({ id: own ? homeTenant : id }), team)
    tokens.forget(id)
    if (!own) await installations.remove(id)
  }

  async function isClosed(place: SlackPlace): Promise<boolean> {
    if (closed.has(urnOf(place))) return true
    const late = new AbortController()
    const opens = await Promise.race([
      sending.opens(place),
      parts.sleep(reachMs, late.signal).catch(() => {}),
    ])
    late.abort()
    return opens === false
  }

  /**
   * Durable when it resolves, to whether it is an alarm. With the database down the fixed reply goes out from here.
   */
  async function take(message: InboundMessage): Promise<boolean> {
    if (!receive) throw new Error('the Slack adapter is not started')
    const arrival = await receive(message)
    const alarm = isAlarm(arrival.assessment.level)
    if (arrival.kind !== 'spilled') return alarm
    const source = `${message.conversation.key}/${message.externalId}`
    const reply = await host.outage(message.conversation.workspace, { source, alarm })
    if (!reply) return alarm
    const { conversation } = message
    const direct = directRef(conversation.workspace, routeOf(conversation))
    const [first] = render(reply)
    const payload = { ...(first.payload as unknown as SlackPayload), text: plainText(reply) }
    later('slack_outage_reply_failed', () => sending.post(direct, payload, source))
    // Danger gets its fixed words where it was told of, too: they name nobody, and nothing private may arrive.
    if (alarm && conversation.surface !== 'direct')
      later('slack_outage_reply_failed', () => sending.post(conversation, payload, `${source}/open`))
    return alarm
  }

  /** Nobody is kept waiting for what may fail. */
  function later(code: string, work: () => Promise<unknown>): void {
    void work().catch((error: unknown) => host.report(code, error))
  }

  return {
    name: 'slack',
    capabilities,
    routes: [
      ...(listen ? [{ method: 'POST' as const, path: eventsPath, handle: listen }] : []),
      ...(oauth ? installRoutes({ oauth, addresses, installations, host, installed: tokens.forget }) : []),
    ],
    staff: room.surface,
    render,
    directOf: (of) => directRef(of.workspace, routeOf(of)),
    async start(into) {
      receive = into
      // Asked ahead of the first event; nobody waits for it here.
      void tokens.homeOf()
      socket?.start()
    },
    async stop() {
      locales.stop()
      status.stop()
      await socket?.stop()
      receive = undefined
    },
    async send(to, part, via, key) {
      const payload = part.payload as unknown as SlackPayload
      // Everybody has a direct conversation here: nothing private is sent to a shared place.
      if (via === 'private' && to.surface !== 'direct')
        return { kind: 'unreachable', reason: 'closed_direct' }
      const outcome = await sending.post(to, payload, key)
      if (to.surface === 'direct') closed.note(urnOf(routeOf(to)), outcome)
      // It vanishes, but it is more than nothing; that nothing lasting arrived is told all the same.
      if (outcome.kind === 'unreachable' && to.surface === 'direct')
        await answers
          .whisper(to, payload)
          .catch((error: unknown) => host.report('slack_whisper_failed', error))
      return outcome
    },
    editSent: sending.edit,
    find: sending.find,
    async openDirect(urn) {
      const [, team, user] = urn.split(':')
      if (!team || !user) return undefined
      return directRef(await workspaceOf({ team }), { team, user, channel: '' })
    },
  }
}
