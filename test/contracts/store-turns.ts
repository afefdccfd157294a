import { describe, expect, it } from 'vitest'
import type { DomainEvent } from '../../src/core/events.ts'
import {
  claim,
  conversationOf,
  deliveryOf,
  finish,
  hear,
  judged,
  messageOf,
  mustClaim,
  type StoreWorld,
  takeKeys,
  turnOf,
  workspaceId,
} from './store-world.ts'

const opened = (caseId: string, level: 'urgent' | 'crisis' = 'urgent'): DomainEvent => ({
  type: 'case_opened',
  caseId: caseId as never,
  level,
  topic: 'heart',
  answerBy: 5_000,
  shared: false,
})

export function turnContract(current: () => StoreWorld): void {
  describe('turns', () => {
    it('loads what the turn may read', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'routine', 'what is a stroke?')
      const claimed = await mustClaim(world, world.store)
      const input = await world.store.loadTurn(claimed)
      expect(input.contact).toMatchObject({
        id: claimed.contactId,
        locale: 'en',
        minor: false,
        stopped: false,
      })
      expect(input.contact.pseudonym).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
      expect(input.conversation.ref.route).toEqual({ room: 'route-room-of-ana', token: 'route-token-of-ana' })
      expect(input.conversation).toMatchObject({ mode: 'bot', revision: 0, stack: [] })
      expect(input.workspace.name).toBe('Riverside Community')
      const { payload } = claimed
      expect(payload.kind === 'message' && payload.message.body).toEqual({
        kind: 'text',
        text: 'what is a stroke?',
      })
      expect(payload.kind === 'message' && payload.message.receivedAt.getTime()).toBe(world.clock.now())
    })

    it('writes state, outbox, case, clock and audit in one commit', async () => {
      const world = current()
      const { store, clock } = world
      await hear(world, store, 'ana', 'urgent')
      const claimed = await mustClaim(world, store)
      const input = await store.loadTurn(claimed)
      const frame = { dialog: 'handoff', step: 'share', data: { asked: 'secret words' } }
      const events: DomainEvent[] = [
        { type: 'contact_changed', change: { country: 'ES', selfHarmAt: 5, minor: true } },
        { type: 'conversation_mode_changed', mode: 'muted' },
        { type: 'topic_changed', topic: { article: 'stroke', at: 3 } },
        opened('case-1'),
        { type: 'case_noted', caseId: 'case-1' as never, staff: 's1' as never, text: 'a note' },
        { type: 'clock_set', key: 'k', clock: 'check', dueAt: clock.now() + 10, data: { n: 1 } },
      ]
      const deliveries = [deliveryOf(claimed, 0, clock.now())]
      expect(await store.commit(claimed, input, { events, stack: [frame], deliveries }, clock.now())).toBe(
        'committed',
      )
      await hear(world, store, 'ana', 'routine')
      const after = await store.loadTurn(await mustClaim(world, store))
      expect(after.contact).toMatchObject({ country: 'ES', selfHarmAt: 5, minor: true })
      expect(after.conversation).toMatchObject({
        mode: 'muted',
        revision: 1,
        stack: [frame],
        topic: { article: 'stroke', at: 3 },
      })
      expect(after.openCase).toMatchObject({
        id: 'case-1',
        status: 'waiting',
        level: 'urgent',
        topic: 'heart',
      })
      expect(await store.caseNotes('case-1' as never)).toEqual([
        { at: clock.now(), staff: 's1', text: 'a note' },
      ])
      expect((await store.audit(workspaceId)).map((entry) => entry.action)).toEqual([
        'contact_changed',
        'conversation_mode_changed',
        'case_opened',
        'case_noted',
      ])
      expect(await store.nextDueAt()).toBe(clock.now())
      expect(await store.deliveriesSince(conversationOf('ana'), 0)).toHaveLength(1)
    })

    it('commits nothing of a turn whose conversation changed since it was loaded', async () => {
      const world = current()
      const { store, clock } = world
      await hear(world, store, 'ana', 'routine')
      const claimed = await mustClaim(world, store)
      const input = await store.loadTurn(claimed)
      const stale = { ...input, conversation: { ...input.conversation, revision: 7 } }
      const outcome = { events: [], stack: [], deliveries: [deliveryOf(claimed, 0, clock.now())] }
      expect(await store.commit(claimed, stale, outcome, clock.now())).toBe('conflict')
      expect(await takeKeys(world, store)).toEqual([])
      expect(await store.commit(claimed, input, outcome, clock.now())).toBe('committed')
      expect(await takeKeys(world, store)).toHaveLength(1)
    })

    it('rolls back what was written before a conflict was found', async () => {
      const world = current()
      const { store, clock } = world
      await turnOf(world, 'ana', [opened('case-1')])
      await hear(world, store, 'ana', 'routine')
      const claimed = await mustClaim(world, store)
      const input = await store.loadTurn(claimed)
      const stale = { ...input, openCase: { ...input.openCase!, revision: 9 } }
      const events: DomainEvent[] = [
        { type: 'contact_changed', change: { country: 'FR' } },
        { type: 'case_moved', caseId: 'case-1' as never, to: 'claimed', staff: 's1' as never },
      ]
      expect(await store.commit(claimed, stale, { events, stack: [], deliveries: [] }, clock.now())).toBe(
        'conflict',
      )
      const again = await store.loadTurn(claimed)
      expect(again.contact.country).toBeUndefined()
      expect(again.conversation.revision).toBe(input.conversation.revision)
    })

    it('keeps what is said in private in the direct conversation, and the case and its clock with it', async () => {
      const world = current()
      const { store, clock } = world
      const room = { key: 'w1:room:ana' as never, surface: 'group' as const }
      const direct = { ...messageOf('ana', '', 'x', 0).conversation, key: conversationOf('ana') }
      const frame = { dialog: 'crisis', step: 'asked', data: { why: 'private words' } }
      const say = async (id: string, stack?: readonly (typeof frame)[]) => {
        const message = messageOf('ana', 'words', id, clock.now())
        await store.accept({
          message: { ...message, conversation: { ...message.conversation, ...room } },
          assess: () => judged('crisis'),
          visibility: () => 'public',
        })
        const claimed = await mustClaim(world, store)
        const input = await store.loadTurn(claimed)
        const clockSet: DomainEvent = {
          type: 'clock_set',
          key: 'k',
          clock: 'case_unanswered',
          dueAt: 9,
          data: {},
        }
        const outcome = {
          events: [opened(`case-${id}`, 'crisis'), clockSet],
          stack: [],
          deliveries: [deliveryOf(claimed, 0, clock.now(), { to: direct.key })],
          direct: { ref: direct, ...(stack ? { stack } : {}) },
        }
        expect(await store.commit(claimed, input, outcome, clock.now())).toBe('committed')
        return { claimed, input }
      }
      const first = await say('a', [frame])
      expect(first.claimed.visibility).toBe('public')
      expect(first.input.direct).toBeUndefined()
      expect(await store.conversation(direct.key)).toMatchObject({ stack: [frame], revision: 1 })
      const [open] = await store.cases(workspaceId)
      expect(open?.conversation).toBe(direct.key)
      const second = await say('b')
      expect(second.input.direct).toMatchObject({ stack: [frame], revision: 1 })
      expect(await store.conversation(direct.key)).toMatchObject({ stack: [frame], revision: 2 })
      const due = await store.takeDue({ now: clock.now(), limit: 9, worker: 'w', leaseMs: 1_000 })
      expect(due.map((one) => one.conversation?.ref.surface)).toEqual(['direct', 'direct'])
      await store.fireClocks({ worker: 'w', now: clock.now(), leaseMs: 1_000 })
      expect((await mustClaim(world, store)).conversation).toBe(direct.key)
    })

    it('never has two unresolved cases for one person: the second opening raises the first', async () => {
      const world = current()
      await turnOf(world, 'ana', [opened('case-1')])
      const alert = (claimed: Parameters<typeof deliveryOf>[0]) => [
        deliveryOf(claimed, 0, world.clock.now(), {
          part: { payload: { caseId: 'case-2' }, plain: 'alert' },
        }),
      ]
      await turnOf(world, 'ana', [opened('case-2', 'crisis')], alert, 'crisis')
      const cases = await world.store.cases(workspaceId)
      expect(cases).toHaveLength(1)
      expect(cases[0]).toMatchObject({ id: 'case-1', level: 'crisis', revision: 1 })
      const due = await world.store.takeDue({ now: world.clock.now(), limit: 9, worker: 'x', leaseMs: 9 })
      expect(due[0]?.delivery.part.payload.caseId).toBe('case-1')
    })

    it('moves a case only as its state allows', async () => {
      const world = current()
      const { store } = world
      const moved = (to: 'waiting' | 'claimed' | 'resolved'): DomainEvent => ({
        type: 'case_moved',
        caseId: 'case-1' as never,
        to,
        staff: 's1' as never,
      })
      await turnOf(world, 'ana', [opened('case-1')])
      await turnOf(world, 'ana', [moved('claimed')])
      expect((await store.case('case-1' as never))?.assignee).toBe('s1')
      await hear(world, store, 'ana', 'routine')
      const claimed = await mustClaim(world, store)
      expect(await finish(world, store, claimed, [moved('claimed')])).toBe('conflict')
      expect(await finish(world, store, claimed, [moved('resolved'), opened('case-9')])).toBe('committed')
      const statuses = (await store.cases(workspaceId)).map((one) => [one.id, one.status])
      expect(statuses.sort()).toEqual([
        ['case-1', 'resolved'],
        ['case-9', 'waiting'],
      ])
      expect(await store.cases(workspaceId, { status: ['waiting'] })).toHaveLength(1)
    })

    it('tells when cases were opened, first claimed, answered and closed, and lists closed ones from the newest', async () => {
      const world = current()
      const { store, clock } = world
      const start = clock.now()
      const caseId = 'case-1' as never
      const staff = 's1' as never
      const then = async (events: DomainEvent[], who = 'ana') => {
        await turnOf(world, who, events)
        clock.at += 1_000
      }
      await then([opened('case-1')])
      await then([{ type: 'case_moved', caseId, to: 'claimed', staff }])
      await then([{ type: 'case_answered', caseId }])
      await then([{ type: 'case_moved', caseId, to: 'waiting' }])
      await then([{ type: 'case_moved', caseId, to: 'claimed', staff }])
      await then([{ type: 'case_moved', caseId, to: 'resolved', staff }])
      await then([opened('case-2', 'crisis')], 'ben')
      expect(await store.caseTimes(workspaceId, start)).toEqual([
        {
          level: 'urgent',
          status: 'resolved',
          openedAt: start,
          claimedAt: start + 1_000,
          answeredAt: start + 2_000,
          resolvedAt: start + 5_000,
        },
        { level: 'crisis', status: 'waiting', openedAt: start + 6_000 },
      ])
      expect(await store.caseTimes(workspaceId, start + 6_000)).toHaveLength(1)
      await then([{ type: 'case_moved', caseId: 'case-2' as never, to: 'resolved' }], 'ben')
      const closed = await store.cases(workspaceId, { status: ['resolved'], newest: 1 })
      expect(closed.map(({ id }) => id)).toEqual(['case-2'])
    })

    it('gives back what a worker held beyond its lease, and counts the crash', async () => {
      const world = current()
      const { store, clock } = world
      await hear(world, store, 'ana', 'routine')
      const first = await mustClaim(world, store)
      const input = await store.loadTurn(first)
      clock.at += 30_000
      const second = await mustClaim(world, store)
      expect([second.inboxId, second.crashes]).toEqual([first.inboxId, 1])
      const outcome = { events: [], stack: [], deliveries: [deliveryOf(first, 0, clock.now())] }
      expect(await store.commit(first, input, outcome, clock.now())).toBe('fenced')
      expect(await finish(world, store, second)).toBe('committed')
      expect(await takeKeys(world, store)).toEqual([])
      expect(await claim(world, store)).toBeUndefined()
    })

    it('can still be claimed after three crashes, and then rests between tries', async () => {
      const world = current()
      const { store, clock } = world
      await hear(world, store, 'ana', 'routine')
      for (let crashes = 0; crashes < 3; crashes++) {
        const claimed = await mustClaim(world, store)
        expect(claimed.crashes).toBe(crashes)
        await store.release(claimed, 'crashed', clock.now())
      }
      const safe = await mustClaim(world, store)
      expect(safe.crashes).toBe(3)
      await store.release(safe, 'crashed', clock.now())
      expect(await claim(world, store)).toBeUndefined()
      clock.at += 5_000
      expect((await mustClaim(world, store)).crashes).toBe(4)
    })

    it('takes back at start whatever a dead process held', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'routine')
      await mustClaim(world, world.store)
      expect(await world.store.recover({ now: world.clock.now(), all: false })).toBe(0)
      expect(await world.store.recover({ now: world.clock.now(), all: true })).toBe(1)
      expect((await mustClaim(world, world.store)).crashes).toBe(1)
    })
  })

  describe('clocks', () => {
    const set = (dueAt: number): DomainEvent => ({
      type: 'clock_set',
      key: 'k',
      clock: 'check_back',
      dueAt,
      data: { about: 'x' },
    })
    const fire = (world: StoreWorld, store = world.store, worker = 'w') =>
      store.fireClocks({ worker, now: world.clock.now(), leaseMs: 1_000 })

    it('fires each setting once, by two replicas at once', async () => {
      const world = current()
      const other = await world.another()
      await turnOf(world, 'ana', [set(world.clock.now() + 100)])
      expect(await fire(world)).toBe(0)
      world.clock.at += 2_000
      const fired = await Promise.all([fire(world, world.store, 'a'), fire(world, other, 'b')])
      expect(fired[0] + fired[1]).toBe(1)
      expect(await world.store.nextDueAt()).toBeUndefined()
      const claimed = await mustClaim(world, world.store)
      expect(claimed.payload).toEqual({ kind: 'clock_due', clock: 'check_back', data: { about: 'x' } })
      await finish(world, world.store, claimed)
      expect(await claim(world, world.store)).toBeUndefined()
    })

    it('moves when set again, fires again when set after firing, and is silent when cleared', async () => {
      const world = current()
      const at = world.clock.now() + 100
      await turnOf(world, 'ana', [set(at)])
      await turnOf(world, 'ana', [set(at + 10_000)])
      world.clock.at = at
      expect(await fire(world)).toBe(0)
      world.clock.at = at + 10_000
      expect(await fire(world)).toBe(1)
      await finish(world, world.store, await mustClaim(world, world.store))
      await turnOf(world, 'ana', [set(at + 10_000)])
      expect(await fire(world)).toBe(1)
      await finish(world, world.store, await mustClaim(world, world.store))
      await turnOf(world, 'ana', [set(at)])
      await turnOf(world, 'ana', [{ type: 'clock_cleared', key: 'k' }])
      expect(await fire(world)).toBe(0)
    })
  })
}
