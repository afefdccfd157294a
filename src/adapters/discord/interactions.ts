import type { Level } from '../../core/assessment.ts'
import type { ChannelHost } from '../../core/channel-host.ts'
import { asId, type CaseId, type WorkspaceId } from '../../core/ids.ts'
import type { ConversationRef, InboundMessage } from '../../core/inbound.ts'
import type { JsonValue } from '../../core/json.ts'
import type { Arrival } from '../../core/ports.ts'
import type { StaffAction } from '../../core/records.ts'
import type { Reply } from '../../core/reply.ts'
import { type Calls, heard, shownAlone, thinking, whisper } from './calls.ts'
import { formOf } from './forms.ts'
import type { CasePress, DiscordInteraction } from './interact.ts'
import { limits, tokenLivesMs } from './limits.ts'
import {
  type createOpenInteractions,
  type OpenInteraction,
  thinkingMs,
  type Waiting,
} from './open-interactions.ts'
import { type DiscordPlace, directRef, ephemeralRef, openRef, threadRef, urnOf } from './place.ts'
import { type DiscordPayload, render } from './render.ts'
import type { createRooms } from './rooms.ts'
import type { createStaffRoom } from './staff-room.ts'
import { clip, escapeText } from './text.ts'
import type { Workspaces } from './workspaces.ts'

/** How long "Snooze" in a staff room puts a case off, ms. */
const snoozeMs = 60 * 60_000
/**
 * Discord is answered by then, also while the message is still being taken in, ms: it waits for three seconds, of which
 * a crowd may take some.
 */
const answerByMs = 100

/** How often what waits is looked through, ms. */
const tendEveryMs = 1_000

export interface InteractionParts {
  readonly host: ChannelHost
  readonly calls: Calls
  readonly open: ReturnType<typeof createOpenInteractions>
  readonly room: ReturnType<typeof createStaffRoom>
  readonly rooms: ReturnType<typeof createRooms>
  readonly workspaces: Workspaces
  readonly now: () => number
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly stopping: AbortSignal
  /** Durable when it resolves. */
  readonly take: (message: InboundMessage) => Promise<Arrival>
  readonly outageReply: (workspace: WorkspaceId, source: string, level: Level) => Promise<Reply | undefined>
  readonly application: () => string
}

