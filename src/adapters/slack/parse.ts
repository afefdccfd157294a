import { createHash } from 'node:crypto'
import { z } from 'zod'
import { asId, type ConversationKey, type Urn, type WorkspaceId } from '../../core/ids.ts'
import type { ConversationRef, Ignored, InboundBody } from '../../core/inbound.ts'
import { plainWords } from './text.ts'

/** A workspace that installed the app, by itself or with its organisation. */
export interface SlackInstalled {
  readonly team: string
  /** Of an Enterprise Grid organisation that installed as a whole. */
  readonly enterprise?: string
}

/** Where and by whom something was done on Slack. */
export interface SlackPlace {
  readonly team: string
  /** Of an Enterprise Grid organisation that installed as a whole. */
  readonly enterprise?: string
  readonly channel: string
  readonly user: string
  /** The installation whose bot is in the channel, where that is not the one of the person's own workspace. */
  readonly via?: SlackInstalled
  /** The thread that answers go to. */
  readonly thread?: string
  /** The person's time zone, an IANA name, where Slack told it. */
  readonly zone?: string
}

/** What an event means to Salus. */
export type SlackEvent =
  | {
      readonly kind: 'message'
      readonly place: SlackPlace
      /** In a shared channel: the workspace of who wrote, where that is another; perhaps one that never installed the app. */
      readonly memberOf?: SlackInstalled
      readonly externalId: string
      readonly at: Date
      readonly body: InboundBody
      /**
       * `reply`: under a message of Salus, which may be the card of a case. `thread`: only when Salus is in that thread
       * with this person already. `no`: for the safety watch alone.
       */
      readonly addressed: 'yes' | 'reply' | 'thread' | 'no'
    }
  | { readonly kind: 'home'; readonly place: SlackPlace }
  | { readonly kind: 'assistant'; readonly place: SlackPlace }
  | { readonly kind: 'joined_room'; readonly place: SlackPlace }
  | { readonly kind: 'uninstalled'; readonly team: string; readonly enterprise?: string }

const text = z.string()
const message = z.looseObject({
  user: text.optional(),
  bot_id: text.optional(),
  text: text.optional(),
  ts: text,
  thread_ts: text.optional(),
  parent_user_id: text.optional(),
  subtype: text.optional(),
  user_team: text.nullish(),
  source_team: text.nullish(),
  edited: z.looseObject({ ts: text }).optional(),
  files: z.array(z.looseObject({ mimetype: text.optional() })).optional(),
  attachments: z.array(z.unknown()).optional(),
})
const envelope = z.looseObject({
  team_id: text.nullish(),
  enterprise_id: text.nullish(),
  authorizations: z
    .array(
      z.looseObject({
        team_id: text.nullish(),
        enterprise_id: text.nullish(),
        user_id: text.nullish(),
        is_bot: z.boolean().nullish(),
        is_enterprise_install: z.boolean().nullish(),
      }),
    )
    .nullish(),
  event: z.looseObject({ type: text }),
})
const messageEvent = message.extend({
  type: text,
  channel: text,
  channel_type: text.optional(),
  message: message.optional(),
  previous_message: message.optional(),
  deleted_ts: text.optional(),
  event_ts: text.optional(),
})

/** For whom an event is, and the bot's own account where the event tells it. */
export interface SlackTenant {
  readonly team: string
  readonly enterprise?: string
  readonly bot?: string
}

/** The installation that an event is for: whoever installed the app, which in a shared channel is not who wrote. */
export function tenantOf(body: unknown): SlackTenant | undefined {
  const read = envelope.safeParse(body)
  const [installed] = read.data?.authorizations ?? []
  const team = installed?.team_id ?? read.data?.team_id
  const enterprise = installed?.enterprise_id ?? read.data?.enterprise_id
  if (!team) return undefined
  return {
    team,
    ...(enterprise && installed?.is_enterprise_install ? { enterprise } : {}),
    ...(installed?.user_id && installed.is_bot !== false ? { bot: installed.user_id } : {}),
  }
}

