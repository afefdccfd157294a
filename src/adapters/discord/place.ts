import { createHash } from 'node:crypto'
import { asId, type ConversationKey, type Urn, type WorkspaceId } from '../../core/ids.ts'
import type { ConversationRef } from '../../core/inbound.ts'
import type { JsonObject } from '../../core/json.ts'

/** Where and by whom something was done on Discord. */
export interface DiscordPlace {
  /** Absent in a direct conversation. */
  readonly guild?: string
  readonly channel: string
  readonly user: string
  /** The thread that answers go to: one that is there, or the message that it will be opened under. */
  readonly thread?: string
  /** The channel whose settings count: a thread's own is the channel that it hangs in. */
  readonly room?: string
}

/** An account; Discord numbers it for all servers alike. */
export function urnOf({ user }: Pick<DiscordPlace, 'user'>): Urn {
  return asId<Urn>(`discord:${user}`)
}

/** The person's direct conversation: its channel is opened when something is sent. */
export function directRef(
  workspace: WorkspaceId,
  { user, channel }: { readonly user: string; readonly channel?: string },
): ConversationRef {
  const route = { user, ...(channel ? { channel } : {}) }
  return { key: keyOf(workspace, 'direct', user), workspace, channel: 'discord', surface: 'direct', route }
}

/** One person's part of a thread. */
export function threadRef(workspace: WorkspaceId, place: DiscordPlace): ConversationRef {
  const { guild, channel, user, thread, room = channel } = place
  return {
    key: keyOf(workspace, `${guild ?? ''}/${thread ?? channel}`, user),
    workspace,
    channel: 'discord',
    surface: 'thread',
    route: { user, channel, room, ...(guild ? { guild } : {}), ...(thread ? { thread } : {}) },
  }
}

/** What was asked by a command in a room that allows answers for everybody. */
export function openRef(
  workspace: WorkspaceId,
  place: DiscordPlace,
  token: { readonly value: string; readonly at: number },
): ConversationRef {
  const ref = threadRef(workspace, place)
  return { ...ref, route: { ...ref.route, token: token.value, tokenAt: token.at } }
}

/** What only the person sees in a channel of a server. The token answers for a quarter of an hour. */
export function ephemeralRef(
  workspace: WorkspaceId,
  { guild, channel, user, room = channel }: DiscordPlace,
  token: { readonly value: string; readonly at: number },
): ConversationRef {
  return {
    key: keyOf(workspace, `${guild ?? ''}/${channel}/ephemeral`, user),
    workspace,
    channel: 'discord',
    surface: 'ephemeral',
    route: { user, channel, room, ...(guild ? { guild } : {}), token: token.value, tokenAt: token.at },
  }
}

/** What a route holds, however it was stored. */
export function placeOf({ route }: { readonly route: JsonObject }): DiscordPlace {
  const { guild, channel, user, thread, room } = route
  return {
    user: String(user),
    channel: typeof channel === 'string' ? channel : '',
    ...(typeof guild === 'string' ? { guild } : {}),
    ...(typeof thread === 'string' ? { thread } : {}),
    ...(typeof room === 'string' ? { room } : {}),
  }
}

/** Keys stand in the clear: they must name nobody. */
function keyOf(...parts: readonly string[]): ConversationKey {
  const hash = createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 32)
  return asId<ConversationKey>(`discord:${hash}`)
}
