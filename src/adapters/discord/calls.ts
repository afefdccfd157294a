import { createHash } from 'node:crypto'
import { RateLimitError, type REST } from 'discord.js'
import { limits } from './limits.ts'
import { hasCode, isBodyRefused } from './outcome.ts'
import { type DiscordPayload, replyMark, wordsOf } from './render.ts'
import { clip } from './text.ts'

/** `IS_COMPONENTS_V2` and `EPHEMERAL`: https://docs.discord.com/developers/resources/message#message-object-message-flags */
const newComponents = 1 << 15
const ephemeralFlag = 1 << 6
const loading = 1 << 7
const suppressEmbeds = 1 << 2
/** Nobody is ever notified by what Salus writes. */
const nobody = { parse: [] as string[] }
const noThreadHere = [50001, 50013, 50024, 160007]
const threadIsThere = 160004
const unknownChannel = 10003

/** Threads of announcements, public and private ones. */
const threadTypes = new Set([10, 11, 12])

interface Sent {
  readonly id: string
}
interface ChannelSeen {
  readonly type: number
  readonly parent_id?: string | null
  readonly permission_overwrites?: readonly {
    readonly id: string
    readonly allow: string
    readonly deny: string
  }[]
}
/** `VIEW_CHANNEL` */
const viewChannel = 1n << 10n
/** `ADMINISTRATOR`: sees every channel, whatever the channel says. */
const administrator = 1n << 3n
const forumTypes = new Set([15, 16])

/** How often, and how long each time at most, a notice waits for its turn, ms. */
const waits = 3
const waitAtMostMs = 10_000

