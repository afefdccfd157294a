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
  // chat.update: https://docs.slack.dev/reference/methods/chat.update
  editSent: true,
  // A bot token deletes only what the bot posted: https://docs.slack.dev/reference/methods/chat.delete
  removeMemberMessage: 'none',
}

/** Limits of Block Kit: https://docs.slack.dev/reference/block-kit/blocks and .../block-elements. */
export const limits = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  elementsPerActions: 25,
  optionsPerSelect: 100,
  groupsPerSelect: 100,
  buttonText: 75,
  buttonValue: 2_000,
  optionText: 75,
  optionValue: 150,
  placeholder: 150,
  blockId: 255,
  headerText: 150,
  sectionText: 3_000,
  altText: 2_000,
  /** Title and buttons of a form. */
  modalText: 24,
  inputLabel: 2_000,
  inputText: 3_000,
  /** What a form carries along. */
  viewMetadata: 3_000,
  suggestedPrompts: 4,
  /** Titles asked for, for a menu of all. */
  topics: 2_000,
  /** What one rich text block of ours holds, so that a message stays under its whole. */
  richText: 3_000,
  /** Publisher and title of one source: what is longer is no title. */
  sourceText: 300,
  /** One message's blocks as JSON, below the 13,200 and 12,000 that Slack refuses or cuts at. */
  messageText: 10_000,
  fallbackText: 4_000,
} as const