/** Reads an Events API body. `self` is the bot's own user where the event does not tell it. Nothing makes it throw. */
export function parseEvent(body: unknown, self?: string): SlackEvent | Ignored {
  const read = envelope.safeParse(body)
  const tenant = tenantOf(body)
  if (!read.success || !tenant) return { ignored: 'unsupported' }
  const { event } = read.data
  const { bot = self, ...of } = tenant
  switch (event.type) {
    case 'message':
    case 'app_mention': {
      const said = parseMessage(event, of, bot)
      if ('ignored' in said) return said
      const { wroteFrom, ...told } = said
      const memberOf = wroteFrom && wroteFrom !== of.team ? installedBy(read.data, wroteFrom) : undefined
      return memberOf ? { ...told, memberOf } : told
    }
    case 'app_home_opened':
      return typeof event.user === 'string' && event.tab !== 'messages'
        ? { kind: 'home', place: { ...of, channel: '', user: event.user } }
        : { ignored: 'unsupported' }
    case 'assistant_thread_started': {
      const thread = z
        .looseObject({ user_id: text, channel_id: text, thread_ts: text })
        .safeParse(event.assistant_thread)
      if (!thread.success) return { ignored: 'unsupported' }
      const { user_id: user, channel_id: channel, thread_ts } = thread.data
      return { kind: 'assistant', place: { ...of, channel, user, thread: thread_ts } }
    }
    case 'member_joined_channel':
      return typeof event.channel === 'string' && bot !== undefined && event.user === bot
        ? { kind: 'joined_room', place: { ...of, channel: event.channel, user: bot } }
        : { ignored: 'unsupported' }
    case 'app_uninstalled':
      return { kind: 'uninstalled', ...of }
    case 'tokens_revoked': {
      // A person may take back what they granted alone; Salus holds only the bot's token.
      const revoked = z.looseObject({ bot: z.array(text).min(1) }).safeParse(event.tokens)
      return revoked.success ? { kind: 'uninstalled', ...of } : { ignored: 'unsupported' }
    }
    default:
      return { ignored: 'unsupported' }
  }
}

/** As the event lists it; it may list one of several installations alone. */
function installedBy({ authorizations }: z.infer<typeof envelope>, team: string): SlackInstalled {
  const listed = authorizations?.find(({ team_id }) => team_id === team)
  return {
    team,
    ...(listed?.enterprise_id && listed.is_enterprise_install ? { enterprise: listed.enterprise_id } : {}),
  }
}

/** `wroteFrom`: the workspace of who wrote, where Slack tells it (https://docs.slack.dev/apis/slack-connect). */
type Said = Extract<SlackEvent, { kind: 'message' }> & { readonly wroteFrom?: string }

function teamOf({ user_team, source_team }: z.infer<typeof message>): Pick<Said, 'wroteFrom'> {
  const wroteFrom = user_team ?? source_team
  return wroteFrom ? { wroteFrom } : {}
}

function parseMessage(event: unknown, of: SlackInstalled, bot: string | undefined): Said | Ignored {
  const read = messageEvent.safeParse(event)
  if (!read.success) return { ignored: 'unsupported' }
  const { type, subtype, channel, channel_type } = read.data
  const direct = channel_type === 'im' || (channel_type === undefined && channel.startsWith('D'))
  if (subtype === 'message_changed' || subtype === 'message_deleted') {
    return parseChange(read.data, subtype, { ...of, channel }, bot, direct)
  }
  if (subtype !== undefined && !['file_share', 'me_message', 'thread_broadcast'].includes(subtype)) {
    return { ignored: subtype === 'bot_message' ? 'other_bot' : 'unsupported' }
  }
  const { user, bot_id, ts, thread_ts, files, attachments } = read.data
  if (user !== undefined && user === bot) return { ignored: 'own_message' }
  if (bot_id !== undefined || user === undefined) return { ignored: 'other_bot' }
  const mentioned =
    type === 'app_mention' || (bot !== undefined && (read.data.text ?? '').includes(`<@${bot}>`))
  const words = plainWords(read.data.text ?? '', bot)
  // A message that was passed on without a word of their own: it is there, and cannot be read as theirs.
  const passedOn = words === '' && (attachments?.length ?? 0) > 0 ? {} : undefined
  const file: { mimetype?: string | undefined } | undefined = files?.[0] ?? passedOn
  // Called by name and nothing else: they want to know what can be asked.
  const isCall = words === '' && !file && mentioned && !direct
  if (words === '' && !file && !isCall) return { ignored: 'empty' }
  const body: InboundBody = isCall
    ? { kind: 'command', name: 'help', args: '' }
    : file
      ? {
          kind: 'attachment',
          mime: file.mimetype ?? 'application/octet-stream',
          ...(words === '' ? {} : { caption: words }),
        }
      : { kind: 'text', text: words }
  const thread = direct ? thread_ts : (thread_ts ?? ts)
  const isReply = bot !== undefined && read.data.parent_user_id === bot
  return {
    kind: 'message',
    ...teamOf(read.data),
    place: { ...of, channel, user, ...(thread ? { thread } : {}) },
    externalId: ts,
    at: dateOf(ts),
    body,
    // Slack sends a mention twice: as one and as the room's message. They are one by their time stamp.
    addressed: direct || mentioned ? 'yes' : thread_ts === undefined ? 'no' : isReply ? 'reply' : 'thread',
  }
}