/** The calls that Salus makes, and nothing of what they mean. */
export function createCalls(rest: REST, interactions: REST, sleep: (ms: number) => Promise<void>) {
  const directChannels = new Map<string, string>()
  /** Threads that are there; `false`: none can be opened under that message. */
  const threads = new Map<string, boolean>()
  /** Channels that threads hang in. */
  const parents = new Map<string, string>()
  const types = new Map<string, number>()

  function hangsIn(thread: string, parent: string | undefined): void {
    if (parent === undefined) return
    if (parents.size > 20_000) parents.clear()
    parents.set(thread, parent)
  }

  async function channelOf(channel: string): Promise<ChannelSeen | undefined> {
    const found = (await rest.get(`/channels/${channel}`).catch(() => undefined)) as ChannelSeen | undefined
    if (found && threadTypes.has(found.type)) hangsIn(channel, found.parent_id ?? undefined)
    return found
  }

  /** What @everyone may in a server: a role with the server's id. All may look where that cannot be read. */
  async function everyoneIn(guild: string): Promise<bigint> {
    const roles = (await rest.get(`/guilds/${guild}/roles`).catch(() => [])) as readonly {
      readonly id: string
      readonly permissions: string
    }[]
    return BigInt(roles.find(({ id }) => id === guild)?.permissions ?? viewChannel)
  }

  async function isThread(channel: string, type: number | undefined): Promise<boolean> {
    if (type !== undefined) return threadTypes.has(type)
    if (threads.get(channel)) return true
    // A text channel where Discord does not say.
    const found = types.get(channel) ?? (await channelOf(channel))?.type ?? 0
    if (types.size > 20_000) types.clear()
    types.set(channel, found)
    return threadTypes.has(found)
  }

  /** Tries the newer components, and the older form where those are refused. */
  async function inEitherForm<T>(
    payload: DiscordPayload,
    key: string | undefined,
    ephemeral: boolean,
    call: (body: Record<string, unknown>) => Promise<T>,
  ): Promise<T> {
    const components = stamped(payload, key)
    const seen = ephemeral ? ephemeralFlag : 0
    const newer = { flags: newComponents | seen, components, allowed_mentions: nobody }
    try {
      return await call(newer)
    } catch (error) {
      if (!isBodyRefused(error)) throw error
      const rows = components.filter(({ type }) => type === 1)
      return call({
        content: clip(wordsOf(payload.components) || '…', limits.content),
        flags: suppressEmbeds | seen,
        components: rows,
        allowed_mentions: nobody,
      })
    }
  }

  async function post(
    channel: string,
    payload: DiscordPayload,
    key: string,
    more: Record<string, unknown> = {},
  ): Promise<string> {
    const nonce = createHash('sha256').update(key).digest('base64url').slice(0, limits.nonce)
    const sent = await inEitherForm(payload, key, false, (body) =>
      rest.post(`/channels/${channel}/messages`, { body: { ...body, nonce, enforce_nonce: true, ...more } }),
    )
    return `${channel}/${(sent as Sent).id}`
  }

  /** Posts what no outbox tries again: waits for its turn as long as the limits say. */
  async function postNotice(...what: Parameters<typeof post>): Promise<string> {
    for (let left = waits; ; left--)
      try {
        return await post(...what)
      } catch (error) {
        if (!(error instanceof RateLimitError) || left === 0 || error.retryAfter > waitAtMostMs) throw error
        await sleep(Math.max(1, error.retryAfter))
      }
  }

  async function openThread(channel: string, message: string, name: string): Promise<boolean> {
    const known = threads.get(message)
    if (known !== undefined) return known
    let opened = true
    try {
      await rest.post(`/channels/${channel}/messages/${message}/threads`, {
        body: { name: clip(name, limits.threadName), auto_archive_duration: 1_440 },
      })
    } catch (error) {
      if (hasCode(error, ...noThreadHere)) opened = false
      else if (!hasCode(error, threadIsThere)) throw error
    }
    if (threads.size > 20_000) threads.clear()
    threads.set(message, opened)
    return opened
  }

  return {
    post,
    postNotice,
    /** A thread that is known to be there. */
    isThread(thread: string, parent?: string): void {
      threads.set(thread, true)
      hangsIn(thread, parent)
    },
    /** What kind of place a channel is: as the event says, as was seen, or as Discord answers. */
    async placeOfChannel(
      channel: string,
      type: number | undefined,
    ): Promise<{ readonly inThread: boolean; readonly room: string }> {
      if (!(await isThread(channel, type))) return { inThread: false, room: channel }
      const parent = parents.get(channel) ?? (await channelOf(channel))?.parent_id
      return { inThread: true, room: parent ?? channel }
    },
    /**
     * Whether messages can stand in a channel, and whether @everyone may view it: by the channel's own word on that
     * role, else by what the role may in the server. A thread is seen by whoever sees the channel that it hangs in.
     * `unseen`: Salus may not look there. https://docs.discord.com/developers/topics/permissions#permission-overwrites
     */
    async roomKind(channel: string, guild: string): Promise<'closed' | 'open' | 'forum' | 'unseen'> {
      const there = await channelOf(channel)
      const found = there && threadTypes.has(there.type) ? await channelOf(there.parent_id ?? channel) : there
      if (!found) return 'unseen'
      if (forumTypes.has(found.type)) return 'forum'
      const everybody = await everyoneIn(guild)
      if ((everybody & administrator) !== 0n) return 'open'
      const own = found.permission_overwrites?.find(({ id }) => id === guild)
      if (own && (BigInt(own.allow) & viewChannel) !== 0n) return 'open'
      if (own && (BigInt(own.deny) & viewChannel) !== 0n) return 'closed'
      return (everybody & viewChannel) === 0n ? 'closed' : 'open'
    },
    async messagesAfter(channel: string, after: string, limit: number): Promise<readonly Sent[]> {
      const query = new URLSearchParams({ after, limit: String(limit) })
      return (await rest.get(`/channels/${channel}/messages`, { query })) as readonly Sent[]
    },
    async remove(channel: string, message: string): Promise<void> {
      await rest.delete(`/channels/${channel}/messages/${message}`)
    },
    /** Into the thread under a message, opened when it is not there yet; where none may be opened, as an answer. */
    async postInThread(
      where: { readonly channel: string; readonly thread: string; readonly name: string },
      payload: DiscordPayload,
      key: string,
    ): Promise<string> {
      const { channel, thread, name } = where
      if (channel === thread || (await openThread(channel, thread, name))) {
        try {
          return await post(thread, payload, key)
        } catch (error) {
          if (channel === thread || !hasCode(error, unknownChannel)) throw error
          threads.set(thread, false)
        }
      }
      const reference = { message_id: thread, fail_if_not_exists: false }
      return post(channel, payload, key, { message_reference: reference })
    },
    async directChannel(user: string): Promise<string> {
      const known = directChannels.get(user)
      if (known) return known
      const opened = (await rest.post('/users/@me/channels', { body: { recipient_id: user } })) as Sent
      if (directChannels.size > 20_000) directChannels.clear()
      directChannels.set(user, opened.id)
      return opened.id
    },
    rememberDirect: (user: string, channel: string) => directChannels.set(user, channel),
    /** Answers an interaction itself: within three seconds, once. */
    async callback({ id, token }: { readonly id: string; readonly token: string }, body: unknown) {
      await interactions.post(`/interactions/${id}/${token}/callback`, { body, auth: false })
    },
    async editOriginal(application: string, token: string, payload: DiscordPayload, key?: string) {
      const sent = await inEitherForm(payload, key, false, (body) =>
        interactions.patch(`/webhooks/${application}/${token}/messages/@original`, { body, auth: false }),
      )
      return (sent as Sent | undefined)?.id ?? '@original'
    },
    async followUp(
      application: string,
      token: string,
      payload: DiscordPayload,
      ephemeral: boolean,
      key?: string,
    ) {
      const sent = await inEitherForm(payload, key, ephemeral, (body) =>
        interactions.post(`/webhooks/${application}/${token}`, { body, auth: false }),
      )
      return (sent as Sent).id
    },
    /** Whether "… is thinking" still stands where the answer should. */
    async isThinking(application: string, token: string): Promise<boolean> {
      const path = `/webhooks/${application}/${token}/messages/@original` as const
      const found = (await interactions.get(path, { auth: false })) as { readonly flags?: number }
      return ((found.flags ?? 0) & loading) !== 0
    },
    edit: (channel: string, message: string, payload: DiscordPayload, key?: string) =>
      inEitherForm(payload, key, false, (body) =>
        rest.patch(`/channels/${channel}/messages/${message}`, { body }),
      ),
  }
}

