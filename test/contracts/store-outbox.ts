import { describe, expect, it } from 'vitest'
import { asId, type ConversationKey } from '../../src/core/ids.ts'
import type { Claim, Delivery } from '../../src/core/records.ts'
import {
  claim,
  conversationOf,
  deliveryOf,
  finish,
  hear,
  mustClaim,
  type StoreWorld,
  takeKeys,
  turnOf,
  workspaceId,
} from './store-world.ts'

const staffRoom = asId<ConversationKey>(`staff:${workspaceId}`)

export function outboxContract(current: () => StoreWorld): void {
  /** One turn with these deliveries; resolves to their keys. */
  async function send(
    world: StoreWorld,
    person: string,
    extras: readonly Partial<Delivery>[],
  ): Promise<string[]> {
    const keys: string[] = []
    await turnOf(world, person, [], (claimed) => {
      const made = extras.map((extra, number) => deliveryOf(claimed, number, world.clock.now(), extra))
      keys.push(...made.map((one) => one.key))
      return made
    })
    return keys
  }
  const settle = (
    world: StoreWorld,
    key: string | undefined,
    result: Parameters<StoreWorld['store']['settle']>[1],
  ) => world.store.settle(key as never, result, world.clock.now())

  describe('outbox', () => {
    it('gives a due delivery once, sending, with its words and where it goes', async () => {
      const world = current()
      const [key] = await send(world, 'ana', [{}])
      const due = await world.store.takeDue({ now: world.clock.now(), limit: 9, worker: 'x', leaseMs: 9 })
      expect(due).toHaveLength(1)
      expect(due[0]).toMatchObject({
        delivery: { key, status: 'sending', attempts: 1, part: { plain: 'plain answer 0' } },
        conversation: {
          ref: {
            key: conversationOf('ana'),
            route: { room: 'route-room-of-ana', token: 'route-token-of-ana' },
          },
        },
        maybeSent: false,
      })
      expect(await takeKeys(world, world.store)).toEqual([])
    })

    it('never gives the same delivery to two of 8 processes, nor two of one place out of order', async () => {
      const world = current()
      const wanted: string[] = []
      for (let n = 0; n < 6; n++) wanted.push(...(await send(world, `person ${n}`, [{}, {}, {}, {}])))
      const stores = await Promise.all(Array.from({ length: 8 }, () => world.another()))
      const taken: string[] = []
      await Promise.all(
        stores.map(async (store) => {
          for (let empty = 0; empty < 50; ) {
            const keys = await takeKeys(world, store, 3)
            if (keys.length === 0) empty++
            taken.push(...keys)
            for (const key of keys) {
              await world.clock.sleep()
              await store.settle(key as never, { status: 'sent' }, world.clock.now())
            }
          }
        }),
      )
      expect(taken).toHaveLength(wanted.length)
      for (let n = 0; n < wanted.length; n += 4) {
        const place = wanted.slice(n, n + 4)
        expect(taken.filter((key) => place.includes(key))).toEqual(place)
      }
    })

    it('keeps a place in order: what follows waits for the one put off, and only an alarm overtakes', async () => {
      const world = current()
      const [first, second] = await send(world, 'ana', [{}, {}])
      expect(await takeKeys(world, world.store, 1)).toEqual([first])
      expect(await takeKeys(world, world.store)).toEqual([])
      await settle(world, first, { status: 'due', nextAttemptAt: world.clock.now() + 1_000 })
      expect(await takeKeys(world, world.store)).toEqual([])
      const [alarm] = await send(world, 'ana', [{ level: 'crisis' }])
      expect(await takeKeys(world, world.store)).toEqual([alarm])
      await settle(world, alarm, { status: 'sent' })
      world.clock.at += 1_000
      expect(await takeKeys(world, world.store)).toEqual([first])
      await settle(world, first, { status: 'sent' })
      expect(await takeKeys(world, world.store)).toEqual([second])
    })

    it('gives alarms of any place first', async () => {
      const world = current()
      await send(world, 'ana', [{}])
      world.clock.at += 5
      const [alarm] = await send(world, 'ben', [{ level: 'emergency' }])
      expect(await takeKeys(world, world.store, 1)).toEqual([alarm])
    })

    it('marks what was on its way at a crash as maybe sent; a campaign point is uncertain for good', async () => {
      const world = current()
      const [turn, campaign] = await send(world, 'ana', [{}, { purpose: 'campaign' }])
      expect(await takeKeys(world, world.store)).toEqual([turn, campaign])
      expect(await world.store.recover({ now: world.clock.now(), all: true })).toBe(2)
      const again = await world.store.takeDue({ now: world.clock.now(), limit: 9, worker: 'x', leaseMs: 9 })
      expect(again.map((one) => [one.delivery.key, one.maybeSent])).toEqual([[turn, true]])
      const all = await world.store.deliveriesSince(conversationOf('ana'), 0)
      expect(all.map((one) => one.status)).toEqual(['sending', 'uncertain'])
    })

    it('tells the inbox in the transaction that settles, once', async () => {
      const world = current()
      const notify = { on: 'any' as const, conversation: conversationOf('ana'), data: { about: 'alert' } }
      const [key] = await send(world, 'ana', [{ to: staffRoom, purpose: 'alert', level: 'crisis', notify }])
      const due = await world.store.takeDue({ now: world.clock.now(), limit: 9, worker: 'x', leaseMs: 9 })
      expect(due[0]?.conversation).toBeUndefined()
      await settle(world, key, { status: 'sent', externalId: 'e' })
      await settle(world, key, { status: 'sent', externalId: 'e' })
      const claimed = await mustClaim(world, world.store)
      expect(claimed.payload).toEqual({
        kind: 'delivery_settled',
        delivery: key,
        outcome: 'sent',
        data: { about: 'alert' },
      })
      await finish(world, world.store, claimed)
      expect(await claim(world, world.store)).toBeUndefined()
    })

    it('tells of failure only when told to', async () => {
      const world = current()
      const notify = { on: 'failure' as const, conversation: conversationOf('ana'), data: {} }
      const [arrives, fails] = await send(world, 'ana', [{ notify }, { notify }])
      await takeKeys(world, world.store)
      await settle(world, arrives, { status: 'sent' })
      expect(await world.store.backlog()).toBe(0)
      await settle(world, fails, { status: 'unreachable' })
      expect((await mustClaim(world, world.store)).payload).toMatchObject({ delivery: fails })
    })

    it('tells of a failure while it is still tried, once, and goes on', async () => {
      const world = current()
      const notify = { on: 'failure' as const, conversation: conversationOf('ana'), data: {} }
      const [late, quiet] = await send(world, 'ana', [{ notify, level: 'crisis' }, { level: 'crisis' }])
      await takeKeys(world, world.store)
      const due = { status: 'due' as const, nextAttemptAt: world.clock.now(), late: true }
      await settle(world, quiet, due)
      expect(await world.store.backlog()).toBe(0)
      await settle(world, late, due)
      const told = await mustClaim(world, world.store)
      expect(told.payload).toMatchObject({ delivery: late, outcome: 'failed' })
      await finish(world, world.store, told)
      expect(await takeKeys(world, world.store)).toContain(late)
      await settle(world, late, { status: 'sent', externalId: 'e' })
      expect(await world.store.backlog()).toBe(0)
    })

    it('withdraws what the bot had not sent when a person takes over, but for the safety line', async () => {
      const world = current()
      const [bot, line, relay] = await send(world, 'ana', [
        {},
        { survivesClaim: true },
        { purpose: 'handoff', survivesClaim: true },
      ])
      await turnOf(world, 'ana', [{ type: 'conversation_mode_changed', mode: 'staff' }])
      expect(await takeKeys(world, world.store)).toEqual([line, relay])
      const all = await world.store.deliveriesSince(conversationOf('ana'), 0)
      expect(all.find((one) => one.key === bot)?.status).toBe('withdrawn')
    })

    it('sends no campaign point to whoever said stop, and answers them all the same', async () => {
      const world = current()
      const [answer] = await send(world, 'ana', [{}, { purpose: 'campaign' }])
      await turnOf(world, 'ana', [{ type: 'contact_changed', change: { stopped: true } }])
      expect(await takeKeys(world, world.store)).toEqual([answer])
    })

    it('pauses at once what can be paused; helplines and triage cannot', async () => {
      const world = current()
      const [answer, urgent, campaign, relay] = await send(world, 'ana', [
        {},
        { level: 'urgent' },
        { purpose: 'campaign' },
        { purpose: 'handoff' },
      ])
      for (const target of ['answers', 'campaigns', 'relay'] as const) {
        await world.store.pause(workspaceId, target, true, 'lead', world.clock.now())
      }
      expect(await world.store.paused(workspaceId)).toEqual(new Set(['answers', 'campaigns', 'relay']))
      expect(await takeKeys(world, world.store)).toEqual([urgent])
      await settle(world, urgent, { status: 'sent' })
      for (const target of ['answers', 'campaigns', 'relay'] as const) {
        await world.store.pause(workspaceId, target, false, 'lead', world.clock.now())
      }
      world.clock.at += 60_000
      expect(await takeKeys(world, world.store)).toEqual([campaign, relay])
      expect(await world.store.paused(workspaceId)).toEqual(new Set())
      const all = await world.store.deliveriesSince(conversationOf('ana'), 0)
      expect(all.find((one) => one.key === answer)?.status).toBe('withdrawn')
    })

    it('keeps a key for ever: the same delivery planned again is not sent again', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'routine')
      const claimed: Claim = await mustClaim(world, world.store)
      const twice = [deliveryOf(claimed, 0, world.clock.now()), deliveryOf(claimed, 0, world.clock.now())]
      expect(await finish(world, world.store, claimed, [], twice)).toBe('committed')
      expect(await takeKeys(world, world.store)).toHaveLength(1)
    })

    it('leaves a settled delivery as it is, whatever comes late', async () => {
      const world = current()
      const [key] = await send(world, 'ana', [{}])
      await takeKeys(world, world.store)
      await settle(world, key, { status: 'sent', externalId: 'e' })
      await settle(world, key, { status: 'failed' })
      await settle(world, key, { status: 'due', nextAttemptAt: 0 })
      const [delivery] = await world.store.deliveriesSince(conversationOf('ana'), 0)
      expect(delivery?.status).toBe('sent')
    })

    it('says when something is due next', async () => {
      const world = current()
      expect(await world.store.nextDueAt()).toBeUndefined()
      const [key] = await send(world, 'ana', [{}])
      await takeKeys(world, world.store)
      expect(await world.store.nextDueAt()).toBeUndefined()
      await settle(world, key, { status: 'due', nextAttemptAt: world.clock.now() + 77 })
      expect(await world.store.nextDueAt()).toBe(world.clock.now() + 77)
    })
  })
}
