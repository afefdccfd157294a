import type { ConversationRef } from '../../core/inbound.ts'
import type { SendOutcome } from '../../core/ports.ts'
import type { RenderedPart } from '../../core/reply.ts'
import { type Client, outcomeOf } from './client.ts'
import type { SlackPlace } from './parse.ts'
import { replyBlock, type SlackPayload } from './render.ts'

/** Messages, and time, looked back through for one that may have arrived. */
const lookBack = 100
const lookBackMs = 2 * 60 * 60_000

/** Tried again after this while tokens cannot be read, ms. */
const absentMs = 2_000

export type ClientOf = (place: Pick<SlackPlace, 'team' | 'enterprise'>) => Promise<Client | undefined>

/** Posts what Salus says, and looks for what may have arrived. */
export function createSending(parts: { readonly clientOf: ClientOf; readonly now: () => number }) {
  const { clientOf } = parts
  return {
    async post(ref: ConversationRef, payload: SlackPayload, key: string): Promise<SendOutcome> {
      const { user, thread, channel, ...tenant } = routeOf(ref)
      let client: Client | undefined
      try {
        client = await clientOf(tenant)
      } catch {
        // Nothing was sent: the token could not be read.
        return { kind: 'retry', afterMs: absentMs }
      }
      if (!client) return { kind: 'unreachable', reason: 'not_installed' }
      try {
        const where = ref.surface === 'direct' ? await directChannel(client, user, channel) : channel
        if (!where) return { kind: 'unreachable', reason: 'closed_direct' }
        const sent = await client.chat.postMessage({
          channel: where,
          text: payload.text,
          ...(payload.blocks.length > 0 ? { blocks: stamped(payload, key) } : {}),
          ...(thread ? { thread_ts: thread } : {}),
          unfurl_links: false,
          unfurl_media: false,
          metadata: metadataOf(key),
        })
        // Its channel names a person to whoever administers Slack: the time stamp alone is kept.
        return { kind: 'sent', externalId: String(sent.ts) }
      } catch (error) {
        return outcomeOf(error)
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
        const client = await clientOf(tenant)
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
      const { user, channel, thread, ...tenant } = routeOf(to)
      const client = await clientOf(tenant)
      if (!client) return 'unknown'
      const where = to.surface === 'direct' ? await directChannel(client, user, channel) : channel
      if (!where) return 'unknown'
      // A thread is read from its beginning: only what is new of it is asked for.
      const oldest = String((parts.now() - lookBackMs) / 1_000)
      const asked = { channel: where, limit: lookBack, oldest, include_all_metadata: true }
      const { messages } = thread
        ? await client.conversations.replies({ ...asked, ts: thread })
        : await client.conversations.history(asked)
      const found = messages?.find(({ metadata }) => {
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
  const opened = await client.conversations.open({ users: user })
  return opened.channel?.id
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

export function routeOf(ref: ConversationRef): SlackPlace {
  const { team, enterprise, user, channel, thread, zone } = ref.route
  return {
    team: String(team),
    user: String(user),
    channel: typeof channel === 'string' ? channel : '',
    ...(typeof enterprise === 'string' ? { enterprise } : {}),
    ...(typeof thread === 'string' ? { thread } : {}),
    ...(typeof zone === 'string' ? { zone } : {}),
  }
}
