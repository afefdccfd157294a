import { rank } from '../core/assessment.ts'
import type { DomainEvent } from '../core/events.ts'
import type { ConversationRef } from '../core/inbound.ts'
import type { ChannelCapabilities } from '../core/ports.ts'
import type { RoomSettings } from '../core/room.ts'

/**
 * Where a reply is delivered. `here`: where the person wrote. `direct`: their own direct conversation. `private`: where
 * they wrote, so that only they see it, on a platform that has no direct conversation.
 */
export type Place = 'here' | 'direct' | 'private'

interface Setting {
  readonly surface: ConversationRef['surface']
  /** Whether an answer in public would tell others something about the person. */
  readonly visibility: 'public' | 'private'
  readonly capabilities: Pick<ChannelCapabilities, 'privateReply'>
  readonly hasDirect: boolean
  readonly room?: RoomSettings
}

/** Nothing personal is said in a shared place, and nothing urgent only where it vanishes. */
export function placesOf(
  { reply, place, level, purpose }: Extract<DomainEvent, { type: 'reply_composed' }>,
  { surface, visibility, capabilities, hasDirect, room }: Setting,
): readonly Place[] {
  if (surface === 'direct') return ['here']
  if (surface === 'ephemeral') {
    const lasts = rank(level) <= rank('urgent') || purpose === 'handoff'
    return lasts && hasDirect ? ['here', 'direct'] : ['here']
  }
  const unseen = room?.quiet === true || room?.sensitive === true
  const kept =
    place === 'private' ||
    reply.audience === 'sender-only' ||
    (reply.audience === 'sender-preferred' && (visibility === 'private' || unseen))
  if (!kept) return ['here']
  if (hasDirect) return ['direct']
  const falls = reply.audience === 'sender-preferred' && !unseen && capabilities.privateReply === 'none'
  return [falls && place !== 'private' ? 'here' : 'private']
}
