import type { CaseCard } from '../../core/channel-host.ts'

/** A case for a room that others than staff may read: who waits and how urgently, but not what it is about. */
export function withoutTopic(card: CaseCard): CaseCard {
  return { ...card, topic: '', words: { ...card.words, title: card.pseudonym } }
}
