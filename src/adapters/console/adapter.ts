import { asId, type ConversationKey, type Urn, type WorkspaceId } from '../../core/ids.ts'
import type { ConversationRef } from '../../core/inbound.ts'
import type { Arrival, ChannelAdapter, Clock, Random, Receive } from '../../core/ports.ts'
import { capabilities } from './limits.ts'
import { type Offered, parse } from './parse.ts'
import { type ConsolePayload, render } from './render.ts'

export interface ConsoleParts {
  readonly workspace: WorkspaceId
  /** The person at the keyboard: a stable name of this machine's account. */
  readonly account: string
  readonly clock: Clock
  readonly random: Random
  readonly write: (text: string) => void
  /** Said when the database is down, by whether the message was an alarm. */
  readonly outage: (alarm: boolean) => string
}

export interface ConsoleAdapter extends ChannelAdapter {
  /** Takes one typed line in. Resolves when it is durable. */
  type(line: string): Promise<Arrival | undefined>
}

/** Salus in a terminal. */
export function createConsoleAdapter(parts: ConsoleParts): ConsoleAdapter {
  const urn = asId<Urn>(`console:${parts.account}`)
  const ref: ConversationRef = {
    key: asId<ConversationKey>(`console:${parts.workspace}:${parts.account}`),
    workspace: parts.workspace,
    channel: 'console',
    surface: 'direct',
    route: {},
  }
  let receive: Receive | undefined
  let offered: Offered | undefined
  return {
    name: 'console',
    capabilities,
    render,
    async start(into) {
      receive = into
    },
    async stop() {
      receive = undefined
    },
    async type(line) {
      const body = parse(line, offered)
      if ('ignored' in body || !receive) return undefined
      const arrival = await receive({
        externalId: parts.random.id(),
        conversation: ref,
        sender: { urn },
        receivedAt: new Date(parts.clock.now()),
        body,
      })
      if (arrival.kind === 'spilled') {
        const { level } = arrival.assessment
        parts.write(parts.outage(level === 'emergency' || level === 'crisis'))
      }
      return arrival
    },
    async send(_to, part, _via, key) {
      const { text, choices } = part.payload as unknown as ConsolePayload
      offered = { replyTo: key, choices }
      parts.write(text)
      return { kind: 'sent', externalId: key }
    },
    async openDirect(to) {
      return to === urn ? ref : undefined
    },
  }
}