function parseChange(
  event: z.infer<typeof messageEvent>,
  subtype: 'message_changed' | 'message_deleted',
  of: Omit<SlackPlace, 'user'>,
  bot: string | undefined,
  direct: boolean,
): Said | Ignored {
  // The first message of a thread leaves a stone behind when it is deleted.
  const deleted = subtype === 'message_deleted' || event.message?.subtype === 'tombstone'
  const changed = deleted ? event.previous_message : event.message
  const user = changed?.user
  if (!changed || user === undefined || changed.bot_id !== undefined) return { ignored: 'other_bot' }
  if (user === bot) return { ignored: 'own_message' }
  const thread = changed.thread_ts ?? (direct ? undefined : changed.ts)
  const place: SlackPlace = { ...of, user, ...(thread ? { thread } : {}) }
  const mentioned = bot !== undefined && (changed.text ?? '').includes(`<@${bot}>`)
  const addressed = direct || mentioned ? 'yes' : 'thread'
  const told = { kind: 'message', ...teamOf(changed), place, addressed } as const
  if (deleted) {
    const at = event.event_ts ?? event.ts
    return {
      ...told,
      externalId: `${changed.ts}/deleted`,
      at: dateOf(at),
      body: { kind: 'deleted', externalId: changed.ts },
    }
  }
  // A link preview changes a message, too, and nobody edited it.
  if (!changed.edited) return { ignored: 'no_edit_time' }
  const words = plainWords(changed.text ?? '', bot)
  return {
    ...told,
    externalId: `${changed.ts}/${changed.edited.ts}`,
    at: dateOf(changed.edited.ts),
    body: { kind: 'edited', externalId: changed.ts, text: words },
  }
}

/** `1700000000.000200` */
function dateOf(ts: string): Date {
  const at = new Date(Math.round(Number(ts) * 1_000))
  // What is no time, or beyond all that a date holds, could not be stored.
  return Number.isNaN(at.getTime()) ? new Date(0) : at
}

/** An account, as Slack numbers it within a workspace. */
export function urnOf({ team, user }: Pick<SlackPlace, 'team' | 'user'>): Urn {
  return asId<Urn>(`slack:${team}:${user}`)
}

/** The person's direct conversation: its channel is found out when something is sent. */
export function directRef(
  workspace: WorkspaceId,
  { team, enterprise, user, zone }: SlackPlace,
): ConversationRef {
  return {
    key: keyOf(team, 'direct', user),
    workspace,
    channel: 'slack',
    surface: 'direct',
    route: { team, user, ...(enterprise ? { enterprise } : {}), ...(zone ? { zone } : {}) },
  }
}

/** Where a message was written: the direct conversation, or one person's part of a thread. */
export function refOf(workspace: WorkspaceId, place: SlackPlace): ConversationRef {
  const { team, enterprise, channel, user, thread, zone, via } = place
  const route = {
    team,
    user,
    channel,
    room: channel,
    ...(enterprise ? { enterprise } : {}),
    ...(via ? { via: { ...via } } : {}),
    ...(thread ? { thread } : {}),
    ...(zone ? { zone } : {}),
  }
  if (channel.startsWith('D')) {
    const { room: _room, ...own } = route
    return { ...directRef(workspace, place), route: own }
  }
  return {
    key: keyOf(team, `${channel}/${thread ?? ''}`, user),
    workspace,
    channel: 'slack',
    surface: thread ? 'thread' : 'group',
    route,
  }
}

/** Keys stand in the clear: they must name nobody. */
function keyOf(...parts: readonly string[]): ConversationKey {
  const hash = createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 32)
  return asId<ConversationKey>(`slack:${hash}`)
}
