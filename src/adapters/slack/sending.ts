import { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { ConversationRef } from '../../core/inbound.ts'
import type { SendOutcome } from '../../core/ports.ts'
import type { RenderedPart } from '../../core/reply.ts'
import { type Client, isRefusal, outcomeOf } from './client.ts'
import { limits } from './limits.ts'
import type { SlackInstalled, SlackPlace } from './parse.ts'
import { replyBlock, type SlackPayload } from './render.ts'
import { clip, escapeText } from './text.ts'

/** Messages, and time, looked back through for one that may have arrived. */
const lookBack = 100
const lookBackMs = 2 * 60 * 60_000

/** Tried again after this while tokens cannot be read, ms. */
const absentMs = 2_000

export type ClientOf = (place: Pick<SlackPlace, 'team' | 'enterprise'>) => Promise<Client | undefined>

/** Posts what Salus says, and looks for what may have arrived. */
export function createSending(parts: { readonly clientOf: ClientOf; readonly now: () => number }) {
  const { clientOf } = parts

  async function recentIn(to: ConversationRef) {
    const { user, channel, thread, ...tenant } = routeOf(to)
    const client = await clientOf(installedAt(to, tenant))
    const where = client && to.surface === 'direct' ? await directChannel(client, user, channel) : channel
    if (!client || !where) return undefined
    // A thread is read from its beginning: only what is new of it is asked for.
    const oldest = String((parts.now() - lookBackMs) / 1_000)
    const asked = { channel: where, limit: lookBack, oldest, include_all_metadata: true }
    const { messages } = thread
      ? await client.conversations.replies({ ...asked, ts: thread })
      : await client.conversations.history(asked)
    return messages
  }

  return {
    async post(ref: ConversationRef, payload: SlackPayload, key: string): Promise<SendOutcome> {
      const { user, thread, channel, ...tenant } = routeOf(ref)
      let client: Client | undefined
      try {
        client = await clientOf(installedAt(ref, tenant))
      } catch {
        // Nothing was sent: the token could not be read.
        return { kind: 'retry', afterMs: absentMs }
      }
      if (!client) return { kind: 'unreachable', reason: 'not_installed' }
      try {
        const where = ref.surface === 'direct' ? await directChannel(client, user, channel) : channel
        if (!where) return { kind: 'unreachable', reason: 'closed_direct' }
        const message = {
          channel: where,
          ...(thread ? { thread_ts: thread } : {}),
          unfurl_links: false,
          unfurl_media: false,
          metadata: metadataOf(key),
        }
        const blocks = payload.blocks.length > 0 ? { blocks: stamped(payload, key) } : {}
        const sent = await client.chat
          .postMessage({ ...message, text: payload.text, ...blocks })
          .catch((error: unknown) => {
            if (!areBlocksRefused(error)) throw error
            return client.chat.postMessage({ ...message, text: inWords(payload), mrkdwn: false })
          })
        // Its channel names a person to whoever administers Slack: the time stamp alone is kept.
        return { kind: 'sent', externalId: String(sent.ts) }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    /** Whether a direct conversation opens with somebody; where that is not known it may. */
    async opens({ user, ...tenant }: SlackPlace): Promise<boolean> {
      try {
        const client = await clientOf(tenant)
        return client === undefined || (await directChannel(client, user, '')) !== undefined
      } catch (error) {
        return outcomeOf(error).kind !== 'unreachable'
      }
    },
    /** Replaces what was sent before. */
    async edit(
      to: ConversationRef,
      externalId: string,
      part: RenderedPart,
      key: string,
    ): Promise<SendOutcome> {
      const { user, channel, ...tenant } = routeOf(to)
      const payload = part.payload as unknown as SlackPayload
      try {
        const client = await clientOf(installedAt(to, tenant))
        if (!client) return { kind: 'unreachable', reason: 'not_installed' }
        const where = to.surface === 'direct' ? await directChannel(client, user, channel) : channel
        if (!where) return { kind: 'unreachable', reason: 'unknown_route' }
        const now = { channel: where, ts: externalId, text: payload.text, blocks: stamped(payload, key) }
        await client.chat.update({ ...now, metadata: metadataOf(key) })
        return { kind: 'sent', externalId }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    async find(
      to: ConversationRef,
      key: string,
    ): Promise<{ readonly externalId: string } | 'absent' | 'unknown'> {
      const messages = await recentIn(to).catch(() => undefined)
      // Where the history cannot be read that must not hold back a word that may be urgent.
      if (!messages) return 'unknown'
      const found = messages.find(({ metadata }) => {
        const payload = (metadata as { event_payload?: { key?: string } } | undefined)?.event_payload
        return payload?.key === key
      })
      return found?.ts ? { externalId: found.ts } : 'absent'
    },
  }
}

/** A direct conversation is opened by asking for it; its channel is known once somebody wrote there. */
async function directChannel(client: Client, user: string, channel: string): Promise<string | undefined> {
  if (channel.startsWith('D')) return channel
  try {
    const opened = await client.conversations.open({ users: user })
    return opened.channel?.id
  } catch (error) {
    // Slack has many words for a person whom it lets nobody write to: none of them will open it later.
    if (isRefusal(error)) return undefined
    throw error
  }
}

/** The blocks alone are at fault: what they say can still be sent as words. */
function areBlocksRefused(error: unknown): boolean {
  return (
    error instanceof webApi.WebAPIPlatformError &&
    ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long'].includes(error.data.error)
  )
}

/** Everything that a message says, without its form: a line for each of its pieces. */
function inWords({ text, blocks }: SlackPayload): string {
  const inline = ['rich_text_section', 'rich_text_quote']
  const wordsOf = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(wordsOf)
    if (typeof value !== 'object' || value === null) return []
    const { type, text: said, ...rest } = value as Readonly<Record<string, unknown>>
    const inner = Object.values(rest).flatMap(wordsOf)
    const all = typeof said === 'string' ? [said, ...inner] : [...wordsOf(said), ...inner]
    return inline.includes(String(type)) ? [all.join('')] : all
  }
  const said = wordsOf(blocks).join('\n').trim()
  return said === '' ? text : clip(escapeText(said), limits.fallbackText)
}

/** Our key, by which a message is found again. */
function metadataOf(key: string) {
  return { event_type: 'salus_delivery', event_payload: { key } }
}

/** Buttons tell which delivery they belong to. */
function stamped({ blocks }: SlackPayload, key: string) {
  return blocks.map((block) =>
    block.type === 'actions' && block.block_id?.startsWith(replyBlock)
      ? { ...block, block_id: `${block.block_id}:${key}` }
      : block,
  )
}

/** Whose bot speaks there: in a channel shared by two workspaces that may be the other's. */
function installedAt(
  { surface }: Pick<ConversationRef, 'surface'>,
  { via, ...own }: Pick<SlackPlace, 'team' | 'enterprise' | 'via'>,
): SlackInstalled {
  return surface === 'direct' ? own : (via ?? own)
}

const installed = z.looseObject({ team: z.string(), enterprise: z.string().optional() })

export function routeOf(ref: ConversationRef): SlackPlace {
  const { team, enterprise, user, channel, thread, zone } = ref.route
  const via = installed.safeParse(ref.route.via).data
  return {
    team: String(team),
    user: String(user),
    channel: typeof channel === 'string' ? channel : '',
    ...(typeof enterprise === 'string' ? { enterprise } : {}),
    ...(via ? { via: { team: via.team, ...(via.enterprise ? { enterprise: via.enterprise } : {}) } } : {}),
    ...(typeof thread === 'string' ? { thread } : {}),
    ...(typeof zone === 'string' ? { zone } : {}),
  }
}
