import { expect } from 'vitest'
import { localWorkspace } from '../../src/open-state.ts'
import { type ChannelSuite, crisis, personal, sourced } from './channel-suite.ts'
import { type ChannelWorld, eventually, holdsSoon } from './channel-world.ts'

const words = (found: readonly { readonly words: string }[]) => found.map((one) => one.words).join('\n')

/** Where others read along, and staff. */
export function placeClauses({ clause }: ChannelSuite): void {
  clause(['rooms'], 'a routine question in public is answered there, once', async (world) => {
    const ana = world.person()
    const asked = await ana.mention('What are the signs of a stroke?')
    await world.seen(asked.place, sourced)
    await world.caughtUp(ana)
    expect((await world.at(asked.place)).filter((one) => sourced.test(one.words))).toHaveLength(1)
  })

  clause(['rooms'], 'called by name and nothing else, it says there what can be asked', async (world) => {
    const ana = world.person()
    const called = await ana.mention('')
    await world.seen(called.place, /You can say|talk to a person/i)
  })

  clause(
    ['rooms'],
    'a personal question in public is answered privately, and the place learns nothing',
    async (world) => {
      const ana = world.person()
      const before = await world.inPublic()
      const asked = await ana.mention(personal)
      await world.seen(ana.direct, /migraine/i)
      await world.caughtUp(ana)
      expect((await world.inPublic()).slice(before.length)).not.toMatch(/migraine|two days/i)
      expect((await world.at(asked.place)).length).toBeLessThanOrEqual(1)
    },
  )

  clause(
    ['rooms'],
    'a crisis in public: the fixed line there at once, the fuller reply privately',
    async (world) => {
      const ana = world.person()
      const before = await world.inPublic()
      const said = await ana.mention(crisis)
      await world.seen(said.place, /If anyone here is in danger[\s\S]*999/)
      await world.seen(ana.direct, /116 123/)
      await world.caughtUp(ana)
      expect((await world.inPublic()).slice(before.length)).not.toMatch(/kill|tonight|glad you told me/i)
      expect(await world.at(said.place)).toHaveLength(1)
    },
  )

  clause(
    ['rooms'],
    'the answer to a private question, by mention: it goes on privately, and the place hears no line again',
    async (world) => {
      const ana = world.person()
      const said = await ana.mention(crisis)
      await world.seen(said.place, /If anyone here is in danger/)
      await world.seen(ana.direct, /hurt yourself/)
      await world.caughtUp(ana)
      const before = await world.inPublic()
      await ana.mention('no')
      await world.seen(ana.direct, /Thank you for answering/)
      await world.caughtUp(ana)
      expect((await world.inPublic()).slice(before.length)).not.toMatch(/in danger|thank you|hurt/i)
    },
  )

  clause(['rooms'], 'where nothing private arrives: a hint that quotes nothing', async (world) => {
    const ana = world.person()
    ana.close()
    const before = await world.inPublic()
    const asked = await ana.mention(personal)
    await world.seen(asked.place, /could not write to you privately/)
    expect((await world.inPublic()).slice(before.length)).not.toMatch(/migraine|two days/i)
    expect(await world.at(ana.direct)).toEqual([])
  })

  clause(
    ['rooms', 'staff'],
    'a crisis and nothing private arrives: the line, the hint, and staff are told so',
    async (world) => {
      const desk = await deskOf(world)
      const ana = world.person()
      ana.close()
      const before = await world.inPublic()
      const said = await ana.mention(crisis)
      await world.seen(said.place, /If anyone here is in danger[\s\S]*999/)
      await world.seen(said.place, /could not write to you privately/)
      const one = await caseOf(world, ana)
      await eventually(async () => {
        const shown = words(await world.platform.heard())
        const told = shown.includes('We could not reach this person') && shown.includes(one.pseudonym)
        return told ? { found: true } : { instead: words(await desk.cards()).slice(-600) }
      }, 'staff are told that the person was not reached')
      expect((await world.inPublic()).slice(before.length)).not.toMatch(/kill|tonight/i)
    },
  )

  clause(
    ['staff'],
    'a case is shown to staff without a word of it; Claim works for linked staff alone',
    async (world) => {
      const desk = await deskOf(world)
      const ana = world.person()
      await ana.say(crisis)
      await world.seen(ana.direct, /116 123/)
      const { id, pseudonym } = await caseOf(world, ana)
      const cardOf = () =>
        eventually(async () => {
          const cards = await desk.cards()
          const found = cards.find((one) => one.words.includes(pseudonym))
          return found ? { found } : { instead: words(cards) }
        }, `a card of ${pseudonym}`)
      const card = await cardOf()
      expect(card.words).toMatch(/crisis/i)
      expect(card.words).not.toMatch(/kill|tonight/i)

      const { store } = world.salus.state()
      await desk.claim(card, 'stranger')
      await world.caughtUp(ana)
      expect(await store.case(id)).toMatchObject({ status: 'waiting' })
      await desk.claim(card, 'staff')
      await holdsSoon('it is claimed', async () => (await store.case(id))?.status === 'claimed')
      expect(await store.case(id)).toMatchObject({ assignee: 'demo' })
      await world.seen(ana.direct, /Sam/)
      await eventually(async () => {
        const now = await cardOf()
        return /Sam/.test(now.words) ? { found: now } : { instead: now.words }
      }, 'the card says who has it')
      await holdsSoon('the talk with the volunteer is over', async () => {
        await store.enqueue({
          key: `contract/${id}/resolve`,
          conversation: (await store.case(id))!.conversation,
          payload: { kind: 'staff_action', staff: 'demo' as never, caseId: id, action: { kind: 'resolve' } },
          level: 'routine',
          at: world.salus.clock.now(),
        })
        world.salus.state().bus.publish('inbox')
        return (await store.case(id))?.status === 'resolved'
      })
    },
  )

  clause(['tenants'], 'two workspaces in one process know nothing of each other', async (world) => {
    const desk = await deskOf(world)
    const ana = world.person()
    await ana.say('hello')
    await world.caughtUp(ana)
    const { store } = world.salus.state()
    const workspaces = async () => (await store.workspaces()).map(({ id }) => id)
    // Other clauses may have named workspaces of their own.
    const before = await workspaces()
    const others = async () => (await workspaces()).filter((id) => !before.includes(id))
    await holdsSoon('nothing is on its way', async () => !/"(due|sending)"/.test(await world.holds(ana)))
    const home = {
      contacts: await store.contacts(localWorkspace),
      cases: await store.cases(localWorkspace),
      cards: await desk.cards(),
      held: await world.holds(ana),
    }
    const twin = await world.platform.elsewhere?.(ana)
    if (!twin) throw new Error('no other workspace')
    const said = await twin.mention(crisis)
    await world.seen(said.place, /If anyone here is in danger/)
    const [other] = await others()
    if (!other) throw new Error('no other workspace was made')
    expect(await others()).toHaveLength(1)
    await holdsSoon('a case over there', async () => (await store.cases(other)).length === 1)
    expect(await store.contacts(other)).toHaveLength(1)
    expect(await store.contacts(localWorkspace)).toEqual(home.contacts)
    expect((await store.cases(localWorkspace)).map(({ id }) => id)).toEqual(home.cases.map(({ id }) => id))
    expect(await world.holds(ana)).toBe(home.held)
    expect((await desk.cards()).map(({ id }) => id)).toEqual(home.cards.map(({ id }) => id))
    const [there] = await store.cases(other)
    expect(words(await desk.cards())).not.toContain(there?.pseudonym)

    expect(await store.settings(localWorkspace, 'staff_account')).not.toEqual([])
    for (const kind of ['staff_room', 'staff_account', 'staff_code', 'case_card'] as const)
      expect(await store.settings(other, kind), kind).toEqual([])
    expect(await store.staff(other)).toEqual([])
    // The same message by its id, at home: another place, another turn.
    expect(await store.contactOf(other, twin.urn())).not.toBe(await world.contactOf(ana))
  })
}

const desks = new WeakMap<ChannelWorld, Promise<Awaited<ReturnType<typeof open>>>>()

async function open(world: ChannelWorld) {
  if (!world.platform.desk) throw new Error('no staff here')
  return world.platform.desk()
}

/** Staff are there from the first clause on that asks for them. */
function deskOf(world: ChannelWorld) {
  const found = desks.get(world) ?? open(world)
  desks.set(world, found)
  return found
}

/** The one open case of a person. */
async function caseOf(world: ChannelWorld, person: Parameters<ChannelWorld['contactOf']>[0]) {
  return eventually(async () => {
    const contact = await world.contactOf(person)
    const cases = await world.salus.state().store.cases(localWorkspace)
    const found = cases.find(({ contactId, status }) => contactId === contact && status !== 'resolved')
    return found ? { found } : { instead: `${cases.length} of others` }
  }, 'a case')
}
