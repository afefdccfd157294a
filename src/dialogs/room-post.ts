import { createHash } from 'node:crypto'
import type { RoomPost } from '../core/events.ts'
import { asId, type DeliveryKey } from '../core/ids.ts'
import type { ConversationRef } from '../core/inbound.ts'
import { roomOf } from '../core/room.ts'
import type { TurnContext } from '../core/turn.ts'

/** A post in a room about something, once a day for each room, whoever has it posted. */
export function roomPost(turn: TurnContext, ref: ConversationRef, about: string): RoomPost {
  const day = new Date(turn.now).toISOString().slice(0, 10)
  const { workspace, channel } = turn.conversation.ref
  // Keys stand in the clear: the room is not named.
  const room = createHash('sha256')
    .update(`${workspace}\n${channel}\n${roomOf(ref) ?? ref.key}`)
    .digest('base64url')
    .slice(0, 22)
  return { ref, once: asId<DeliveryKey>(`claim.${room}.${about}.${day}`) }
}
