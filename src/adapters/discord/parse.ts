import { z } from 'zod'
import type { Ignored, InboundBody } from '../../core/inbound.ts'
import { plainWords } from './text.ts'
import { bodyOf, held } from './written.ts'

/** What a gateway event means to Salus. Interactions are read by interact.ts. */
export type DiscordEvent =
  | {
      readonly kind: 'message'
      readonly guild?: string
      readonly channel: string
      readonly channelType?: number
      readonly user: string
      readonly messageId: string
      readonly externalId: string
      readonly at: Date
      readonly body: InboundBody
      /** The words are those of a message that was forwarded. */
      readonly others?: true
      /** `thread`: only when Salus is in that thread with this person already. */
      readonly addressed: 'yes' | 'thread'
      /** The message of Salus that it answers. */
      readonly answers?: string
    }
  | {
      readonly kind: 'deleted'
      readonly messageIds: readonly string[]
      readonly guild?: string
      readonly channel: string
    }
  | {
      readonly kind: 'ready'
      readonly self: string
      readonly application: string
      readonly guilds: readonly string[]
    }
  | {
      readonly kind: 'guild'
      readonly guild: string
      readonly name?: string
      readonly systemChannel?: string
      readonly threads: readonly ThreadSeen[]
    }
  | { readonly kind: 'guild_left'; readonly guild: string }
  | { readonly kind: 'thread'; readonly thread: ThreadSeen }

export interface ThreadSeen {
  readonly id: string
  /** The channel that it hangs in. */
  readonly parent?: string
}

const id = z.string().regex(/^\d{1,20}$/)
const user = z.looseObject({ id, bot: z.boolean().optional(), system: z.boolean().optional() })
const message = z.looseObject({
  id,
  channel_id: id,
  channel_type: z.number().optional(),
  guild_id: id.nullish(),
  author: user.optional(),
  webhook_id: z.string().nullish(),
  ...held,
  timestamp: z.string().optional(),
  edited_timestamp: z.string().nullish(),
  type: z.number().optional(),
  mentions: z.array(z.looseObject({ id: z.string() })).optional(),
  referenced_message: z.looseObject({ id: id.optional(), author: user.optional() }).nullish(),
})
const ready = z.looseObject({
  user,
  application: z.looseObject({ id }),
  guilds: z.array(z.looseObject({ id })),
})
const guild = z.looseObject({
  id,
  name: z.string().optional(),
  unavailable: z.boolean().optional(),
  system_channel_id: id.nullish(),
  threads: z.array(z.looseObject({ id, parent_id: id.nullish() })).optional(),
})
const deleted = z.looseObject({
  id: id.optional(),
  ids: z.array(id).optional(),
  channel_id: id,
  guild_id: id.nullish(),
})

/** Messages that a person wrote: the ordinary kind and an answer to another. */
const written = new Set([0, 19])

