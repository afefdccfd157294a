import { isAlarm, type Level } from '../../core/assessment.ts'
import type { ChannelHost } from '../../core/channel-host.ts'
import type { DeliveryKey, WorkspaceId } from '../../core/ids.ts'
import type { ConversationRef, InboundMessage } from '../../core/inbound.ts'
import type { ChannelAdapter, Receive, SendOutcome } from '../../core/ports.ts'
import type { RenderedPart, Reply } from '../../core/reply.ts'
import { createCalls } from './calls.ts'
import { createCatchUp } from './catch-up.ts'
import { commandsOf, inOrder, isRegistered } from './commands.ts'
import { createGateway } from './gateway.ts'
import { createHeard } from './heard.ts'
import { parseInteraction } from './interact.ts'
import { createInteractions } from './interactions.ts'
import { capabilities, tokenLivesMs } from './limits.ts'
import { createOpenInteractions } from './open-interactions.ts'
import { hasCode, outcomeOf } from './outcome.ts'
import { type DiscordEvent, parseEvent } from './parse.ts'
import { directRef, placeOf, threadRef, urnOf } from './place.ts'
import { type DiscordPayload, render } from './render.ts'
import { createRooms } from './rooms.ts'
import { createStaffRoom } from './staff-room.ts'
import { escapeText } from './text.ts'
import { createWorkspaces } from './workspaces.ts'

/** How often it is written down how far conversations were read, ms. */
const markEveryMs = 1_000

export interface DiscordParts {
  readonly token: string
  /** The server that belongs to the organisation itself. */
  readonly guild?: string
  readonly commands: 'global' | 'guild'
  readonly messageContent: boolean
  readonly shards: number | 'auto'
  readonly addresses: { readonly api?: string }
  readonly host: ChannelHost
  readonly now: () => number
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Whether Salus is in that conversation already. */
  readonly known: (ref: Pick<ConversationRef, 'key'>) => Promise<boolean>
  /** Whether whoever is in that conversation has a case that is urgent, or that a staff member took. */
  readonly inCase: (ref: ConversationRef) => Promise<boolean>
  /** Whether a staff member has a case of whoever is in that conversation. */
  readonly owned: (ref: ConversationRef) => Promise<boolean>
}

