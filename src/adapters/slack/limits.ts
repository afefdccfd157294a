import type { ChannelCapabilities } from '../../core/ports.ts'

/** https://docs.slack.dev/apis/events-api and https://docs.slack.dev/reference/methods/chat.postMessage */
export const capabilities: ChannelCapabilities = {
  displayName: 'Slack',
  privateReply: 'persistent',
  openDirect: 'always',
  threads: true,
  ackWithinMs: 3_000,
  maxChoices: 100,
  maxTextChars: 12_000,
  // Message metadata carries our key, and the history can be read back.
  idempotentSend: 'lookup',
}

/** Limits of Block Kit: https://docs.slack.dev/reference/block-kit/blocks and .../block-elements. */
export const limits = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  elementsPerActions: 25,
  optionsPerSelect: 100,
  buttonText: 75,
  buttonValue: 2_000,
  optionText: 75,
  optionValue: 150,
  placeholder: 150,
  actionId: 255,
  blockId: 255,
  headerText: 150,
  sectionText: 3_000,
  altText: 2_000,
  /** What one rich text block of ours holds, so that a message stays under its whole. */
  richText: 3_000,
  /** Sum of the texts of one message, below the 12,000 and 40,000 that clients and API cut at. */
  messageText: 10_000,
  fallbackText: 4_000,
} as const
