import { describe, expect, it } from 'vitest'
import type { ConversationRef } from '../core/inbound.ts'
import type { Bus, ChannelAdapter, Clock, DueDelivery, Random, SendOutcome, Store } from '../core/ports.ts'
import type { Delivery } from '../core/records.ts'
import { createDrain } from './drain.ts'

type Settled = Parameters<Store['settle']>

/** One due delivery at a time and a record of what became of it: the store's own promises are tested in its contract. */
function drainOf(delivery: Partial<Delivery>, channel: Partial<ChannelAdapter>, maybeSent = false) {
  const settled: Settled[] = []
  let taken = false
  const row = {
    delivery: {
      key: 'k',
      to: 'c',
      purpose: 'turn',
      level: 'routine',
      attempts: 1,
      part: { payload: {}, plain: '' },
      via: 'shared',
      ...delivery,
    },
    conversation: { ref: { channel: 'console' } as ConversationRef },
    maybeSent,
  } as unknown as DueDelivery
  const store = {
    takeDue: async () => (taken ? [] : [row]),
    settle: async (...args: Settled) => {
      taken = true
      settled.push(args)
    },
  } as unknown as Store
  const bus: Bus = { publish: () => {}, subscribe: () => () => {}, close: async () => {} }
  const clock: Clock = { now: () => 1_000, sleep: () => new Promise(() => {}) }
  const random: Random = { id: () => 'w', fraction: () => 0.5, bytes: (n) => new Uint8Array(n) }
  const drain = createDrain({
    store,
    bus,
    clock,
    random,
    channelOf: () => channel as ChannelAdapter,
    toStaff: async () => ({ kind: 'retry', afterMs: 5_000 }),
    report: () => {},
  })
  return { drain, settled }
}

const sends = (outcome: SendOutcome) => ({ send: async () => outcome })

describe('drain', () => {
  it('records what was sent', async () => {
    const { drain, settled } = drainOf({}, sends({ kind: 'sent', externalId: 'x' }))
    await drain.once()
    expect(settled[0]?.[1]).toEqual({ status: 'sent', externalId: 'x' })
  })

  it('tries an alarm on for ever, and says once that it did not arrive yet', async () => {
    const lateAt = async (attempts: number, level: Delivery['level']) => {
      const { drain, settled } = drainOf({ attempts, level }, sends({ kind: 'retry', afterMs: 1 }))
      await drain.once()
      return settled[0]?.[1]
    }
    expect(await lateAt(4, 'crisis')).not.toHaveProperty('late')
    expect(await lateAt(5, 'crisis')).toMatchObject({ status: 'due', late: true })
    expect(await lateAt(6, 'crisis')).not.toHaveProperty('late')
    expect(await lateAt(500, 'emergency')).toMatchObject({ status: 'due' })
    expect(await lateAt(5, 'routine')).not.toHaveProperty('late')
  })

  it('sends a reply again when its answer was lost, and remembers that it may have arrived', async () => {
    const { drain, settled } = drainOf({}, sends({ kind: 'uncertain' }))
    await drain.once()
    expect(settled[0]?.[1]).toMatchObject({ status: 'due', maybeSent: true })
  })

  it('never sends a campaign message again when its answer was lost', async () => {
    const { drain, settled } = drainOf({ purpose: 'campaign' }, sends({ kind: 'uncertain' }))
    await drain.once()
    expect(settled[0]?.[1]).toEqual({ status: 'uncertain' })
  })

  it('looks before it sends again where the platform lets us', async () => {
    let sent = 0
    const { drain, settled } = drainOf(
      {},
      {
        find: async () => ({ externalId: 'found' }),
        send: async () => {
          sent++
          return { kind: 'sent', externalId: 'again' }
        },
      },
      true,
    )
    await drain.once()
    expect(sent).toBe(0)
    expect(settled[0]?.[1]).toEqual({ status: 'sent', externalId: 'found' })
  })

  it('takes a thrown send for a lost one', async () => {
    const { drain, settled } = drainOf(
      {},
      {
        send: async () => {
          throw new Error('socket')
        },
      },
    )
    await drain.once()
    expect(settled[0]?.[1]).toMatchObject({ status: 'due', maybeSent: true })
  })

  it('waits at least as long as the platform asks, and longer with every attempt', async () => {
    const early = drainOf({ attempts: 1 }, sends({ kind: 'retry', afterMs: 60_000 }))
    await early.drain.once()
    expect(early.settled[0]?.[1]).toMatchObject({ status: 'due', nextAttemptAt: 61_000 })
    const late = drainOf({ attempts: 6 }, sends({ kind: 'retry', afterMs: 0 }))
    await late.drain.once()
    expect(late.settled[0]?.[1]).toMatchObject({ status: 'due', nextAttemptAt: 1_000 + 500 * 2 ** 5 })
  })

  it('gives an ordinary reply up after twelve attempts, an alarm and an alert never', async () => {
    const statusOf = async (delivery: Partial<Delivery>) => {
      const { drain, settled } = drainOf({ attempts: 12, ...delivery }, sends({ kind: 'retry', afterMs: 0 }))
      await drain.once()
      return settled[0]?.[1].status
    }
    expect(await statusOf({})).toBe('failed')
    expect(await statusOf({ level: 'crisis' })).toBe('due')
    expect(await statusOf({ purpose: 'alert' })).toBe('due')
  })
})