/** Discord, by its gateway, in one server or in many. */
export function createDiscordAdapter(parts: DiscordParts): ChannelAdapter {
  const { host, now, sleep } = parts
  const stopping = new AbortController()
  const workspaces = createWorkspaces(host, parts.guild, parts.inCase)
  const gateway = createGateway({
    ...parts,
    ...parts.addresses,
    load: () => workspaces.recall('session'),
    save: (memory) => workspaces.keep('session', memory),
    onEvent,
    report: host.report,
  })
  const calls = createCalls(gateway.rest, gateway.interactions, sleep)
  const room = createStaffRoom({ host, calls, now })
  const heard = createHeard({ ...parts, recall: workspaces.recall, keep: workspaces.keep })
  const catchUp = createCatchUp({
    ...parts,
    calls,
    heard,
    stopping: stopping.signal,
    onMessage,
    async tellStaff(text, key) {
      for (const workspace of new Set(
        await Promise.all(workspaces.guilds().map((id) => workspaces.ofGuild(id))),
      ))
        await room.tell(workspace, text, key)
    },
  })
  const open = createOpenInteractions(now)
  const interactions = createInteractions({
    host,
    calls,
    open,
    room,
    rooms: createRooms({ host, calls, messageContent: parts.messageContent }),
    workspaces,
    now,
    sleep,
    stopping: stopping.signal,
    take,
    outageReply,
    application: () => application,
  })
  let receive: Receive | undefined
  let self: string | undefined
  let application = ''
  let startedWith: ReadonlySet<string> = new Set()
  /** While old messages are read, how far each conversation was read is not written down: a crash begins again. */
  let catchingUp = 0
  let loops: Promise<unknown> = Promise.resolve()

  /** Takes in what the gateway dispatched. Settles when it is durable; rejects when it must come again. */
  async function onEvent(type: unknown, data: unknown, heardAt: number): Promise<void> {
    if (type === 'INTERACTION_CREATE') {
      const parsed = parseInteraction(data)
      if (!('ignored' in parsed)) await interactions.on(parsed)
      return
    }
    const event = parseEvent(type, data, self)
    if ('ignored' in event) return
    switch (event.kind) {
      case 'ready':
        self = event.self
        application = event.application
        startedWith = new Set([...startedWith, ...event.guilds])
        catchingUp++
        later('discord_not_caught_up', () => catchUp.run(event.self, heardAt).finally(() => catchingUp--))
        await workspaces.ready(event.guilds)
        await workspaces.keep('application', { application, self })
        later('discord_commands_failed', register)
        return
      case 'message':
        await onMessage(event)
        return
      case 'deleted':
        return onDeleted(event)
      case 'guild':
        return onGuild(event)
      case 'guild_left':
        await room.removed(await workspaces.ofGuild(event.guild), event.guild)
        workspaces.left(event.guild)
        return
      case 'thread':
        calls.isThread(event.thread.id, event.thread.parent)
    }
  }

  /** Resolves to the conversation when the message was taken in and was not there before. */
  async function onMessage(
    event: Extract<DiscordEvent, { kind: 'message' }>,
  ): Promise<ConversationRef | undefined> {
    const { channel, user, messageId } = event
    const urn = urnOf({ user })
    const conversation = await conversationOf(event)
    const { workspace } = conversation
    const message: InboundMessage = {
      externalId: event.externalId,
      conversation,
      sender: { urn },
      receivedAt: event.at,
      body: event.body,
      ...(event.others ? { others: event.others } : {}),
    }
    if (event.guild !== undefined) {
      // Under a case's card staff write to the person, or to each other: none of it is a question to Salus.
      const caseOf = (card: string) => room.caseAt(workspace, card).catch(() => undefined)
      const caseId = placeOf(conversation).thread === channel ? await caseOf(channel) : undefined
      const { body } = event
      if (caseId && body.kind === 'text' && !event.others) {
        const at = { thread: channel, message: messageId }
        await room.relay(workspace, { caseId, urn, text: body.text }, at)
      }
      if (caseId || (event.answers && (await caseOf(event.answers)))) return undefined
    }
    const answer = async (reply: Reply, source: string, alarm: boolean) => {
      // Danger gets its fixed words where it was told of, too: they name nobody, and nothing private may arrive.
      const places = [directRef(workspace, { user }), ...(alarm && event.guild ? [conversation] : [])]
      const sent = places.map((ref) => post(ref, firstOf(reply), `${source}/${ref.surface}`))
      await Promise.all(sent)
    }
    const noted = async (one: InboundMessage) => {
      const arrival = await take(one, answer)
      heard.note(conversation, messageId)
      return arrival
    }
    if (event.addressed === 'thread' && !(await parts.known(conversation))) {
      await host.watch(message, noted)
      return undefined
    }
    const arrival = await noted(message)
    return arrival.kind === 'stored' && arrival.status === 'accepted' ? conversation : undefined
  }

  async function conversationOf(event: Extract<DiscordEvent, { kind: 'message' }>): Promise<ConversationRef> {
    const { guild, channel, user } = event
    if (guild === undefined) {
      calls.rememberDirect(user, channel)
      const edited =
        event.body.kind === 'edited' ? await workspaces.whereWritten(user, event.messageId) : undefined
      return directRef(edited ?? (await workspaces.ofPerson(urnOf({ user }))), { user, channel })
    }
    const { inThread, room: of } = await calls.placeOfChannel(channel, event.channelType)
    const thread = inThread ? channel : event.messageId
    return threadRef(await workspaces.ofGuild(guild), { guild, channel, user, thread, room: of })
  }

  async function onDeleted(event: Extract<DiscordEvent, { kind: 'deleted' }>): Promise<void> {
    for (const messageId of event.messageIds) {
      // Whose it was Discord does not say: of those who write there it is taken from the one who wrote it.
      for (const place of heard.whoWrote(event.channel, messageId)) {
        const urn = urnOf(place)
        const conversation = place.guild
          ? threadRef(await workspaces.ofGuild(place.guild), place)
          : (await workspaces.all()).map((id) => directRef(id, place)).find((ref) => ref.key === place.key)
        if (!conversation || !(await parts.known(conversation))) continue
        await take({
          externalId: `${messageId}/deleted`,
          conversation,
          sender: { urn },
          receivedAt: new Date(now()),
          body: { kind: 'deleted', externalId: messageId },
        })
      }
    }
  }

  async function onGuild(event: Extract<DiscordEvent, { kind: 'guild' }>): Promise<void> {
    for (const { id, parent } of event.threads) calls.isThread(id, parent)
    const isNew = !startedWith.has(event.guild)
    startedWith = new Set([...startedWith, event.guild])
    await workspaces.ofGuild(event.guild, event.name)
    const { systemChannel } = event
    if (!isNew) return
    if (parts.commands === 'guild') later('discord_commands_failed', register)
    if (!systemChannel) return
    later('discord_notice_failed', async () => {
      const emergency = host.say('general.place.local_emergency')
      const content = escapeText(host.say('channel.room.notice', undefined, { emergency }))
      await calls.postNotice(systemChannel, { components: [{ type: 10, content }] }, `notice/${event.guild}`)
    })
  }

  /** Commands as they should be: nothing is written where they are so already. */
  async function register(): Promise<void> {
    const wanted = inOrder(commandsOf(host.say))
    const paths: readonly `/${string}`[] =
      parts.commands === 'global'
        ? [`/applications/${application}/commands`]
        : workspaces.guilds().map((guild) => `/applications/${application}/guilds/${guild}/commands` as const)
    for (const path of paths) {
      const query = new URLSearchParams({ with_localizations: 'true' })
      const found = (await gateway.rest.get(path, { query })) as readonly unknown[]
      if (!isRegistered(wanted, inOrder(found))) await gateway.rest.put(path, { body: wanted })
    }
  }

  /** Durable when it resolves. With the database down the fixed reply goes out from here. */
  async function take(
    message: InboundMessage,
    answer?: (reply: Reply, source: string, alarm: boolean) => Promise<unknown>,
  ): ReturnType<Receive> {
    if (!receive) throw new Error('the Discord adapter is not started')
    const arrival = await receive(message)
    if (arrival.kind === 'spilled' && answer) {
      const source = `${message.conversation.key}/${message.externalId}`
      later('discord_outage_reply_failed', async () => {
        const { level } = arrival.assessment
        const reply = await outageReply(message.conversation.workspace, source, level)
        if (reply) await answer(reply, source, isAlarm(level))
      })
    }
    return arrival
  }

  function outageReply(workspace: WorkspaceId, source: string, level: Level): Promise<Reply | undefined> {
    return host.outage(workspace, { source, alarm: isAlarm(level) })
  }

  /** Nobody is kept waiting for what may fail. */
  function later(code: string, work: () => Promise<unknown>): void {
    void work().catch((error: unknown) => host.report(code, error))
  }

  /** To the person's direct conversation, or into the thread. */
  async function post(ref: ConversationRef, payload: DiscordPayload, key: string): Promise<string> {
    const { user, channel, thread } = placeOf(ref)
    if (ref.surface === 'direct') return calls.post(await calls.directChannel(user), payload, key)
    if (thread === undefined) return calls.post(channel, payload, key)
    const name = host.say('channel.discord.thread')
    return calls.postInThread({ channel, thread, name }, payload, key)
  }

  /** By the interaction that it answers, while that lives; else where the person reads it all the same. */
  async function deliver(ref: ConversationRef, payload: DiscordPayload, key: DeliveryKey): Promise<string> {
    const direct = ref.surface === 'direct'
    const answered = await open.answeredBy(ref.key, key)
    if (answered?.thinking) {
      const sent = await calls.editOriginal(application, answered.token, payload, key)
      answered.thinking = false
      return sent
    }
    if (direct) return post(ref, payload, key)
    const newest = answered ?? open.newest(ref.key)
    if (newest) return calls.followUp(application, newest.token, payload, newest.hidden, key)
    const { token, tokenAt } = ref.route
    if (typeof token === 'string' && now() - Number(tokenAt) < tokenLivesMs) {
      return (await calls.isThinking(application, token))
        ? calls.editOriginal(application, token, payload, key)
        : calls.followUp(application, token, payload, true, key)
    }
    return post(directRef(ref.workspace, placeOf(ref)), payload, key)
  }

  async function mark(): Promise<void> {
    if (catchingUp > 0) return
    await heard.save().catch((error: unknown) => host.report('discord_marks_not_saved', error))
  }

  async function markOften(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sleep(markEveryMs, stopping.signal)
      await mark()
    }
  }

  return {
    name: 'discord',
    capabilities,
    staff: room.surface,
    render,
    directOf: (of) => directRef(of.workspace, { user: placeOf(of).user }),
    async start(into) {
      receive = into
      const me = await workspaces.recall('application')
      if (typeof me?.application === 'string' && typeof me.self === 'string') {
        application = me.application
        self = me.self
      }
      await heard.load()
      await interactions.start()
      loops = markOften()
      await gateway.start()
    },
    async stop() {
      stopping.abort()
      await gateway.stop()
      await loops
      await mark()
      receive = undefined
    },
    async send(to, part: RenderedPart, via, key: DeliveryKey): Promise<SendOutcome> {
      const payload = part.payload as unknown as DiscordPayload
      // Everybody has a direct conversation here: nothing private is sent to a shared place.
      if (via === 'private' && to.surface !== 'direct')
        return { kind: 'unreachable', reason: 'closed_direct' }
      try {
        const interacted = to.surface !== 'thread' || typeof to.route.token === 'string'
        const externalId = await (interacted ? deliver(to, payload, key) : post(to, payload, key))
        return { kind: 'sent', externalId }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    async editSent(_to, externalId, part, key): Promise<SendOutcome> {
      const [channel, message] = externalId.split('/')
      // What answered an interaction can be changed only while its token lives, and is not.
      if (!channel || !message) return { kind: 'unreachable', reason: 'unknown_route' }
      try {
        await calls.edit(channel, message, part.payload as unknown as DiscordPayload, key)
        return { kind: 'sent', externalId }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    async removeMessage(of, externalId): Promise<SendOutcome> {
      const { channel, thread } = placeOf(of)
      // Each message of a thread stands in it; the one that it hangs under stands in the channel.
      const where = externalId === thread || thread === undefined ? channel : thread
      try {
        await calls.remove(where, externalId)
      } catch (error) {
        if (!hasCode(error, 10008)) return outcomeOf(error)
      }
      return { kind: 'sent', externalId }
    },
    async openDirect(urn) {
      const user = /^discord:(\d+)$/.exec(urn)?.[1]
      return user ? directRef(await workspaces.ofPerson(urn), { user }) : undefined
    },
  }
}

function firstOf(reply: Reply): DiscordPayload {
  return render(reply)[0].payload as unknown as DiscordPayload
}
