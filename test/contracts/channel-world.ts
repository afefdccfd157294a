import { setTimeout as sleep } from 'node:timers/promises'
import type { ContactId } from '../../src/core/ids.ts'
import { localWorkspace } from '../../src/open-state.ts'
import type { ChannelDriver, ChannelPerson, Heard, Platform } from './channel-driver.ts'
import { type ChannelHost, createChannelHost } from './channel-host.ts'

/** One channel under contract: Salus, the platform's double, and short ways to say what clauses say often. */
export interface ChannelWorld {
  readonly salus: ChannelHost
  readonly platform: Platform
  person(): ChannelPerson
  /** The first message of a place that says this, once it is there; those in `before` are passed over. */
  seen(place: string, words: RegExp, before?: readonly Heard[]): Promise<Heard>
  /** What stands in a place now. */
  at(place: string): Promise<readonly Heard[]>
  /** What stands where more than one person reads. */
  inPublic(): Promise<string>
  /** Ends what is under way for a person: their question is answered after everything before it. */
  caughtUp(person: ChannelPerson): Promise<void>
  contactOf(person: ChannelPerson): Promise<ContactId | undefined>
  /** What Salus holds of a person, as JSON; empty when it holds nothing. */
  holds(person: ChannelPerson): Promise<string>
  /** Stops Salus and starts it on the same data. */
  restart(between?: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** How long something is waited for before the clause fails, ms. */
const patienceMs = 15_000

export async function openChannelWorld(driver: ChannelDriver): Promise<ChannelWorld> {
  const salus = await createChannelHost(driver.name === 'console' ? 'terminal' : 'server')
  const platform = await driver.open(salus)
  const start = async () => {
    await salus.start(platform.environment)
    await platform.ready()
  }
  await start()
  const world: ChannelWorld = {
    salus,
    platform,
    person: () => platform.person(),
    at: async (place) => (await platform.heard()).filter((one) => one.place === place),
    async seen(place, words, before = []) {
      const known = new Set(before.map(({ id }) => id))
      return eventually(async () => {
        const here = (await world.at(place)).filter(({ id }) => !known.has(id))
        const found = here.find((one) => words.test(one.words))
        if (found) return { found }
        return { instead: here.map((one) => one.words.slice(0, 160)).join(' | ') }
      }, `${words} in ${place}`)
    },
    async inPublic() {
      return (await platform.heard())
        .filter(({ alone }) => !alone)
        .map(({ words }) => words)
        .join('\n')
    },
    async caughtUp(person) {
      const before = await world.at(person.direct)
      await person.say('help')
      await world.seen(person.direct, /danger/, before)
    },
    contactOf: (person) => salus.state().store.contactOf(localWorkspace, person.urn()),
    async holds(person) {
      const contact = await world.contactOf(person)
      return contact ? JSON.stringify(await salus.state().store.exportContact(contact)) : ''
    },
    async restart(between) {
      await salus.stop()
      await between?.()
      await start()
    },
    async close() {
      await salus.close()
      await platform.stop()
    },
  }
  return world
}

/** Asks again until there is an answer. Fails with what was there instead. */
export async function eventually<T>(
  ask: () => Promise<{ readonly found: T } | { readonly instead: string }>,
  what: string,
): Promise<T> {
  const until = Date.now() + patienceMs
  for (;;) {
    const told = await ask()
    if ('found' in told) return told.found
    if (Date.now() > until) throw new Error(`never came: ${what}; instead: ${told.instead}`)
    await sleep(15)
  }
}

/** Waits until something holds. */
export function holdsSoon(what: string, test: () => Promise<boolean>): Promise<true> {
  return eventually(async () => ((await test()) ? { found: true as const } : { instead: 'not yet' }), what)
}
