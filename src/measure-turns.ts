import { capabilities } from './adapters/console/limits.ts'
import { render } from './adapters/console/render.ts'
import { createApp } from './app.ts'
import { percentiles } from './bench/percentiles.ts'
import type { TurnFigures } from './bench/turn-figures.ts'
import type { MeasureOptions } from './cli/host.ts'
import { asId, type ConversationKey, type Urn } from './core/ids.ts'
import type { ChannelAdapter, Clock, Random, Receive } from './core/ports.ts'

/** Drives the whole path as fast as it goes: each person writes again as soon as they were answered. */
export async function measureTurns(
  options: MeasureOptions & { readonly clock: Clock; readonly random: Random },
): Promise<TurnFigures> {
  const { config, logger, state, workspace, clock, random, texts } = options
  const channel = createChannel()
  const app = await createApp({
    config,
    clock,
    random,
    logger,
    ...state,
    adapters: () => [channel.adapter],
    toStaff: async () => ({ kind: 'sent', externalId: 'bench' }),
  })
  await app.start()
  const accepted: number[] = []
  const answered: number[] = []
  let next = 0

  async function live(person: number, turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn++) {
      const text = texts[next++ % texts.length] ?? 'hello'
      const from = performance.now()
      const arrival = await channel.receive(messageOf(person, text))
      const inboxId = arrival.kind === 'stored' ? arrival.inboxId : undefined
      accepted.push(performance.now() - from)
      if (inboxId) await channel.answered(inboxId)
      answered.push(performance.now() - from)
    }
  }
  const messageOf = (person: number, text: string): Parameters<Receive>[0] => ({
    externalId: random.id(),
    conversation: {
      key: asId<ConversationKey>(`bench:${person}`),
      workspace: workspace.id,
      channel: 'console',
      surface: 'direct',
      route: {},
    },
    sender: { urn: asId<Urn>(`console:bench-${person}`) },
    receivedAt: new Date(clock.now()),
    body: { kind: 'text', text },
  })
  const everybody = (turns: number) =>
    Promise.all(Array.from({ length: options.people }, (_, person) => live(person, turns)))

  // Contacts, keys and introductions are made, and the code compiled, before the clock runs.
  await everybody(5)
  accepted.length = 0
  answered.length = 0
  const from = performance.now()
  const cpuFrom = process.cpuUsage()
  await everybody(Math.ceil(options.turns / options.people))
  while ((await state.store.backlog()) > 0) await clock.sleep(1)
  const seconds = (performance.now() - from) / 1_000
  const cpu = process.cpuUsage(cpuFrom)
  await app.stop()
  return {
    turns: answered.length,
    people: options.people,
    seconds,
    turnsPerSecond: answered.length / seconds,
    cpuMsPerTurn: (cpu.user + cpu.system) / 1_000 / answered.length,
    accepted: percentiles(accepted),
    answered: percentiles(answered),
  }
}

/** A channel that takes everything at once and tells when a message's turn was answered. */
function createChannel() {
  let into: Receive | undefined
  const waiting = new Map<string, () => void>()
  const early = new Set<string>()
  const adapter: ChannelAdapter = {
    name: 'console',
    capabilities,
    render,
    async start(receive) {
      into = receive
    },
    async stop() {
      into = undefined
    },
    async send(_to, _part, _via, key) {
      const turn = key.split('/')[0] ?? ''
      const resume = waiting.get(turn)
      if (resume) resume()
      else early.add(turn)
      return { kind: 'sent', externalId: key }
    },
    async openDirect() {
      return undefined
    },
  }
  return {
    adapter,
    receive(message: Parameters<Receive>[0]) {
      if (!into) throw new Error('the channel is not started')
      return into(message)
    },
    answered(inboxId: string): Promise<void> {
      if (early.delete(inboxId)) return Promise.resolve()
      return new Promise((resolve) => {
        waiting.set(inboxId, () => {
          waiting.delete(inboxId)
          resolve()
        })
      })
    },
  }
}
