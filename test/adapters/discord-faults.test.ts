import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { localWorkspace } from '../../src/open-state.ts'
import { makeLinkCode } from '../../src/staff-accounts.ts'
import { systemClock, systemRandom } from '../../src/system.ts'
import { until } from '../web/site.ts'
import { otherChannel, otherGuild, type Shown, self, staffChannel } from './discord-double.ts'
import type { DiscordPerson } from './discord-person.ts'
import { type DiscordSite, openDiscordSite } from './discord-site.ts'
import { pressables, wordsOf } from './discord-words.ts'

let site: DiscordSite
/** While set, nothing is taken in before it settles. */
let held: Promise<unknown> | undefined
let storeFails = false
beforeAll(async () => {
  site = await openDiscordSite({
    broken: (state) => ({
      ...state,
      store: {
        ...state.store,
        accept: async (request) => {
          if (storeFails) throw new Error('the database is away')
          await held
          return state.store.accept(request)
        },
      },
    }),
  })
})
afterAll(() => site.close())
afterEach(() => {
  expect(site.double.faults).toEqual([])
})

const to = (channel: string, words: RegExp) => (one: Shown) =>
  one.channel === channel && words.test(wordsOf(one.body))
const sourced = /Sourced/

async function caughtUp(person: DiscordPerson): Promise<void> {
  const from = site.double.shown.length
  person.say('help')
  await site.double.seen(to(person.direct, /danger/), from)
}