/** Commands, presses and forms: each is answered in time, and every "is thinking" is completed. */
export function createInteractions(parts: InteractionParts) {
  const { host, calls, open, workspaces, now } = parts

  async function on(given: DiscordInteraction): Promise<void> {
    const { place, locale } = given
    const urn = urnOf(place)
    const workspace = place.guild ? await workspaces.ofGuild(place.guild) : await workspaces.ofPerson(urn)
    switch (given.kind) {
      case 'said':
        return onSaid(given, workspace)
      case 'complete': {
        const limit = limits.autocompleteChoices
        const { text } = given
        const found = await host.query(workspace, {
          kind: 'topics',
          text,
          limit,
          ...(locale ? { locale } : {}),
        })
        const choices = (found.kind === 'topics' ? found.items : []).map(({ id, title }) => ({
          name: clip(title, limits.choiceName),
          value: id.slice(0, limits.choiceValue),
        }))
        return calls.callback(given, { type: 8, data: { choices } })
      }
      case 'topics': {
        const asked = given.article
          ? ({ kind: 'article', id: given.article } as const)
          : ({ kind: 'home', urn } as const)
        const page = await host.query(workspace, { ...asked, ...(locale ? { locale } : {}) })
        if (page.kind !== 'reply')
          return calls.callback(given, whisper(host.say('channel.discord.no_topic', locale)))
        return calls.callback(given, shownAlone(pageOf(page.title, page.reply)))
      }
      case 'tips':
        return calls.callback(given, whisper(host.say('channel.discord.no_tips', locale)))
      case 'form':
        return calls.callback(given, formOf(given.form, host.say, locale))
      case 'case':
        return calls.callback(given, await pressed(workspace, given))
      case 'staff_room':
        return calls.callback(
          given,
          whisper(await parts.room.link(workspace, place, given.manages, given.on)),
        )
      case 'staff_text':
      case 'room':
      case 'languages':
        return calls.callback(given, whisper(await administered(workspace, given)))
      case 'link':
        return calls.callback(given, whisper((await host.linkStaff(workspace, urn, given.code)).text))
    }
  }

  /** Discord shows these commands to those who may manage the server; it is checked again. */
  async function administered(
    workspace: WorkspaceId,
    given: Extract<DiscordInteraction, { kind: 'staff_text' | 'room' | 'languages' }>,
  ): Promise<string> {
    const { place } = given
    if (!given.manages || !place.guild) return host.say('channel.room.not_allowed', given.locale)
    if (given.kind === 'staff_text') return parts.room.showWords(workspace, place, given.on)
    if (given.kind === 'languages') return parts.rooms.languages()
    return given.setting
      ? parts.rooms.set(workspace, place, given.setting, given.on, given.id)
      : parts.rooms.shown(workspace, place)
  }

  async function pressed(workspace: WorkspaceId, given: Extract<DiscordInteraction, { kind: 'case' }>) {
    const urn = urnOf(given.place)
    const caseId = asId<CaseId>(given.caseId)
    const { press, id: externalId } = given
    const done =
      press === 'open'
        ? await host.openCase(workspace, urn, caseId)
        : await host.press({ workspace, urn, caseId, action: actionOf(press), externalId })
    return done.kind === 'refused' || press === 'open' ? whisper(done.text) : heard
  }

  function actionOf(press: Exclude<CasePress, 'open'>): StaffAction {
    return press === 'snooze' ? { kind: press, until: now() + snoozeMs } : { kind: press }
  }

  async function onSaid(
    given: Extract<DiscordInteraction, { kind: 'said' }>,
    workspace: WorkspaceId,
  ): Promise<void> {
    // One timer that nobody stops: there may be a thousand a second, and what stops a timer costs more than it.
    const late = parts.sleep(answerByMs).then(() => undefined)
    const isOpen = await mayBeSeen(given, workspace, late)
    const conversation = isOpen ? openRef(workspace, given.place, tokenOf(given)) : refOf(given, workspace)
    const one = open.add({
      id: given.id,
      token: given.token,
      at: now(),
      conversation: conversation.key,
      thinking: false,
      hidden: true,
      ...(given.locale ? { locale: given.locale } : {}),
    })
    const roomOf = (message: string) =>
      threadRef(workspace, { ...given.place, thread: threadOf(message, given.place) })
    const taking = parts.take({
      externalId: given.id,
      conversation,
      sender: { urn: urnOf(given.place), ...(given.moderates ? { moderates: true } : {}) },
      ...(given.checks ? { checks: roomOf(given.checks) } : {}),
      ...(given.others ? { others: true } : {}),
      ...(given.others?.message ? { writtenIn: roomOf(given.others.message) } : {}),
      receivedAt: new Date(now()),
      ...(given.locale ? { locale: given.locale } : {}),
      body: given.body,
    })
    one.taken = taking.then(
      (arrival) => {
        if (arrival.kind === 'stored') one.inboxId = arrival.inboxId
      },
      // Said by whoever awaits the message itself.
      () => {},
    )
    // What cannot be kept is not answered for: Discord then says so itself.
    const soon = await Promise.race([taking, late])
    const shown = given.by === 'command'
    // Anything not plainly routine, or not judged yet, is for the person alone.
    const seen = isOpen && soon?.kind === 'stored' && isPlain(soon)
    await answer(given, shown ? thinking(given.in !== 'direct' && !seen) : heard)
    one.thinking = shown
    one.hidden = !seen
    const arrival = await taking.catch(async (error: unknown) => {
      // It was answered before that was known: what is shown must not say that it was heard.
      await outage(one, workspace, given, 'unknown')
      throw error
    })
    if (arrival.kind === 'spilled') await outage(one, workspace, given, arrival.assessment.level)
  }

  /** Whether the room's administrators allowed routine answers for everybody; false also while that cannot be read. */
  async function mayBeSeen(
    given: Extract<DiscordInteraction, { kind: 'said' }>,
    workspace: WorkspaceId,
    late: Promise<undefined>,
  ): Promise<boolean> {
    const { room } = given.place
    if (!given.mayBeOpen || room === undefined || given.in !== 'ephemeral') return false
    const settings = host.roomSettings(workspace, room).catch(() => undefined)
    const found = await Promise.race([settings, late])
    return found?.public === true && !found.quiet && !found.sensitive
  }

  /** The person waits no longer than Discord does; whoever answered before us has answered. */
  async function answer(given: DiscordInteraction, body: unknown): Promise<void> {
    await calls
      .callback(given, body)
      .catch((error: unknown) => host.report('discord_not_acknowledged', error))
  }

  async function outage(
    one: OpenInteraction,
    workspace: WorkspaceId,
    given: DiscordInteraction,
    level: Level,
  ): Promise<void> {
    const reply = await parts.outageReply(workspace, `${one.conversation}/${given.id}`, level)
    if (!reply) return
    const payload = render(reply)[0].payload as unknown as DiscordPayload
    if (one.thinking) await calls.editOriginal(parts.application(), one.token, payload)
    else await calls.followUp(parts.application(), one.token, payload, true)
    one.thinking = false
  }

  /** Nothing may come: a person has the conversation, or the answer went to the direct conversation. */
  async function complete(one: OpenInteraction): Promise<void> {
    one.thinking = false
    await calls.editOriginal(
      parts.application(),
      one.token,
      words(host.say('channel.discord.taken', one.locale)),
    )
  }

  /** After a restart: what an earlier process began and nobody answered. */
  async function completeLeft(left: readonly Waiting[]): Promise<void> {
    await parts.sleep(thinkingMs, parts.stopping)
    for (const { token, at } of left) {
      if (parts.stopping.aborted || now() - at >= tokenLivesMs) continue
      if (await calls.isThinking(parts.application(), token))
        await calls.editOriginal(parts.application(), token, words(host.say('channel.discord.taken')))
    }
  }

  /** Completes what waited long enough, and writes down what waits, so that a restart completes it. */
  async function tendOften(): Promise<void> {
    let kept = '[]'
    while (!parts.stopping.aborted) {
      await parts.sleep(tendEveryMs, parts.stopping)
      for (const one of open.overdue()) later(() => complete(one))
      const waiting = open.unanswered()
      const state = JSON.stringify(waiting)
      if (state === kept) continue
      await workspaces.keep('waiting', { list: waiting as unknown as JsonValue }).then(
        () => {
          kept = state
        },
        (error: unknown) => host.report('discord_waiting_not_saved', error),
      )
    }
  }

  function later(work: () => Promise<unknown>): void {
    void work().catch((error: unknown) => host.report('discord_interaction_failed', error))
  }

  function refOf(given: DiscordInteraction, workspace: WorkspaceId): ConversationRef {
    const { place } = given
    switch (given.in) {
      case 'direct':
        calls.rememberDirect(place.user, place.channel)
        return directRef(workspace, place)
      case 'thread':
        return threadRef(workspace, place)
      case 'ephemeral':
        return ephemeralRef(workspace, place, tokenOf(given))
    }
  }

  function tokenOf({ token }: DiscordInteraction) {
    return { value: token, at: now() }
  }

  return {
    on,
    async start(): Promise<void> {
      const left = (await workspaces.recall('waiting'))?.list
      if (Array.isArray(left) && left.length > 0) later(() => completeLeft(left as unknown as Waiting[]))
      later(tendOften)
    },
  }
}

function isPlain({ visibility, assessment }: Extract<Arrival, { kind: 'stored' }>): boolean {
  return visibility === 'public' && assessment.level === 'routine'
}

/** A claim is answered in the thread that it stands in, else in one under it. */
function threadOf(message: string, { room, channel }: DiscordPlace): string {
  return room !== undefined && room !== channel ? channel : message
}

function words(text: string): DiscordPayload {
  return { components: [{ type: 10, content: escapeText(text) }] }
}

function pageOf(title: string, reply: Reply): DiscordPayload {
  const { components } = render(reply)[0].payload as unknown as DiscordPayload
  return { components: [{ type: 10, content: `**${escapeText(title)}**` }, ...components] }
}
