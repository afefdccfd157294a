import type { ChannelCapabilities } from '../../core/ports.ts'

/** The chat page: one person and Salus; what was sent is read back from the outbox, so a second send shows once. */
export const capabilities: ChannelCapabilities = {
  displayName: 'This site',
  privateReply: 'persistent',
  openDirect: 'installed',
  threads: false,
  ackWithinMs: 0,
  maxChoices: 12,
  maxTextChars: 20_000,
  idempotentSend: 'lookup',
  editSent: false,
  removeMemberMessage: 'none',
}
