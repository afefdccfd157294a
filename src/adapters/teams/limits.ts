import type { ChannelCapabilities } from '../../core/ports.ts'

/** https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability */
export const capabilities: ChannelCapabilities = {
  displayName: 'Microsoft Teams',
  privateReply: 'persistent',
  // A personal chat can be opened with whoever installed the app or is in a team that has it.
  openDirect: 'shared-space',
  threads: true,
  // The connector gives up after 15 s and sends the activity again; search and card actions wait 5 s.
  ackWithinMs: 15_000,
  maxChoices: 100,
  maxTextChars: 20_000,
  // A bot cannot read a conversation back.
  idempotentSend: 'none',
  // Update Activity: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
  editSent: true,
  // A bot deletes only what it sent itself.
  removeMemberMessage: 'none',
}

/**
 * Limits of messages and cards. Teams cuts off at 100 KB counted in UTF-16 and recommends 80:
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages. Other ways into Teams
 * allow 28 KB, so that one card of ours stays below that.
 */
export const limits = {
  /** Of one card's JSON, in bytes of UTF-16. */
  cardBytes: 28_000,
  /** Of one message as it goes on the wire, in bytes of UTF-16. */
  messageBytes: 80_000,
  /** Of one text block. */
  text: 3_000,
  /** Buttons in one row; more wrap out of sight on a phone. */
  buttonsPerSet: 6,
  buttonText: 64,
  optionText: 128,
  /** https://adaptivecards.io/explorer: the version that Teams draws on every client. */
  cardVersion: '1.5',
  /** Accounts for which a card refreshes by itself: .../universal-actions-for-adaptive-cards/user-specific-views */
  refreshUsers: 60,
  /** What a notification shows of a card. */
  summary: 1_000,
  /** Results of one search that Teams shows. */
  searchResults: 25,
} as const
