import type { ConversationKey, DeliveryKey } from '../core/ids.ts'
import type { Bus, Clock, Store } from '../core/ports.ts'
import { entryOf, readHistory } from './history.ts'
import type { EventStream } from './sse.ts'

/** An alarm overtakes: what it overtook may arrive this much later in the order, sequence numbers (ten turns). */
const overtaken = 10_000

export interface ChatStreamParts {
  readonly chat: {
    onSent(conversation: ConversationKey, listener: (key: DeliveryKey) => Promise<void>): () => void
  }
  readonly store: Pick<Store, 'transcript' | 'deliveriesSince'>
  readonly bus: Bus
  readonly clock: Clock
  readonly report: (code: string, error: unknown) => void
}

/**
 * Sends a conversation's replies to an open page: first what was sent after `after`, then each as it is sent. Those
 * sent by this process come from the channel itself, those of another process by the bus; each goes out once.
 */
export async function attachChatStream(
  parts: ChatStreamParts,
  stream: EventStream,
  conversation: ConversationKey,
  after: number,
): Promise<void> {
  const { chat, store, bus, clock } = parts
  const seen = new Set<string>()
  let newest = after

  const push = async (key: DeliveryKey) => {
    if (seen.has(key) || stream.gone.aborted) return
    const [row] = (await store.deliveriesSince(conversation, Math.max(0, newest - overtaken))).filter(
      (delivery) => delivery.key === key,
    )
    if (!row || seen.has(key)) return
    seen.add(key)
    newest = Math.max(newest, row.sequence)
    stream.send('message', entryOf(row, clock.now()), row.sequence)
  }
  // A page that could not be told reads it when it asks for its history; the delivery counts all the same.
  const tell = (key: DeliveryKey) => push(key).catch((error: unknown) => parts.report('stream_failed', error))

  const offSent = chat.onSent(conversation, tell)
  const offDelivered = bus.subscribe('delivered', (data) => {
    if (data.conversation === conversation && !data.failed) void tell(data.key as DeliveryKey)
  })
  stream.gone.addEventListener('abort', () => {
    offSent()
    offDelivered()
  })
  try {
    for (const entry of await readHistory(store, conversation)) {
      if (entry.sequence === undefined || seen.has(entry.key)) continue
      seen.add(entry.key)
      if (entry.sequence <= after) continue
      newest = Math.max(newest, entry.sequence)
      stream.send('message', entry, entry.sequence)
    }
    stream.send('ready', {})
  } catch (error) {
    parts.report('stream_failed', error)
    stream.end()
  }
}
