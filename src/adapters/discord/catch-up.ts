import type { ChannelHost } from '../../core/channel-host.ts'
import type { ConversationRef } from '../../core/inbound.ts'
import type { Calls } from './calls.ts'
import type { createHeard, Heard } from './heard.ts'
import { hasCode } from './outcome.ts'
import { type DiscordEvent, parseEvent } from './parse.ts'
import type { DiscordPayload } from './render.ts'
import { escapeText } from './text.ts'

/** Longer than that, and people and staff are told that nobody listened, ms. */
const gapMs = 5 * 60_000
/** Messages asked for at once: the most that Discord gives. */
const page = 100
/** Pages of one channel; what lies behind them is too much to be read late. */
const pages = 10
/** Channels that are read at the same time. */
const together = 4
/** Waits before a channel that could not be read is tried again, ms. */
const againAfterMs = [1_000, 5_000]
/** Deleted, left, or none was ever opened: there is nothing to read. */
const nothingThere = [10003, 50001, 50013]

type Message = Extract<DiscordEvent, { kind: 'message' }>

export interface CatchUpParts {
  readonly host: ChannelHost
  readonly calls: Calls
  readonly heard: ReturnType<typeof createHeard>
  readonly now: () => number
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly stopping: AbortSignal
  /** Takes a message in as if it came now; resolves to where it belongs when it was taken in anew. */
  readonly onMessage: (message: Message) => Promise<ConversationRef | undefined>
  /** Whether a staff member has the conversation: then nothing of Salus stands between. */
  readonly owned: (ref: ConversationRef) => Promise<boolean>
  /** Tells each staff room. */
  readonly tellStaff: (text: string, key: string) => Promise<void>
}

/** After a start, or a session that Discord forgot: what was written meanwhile in every open conversation. */
export function createCatchUp(parts: CatchUpParts) {
  const { host, calls, heard, now } = parts

  async function messagesAfter(channel: string, after: string): Promise<readonly unknown[]> {
    for (const wait of [...againAfterMs, undefined]) {
      try {
        return await read(channel, after)
      } catch (error) {
        if (hasCode(error, ...nothingThere)) return []
        if (wait === undefined || parts.stopping.aborted) throw error
        await parts.sleep(wait, parts.stopping)
      }
    }
    return []
  }

  async function read(channel: string, after: string): Promise<readonly unknown[]> {
    const found: { readonly id: string }[] = []
    let from = after
    for (let count = 0; count < pages; count++) {
      const some = await calls.messagesAfter(channel, from, page)
      const inOrder = [...some].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
      found.push(...inOrder)
      from = inOrder.at(-1)?.id ?? from
      if (some.length < page) break
    }
    return found
  }

  async function readOn(channel: string, of: readonly Heard[], self: string, since: number): Promise<void> {
    const [{ guild } = { guild: undefined }] = of
    const after = of.map(({ last }) => last).reduce((a, b) => (BigInt(a) < BigInt(b) ? a : b))
    const written = new Map<string, ConversationRef>()
    for (const given of await messagesAfter(channel, after)) {
      if (parts.stopping.aborted) return
      // History leaves out what a dispatched message says of its place.
      const place = guild ? { guild_id: guild, channel_type: 11 } : { channel_type: 1 }
      const event = parseEvent('MESSAGE_CREATE', { ...(given as object), ...place }, self)
      if ('ignored' in event || event.kind !== 'message') continue
      const ref = await parts.onMessage(event)
      if (ref) written.set(ref.key, ref)
    }
    if (since === 0 || now() - since <= gapMs) return
    for (const ref of written.values()) await tellPerson(channel, ref, since)
  }

  async function tellPerson(channel: string, ref: ConversationRef, since: number): Promise<void> {
    if (await parts.owned(ref)) return
    if (ref.surface !== 'direct') {
      const room = await host.roomSettings(ref.workspace, String(ref.route.room))
      if (room.quiet || room.sensitive) return
    }
    const line: DiscordPayload = {
      components: [{ type: 10, content: escapeText(host.say('channel.discord.was_away')) }],
    }
    await calls.postNotice(channel, line, `gap/${since}/${channel}`)
  }

  return {
    /** `since`: when somebody listened last, epoch ms; 0 if never. */
    async run(self: string, since: number): Promise<void> {
      const open = await heard.open()
      const channels = new Map<string, Heard[]>()
      for (const one of open) channels.set(one.channel, [...(channels.get(one.channel) ?? []), one])
      const list = [...channels]
      const one = async (): Promise<void> => {
        for (let next = list.shift(); next && !parts.stopping.aborted; next = list.shift())
          await readOn(...next, self, since).catch((error: unknown) =>
            host.report('discord_not_caught_up', error),
          )
      }
      const minutes = Math.round((now() - since) / 60_000)
      if (since > 0 && now() - since > gapMs)
        await parts
          .tellStaff(host.say('channel.discord.gap', undefined, { minutes: String(minutes) }), `gap/${since}`)
          .catch((error: unknown) => host.report('discord_gap_not_told', error))
      await Promise.all(Array.from({ length: together }, one))
    },
  }
}
