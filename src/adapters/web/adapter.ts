import type { ConversationKey, DeliveryKey, WorkspaceId } from '../../core/ids.ts'
import type { Arrival, ChannelAdapter, Clock, Receive, Store } from '../../core/ports.ts'
import { capabilities } from './limits.ts'
import { parse } from './parse.ts'
import { render } from './render.ts'
import { sessionOf } from './session.ts'

export interface WebParts {
  readonly workspace: WorkspaceId
  readonly clock: Clock
  readonly store: Pick<Store, 'deliveriesSince'>
}

/** What became of a post: taken in, or nothing that could be a message. */
export type Posted = Arrival | { readonly kind: 'invalid'; readonly why: 'shape' | 'empty' }

export interface WebAdapter extends ChannelAdapter {
  /** The conversation of a visitor's token. */
  conversationOf(token: string): ConversationKey
  /** Takes in what a visitor's page posted. Resolves when it is durable; rejects when it could not be kept at all. */
  post(token: string, json: unknown): Promise<Posted>
  /** Called for each part as it is sent, before it counts as sent. Returns the way to stop listening. */
  onSent(conversation: ConversationKey, listener: (key: DeliveryKey) => Promise<void>): () => void
}

/**
 * The chat page's channel. The outbox row is what the page reads, after a reload too, so a part counts as sent once
 * the open pages have been told; a page that is closed reads it when it opens.
 */
export function createWebAdapter(parts: WebParts): WebAdapter {
  const { workspace, clock, store } = parts
  const listeners = new Map<ConversationKey, Set<(key: DeliveryKey) => Promise<void>>>()
  let receive: Receive | undefined
  return {
    name: 'web',
    capabilities,
    render,
    async start(into) {
      receive = into
    },
    async stop() {
      receive = undefined
    },
    conversationOf: (token) => sessionOf(workspace, token).ref.key,
    async post(token, json) {
      const parsed = parse(json)
      if ('invalid' in parsed) return { kind: 'invalid', why: parsed.invalid }
      if (!receive) throw new Error('the web adapter is not started')
      const { urn, ref } = sessionOf(workspace, token)
      return receive({
        externalId: parsed.externalId,
        conversation: ref,
        sender: { urn },
        receivedAt: new Date(clock.now()),
        body: parsed.body,
      })
    },
    onSent(conversation, listener) {
      const present = listeners.get(conversation) ?? new Set()
      listeners.set(conversation, present)
      present.add(listener)
      return () => {
        present.delete(listener)
        if (present.size === 0 && listeners.get(conversation) === present) listeners.delete(conversation)
      }
    },
    async send(to, _part, _via, key) {
      await Promise.all([...(listeners.get(to.key) ?? [])].map((listener) => listener(key)))
      return { kind: 'sent', externalId: key }
    },
    async find(to, key) {
      const rows = await store.deliveriesSince(to.key, 0)
      return rows.some((row) => row.key === key) ? { externalId: key } : 'absent'
    },
    async openDirect() {
      // A visitor is reached in the conversation that they opened, and nowhere else.
      return undefined
    },
  }
}
