import type { ChannelName, ConversationRef } from './inbound.ts'

/** What those who administer a room decided about Salus there; all off until they do. */
export interface RoomSettings {
  /** The safety watch: what is not addressed to Salus is judged in memory, and taken in from `urgent` up alone. */
  readonly watch: boolean
  /** Routine answers may be seen by everybody where the platform would show them to the person alone. */
  readonly public: boolean
  /** Salus says nothing there but the fixed public safety line: every answer goes to the person alone. */
  readonly quiet: boolean
  /** Even to ask here tells something of a person: every answer is private, and the room hears only where it went. */
  readonly sensitive: boolean
}

export const roomAsItComes: RoomSettings = { watch: false, public: false, quiet: false, sensitive: false }

/**
 * The room of a shared place, as its adapter names it to `ChannelHost.roomSettings`. Adapters put it into the route
 * under `room`; a direct conversation has none.
 */
export function roomOf({ route }: Pick<ConversationRef, 'route'>): string | undefined {
  return typeof route.room === 'string' && route.room !== '' ? route.room : undefined
}

/** Where a room's settings are kept. */
export function roomSettingId(channel: ChannelName, room: string): string {
  return `${channel}/${room}`
}
