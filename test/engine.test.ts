import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createConsoleAdapter } from '../src/adapters/console/adapter.ts'
import { createEngine, type EngineParts } from '../src/core/engine.ts'
import type { Random } from '../src/core/ports.ts'
import { createPlan } from '../src/delivery/plan.ts'
import { safeReply } from '../src/dialogs/safe-reply.ts'
import { localWorkspace } from '../src/open-state.ts'
import { createWorld, seededRandom, type World } from './world.ts'

describe('engine', () => {
  let world: World
  let random: Random
  beforeEach(async () => {
    random = seededRandom(5)
    world = await createWorld()
  })
  afterEach(() => world.close())

  const terminal = () =>
    createConsoleAdapter({
      workspace: localWorkspace,
      account: 'person',
      clock: world.clock,
      random,
      write: () => {},
      outage: () => '',
    })

  /** An engine of its own over the world's store, with another pipeline. */
  const engineWith = (parts: Partial<EngineParts>) =>
    createEngine({
      store: world.state.store,
      bus: world.state.bus,
      clock: world.clock,
      random: seededRandom(9),
      pipeline: async () => ({ kind: 'handled' }),
      safeReply: safeReply(world.app.kit),
      lastResort: async () => {},
      plan: createPlan(() => terminal()),
      report: () => {},
      ...parts,
    })

  const accept = async (text: string) => {
    const adapter = terminal()
    await adapter.start(world.app.receive)
    world.clock.advance(1_000)
    return adapter.type(text)
  }
  const conversation = 'console:local:person' as Parameters<World['state']['store']['transcript']>[0]
  const replies = async () =>
    (await world.state.store.transcript(conversation))
      .filter(({ from }) => from === 'bot')
      .map(({ text }) => text)

  it('answers a turn that throws safely: with the emergency number and a line, and none of the half-done turn', async () => {
    await accept('what is asthma')
    await engineWith({
      pipeline: async (turn) => {
        turn.reply({ elements: [{ kind: 'paragraph', text: 'half a turn' }], audience: 'everyone' })
        throw new Error('broken')
      },
    }).drain()
    const [reply = ''] = await replies()
    expect(reply).toContain('999')
    expect(reply).toContain('Samaritans')
    expect(reply).not.toContain('half a turn')
    expect(await world.state.store.backlog()).toBe(0)
  })

  it('tells staff when an alarm threw', async () => {
    await accept('i want to kill myself')
    await engineWith({
      pipeline: async () => {
        throw new Error('broken')
      },
    }).drain()
    await world.app.settle()
    expect(world.alerts().map(({ payload }) => payload.reason)).toEqual(['crashed'])
  })

  it('takes an alarm before questions that waited longer', async () => {
    await accept('what is asthma')
    const order: string[] = []
    const adapter = createConsoleAdapter({
      workspace: localWorkspace,
      account: 'another',
      clock: world.clock,
      random,
      write: () => {},
      outage: () => '',
    })
    await adapter.start(world.app.receive)
    await adapter.type('i want to kill myself')
    await engineWith({
      pipeline: async (turn) => {
        order.push(turn.text)
        return { kind: 'handled' }
      },
    }).drain()
    expect(order).toEqual(['i want to kill myself', 'what is asthma'])
  })

  it('fences off a running turn when the same person raises an alarm, and answers the alarm first', async () => {
    await accept('what is asthma')
    const seen: string[] = []
    const engine = engineWith({
      pipeline: async (turn) => {
        seen.push(`${turn.text}${turn.overtaken ? ' (overtaken)' : ''}`)
        if (seen.length === 1) await accept('i want to kill myself')
        turn.signal.throwIfAborted()
        turn.reply({ elements: [{ kind: 'paragraph', text: turn.text }], audience: 'everyone' })
        return { kind: 'handled' }
      },
    })
    await engine.drain()
    expect(seen).toEqual(['what is asthma', 'i want to kill myself', 'what is asthma (overtaken)'])
    expect(await replies()).toEqual(['i want to kill myself', 'what is asthma'])
  })

  it('gives up on a message that crashed three times with a safe reply and a staff alert, never a loop', async () => {
    await accept('what is asthma')
    let runs = 0
    for (let crash = 0; crash < 3; crash++) {
      const claim = await world.state.store.claimNext({
        worker: `dead-${crash}`,
        now: world.clock.now(),
        leaseMs: 30_000,
        lane: 'any',
      })
      expect(claim?.crashes).toBe(crash)
      await world.state.store.recover({ now: world.clock.now(), all: true })
    }
    await engineWith({
      pipeline: async () => {
        runs++
        return { kind: 'handled' }
      },
    }).drain()
    expect(runs).toBe(0)
    expect((await replies())[0]).toContain('Something went wrong')
    expect((await world.openCase())?.topic).toBe('crashed')
  })

  it('runs what staff did again when its turn threw: their words are not lost for one bad moment', async () => {
    await accept('i want to kill myself')
    await world.app.settle()
    await world.act({ kind: 'claim' })
    const open = await world.openCase()
    if (!open?.assignee) throw new Error('nobody claimed')
    await world.state.store.enqueue({
      key: 'reply-1',
      conversation: open.conversation,
      payload: {
        kind: 'staff_action',
        staff: open.assignee,
        caseId: open.id,
        action: { kind: 'reply', text: 'I am here' },
      },
      level: open.level,
      at: world.clock.now(),
    })
    let runs = 0
    await engineWith({
      pipeline: async () => {
        runs++
        if (runs < 3) throw new Error('the database was away')
        return { kind: 'handled' }
      },
    }).drain()
    expect(runs).toBe(3)
    expect(await world.state.store.backlog()).toBe(0)
  })

  it('runs a redelivered message once', async () => {
    const adapter = terminal()
    await adapter.start(world.app.receive)
    const twice = {
      externalId: 'same',
      conversation: {
        key: conversation,
        workspace: localWorkspace,
        channel: 'console',
        surface: 'direct',
        route: {},
      },
      sender: { urn: 'console:person' as never },
      receivedAt: new Date(world.clock.now()),
      body: { kind: 'text', text: 'hello' },
    } as const
    expect((await world.app.receive(twice)).kind).toBe('stored')
    expect(await world.app.receive(twice)).toMatchObject({ status: 'duplicate' })
    expect(await world.state.store.backlog()).toBe(1)
  })
})
