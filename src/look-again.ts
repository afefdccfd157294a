import { textOf } from './core/inbound.ts'
import type { Bus, Clock, Receive, Store } from './core/ports.ts'
import type { SecondOpinion } from './second-opinion/second-opinion.ts'

/** What a person said before counts for this long, ms. */
const momentMs = 5 * 60_000
/** Messages waiting for a second opinion; more are left to the rules alone, which have judged them already. */
const waitingAtMost = 200
/** Conversations whose last words are held, in memory alone. */
const rememberedConversations = 2_000

export interface LookAgainParts {
  readonly opinion: SecondOpinion
  readonly store: Pick<Store, 'enqueue'>
  readonly bus: Bus
  readonly clock: Clock
  readonly report: (code: string, error: unknown) => void
}

/**
 * Lets a second opinion raise what the rules did not. It comes after the message was taken in and acknowledged: it
 * delays nothing, and when it fails the rules stand.
 */
export function lookAgain(receive: Receive, parts: LookAgainParts): Receive {
  const { opinion, store, bus, clock } = parts
  const moments = new Map<string, readonly { readonly at: number; readonly text: string }[]>()
  let waiting = 0

  function saidIn(conversation: string, text: string): readonly string[] {
    const now = clock.now()
    const recent = (moments.get(conversation) ?? []).filter(({ at }) => now - at < momentMs)
    const said = [...recent, { at: now, text }].slice(-4)
    moments.delete(conversation)
    moments.set(conversation, said)
    const [oldest] = moments.keys()
    if (moments.size > rememberedConversations && oldest !== undefined) moments.delete(oldest)
    return said.map((one) => one.text)
  }

  return async (message) => {
    const arrival = await receive(message)
    const text = textOf(message.body)?.trim()
    if (arrival.kind !== 'stored' || arrival.status !== 'accepted' || !text) return arrival
    const said = saidIn(message.conversation.key, text)
    if (waiting >= waitingAtMost) return arrival
    waiting++
    void opinion(said, arrival.assessment)
      .then(async (raised) => {
        if (!raised) return
        await store.enqueue({
          key: `second-opinion/${arrival.inboxId}`,
          conversation: message.conversation.key,
          payload: { kind: 'assessment_raised', of: arrival.inboxId, assessment: raised },
          level: raised.level,
          at: clock.now(),
        })
        bus.publish('alarm', { contactId: arrival.contactId, inboxId: arrival.inboxId })
      })
      .catch((error: unknown) => parts.report('second_opinion_failed', error))
      .finally(() => {
        waiting--
      })
    return arrival
  }
}