export type Calls = ReturnType<typeof createCalls>

/** Ids of buttons tell which delivery they belong to, where there is room for it. */
function stamped({ components }: DiscordPayload, key: string | undefined) {
  if (key === undefined) return components
  const mark = (id: string) => {
    const full = id.startsWith(`${replyMark}:`) ? `${replyMark}${key}:${id.slice(replyMark.length + 1)}` : id
    return full.length <= limits.customId ? full : id
  }
  return components.map((one) =>
    one.type === 1
      ? { ...one, components: one.components.map((part) => ({ ...part, custom_id: mark(part.custom_id) })) }
      : one,
  )
}

/** A message of plain words that only the person sees: the whole answer to an interaction. */
export function whisper(text: string): unknown {
  return {
    type: 4,
    data: { content: clip(text, limits.content), flags: ephemeralFlag, allowed_mentions: nobody },
  }
}

/** A reply that only the person sees. */
export function shownAlone({ components }: DiscordPayload): unknown {
  return { type: 4, data: { components, flags: ephemeralFlag | newComponents, allowed_mentions: nobody } }
}

/** "Salus is thinking", for the person alone or in their direct conversation. */
export function thinking(ephemeral: boolean): unknown {
  return { type: 5, data: ephemeral ? { flags: ephemeralFlag } : {} }
}

/** A press that was heard; nothing is shown. */
export const heard: unknown = { type: 6 }
