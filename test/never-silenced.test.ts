import Libsql from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databaseFile } from '../src/config.ts'
import { createEngine } from '../src/core/engine.ts'
import { asId, type ConversationKey } from '../src/core/ids.ts'
import type { DueDelivery } from '../src/core/ports.ts'
import { createPlan } from '../src/delivery/plan.ts'
import { safeReply } from '../src/dialogs/safe-reply.ts'
import { createChatLimits } from '../src/server/limits.ts'
import { createWorld, seededRandom, type World } from './world.ts'

const conversation = asId<ConversationKey>('console:local:person')
const alarm = 'i took all my pills'

describe('triage and its first reply are never silenced', () => {
  let world: World
  beforeEach(async () => {
    world = await createWorld()
  })
  afterEach(() => world.close())

  const reply = () => world.said().join('\n')
  /** Somebody else opens the same file and does this to it. */
  const meddle = (work: (file: Libsql.Database) => void) => {
    const file = new Libsql(databaseFile(world.config))
    work(file)
    return file
  }

  /** Takes it in, and lets what goes on beside the store come to its end. */
  const send = async (text: string) => {
    await world.accept(text)
    for (let n = 0; n < 50; n++) await new Promise((resolve) => setImmediate(resolve))
  }

  describe('while the database is away', () => {
    it('a table that cannot be written: numbers at once, staff and log told, the message replayed later', async () => {
      meddle((file) => file.exec('alter table inbox rename to lost')).close()
      await send(alarm)
      expect(reply()).toBe('outage: alarm')
      expect(world.logged().some((line) => line.includes('alarm_without_store'))).toBe(true)
      expect(world.alerts().map(({ payload }) => payload.level)).toEqual(['emergency'])
      meddle((file) => file.exec('alter table lost rename to inbox')).close()
      await world.replay()
      expect((await world.openCase())?.level).toBe('emergency')
    })

    it('a table that cannot be read: the same', async () => {
      await world.type('hello')
      reply()
      meddle((file) => file.exec('alter table contacts rename to lost')).close()
      await send(alarm)
      expect(reply()).toBe('outage: alarm')
      expect(world.alerts().map(({ payload }) => payload.level)).toEqual(['emergency'])
    })

    it('a file that another process keeps locked: the same, and nothing waits for the lock to end', async () => {
      const file = meddle((one) => one.exec('begin exclusive'))
      await send(alarm)
      expect(reply()).toBe('outage: alarm')
      expect(world.alerts().map(({ payload }) => payload.level)).toEqual(['emergency'])
      file.exec('rollback')
      file.close()
    })

    it('an ordinary message gets one honest line, and staff are not woken', async () => {
      meddle((file) => file.exec('alter table inbox rename to lost')).close()
      await send('what is asthma')
      expect(reply()).toBe('outage')
      expect(world.alerts()).toEqual([])
    })

    it('looks for staff until somebody has a page open', async () => {
      await world.close()
      world = await createWorld({ staffAfterTries: 7 })
      meddle((file) => file.exec('alter table inbox rename to lost')).close()
      await send(alarm)
      expect(world.alerts()).toHaveLength(1)
    })

    it('stored, but its turn can never be loaded: numbers and an alert after the third failure, and no loop', async () => {
      await world.app.receive({
        externalId: 'one',
        conversation: {
          key: conversation,
          workspace: asId('local'),
          channel: 'console',
          surface: 'direct',
          route: {},
        },
        sender: { urn: asId('console:person') },
        receivedAt: new Date(world.clock.now()),
        body: { kind: 'text', text: alarm },
      })
      meddle((file) => file.exec('delete from workspaces')).close()
      await world.app.settle()
      expect(reply()).toContain('999')
      expect(world.alerts().map(({ payload }) => payload.reason)).toEqual(['crashed'])
      expect(await world.state.store.backlog()).toBe(0)
    })
  })

  it('after "stop"', async () => {
    await world.type('stop')
    reply()
    await world.type(alarm)
    expect(reply()).toContain('999')
  })

  it('in a muted conversation', async () => {
    await world.accept('hello')
    await createEngine({
      store: world.state.store,
      bus: world.state.bus,
      clock: world.clock,
      random: seededRandom(3),
      pipeline: async (turn) => {
        turn.emit({ type: 'conversation_mode_changed', mode: 'muted' })
        return { kind: 'handled' }
      },
      safeReply: safeReply(world.app.kit),
      lastResort: async () => {},
      plan: createPlan(() => world.terminal),
      report: () => {},
    }).drain()
    expect((await world.state.store.conversation(conversation))?.mode).toBe('muted')
    await world.type(alarm)
    expect(reply()).toContain('999')
  })

  it.each(['delete my data', 'country', 'language', 'talk to a person', 'can you stop sending me tips'])(
    'while the dialog of "%s" waits for an answer',
    async (before) => {
      await world.type(before)
      reply()
      await world.type(alarm)
      expect(reply()).toContain('999')
    },
  )

  it('with answers, campaigns and relay paused', async () => {
    for (const target of ['answers', 'campaigns', 'relay'] as const) {
      await world.state.store.pause(asId('local'), target, true, 'test', world.clock.now())
    }
    await world.type(alarm)
    expect(reply()).toContain('999')
  })

  it('with an outbox full of other replies that cannot be delivered', async () => {
    for (let n = 0; n < 40; n++) await world.accept('what is asthma')
    await world.app.engine.drain()
    await world.accept(alarm)
    await world.app.engine.drain()
    const due: readonly DueDelivery[] = await world.state.store.takeDue({
      now: world.clock.now(),
      limit: 5,
      worker: 'test',
      leaseMs: 1_000,
    })
    const toPerson = due.filter(({ delivery }) => delivery.to === conversation)
    expect(toPerson[0]?.delivery.level).toBe('emergency')
    expect(toPerson[0]?.delivery.part.plain).toContain('999')
  })

  it('at any pace: what would be refused is judged first, and an alarm is never refused', async () => {
    const limits = createChatLimits({ assess: world.app.triage.assess, now: () => 0 })
    let refused = 0
    for (let n = 0; n < 500; n++) {
      if ((await limits.take('token', '192.0.2.1', 'what is asthma')).kind === 'refused') refused++
    }
    expect(refused).toBeGreaterThan(0)
    expect((await limits.take('token', '192.0.2.1', alarm)).kind).not.toBe('refused')
  })
})

describe('a ladder never ends in silence', () => {
  let world: World
  beforeEach(async () => {
    world = await createWorld()
  })
  afterEach(() => world.close())

  it('a clock whose turn always throws tells the truth, alerts staff again and is set anew', async () => {
    await world.type('i want to kill myself')
    world.said()
    world.alerts()
    world.clock.advance(6 * 60_000)
    await world.state.store.fireClocks({ worker: 'w', now: world.clock.now(), leaseMs: 30_000 })
    await createEngine({
      store: world.state.store,
      bus: world.state.bus,
      clock: world.clock,
      random: seededRandom(3),
      pipeline: async () => {
        throw new Error('broken')
      },
      safeReply: safeReply(world.app.kit),
      lastResort: async () => {},
      plan: createPlan(() => world.terminal),
      report: () => {},
    }).drain()
    await world.app.settle()
    expect(world.said().join('\n')).toContain('Nobody has answered')
    expect(world.alerts().map(({ payload }) => payload.reason)).toContain('crashed')
    await world.wait(6 * 60_000)
    expect(world.alerts().map(({ payload }) => payload.reason)).toContain('unanswered')
  })
})
