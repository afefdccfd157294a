import { expect } from 'vitest'
import { alarm, type ChannelSuite, question, sourced } from './channel-suite.ts'
import { type ChannelWorld, eventually, holdsSoon, openChannelWorld } from './channel-world.ts'

/** Longer than anything that Salus says later on its own, ms. */
const daysMs = 3 * 24 * 60 * 60_000

/** What one person and Salus say to each other. */
export function conversationClauses({ clause, driver }: ChannelSuite): void {
  clause([], 'a question is answered with its sources, and what follows leans on it', async (world) => {
    const ana = world.person()
    await ana.say(question)
    const answer = await world.seen(ana.direct, sourced)
    expect(answer.words).toMatch(/migraine/i)
    await ana.say('When should I get help for it?')
    expect((await world.seen(ana.direct, sourced, [answer])).words).toMatch(/headache|migraine/i)
  })

  clause([], 'a button answers the reply that it stands under', async (world) => {
    const ana = world.person()
    await ana.say(question)
    await ana.press(await world.seen(ana.direct, sourced), /helped|yes|useful/i)
    await world.seen(ana.direct, /Good to know/)
  })

  clause([], 'an alarm is answered with the number to call', async (world) => {
    const ana = world.person()
    await ana.say('my husband has crushing chest pain and is sweating')
    expect((await world.seen(ana.direct, /999/)).words).not.toMatch(/chest pain and is sweating/)
  })

  clause(
    [],
    'stop is heard, nothing comes by itself from then on, and what they ask is answered',
    async () => {
      // A world of its own: time does not go back for those who wait in the others.
      const world = await openChannelWorld(driver)
      try {
        const ana = world.person()
        await ana.say(question)
        await world.seen(ana.direct, sourced)
        await ana.say('stop')
        await world.seen(ana.direct, /won't start any messages/)
        const before = await world.at(ana.direct)
        await timePasses(world)
        expect(await world.at(ana.direct)).toEqual(before)
        await ana.say(question)
        await world.seen(ana.direct, sourced, before)
      } finally {
        await world.close()
      }
    },
  )

  clause(
    [],
    'their data is deleted on their yes alone, all of it, and they are told what stays',
    async (world) => {
      const ana = world.person()
      await ana.say(question)
      await world.seen(ana.direct, sourced)
      await ana.say('delete my data')
      const asked = await world.seen(ana.direct, /can't be undone/)
      await ana.press(asked, /Keep it/)
      await world.seen(ana.direct, /Nothing was deleted/)
      const contact = await world.contactOf(ana)
      expect(contact).toBeDefined()
      expect(await world.holds(ana)).toContain(question)

      const known = await world.at(ana.direct)
      await ana.say('delete my data')
      const again = await world.seen(ana.direct, /can't be undone/, known)
      await ana.press(again, /Delete it/)
      await world.seen(ana.direct, /in backups are gone by .* I can't delete what you can still see/s)
      await holdsSoon('nobody goes by their name', async () => (await world.contactOf(ana)) === undefined)
      if (!contact) throw new Error('there was no contact')
      const { store } = world.salus.state()
      // Erasing goes in steps, the contact itself last.
      await holdsSoon('nothing is held of them', async () =>
        store.exportContact(contact).then(
          () => false,
          (error: Error) => /no such contact/.test(error.message),
        ),
      )
      expect(await store.held(contact)).toEqual({ messages: 0, cases: 0 })
    },
  )

  clause(['changes'], 'an edited message is read again, once', async (world) => {
    const ana = world.person()
    const said = await ana.say(question)
    await world.seen(ana.direct, sourced)
    const known = await world.at(ana.direct)
    await ana.edit(said, alarm)
    await world.seen(ana.direct, /999/, known)
    expect(await world.holds(ana)).toContain(alarm)
  })

  clause(
    ['changes'],
    'a question that is changed is answered where its first answer stood',
    async (world) => {
      const ana = world.person()
      const said = await ana.say(question)
      await world.seen(ana.direct, /migraine/i)
      await holdsSoon('it is sent', async () => (await world.salus.state().store.backlog()) === 0)
      const known = await world.at(ana.direct)
      await ana.edit(said, 'What helps against hay fever?')
      await eventually(async () => {
        const now = await world.at(ana.direct)
        const words = now.map((one) => one.words).join('\n')
        return /hay fever/i.test(words) && !/migraine/i.test(words) ? { found: now } : { instead: words }
      }, 'the new answer in the place of the old one')
      await world.caughtUp(ana)
      expect((await world.at(ana.direct)).length, 'the answer to help alone is new').toBe(known.length + 1)
    },
  )

  clause(['changes'], 'a deleted message is forgotten, and nothing is said of it', async (world) => {
    const ana = world.person()
    await ana.say('hello')
    await world.caughtUp(ana)
    const words = 'my aunt Zebulina has hay fever, what helps against hay fever?'
    const said = await ana.say(words)
    await world.caughtUp(ana)
    expect(await world.holds(ana)).toContain('Zebulina')
    const known = await world.at(ana.direct)
    expect(await ana.remove(said)).toBe('taken')
    await holdsSoon('the words are gone', async () => !(await world.holds(ana)).includes('Zebulina'))
    await world.caughtUp(ana)
    expect(await world.at(ana.direct)).toHaveLength(known.length + 1)
  })
}

/** Days go by, and clocks are looked at in between. */
async function timePasses(world: ChannelWorld): Promise<void> {
  const { salus } = world
  const { ticks } = salus.faults
  salus.pass(daysMs)
  await holdsSoon('clocks are looked at', async () => salus.faults.ticks > ticks + 1)
  await holdsSoon('nothing waits', async () => (await salus.state().store.backlog()) === 0)
  salus.pass(-daysMs)
}
