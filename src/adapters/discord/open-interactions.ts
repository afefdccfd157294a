import type { ConversationKey, DeliveryKey, InboxId } from '../../core/ids.ts'
import { tokenLivesMs } from './limits.ts'

/** "Salus is thinking" is taken away after this long when no answer came, ms. */
export const thinkingMs = 20_000

/** An interaction that can still be answered. */
export interface OpenInteraction {
  readonly id: string
  readonly token: string
  readonly at: number
  readonly conversation: ConversationKey
  readonly locale?: string
  /** Whether "… is thinking" stands there and must be replaced. */
  thinking: boolean
  /** Whether only the person sees what is said by it. */
  hidden: boolean
  /** The turn that answers it. */
  inboxId?: InboxId
  /** Settles when the message was taken in. */
  taken?: Promise<unknown>
}

/** What is needed to complete an interaction. */
export interface Waiting {
  readonly token: string
  readonly at: number
}

/** Interactions that wait for their answers; each is completed, whatever becomes of its turn. */
export function createOpenInteractions(now: () => number) {
  /** Oldest first. */
  const open = new Map<string, OpenInteraction>()
  const places = new Map<ConversationKey, OpenInteraction[]>()

  /** Lets go of those whose token ended. */
  function sweep(): void {
    const ended = now() - tokenLivesMs
    for (const [id, one] of open) {
      if (one.at > ended) return
      open.delete(id)
      const left = places.get(one.conversation)?.filter((each) => each !== one) ?? []
      if (left.length > 0) places.set(one.conversation, left)
      else places.delete(one.conversation)
    }
  }

  const of = (conversation: ConversationKey): readonly OpenInteraction[] => {
    sweep()
    return places.get(conversation) ?? []
  }

  return {
    add(one: OpenInteraction): OpenInteraction {
      sweep()
      open.set(one.id, one)
      places.set(one.conversation, [...(places.get(one.conversation) ?? []), one])
      return one
    },
    /** The interaction that a delivery answers: its turn's, else none. */
    async answeredBy(conversation: ConversationKey, key: DeliveryKey): Promise<OpenInteraction | undefined> {
      const found = of(conversation)
      // The turn may run before its interaction knows of it.
      await Promise.allSettled(found.map(({ taken }) => taken))
      return found.find(({ inboxId }) => inboxId !== undefined && key.startsWith(`${inboxId}/`))
    },
    /** The newest one of a conversation: more can be said by it. */
    newest: (conversation: ConversationKey): OpenInteraction | undefined => of(conversation).at(-1),
    /** Those over which "is thinking" stood long enough. */
    overdue: (): readonly OpenInteraction[] =>
      [...open.values()].filter((one) => one.thinking && now() - one.at >= thinkingMs),
    /** What must be completed after a restart. */
    unanswered(): readonly Waiting[] {
      sweep()
      return [...open.values()].filter((one) => one.thinking).map(({ token, at }) => ({ token, at }))
    },
  }
}