describe('the staff room', () => {
  test('hears staff talk under a card, and takes none of it for a question', async () => {
    const owner = site.person()
    owner.manages = true
    await owner.answerTo(staffRoom(owner))
    const from = site.double.shown.length
    site.person().say('I want to kill myself tonight')
    const card = await cardOf(from)
    const thread = `discord/thread/${card.id}`
    await until(() => site.state().store.setting(localWorkspace, 'case_card', thread))
    const referenced_message = { id: card.id, author: { id: self, bot: true } }
    const said = owner.message(staffChannel, 'do you think she took pills to kill herself?', {
      type: 19,
      referenced_message,
    })
    site.double.dispatch('MESSAGE_CREATE', said)
    await caughtUp(owner)
    expect(site.double.shown.slice(from).filter(to(said.id, /danger/))).toEqual([])
    expect(site.double.shown.slice(from).filter(to(owner.direct, /glad you told me|for them now/))).toEqual(
      [],
    )
  })

  const staffRoom = (person: DiscordPerson, show = 'on') =>
    person.command(
      'staff-room',
      { show },
      {
        command: 'health-admin',
        channel_id: staffChannel,
        channel: { id: staffChannel, type: 0 },
      },
    )
  const cardOf = (from: number) =>
    site.double.seen((one) => one.channel === staffChannel && pressables(one.body).length > 0, from)

  test('is linked by who manages the server, and by nobody else', async () => {
    const ana = site.person()
    const refused = await ana.answerTo(staffRoom(ana))
    expect(wordsOf(refused.body)).toMatch(/Only somebody who manages/)
    ana.manages = true
    expect(wordsOf((await ana.answerTo(staffRoom(ana))).body)).toMatch(/shown here from now on/)
  })

  test('is no channel that everybody reads, nor one that Salus cannot look into', async () => {
    const { double } = site
    const ana = site.person()
    ana.manages = true
    const link = async () => wordsOf((await ana.answerTo(staffRoom(ana))).body)
    const linked = () => site.state().store.setting(localWorkspace, 'staff_room', 'discord')
    await site.state().store.saveSetting(localWorkspace, 'staff_room', 'discord', undefined)
    double.closedChannels.delete(staffChannel)
    expect(await link()).toMatch(/Everybody in the server can read.*Private Channel/)
    expect(await linked()).toBeUndefined()
    const everyone = double.everyone
    // In a server whose members see nothing unless a role lets them.
    double.everyone = '0'
    expect(await link()).toMatch(/shown here from now on/)
    double.everyone = String(1n << 3n)
    double.closedChannels.add(staffChannel)
    expect(await link()).toMatch(/Everybody in the server/)
    double.everyone = everyone
    const path = new RegExp(`GET /channels/${staffChannel}$`)
    double.scripted.push({ path, status: 403, body: { code: 50001, message: 'Missing Access' } })
    expect(await link()).toMatch(/cannot look into this channel/)
    expect(await link()).toMatch(/shown here from now on/)
  })

  test('shows a case as a card that linked staff work with', async () => {
    const owner = site.person()
    owner.manages = true
    await owner.answerTo(staffRoom(owner))
    const from = site.double.shown.length
    const member = site.person()
    member.mention('I want to kill myself tonight')
    const card = await cardOf(from)
    expect(wordsOf(card.body)).toMatch(/crisis/)
    expect(wordsOf(card.body)).not.toMatch(/kill|tonight/)
    await site.double.seen(to(member.direct, /I told the team|I have told the team|told the team/i))

    const staff = site.person()
    const unlinked = staff.press(card, /Claim/)
    expect(wordsOf((await staff.answerTo(unlinked)).body)).toMatch(/not linked/)

    const [volunteer] = await site.state().store.staff(localWorkspace)
    if (!volunteer) throw new Error('the demo has a volunteer')
    const parts = { store: site.state().store, clock: systemClock, random: systemRandom }
    const code = await makeLinkCode(parts, volunteer)
    expect(wordsOf((await staff.answerTo(staff.command('link', { code }))).body)).toMatch(/acts as Sam/)

    const claimed = staff.press(card, /Claim/)
    await until(async () => (/Sam has it/.test(wordsOf(card.body)) ? true : undefined))
    expect(claimed.answer?.type).toBe(6)
    const opened = await staff.answerTo(staff.press(card, /Open/))
    expect(wordsOf(opened.body)).toMatch(/http:\/\/127\.0\.0\.1:\d+\//)
    expect(Number(opened.body.flags) & 64).toBe(64)
    staff.press(card, /Resolve/)
    await until(async () => (/Closed/.test(wordsOf(card.body)) ? true : undefined))
    expect(pressables(card.body)).toEqual([])
    expect(await site.state().store.cases(localWorkspace, { status: ['claimed'] })).toEqual([])
  })
})

describe('what must be ignored', () => {
  test('itself, other bots, webhooks, and what nobody knows yet', async () => {
    const ana = site.person()
    const { double } = site
    const message = () => ana.message(ana.direct, 'I took 20 paracetamol an hour ago')
    double.dispatch('MESSAGE_CREATE', { ...message(), author: { id: self, username: 'salus', bot: true } })
    double.dispatch('MESSAGE_CREATE', { ...message(), author: { id: ana.id, username: 'bot', bot: true } })
    double.dispatch('MESSAGE_CREATE', { ...message(), webhook_id: '1' })
    double.dispatch('MESSAGE_CREATE', { ...message(), type: 7 })
    double.dispatch('MESSAGE_UPDATE', message())
    for (const odd of [{}, null, 7, 'text', [], { id: {} }, { id: 'one', channel_id: 'x', author: null }]) {
      for (const type of [
        'MESSAGE_CREATE',
        'MESSAGE_UPDATE',
        'MESSAGE_DELETE',
        'INTERACTION_CREATE',
        'GUILD_CREATE',
        'THREAD_CREATE',
        'A_FUTURE_EVENT',
      ])
        double.dispatch(type, odd)
    }
    ana.interact(99, {})
    ana.interact(3, { custom_id: 'not ours', component_type: 2 }, { message: { id: '1' } })
    ana.interact(2, { name: 'health', type: 1, options: [{ name: 'a-future-command', type: 1 }] })
    await caughtUp(ana)
    expect(double.shown.filter(to(ana.direct, /poison/i))).toEqual([])
  })

  test('a command that was delivered twice is one turn', async () => {
    const ana = site.person()
    const asked = ana.command('ask', { question: 'What helps a migraine?' })
    const again = {
      id: '1',
      type: 1,
      name: 'health',
      options: [
        { type: 1, name: 'ask', options: [{ type: 3, name: 'question', value: 'What helps a migraine?' }] },
      ],
    }
    ana.interact(2, again, { id: asked.id, token: asked.token })
    await site.double.seen(to(`@${asked.token}`, sourced))
    await caughtUp(ana)
    expect(site.double.shown.filter(to(`@${asked.token}`, sourced))).toHaveLength(1)
  })
})

describe('when something fails', () => {
  test('Discord is answered in time while the message cannot be taken in yet', async () => {
    const ana = site.person()
    let asked: ReturnType<DiscordPerson['command']> | undefined
    held = until(async () => asked?.answer)
    asked = ana.command('ask', { question: 'What helps a migraine?' })
    await held
    held = undefined
    expect(asked.answer).toMatchObject({ type: 5, data: { flags: 64 } })
    await site.double.seen(to(`@${asked.token}`, sourced))
  })

  test('with the database away the fixed reply goes out at once', async () => {
    const ana = site.person()
    storeFails = true
    ana.say('I took 20 paracetamol an hour ago')
    await site.double.seen(to(ana.direct, /999/))
    const ben = site.person()
    const asked = ben.command('ask', { question: 'What helps a migraine?' })
    await site.double.seen(to(`@${asked.token}`, /cannot answer/i))
    storeFails = false
    expect(asked.answer).toMatchObject({ type: 5 })
  })

  test('with the database away danger in a channel gets its fixed words there, and alone', async () => {
    const ana = site.person()
    storeFails = true
    const { id } = ana.mention('I took 20 paracetamol an hour ago')
    await site.double.seen(to(id, /999/))
    await site.double.seen(to(ana.direct, /999/))
    storeFails = false
  })

  test('what Discord puts off is sent when it says', async () => {
    const ana = site.person()
    const body = { message: 'You are being rate limited.', retry_after: 0.3, global: false }
    const limited = {
      path: new RegExp(`POST /channels/${ana.direct}/messages`),
      status: 429,
      body,
      headers: { 'retry-after': '0.3' },
    }
    site.double.scripted.push(limited)
    ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    expect(site.double.scripted).toEqual([])
  })

  test('an answer that was lost is not shown twice', async () => {
    const ana = site.person()
    ana.say('help')
    await site.double.seen(to(ana.direct, /danger/))
    const path = new RegExp(`POST /channels/${ana.direct}/messages`)
    site.double.lose(path)
    ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    await caughtUp(ana)
    expect(site.double.shown.filter(to(ana.direct, sourced))).toHaveLength(1)
  })

  test('where the newer components are not known the words come in the older form', async () => {
    const ana = site.person()
    site.double.componentsKnown = false
    ana.say('What helps a migraine?')
    const answer = await site.double.seen(to(ana.direct, sourced))
    site.double.componentsKnown = true
    expect(String(answer.body.content)).toMatch(/migraine/i)
    ana.press(answer, /helped|yes|useful/i)
    await site.double.seen(to(ana.direct, /Good to know/))
  })

  test('after a break the session goes on where it stopped', async () => {
    const ana = site.person()
    const { resumes } = site.double
    site.double.drop()
    ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    expect(site.double.resumes).toBe(resumes + 1)
  })

  test('after a restart, too: nothing is lost in between and nothing said twice', async () => {
    const ana = site.person()
    ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    const { resumes } = site.double
    const ben = site.person()
    site.between = () => ben.say('What helps a migraine?')
    await site.restart()
    await site.double.seen(to(ben.direct, sourced))
    await caughtUp(ana)
    await caughtUp(ben)
    expect(site.double.resumes).toBe(resumes + 1)
    for (const { direct } of [ana, ben]) expect(site.double.shown.filter(to(direct, sourced))).toHaveLength(1)
  })

  test('a session that Discord forgot is begun anew', async () => {
    const ana = site.person()
    const before = site.double.identified.length
    site.double.drop(4000, true)
    await until(async () => (site.double.identified.length > before ? true : undefined))
    await caughtUp(ana)
  })
})

test('servers are kept apart', async () => {
  const { double } = site
  double.dispatch('GUILD_CREATE', {
    id: otherGuild,
    name: 'Another',
    threads: [],
    system_channel_id: otherChannel,
  })
  await double.seen(to(otherChannel, /not watching this room/))
  const ana = site.person()
  const message = ana.message(otherChannel, `<@${self}> What are the signs of a stroke?`)
  double.dispatch('MESSAGE_CREATE', { ...message, guild_id: otherGuild, mentions: [{ id: self }] })
  await double.seen(to(message.id, sourced))
  const workspaces = await site.state().store.workspaces()
  const [other] = workspaces.filter(({ id }) => id !== localWorkspace)
  expect(other?.id).toMatch(/^discord-[0-9a-f]{16}$/)
  expect(await site.state().store.contacts(other?.id ?? localWorkspace)).toHaveLength(1)
  expect(await site.state().store.staff(other?.id ?? localWorkspace)).toEqual([])
  // In a direct conversation they go on where they last spoke.
  ana.say('What helps a migraine?')
  await double.seen(to(ana.direct, sourced))
  expect(await site.state().store.contacts(other?.id ?? localWorkspace)).toHaveLength(1)
})

test('somebody of two servers is heard where their case is, and forgotten where they wrote', async () => {
  const two = await openDiscordSite()
  const { double } = two
  const { store } = two.state()
  double.dispatch('GUILD_CREATE', { id: otherGuild, name: 'Another', threads: [] })
  const elsewhere = async (person: DiscordPerson, text: string) => {
    const message = person.message(otherChannel, `<@${self}> ${text}`)
    double.dispatch('MESSAGE_CREATE', { ...message, guild_id: otherGuild, mentions: [{ id: self }] })
    await double.seen(to(message.id, sourced))
  }
  const held = async () => {
    const contacts = await store.contacts(localWorkspace)
    return JSON.stringify(await Promise.all(contacts.map((one) => store.exportContact(one))))
  }

  const ana = two.person()
  const { id } = ana.say('I have a sore throat and my name is Ana Quill')
  await double.seen(to(ana.direct, /don't know|throat/i))
  expect(await held()).toContain('Ana Quill')
  await elsewhere(ana, 'What are the signs of measles?')
  double.dispatch('MESSAGE_DELETE', { id, channel_id: ana.direct })
  await until(async () => ((await held()).includes('Ana Quill') ? undefined : true))

  // What they change stays where they wrote it, too, and counts as changed there.
  const eve = two.person()
  const asked = eve.say('What are the signs of measles?')
  await double.seen(to(eve.direct, sourced))
  await elsewhere(eve, 'What are the signs of measles?')
  const other = (await store.workspaces()).find(({ id }) => id !== localWorkspace)?.id ?? localWorkspace
  const heldThere = async () => {
    const contacts = await store.contacts(other)
    return JSON.stringify(await Promise.all(contacts.map((one) => store.exportContact(one))))
  }
  const seenBefore = double.shown.length
  double.dispatch('MESSAGE_UPDATE', {
    ...asked,
    content: 'What are the signs of a stroke?',
    edited_timestamp: new Date().toISOString(),
  })
  await double.seen(to(eve.direct, /stroke/i))
  expect(await heldThere()).not.toContain('stroke')
  // The answer stands where the first one stood.
  expect(double.shown.slice(seenBefore)).toEqual([])

  const ben = two.person()
  ben.mention('I want to kill myself')
  await double.seen(to(ben.direct, /glad you told me/i))
  await elsewhere(ben, 'What are the signs of measles?')
  const from = double.shown.length
  ben.say('yes')
  // A yes to "are you thinking about it", or to what was asked last: it is no question for the articles.
  expect(wordsOf((await double.seen(to(ben.direct, /./), from)).body)).toMatch(/999|116 123/)
  expect(double.faults).toEqual([])
  await two.close()
})

test('a command in a conversation of several people outside a server is not taken for a direct one', async () => {
  const ana = site.person()
  const outside = { guild_id: undefined, member: undefined, user: { id: ana.id }, context: 2 }
  const channel = '777000000000000001'
  const of = { ...outside, channel_id: channel, channel: { id: channel, type: 3 } }
  const asked = ana.command('ask', { question: 'I have HIV, what helps me?' }, of)
  await caughtUp(ana)
  expect(asked.answer).toBeUndefined()
  expect(site.double.shown.filter((one) => one.channel === channel)).toEqual([])
})