/** Reads a dispatched event. `self` is the bot's own account. Nothing makes it throw. */
export function parseEvent(type: unknown, data: unknown, self?: string): DiscordEvent | Ignored {
  switch (type) {
    case 'READY': {
      const read = ready.safeParse(data)
      if (!read.success) return { ignored: 'unsupported' }
      const { user: me, application, guilds } = read.data
      return {
        kind: 'ready',
        self: me.id,
        application: application.id,
        guilds: guilds.map((one) => one.id),
      }
    }
    case 'MESSAGE_CREATE':
    case 'MESSAGE_UPDATE':
      return parseMessage(data, type === 'MESSAGE_UPDATE', self)
    case 'MESSAGE_DELETE':
    case 'MESSAGE_DELETE_BULK': {
      const read = deleted.safeParse(data)
      const ids = read.data?.ids ?? (read.data?.id ? [read.data.id] : [])
      if (!read.data || ids.length === 0) return { ignored: 'unsupported' }
      const { guild_id, channel_id: channel } = read.data
      return { kind: 'deleted', messageIds: ids, channel, ...(guild_id ? { guild: guild_id } : {}) }
    }
    case 'GUILD_CREATE': {
      const read = guild.safeParse(data)
      if (!read.success || read.data.unavailable) return { ignored: 'unsupported' }
      const { id: guildId, name, system_channel_id, threads } = read.data
      return {
        kind: 'guild',
        guild: guildId,
        threads: (threads ?? []).map(threadSeen),
        ...(name ? { name } : {}),
        ...(system_channel_id ? { systemChannel: system_channel_id } : {}),
      }
    }
    case 'GUILD_DELETE': {
      const read = guild.safeParse(data)
      // An outage of Discord's is no farewell.
      if (!read.success || read.data.unavailable) return { ignored: 'unsupported' }
      return { kind: 'guild_left', guild: read.data.id }
    }
    case 'THREAD_CREATE': {
      const read = z.looseObject({ id, parent_id: id.nullish() }).safeParse(data)
      return read.success ? { kind: 'thread', thread: threadSeen(read.data) } : { ignored: 'unsupported' }
    }
    default:
      return { ignored: 'unsupported' }
  }
}

function threadSeen(of: { readonly id: string; readonly parent_id?: string | null | undefined }): ThreadSeen {
  return { id: of.id, ...(of.parent_id ? { parent: of.parent_id } : {}) }
}

function parseMessage(data: unknown, changed: boolean, self: string | undefined): DiscordEvent | Ignored {
  const read = message.safeParse(data)
  if (!read.success) return { ignored: 'unsupported' }
  const { author, webhook_id, type = 0, guild_id, content = '', edited_timestamp } = read.data
  if (!author) return { ignored: 'unsupported' }
  if (author.id === self) return { ignored: 'own_message' }
  if (author.bot || author.system || webhook_id) return { ignored: 'other_bot' }
  if (!written.has(type)) return { ignored: 'unsupported' }
  const direct = !guild_id
  const mentioned = read.data.mentions?.some((one) => one.id === self) === true
  const addressed =
    direct || mentioned || (self !== undefined && read.data.referenced_message?.author?.id === self)
  // Discord leaves the words out unless they are meant for Salus, or it was allowed to read all.
  const { message_snapshots: forwarded = [] } = read.data
  if (!addressed && content === '' && forwarded.length === 0) return { ignored: 'unaddressed' }
  // A link that got its picture changes a message, too, and nobody edited it.
  const editedAt = new Date(edited_timestamp ?? Number.NaN)
  if (changed && Number.isNaN(editedAt.getTime())) return { ignored: 'no_edit_time' }
  const words = plainWords(content, self)
  const body = changed
    ? ({ kind: 'edited', externalId: read.data.id, text: words } as const)
    : (bodyOf(read.data, self) ?? (mentioned && !direct ? calledByName : undefined))
  if (!body) return { ignored: 'empty' }
  const { channel_type, referenced_message: referenced } = read.data
  const answers = referenced?.author?.id === self ? referenced?.id : undefined
  return {
    kind: 'message',
    channel: read.data.channel_id,
    user: author.id,
    messageId: read.data.id,
    externalId: changed ? `${read.data.id}/${edited_timestamp}` : read.data.id,
    at: changed ? editedAt : timeOf(read.data.id),
    body,
    ...(forwarded.length > 0 ? { others: true } : {}),
    addressed: addressed ? 'yes' : 'thread',
    ...(answers ? { answers } : {}),
    ...(guild_id ? { guild: guild_id } : {}),
    ...(channel_type === undefined ? {} : { channelType: channel_type }),
  }
}

/** Called by name and nothing else: they want to know what can be asked. */
const calledByName: InboundBody = { kind: 'command', name: 'help', args: '' }

/** A snowflake tells when it was made: ms since the first second of 2015 in its upper bits. */
export function timeOf(snowflake: string): Date {
  return new Date(Number(BigInt(snowflake) >> 22n) + 1_420_070_400_000)
}
