import { describe, expect, it } from 'vitest'
import type { TriageContext } from '../../src/core/assessment.ts'
import type { Claim } from '../../src/core/records.ts'
import {
  claim,
  conversationOf,
  finish,
  hear,
  judged,
  messageOf,
  mustClaim,
  type StoreWorld,
  testWorkspace,
  workspaceId,
} from './store-world.ts'

export function inboxContract(current: () => StoreWorld): void {
  describe('inbox', () => {
    it('gives a redelivered message the first answer and makes one turn of it', async () => {
      const { store, clock } = current()
      const message = messageOf('ana', 'hello', 'same', clock.now())
      const accept = (level: 'routine' | 'urgent') =>
        store.accept({ message, assess: () => judged(level), visibility: () => 'public' })
      const first = await accept('urgent')
      const second = await accept('routine')
      expect(first.status).toBe('accepted')
      expect(second).toEqual({ ...first, status: 'duplicate' })
      expect(await store.backlog()).toBe(1)
    })

    it('takes the same message once when 8 processes accept it at once', async () => {
      const world = current()
      const stores = await Promise.all(Array.from({ length: 8 }, () => world.another()))
      const message = messageOf('ana', 'hello', 'same', world.clock.now())
      const all = await Promise.all(
        stores.map((store) =>
          store.accept({ message, assess: () => judged('routine'), visibility: () => 'private' }),
        ),
      )
      expect(all.filter((one) => one.status === 'accepted')).toHaveLength(1)
      expect(new Set(all.map((one) => one.inboxId)).size).toBe(1)
      expect(new Set(all.map((one) => one.contactId)).size).toBe(1)
      expect(await world.store.contacts(workspaceId)).toHaveLength(1)
    })

    it('finds the conversation that a message came to, whatever it came as', async () => {
      const { store, clock } = current()
      const here = messageOf('ana', 'hello', 'm1', clock.now())
      const there = { ...here.conversation, key: conversationOf('ana-elsewhere') }
      const both = [there, here.conversation]
      expect(await store.tookIn(both, 'm1')).toBeUndefined()
      const taken = { assess: () => judged('routine'), visibility: (): 'public' => 'public' }
      await store.accept({ message: here, ...taken })
      const body = { kind: 'attachment', mime: 'image/png' } as const
      await store.accept({ message: { ...here, conversation: there, externalId: 'm2', body }, ...taken })
      expect(await store.tookIn(both, 'm1')).toBe(here.conversation)
      expect(await store.tookIn(both, 'm2')).toBe(there)
      expect(await store.tookIn([there], 'm1')).toBeUndefined()
      expect(await store.tookIn([], 'm1')).toBeUndefined()
    })

    it('keeps the same id apart in two workspaces and two places', async () => {
      const { store, clock } = current()
      const other = 'w2' as typeof workspaceId
      await store.saveWorkspace({ ...testWorkspace, id: other })
      const message = messageOf('ana', 'hello', 'same', clock.now())
      for (const conversation of [
        message.conversation,
        { ...message.conversation, key: conversationOf('ana-elsewhere') },
        {
          ...message.conversation,
          key: 'w2:direct:ana' as typeof message.conversation.key,
          workspace: other,
        },
      ]) {
        const accepted = await store.accept({
          message: { ...message, conversation },
          assess: () => judged('routine'),
          visibility: () => 'private',
        })
        expect(accepted.status).toBe('accepted')
      }
      expect(await store.contacts(workspaceId)).toHaveLength(1)
      expect(await store.contacts(other)).toHaveLength(1)
    })

    it('assesses with the last 8 signals and the words of the last 5 minutes', async () => {
      const world = current()
      const { store, clock } = world
      await hear(world, store, 'ana', 'routine', 'too long ago')
      clock.at += 5 * 60_000 + 1
      for (let n = 0; n < 9; n++) {
        await hear(world, store, 'ana', 'sensitive', `fragment ${n}`)
        clock.at += 10
      }
      let seen: TriageContext | undefined
      await store.accept({
        message: messageOf('ana', 'now', 'last', clock.now()),
        assess: (_, context) => {
          seen = context
          return judged('routine')
        },
        visibility: () => 'private',
      })
      expect(seen?.recent).toHaveLength(8)
      expect(seen?.recent[0]).toEqual({ at: clock.at - 10, level: 'sensitive', concerns: [] })
      expect(seen?.fragments).toEqual(Array.from({ length: 9 }, (_, n) => `fragment ${n}`))
    })

    it('enqueues once for each key', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'routine')
      const item = {
        key: 'action-1',
        conversation: conversationOf('ana'),
        payload: { kind: 'staff_action', staff: 's1', caseId: 'c1', action: { kind: 'claim' } } as never,
        level: 'urgent' as const,
        at: world.clock.now(),
      }
      expect(await world.store.enqueue(item)).toBe(true)
      expect(await world.store.enqueue(item)).toBe(false)
      expect((await mustClaim(world, world.store)).payload).toEqual(item.payload)
    })

    it('rejects alone, and leaves nothing of, a write that fails within a group', async () => {
      const world = current()
      const results = await Promise.allSettled([
        hear(world, world.store, 'ana', 'routine'),
        world.store.accept({
          message: messageOf('ben', 'hello', 'broken', world.clock.now()),
          assess: () => {
            throw new Error('broken rule')
          },
          visibility: () => 'private',
        }),
        hear(world, world.store, 'cho', 'routine'),
      ])
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await world.store.backlog()).toBe(2)
    })
  })

  describe('queue', () => {
    it('takes the worst first, then the oldest', async () => {
      const world = current()
      const levels = ['routine', 'sensitive', 'unknown', 'urgent', 'crisis', 'emergency'] as const
      for (const level of levels) await hear(world, world.store, `of ${level}`, level)
      const order: unknown[] = []
      for (let n = 0; n < levels.length; n++)
        order.push((await mustClaim(world, world.store)).assessment?.level)
      expect(order).toEqual([...levels].reverse())
    })

    it('lifts what waits with age, but never above a crisis', async () => {
      const world = current()
      await hear(world, world.store, 'old', 'routine', 'old')
      world.clock.at += 10 * 60_000
      await hear(world, world.store, 'new', 'urgent', 'new')
      await hear(world, world.store, 'bad', 'crisis', 'bad')
      expect((await mustClaim(world, world.store)).assessment?.level).toBe('crisis')
      expect((await mustClaim(world, world.store)).assessment?.level).toBe('routine')
    })

    it('serves lanes: alarms alone, and oldest below crisis', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'routine')
      world.clock.at += 1
      await hear(world, world.store, 'ben', 'urgent')
      expect(await claim(world, world.store, 'alarms')).toBeUndefined()
      expect((await claim(world, world.store, 'oldest'))?.assessment?.level).toBe('routine')
      await hear(world, world.store, 'cho', 'emergency')
      expect((await claim(world, world.store, 'oldest'))?.assessment?.level).toBe('urgent')
      expect((await claim(world, world.store, 'alarms'))?.assessment?.level).toBe('emergency')
    })

    it('runs one turn at a time for each person, also with 8 processes', async () => {
      const world = current()
      for (let n = 0; n < 40; n++) await hear(world, world.store, `person ${n % 4}`, 'routine')
      const stores = await Promise.all(Array.from({ length: 8 }, () => world.another()))
      const held = new Set<string>()
      let done = 0
      await Promise.all(
        stores.map(async (store) => {
          for (let misses = 0; done < 40 && misses < 2_000; ) {
            const claimed = await claim(world, store)
            if (!claimed) {
              misses++
              await world.clock.sleep()
              continue
            }
            expect(held.has(claimed.contactId)).toBe(false)
            held.add(claimed.contactId)
            await world.clock.sleep()
            held.delete(claimed.contactId)
            expect(await finish(world, store, claimed)).toBe('committed')
            done++
          }
        }),
      )
      expect(done).toBe(40)
      expect(await world.store.backlog()).toBe(0)
    })

    it('puts a new emergency before 10,000 alarms of 50 accounts', { timeout: 60_000 }, async () => {
      const world = current()
      const alarms = 10_000
      for (let from = 0; from < alarms; from += 500) {
        await Promise.all(
          Array.from({ length: 500 }, (_, n) =>
            hear(world, world.store, `flood ${(from + n) % 50}`, 'emergency'),
          ),
        )
      }
      world.clock.at += 1_000
      const cry = await hear(world, world.store, 'newcomer', 'emergency')
      const first = await mustClaim(world, world.store)
      expect(first.inboxId).toBe(cry.inboxId)
    })
  })

  describe('alarms', () => {
    it('fences off a running turn, whose message returns behind the alarm', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'routine', 'before')
      const running = await mustClaim(world, world.store)
      const input = await world.store.loadTurn(running)
      await hear(world, world.store, 'ana', 'crisis', 'alarm')
      const outcome = { events: [], stack: [], deliveries: [] }
      expect(await world.store.commit(running, input, outcome, world.clock.now())).toBe('fenced')
      const alarm = await mustClaim(world, world.store)
      expect(alarm.assessment?.level).toBe('crisis')
      expect(alarm.overtaken).toBe(false)
      expect(await claim(world, world.store)).toBeUndefined()
      expect(await finish(world, world.store, alarm)).toBe('committed')
      const again = await mustClaim(world, world.store)
      expect(again.inboxId).toBe(running.inboxId)
      expect(again.overtaken).toBe(true)
    })

    it('takes the person over from a worker that does not let go', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'routine')
      const running = await mustClaim(world, world.store)
      const input = await world.store.loadTurn(running)
      await hear(world, world.store, 'ana', 'emergency')
      const alarm = await mustClaim(world, world.store)
      expect(alarm.assessment?.level).toBe('emergency')
      const outcome = { events: [], stack: [], deliveries: [] }
      expect(await world.store.commit(running, input, outcome, world.clock.now())).toBe('fenced')
      await world.store.release(running, 'overtaken', world.clock.now())
      expect(await finish(world, world.store, alarm)).toBe('committed')
    })

    it('joins further alarms of the person to one turn, oldest first', async () => {
      const world = current()
      const heard = []
      for (const level of ['crisis', 'emergency', 'crisis'] as const) {
        heard.push(await hear(world, world.store, 'ana', level))
        world.clock.at += 1
      }
      await hear(world, world.store, 'ana', 'routine')
      const turn = await mustClaim(world, world.store)
      expect([turn, ...turn.joined].map((row) => row.inboxId)).toEqual(heard.map((one) => one.inboxId))
      expect(turn.joined.map((row) => row.assessment?.level)).toEqual(['emergency', 'crisis'])
      await finish(world, world.store, turn)
      expect(await world.store.backlog()).toBe(1)
    })

    it('lets somebody who writes alarm after alarm be answered in the end', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'crisis')
      let result: string | undefined
      for (let n = 0; n < 10 && result !== 'committed'; n++) {
        const turn: Claim = await mustClaim(world, world.store)
        const input = await world.store.loadTurn(turn)
        await hear(world, world.store, 'ana', 'crisis')
        const outcome = { events: [], stack: [], deliveries: [] }
        result = await world.store.commit(turn, input, outcome, world.clock.now())
      }
      expect(result).toBe('committed')
    })
  })
}
