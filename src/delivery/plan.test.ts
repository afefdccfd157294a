import { describe, expect, it } from 'vitest'
import type { DialogFrame } from '../core/conversation.ts'
import type { DomainEvent } from '../core/events.ts'
import { asId } from '../core/ids.ts'
import type { ConversationRef } from '../core/inbound.ts'
import type { ChannelAdapter } from '../core/ports.ts'
import type { Claim } from '../core/records.ts'
import type { Reply } from '../core/reply.ts'
import type { TurnInput } from '../core/turn.ts'
import { createPlan } from './plan.ts'

const ref = (key: string, surface: ConversationRef['surface']): ConversationRef => ({
  key: asId(key),
  workspace: asId('w'),
  channel: 'console',
  surface,
  route: {},
})
const adapter = {
  capabilities: { privateReply: 'persistent' },
  render: (reply: Reply) => reply.elements.map(() => ({ payload: {}, plain: 'part' })),
  directOf: () => ref('own', 'direct'),
} as unknown as ChannelAdapter
const plan = createPlan(() => adapter)
const claim = { inboxId: 'in', visibility: 'public', joined: [] } as unknown as Claim
const waiting: DialogFrame = { dialog: 'd', step: 's', data: {} }
const input = {
  contact: { id: 'c', pseudonym: 'Teal Heron' },
  conversation: { ref: ref('room', 'group'), revision: 4, stack: [] },
  workspace: { id: 'w' },
  payload: { kind: 'message', message: { body: { kind: 'text', text: 'words' } } },
} as unknown as TurnInput
const say = (audience: Reply['audience']): DomainEvent => ({
  type: 'reply_composed',
  reply: { elements: [{ kind: 'paragraph', text: 'words' }], audience },
  purpose: 'turn',
  level: 'crisis',
  place: 'here',
  survivesClaim: false,
})

describe('the plan of a turn in a shared room', () => {
  it('sends the public line there and the rest to the person, whose answer is awaited in private', () => {
    const events = [say('everyone'), say('sender-only')]
    const outcome = plan(input, claim, { events, stack: [waiting] }, 1_000)
    expect(outcome.deliveries.map((one) => [one.to, one.key])).toEqual([
      ['room', 'in/0/0'],
      ['own', 'in/1/0'],
    ])
    expect(outcome.stack).toEqual([])
    expect(outcome.direct).toEqual({ ref: ref('own', 'direct'), stack: [waiting] })
  })

  it('learns in the room that a private reply could not be delivered', () => {
    const outcome = plan(input, claim, { events: [say('sender-only')] }, 1_000)
    expect(outcome.deliveries[0]?.notify).toEqual({
      on: 'failure',
      conversation: 'room',
      data: { about: 'private_reply', urgent: true, first: true },
    })
  })

  it('learns it once for all that was sent there', () => {
    const outcome = plan(input, claim, { events: [say('sender-only'), say('sender-only')] }, 1_000)
    expect(outcome.deliveries.map(({ notify }) => notify?.data.first)).toEqual([true, undefined])
  })

  it('keeps the order of each place by its own revision', () => {
    const own = { ref: ref('own', 'direct'), revision: 9, stack: [] } as unknown as TurnInput['conversation']
    const events = [say('everyone'), say('sender-only')]
    const outcome = plan({ ...input, direct: own }, claim, { events }, 1_000)
    expect(outcome.deliveries.map((one) => one.sequence)).toEqual([5_000, 10_001])
  })

  it('leaves the room alone when all is said there', () => {
    const outcome = plan(input, claim, { events: [say('everyone')], stack: [waiting] }, 1_000)
    expect(outcome.direct).toBeUndefined()
    expect(outcome.stack).toEqual([waiting])
  })
})
