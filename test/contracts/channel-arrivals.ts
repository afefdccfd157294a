import { expect } from 'vitest'
import type { ContactId } from '../../src/core/ids.ts'
import { localWorkspace } from '../../src/open-state.ts'
import { mutants } from './channel-mutants.ts'
import { type ChannelSuite, crisis, question, sourced } from './channel-suite.ts'
import type { ChannelWorld } from './channel-world.ts'

/** What the platform, and whoever claims to be it, sends. */
export function arrivalClauses({ clause }: ChannelSuite): void {
  clause(['bots'], 'itself and other bots are ignored', async (world) => {
    const ana = world.person()
    await ana.say('hello')
    await world.caughtUp(ana)
    const contacts = await contactsOf(world)
    const held = await heldOf(world, await world.contactOf(ana))
    const cases = await casesOf(world)
    const bots = world.platform.bots?.(ana) ?? []
    expect(bots.length).toBeGreaterThan(1)
    for (const [who, send] of bots) expect(await send(), who).toBe('taken')
    await world.caughtUp(ana)
    expect(await contactsOf(world)).toEqual(contacts)
    expect(await casesOf(world)).toEqual(cases)
    // The question by which Salus caught up is one more.
    expect(await heldOf(world, await world.contactOf(ana))).toBe(held + 1)
  })

  clause(['forgeries'], 'what is forged or too old is refused, and nothing runs', async (world) => {
    const ana = world.person()
    await ana.say('hello')
    await world.caughtUp(ana)
    const contacts = await contactsOf(world)
    const held = await heldOf(world, await world.contactOf(ana))
    const cases = await casesOf(world)
    const forgeries = world.platform.forgeries?.(ana) ?? []
    expect(forgeries.length).toBeGreaterThan(1)
    for (const [how, send] of forgeries) expect(await send(), how).toBe('refused')
    await world.caughtUp(ana)
    expect(await contactsOf(world)).toEqual(contacts)
    expect(await casesOf(world)).toEqual(cases)
    expect(await heldOf(world, await world.contactOf(ana))).toBe(held + 1)
  })

  clause(['redelivery'], 'the same message twice is one turn', async (world) => {
    const ana = world.person()
    const said = await ana.say(question)
    expect(await ana.again(said)).toBe('taken')
    await world.seen(ana.direct, sourced)
    expect(await ana.again(said)).toBe('taken')
    await world.caughtUp(ana)
    expect(await answersIn(world, ana.direct)).toHaveLength(1)
    expect(await heldOf(world, await world.contactOf(ana))).toBe(2)
  })

  clause(['redelivery'], 'an alarm twice is one alarm, and one case', async (world) => {
    const ana = world.person()
    const said = await ana.say(crisis)
    await ana.again(said)
    await world.seen(ana.direct, /116 123/)
    await ana.again(said)
    await world.caughtUp(ana)
    const contact = await world.contactOf(ana)
    const { store } = world.salus.state()
    const own = (await store.cases(localWorkspace)).filter(({ contactId }) => contactId === contact)
    expect(own).toHaveLength(1)
    expect(await heldOf(world, contact)).toBe(2)
  })

  clause([], 'after a restart the same person is the same contact', async (world) => {
    const ana = world.person()
    await ana.say(question)
    await world.seen(ana.direct, sourced)
    const contact = await world.contactOf(ana)
    const contacts = await contactsOf(world)
    await world.restart()
    await world.caughtUp(ana)
    expect(contact).toBeDefined()
    expect(await world.contactOf(ana)).toBe(contact)
    expect(await contactsOf(world)).toEqual(contacts)
  })

  clause(['redelivery'], 'after a restart the same message is no second turn', async (world) => {
    const ana = world.person()
    const said = await ana.say(question)
    await world.seen(ana.direct, sourced)
    const held = await heldOf(world, await world.contactOf(ana))
    await world.restart()
    expect(await ana.again(said)).toBe('taken')
    await world.caughtUp(ana)
    expect(await answersIn(world, ana.direct)).toHaveLength(1)
    expect(await heldOf(world, await world.contactOf(ana))).toBe(held + 1)
  })

  clause([], 'whatever is missing, odd, unknown or huge in what is sent, nothing throws', async (world) => {
    const ana = world.person()
    await ana.say('hello')
    await world.caughtUp(ana)
    const kinds = world.platform.kinds(world.person())
    world.salus.errors()
    for (const { name, body, deliver } of kinds) {
      const changed = mutants(body)
      expect(changed.length, name).toBeGreaterThanOrEqual(10)
      for (const one of changed) {
        const ack = await deliver(one)
        expect(['taken', 'refused'], `${name}: ${JSON.stringify(one)?.slice(0, 400)}`).toContain(ack)
      }
    }
    await world.caughtUp(ana)
    const { refusal } = world.platform
    expect(world.salus.errors().filter((one) => !refusal?.test(one))).toEqual([])
  })
}

async function answersIn(world: ChannelWorld, place: string) {
  return (await world.at(place)).filter(({ words }) => sourced.test(words))
}

async function contactsOf({ salus }: ChannelWorld): Promise<readonly string[]> {
  return [...(await salus.state().store.contacts(localWorkspace))].sort()
}

async function casesOf({ salus }: ChannelWorld): Promise<readonly string[]> {
  return (await salus.state().store.cases(localWorkspace)).map(({ id }) => id).sort()
}

/** How many messages of a person are kept. */
async function heldOf({ salus }: ChannelWorld, contact: ContactId | undefined): Promise<number> {
  return contact ? (await salus.state().store.held(contact)).messages : 0
}
