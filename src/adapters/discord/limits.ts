import type { ChannelCapabilities } from '../../core/ports.ts'

/** https://docs.discord.com/developers/interactions/receiving-and-responding and .../resources/message */
export const capabilities: ChannelCapabilities = {
  displayName: 'Discord',
  // Only an interaction can be answered so that nobody else sees it, and only for a quarter of an hour.
  privateReply: 'interaction-only',
  openDirect: 'shared-space',
  threads: true,
  ackWithinMs: 3_000,
  maxChoices: 125,
  maxTextChars: 4_000,
  // A nonce of ours is enforced: the same message sent twice shows once.
  idempotentSend: 'enforced',
  editSent: true,
  // Manage Messages in the channel: https://docs.discord.com/developers/resources/message#delete-message
  removeMemberMessage: 'with-permission',
}

/** Limits of messages, components, commands and forms: https://docs.discord.com/developers/components/reference */
export const limits = {
  /** Of a message without the newer components. */
  content: 2_000,
  /** What one message of ours says: it must fit the older form, too. */
  messageText: 1_900,
  componentsPerMessage: 40,
  buttonsPerRow: 5,
  optionsPerSelect: 25,
  buttonLabel: 80,
  customId: 100,
  optionLabel: 100,
  optionValue: 100,
  placeholder: 150,
  autocompleteChoices: 25,
  choiceName: 100,
  choiceValue: 100,
  modalTitle: 45,
  inputLabel: 45,
  inputValue: 4_000,
  commandName: 32,
  commandDescription: 100,
  threadName: 100,
  nonce: 25,
  /** Of a picture; Discord allows more of late. */
  altText: 256,
} as const

/** How long an interaction can be answered: 15 minutes less what a slow call takes, ms. */
export const tokenLivesMs = 14.5 * 60_000
