import type { ChannelCapabilities } from '../../core/ports.ts'

/** A terminal: one person, nothing to acknowledge, nobody else reads. */
export const capabilities: ChannelCapabilities = {
  displayName: 'This computer',
  privateReply: 'persistent',
  openDirect: 'always',
  threads: false,
  ackWithinMs: 0,
  maxChoices: 9,
  maxTextChars: 20_000,
  idempotentSend: 'none',
  // A terminal takes nothing back.
  editSent: false,
  // There is no shared place.
  removeMemberMessage: 'none',
}
