import { plainText } from '../src/adapters/shared/plain-text.ts'
import { asId, type ConversationKey, type DeliveryKey, type Urn } from '../src/core/ids.ts'
import type { ConversationRef, InboundBody, InboundMessage } from '../src/core/inbound.ts'
import type { Arrival, ChannelAdapter, ChannelCapabilities, Receive, SendOutcome } from '../src/core/ports.ts'
import type { RenderedPart } from '../src/core/reply.ts'
import { localWorkspace } from '../src/open-state.ts'
import type { FixedClock } from './world.ts'

/** Something that the room's platform was asked to do. */
export interface RoomAct {
  readonly act: 'sent' | 'edited' | 'removed'
  /** `room`: everybody reads it; `direct`: the person alone. */
  readonly place: 'room' | 'direct'
  readonly who: string
  readonly text: string
  readonly id: string
  /** Of the choices below it. */
  readonly values: readonly string[]
}

export interface RoomAdapter extends ChannelAdapter {
  /** Somebody does something in the room, or in their direct conversation. */
  does(body: InboundBody, how?: Partial<InboundMessage> & Does): Promise<Arrival>
  writes(text: string, how?: Partial<InboundMessage> & Does): Promise<Arrival>
  ref(surface: 'group' | 'direct', who?: string): ConversationRef
  message(body: InboundBody, how?: Partial<InboundMessage> & Does): InboundMessage
  /** What was done since the last call. */
  acts(): readonly RoomAct[]
  /** What every send comes to; `sent` until it is set. */
  outcome: SendOutcome | undefined
}

interface Does {
  readonly who?: string
  readonly surface?: 'group' | 'direct'
}

export const roomCapabilities: ChannelCapabilities = {
  displayName: 'The room',
  privateReply: 'persistent',
  openDirect: 'always',
  threads: false,
  ackWithinMs: 0,
  maxChoices: 25,
  maxTextChars: 20_000,
  idempotentSend: 'none',
  editSent: true,
  removeMemberMessage: 'with-permission',
}

/** A platform with one room, direct conversations, edits and removals, without a network. */
export function createRoomAdapter(
  clock: FixedClock,
  capabilities: Partial<ChannelCapabilities> = {},
): RoomAdapter {
  let receive: Receive | undefined
  let count = 0
  let done: RoomAct[] = []
  const refOf = (surface: 'group' | 'direct', who = 'person'): ConversationRef => ({
    key: asId<ConversationKey>(`room:${surface}:${who}`),
    workspace: localWorkspace,
    channel: 'console',
    surface,
    route: surface === 'group' ? { room: 'lobby', who } : { who },
  })
  const act = (what: RoomAct['act'], of: ConversationRef, id: string, part?: RenderedPart): SendOutcome => {
    if (adapter.outcome) return adapter.outcome
    const place = of.surface === 'direct' ? 'direct' : 'room'
    const { values = [] } = (part?.payload ?? {}) as { values?: string[] }
    done.push({ act: what, place, who: String(of.route.who), text: part?.plain ?? '', id, values })
    return { kind: 'sent', externalId: id }
  }
  const adapter: RoomAdapter = {
    name: 'console',
    capabilities: { ...roomCapabilities, ...capabilities },
    outcome: undefined,
    async start(into) {
      receive = into
    },
    async stop() {
      receive = undefined
    },
    render: (reply) => [
      {
        payload: {
          values: reply.elements.flatMap((one) =>
            one.kind === 'choices' ? one.options.map(({ value }) => value) : [],
          ),
        },
        plain: plainText(reply),
      },
    ],
    send: async (to, part: RenderedPart, _via, key: DeliveryKey) => act('sent', to, key, part),
    editSent: async (to, externalId, part) => act('edited', to, externalId, part),
    removeMessage: async (of, externalId) => act('removed', of, externalId),
    directOf: (of) => refOf('direct', String(of.route.who)),
    openDirect: async () => undefined,
    ref: refOf,
    message(body, { who = 'person', surface = 'group', ...more } = {}) {
      return {
        externalId: `m${++count}`,
        conversation: refOf(surface, who),
        sender: { urn: asId<Urn>(`room:${who}`) },
        receivedAt: new Date(clock.now()),
        body,
        ...more,
      }
    },
    async does(body, how) {
      if (!receive) throw new Error('the room is not started')
      clock.advance(1_000)
      return receive(adapter.message(body, how))
    },
    writes: (text, how) => adapter.does({ kind: 'text', text }, how),
    acts() {
      const acts = done
      done = []
      return acts
    },
  }
  return adapter
}
