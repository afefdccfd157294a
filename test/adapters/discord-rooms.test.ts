import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { localWorkspace } from '../../src/open-state.ts'
import { makeLinkCode } from '../../src/staff-accounts.ts'
import { systemRandom } from '../../src/system.ts'
import { until } from '../web/site.ts'
import { everybodysChannel, guild, otherChannel, type Shown, self, staffChannel } from './discord-double.ts'
import type { DiscordPerson } from './discord-person.ts'
import { type DiscordSite, openDiscordSite } from './discord-site.ts'
import { pressables, wordsOf } from './discord-words.ts'

let site: DiscordSite
let held: Promise<unknown> | undefined
beforeAll(async () => {
  site = await openDiscordSite({
    environment: { DISCORD_MESSAGE_CONTENT: 'on' },
    broken: (state) => ({
      ...state,
      store: {
        ...state.store,
        loadTurn: async (claim) => {
          await held
          return state.store.loadTurn(claim)
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

async function admin(
  person: DiscordPerson,
  sub: string,
  options: Record<string, string> = {},
  channel = everybodysChannel,
): Promise<string> {
  const place = { command: 'health-admin', channel_id: channel, channel: { id: channel, type: 0 } }
  return wordsOf((await person.answerTo(person.command(sub, options, place))).body)
}

function manager(): DiscordPerson {
  const person = site.person()
  person.manages = true
  return person
}

describe('what those who manage a server switch', () => {
  test('is refused to everybody else, whatever Discord let through', async () => {
    const ana = site.person()
    for (const sub of ['staff-room', 'staff-text', 'room', 'languages'])
      expect(await admin(ana, sub, { setting: 'public', show: 'on' })).toMatch(/Only somebody who manages/)
    expect(await admin(manager(), 'room')).not.toMatch(/: On/)
  })

  test('stands there to be read, and languages are told', async () => {
    const boss = manager()
    expect(await admin(boss, 'languages')).toMatch(/English/)
    expect(await admin(boss, 'room', { setting: 'quiet', show: 'on' })).toMatch(/Done/)
    expect(await admin(boss, 'room')).toMatch(/Quiet.*: On/)
    await admin(boss, 'room', { setting: 'quiet', show: 'off' })
    expect(await admin(boss, 'room')).not.toMatch(/: On/)
  })

  test('public answers: a plain question asked by command is answered for everybody, and only that', async () => {
    const boss = manager()
    await admin(boss, 'room', { setting: 'public', show: 'on' })
    const ana = site.person()
    const plain = ana.command('ask', { question: 'What are the signs of a stroke?' })
    await site.double.seen(to(`@${plain.token}`, sourced))
    expect(plain.answer).toMatchObject({ type: 5 })
    expect(Number(plain.answer?.data?.flags ?? 0) & 64).toBe(0)
    const own = ana.command('ask', { question: 'I have had a migraine for two days, what helps me?' })
    await site.double.seen(to(ana.direct, /migraine/i))
    expect(own.answer?.data?.flags).toBe(64)
    const crisis = site.person()
    const asked = crisis.command('ask', { question: 'I want to kill myself tonight' })
    await site.double.seen(to(crisis.direct, /116 123/))
    expect(asked.answer?.data?.flags).toBe(64)
    await admin(boss, 'room', { setting: 'public', show: 'off' })
    const off = ana.command('ask', { question: 'What are the signs of measles?' })
    await site.double.seen(to(`@${off.token}`, sourced))
    expect(off.answer?.data?.flags).toBe(64)
    for (const { body } of site.double.shown.filter(({ channel }) => channel === everybodysChannel))
      expect(wordsOf(body)).not.toMatch(/kill|migraine/i)
  })

  test('the safety watch: announced, and below urgent nothing is kept', async () => {
    const boss = manager()
    const from = site.double.shown.length
    await admin(boss, 'room', { setting: 'watch', show: 'on' })
    await site.double.seen(to(everybodysChannel, /safety watch on/), from)
    const contacts = async () => (await site.state().store.contacts(localWorkspace)).length
    const ana = site.person()
    const before = await contacts()
    site.double.dispatch('MESSAGE_CREATE', ana.message(everybodysChannel, 'What a nice day'))
    const ben = site.person()
    site.double.dispatch(
      'MESSAGE_CREATE',
      ben.message(everybodysChannel, 'I took 20 paracetamol an hour ago'),
    )
    await site.double.seen(to(ben.direct, /999/))
    expect(await contacts()).toBe(before + 1)
    await admin(boss, 'room', { setting: 'watch', show: 'off' })
    await site.double.seen(to(everybodysChannel, /safety watch is off/), from)
    site.double.dispatch(
      'MESSAGE_CREATE',
      ana.message(everybodysChannel, 'I took 20 paracetamol an hour ago'),
    )
    await caughtUp(ben)
    expect(site.double.shown.filter(({ channel }) => channel === ana.direct)).toEqual([])
  })
})

test('a notice that Discord puts off waits for its turn', async () => {
  const boss = manager()
  const from = site.double.shown.length
  const limited = { message: 'You are being rate limited.', retry_after: 0.2, global: false }
  site.double.scripted.push({
    path: new RegExp(`POST /channels/${otherChannel}/messages`),
    status: 429,
    body: limited,
    headers: { 'retry-after': '0.2', 'x-ratelimit-scope': 'shared' },
  })
  const place = (show: string) => admin(boss, 'room', { setting: 'watch', show }, otherChannel)
  expect(await place('on')).toBe('Done.')
  await site.double.seen(to(otherChannel, /safety watch on/), from)
  expect(site.double.scripted).toEqual([])
  expect(await place('off')).toBe('Done.')
})

describe('a staff room that shows words', () => {
  /** The card in whose thread these words stand. */
  const cardWith = async (words: RegExp): Promise<Shown> => {
    const cards = () => site.double.shown.filter(({ channel }) => channel === staffChannel)
    const { channel } = await site.double.seen(
      (one) => words.test(wordsOf(one.body)) && cards().some(({ id }) => id === one.channel),
    )
    const card = cards().find(({ id }) => id === channel)
    if (!card) throw new Error('just seen')
    return card
  }

  test('only a closed one does; what its owner writes under the card goes to the person', async () => {
    const boss = manager()
    await admin(boss, 'staff-room', { show: 'on' }, staffChannel)
    expect(await admin(boss, 'staff-text', { show: 'on' }, everybodysChannel)).toMatch(/in the staff channel/)
    site.double.closedChannels.delete(staffChannel)
    expect(await admin(boss, 'staff-text', { show: 'on' }, staffChannel)).toMatch(/private first/)
    site.double.closedChannels.add(staffChannel)
    expect(await admin(boss, 'staff-text', { show: 'on' }, staffChannel)).toMatch(/Only linked|not linked/i)
    const [volunteer] = await site.state().store.staff(localWorkspace)
    if (!volunteer) throw new Error('the demo has a volunteer')
    const parts = { store: site.state().store, clock: site.clock, random: systemRandom }
    const code = await makeLinkCode(parts, volunteer)
    await boss.answerTo(boss.command('link', { code }))
    expect(await admin(boss, 'staff-text', { show: 'on' }, staffChannel)).toMatch(/shown under its card/)

    const member = site.person()
    member.say('I want to kill myself with my belt')
    const card = await cardWith(/my belt/)
    expect(wordsOf(card.body)).not.toMatch(/belt/)

    const write = (person: DiscordPerson, content: string) => {
      const message = person.message(card.id, content)
      site.double.dispatch('MESSAGE_CREATE', message)
      return message
    }
    const early = write(boss, 'Hello, I am here')
    const refused = await site.double.seen(({ reference }) => reference === early.id)
    expect(wordsOf(refused.body)).toMatch(/Claim the case first/)
    const stranger = write(site.person(), 'Hello from nobody')
    const unlinked = await site.double.seen(({ reference }) => reference === stranger.id)
    expect(wordsOf(unlinked.body)).toMatch(/not linked/)

    boss.press(card, /Claim/)
    await until(async () => (/Sam has it/.test(wordsOf(card.body)) ? true : undefined))
    const told = write(boss, 'I am Sam, can we talk?')
    site.double.dispatch('MESSAGE_CREATE', told)
    await site.double.seen(to(member.direct, /can we talk/))
    await site.double.seen(to(card.id, /Delivered|reached/i))
    expect(site.double.shown.filter(to(member.direct, /can we talk/))).toHaveLength(1)
    expect(site.double.shown.filter(to(member.direct, /nobody|I am here/))).toEqual([])

    const answer = member.say('my ankle is blue')
    await site.double.seen(to(card.id, /ankle/))
    site.double.dispatch('MESSAGE_DELETE', { id: answer.id, channel_id: member.direct })
    await until(async () => (site.double.shown.some(to(card.id, /ankle/)) ? undefined : true))
    await site.double.seen(to(card.id, /deleted this message/))
    boss.press(card, /Resolve/)
    await until(async () => (/Closed/.test(wordsOf(card.body)) ? true : undefined))
  })
})

describe('in public', () => {
  test('a moderator has a checked claim posted, once; nobody else does', async () => {
    const check = (person: DiscordPerson) => {
      const target = site.person().message(everybodysChannel, 'Vaccines cause autism')
      const data = {
        id: '1',
        type: 3,
        name: 'Check this claim',
        target_id: target.id,
        resolved: { messages: { [target.id]: target } },
      }
      return { target, asked: person.interact(2, data) }
    }
    const ana = site.person()
    const plain = check(ana)
    const alone = await ana.answerTo(plain.asked)
    await caughtUp(ana)
    expect(pressables(alone.body).filter(({ label }) => /Post this/i.test(label))).toEqual([])
    const mod = site.person()
    mod.moderates = true
    const { target, asked } = check(mod)
    const offered = await site.double.seen(
      ({ channel, body }) =>
        channel === `@${asked.token}` && pressables(body).some(({ label }) => /Post this/i.test(label)),
    )
    mod.press(offered, /Post this/i)
    const posted = await site.double.seen(({ channel }) => channel === target.id)
    expect(wordsOf(posted.body)).not.toContain(mod.id)
    mod.press(offered, /Post this/i)
    await caughtUp(mod)
    // With many sources it takes two messages.
    expect(site.double.shown.filter(to(target.id, /Somebody asked me to check/))).toHaveLength(1)
  })

  test('an alarm that somebody escalates brings the fixed line to where it was written, and nothing of who did', async () => {
    const target = site.person().message(everybodysChannel, 'I took 20 paracetamol')
    const ana = site.person()
    ana.interact(2, {
      id: '1',
      type: 3,
      name: 'Escalate to staff',
      target_id: target.id,
      resolved: { messages: { [target.id]: target } },
    })
    const line = await site.double.seen(to(target.id, /If anyone here is in danger/))
    expect(JSON.stringify(line)).not.toMatch(new RegExp(`paracetamol|escalat|${ana.id}`, 'i'))
  })

  test('what somebody wrote about themselves is removed on their yes, where Salus may', async () => {
    const ana = site.person()
    const message = ana.mention('I have had a migraine for two days, call me on 07700 900123')
    const asked = await site.double.seen(
      ({ channel, body }) =>
        channel === ana.direct && pressables(body).some(({ label }) => /Remove my message/.test(label)),
    )
    site.double.mayRemove = true
    ana.press(asked, /Remove my message/)
    await site.double.seen(to(ana.direct, /I removed your message/))
    expect(site.double.removed).toEqual([message.id])
    site.double.mayRemove = false
    const ben = site.person()
    ben.mention('I have had a migraine for two days, call me on 07700 900123')
    const again = await site.double.seen(
      ({ channel, body }) =>
        channel === ben.direct && pressables(body).some(({ label }) => /Remove my message/.test(label)),
    )
    ben.press(again, /Remove my message/)
    await site.double.seen(to(ben.direct, /could not remove it/))
    expect(site.double.removed).toHaveLength(1)
  })

  test('one tap moves it to where only the person reads', async () => {
    const ana = site.person()
    const message = ana.mention('What are the signs of a stroke?')
    const answer = await site.double.seen(to(message.id, sourced))
    ana.press(answer, /Move this to private/)
    await site.double.seen(to(ana.direct, /only you see this/i))
  })

  test('a forum post is a thread: answered in it, under the settings of its forum', async () => {
    const forum = site.double.nextId()
    const post = site.double.nextId()
    site.double.channels.set(forum, 15).set(post, 11)
    site.double.parents.set(post, forum)
    const ana = site.person()
    ana.mention('What are the signs of a stroke?', post)
    await site.double.seen(to(post, sourced))
    const boss = manager()
    expect(await admin(boss, 'staff-room', { show: 'on' }, forum)).toMatch(/forum/)
    const at = { id: post, type: 11, parent_id: forum }
    const place = { command: 'health-admin', channel_id: post, channel: at }
    await boss.answerTo(boss.command('room', { setting: 'quiet', show: 'on' }, place))
    const ben = site.person()
    ben.mention('What are the signs of measles?', post)
    await site.double.seen(to(ben.direct, sourced))
    expect(site.double.shown.filter(to(post, /measles/i))).toEqual([])
  })
})

describe('after nobody listened', () => {
  test('ten minutes later what was written meanwhile is answered once, and that is said to them and to staff', async () => {
    const { double } = site
    await admin(manager(), 'staff-room', { show: 'on' }, staffChannel)
    const [ana, ben, old] = [site.person(), site.person(), site.person()]
    for (const one of [ana, old]) {
      one.say('What helps a migraine?')
      await double.seen(to(one.direct, sourced))
    }
    const asked = ben.mention('What are the signs of a stroke?')
    await double.seen(to(asked.id, sourced))
    await caughtUp(ana)
    const from = double.shown.length
    site.between = () => {
      site.pass(10 * 60_000)
      double.drop(4000, true)
      ana.say('What are the signs of measles?')
      ana.say('What helps hay fever?')
      ben.mention('What are the signs of measles?', asked.id)
    }
    await site.restart()
    const seen = (channel: string, words: RegExp) => double.shown.slice(from).filter(to(channel, words))
    await double.seen(to(asked.id, /measles/i), from)
    await until(async () => (seen(ana.direct, sourced).length >= 2 ? true : undefined))
    for (const channel of [ana.direct, asked.id]) await double.seen(to(channel, /I was away/), from)
    await double.seen(to(staffChannel, /could not listen on Discord for 1\d minutes/), from)
    await caughtUp(ana)
    await caughtUp(ben)
    expect(seen(ana.direct, sourced)).toHaveLength(2)
    expect(seen(asked.id, sourced)).toHaveLength(1)
    expect(seen(ana.direct, /I was away/)).toHaveLength(1)
    expect(seen(old.direct, /./)).toEqual([])
    delete site.between
  }, 60_000)

  test('after a session that Discord forgot, too, and a short break is not spoken of', async () => {
    const { double } = site
    const ana = site.person()
    ana.say('What helps a migraine?')
    await double.seen(to(ana.direct, sourced))
    const from = double.shown.length
    double.drop(4000, true)
    ana.say('What are the signs of measles?')
    await double.seen(to(ana.direct, sourced), from)
    await caughtUp(ana)
    const later = double.shown.slice(from)
    expect(later.filter(to(ana.direct, sourced))).toHaveLength(1)
    expect(later.filter(({ body }) => /was away|could not listen/.test(wordsOf(body)))).toEqual([])
  })

  test('an alarm that was written meanwhile is answered as one', async () => {
    const { double } = site
    const ana = site.person()
    await caughtUp(ana)
    const from = double.shown.length
    site.between = () => {
      site.pass(10 * 60_000)
      double.drop(4000, true)
      ana.say('I took 20 paracetamol an hour ago')
    }
    await site.restart()
    await double.seen(to(ana.direct, /999/), from)
    delete site.between
  })

  test('who deleted a message before a restart is known after it', async () => {
    const { double } = site
    const ana = site.person()
    const message = ana.say('What helps a migraine?')
    await double.seen(to(ana.direct, sourced))
    await site.restart()
    double.dispatch('MESSAGE_DELETE', { id: message.id, channel_id: ana.direct })
    await caughtUp(ana)
    const { store } = site.state()
    const contact = await store.contactOf(localWorkspace, `discord:${ana.id}` as never)
    if (!contact) throw new Error('known')
    expect(JSON.stringify(await store.exportContact(contact))).not.toMatch(/What helps a migraine/)
  })
})

describe('an interaction', () => {
  test('whose token ended is answered in the direct conversation', async () => {
    const ana = site.person()
    let go = () => {}
    held = new Promise<void>((resolve) => {
      go = resolve
    })
    const asked = ana.command('ask', { question: 'What helps a migraine?' })
    await until(async () => asked.answer)
    site.pass(15 * 60_000 + 1)
    held = undefined
    go()
    await site.double.seen(to(ana.direct, sourced))
    expect(site.double.shown.filter(to(`@${asked.token}`, sourced))).toEqual([])
  })

  test('is completed when its turn takes long, and the answer follows', async () => {
    const ana = site.person()
    let go = () => {}
    held = new Promise<void>((resolve) => {
      go = resolve
    })
    const asked = ana.command('ask', { question: 'What helps a migraine?' })
    await until(async () => asked.answer)
    site.pass(21_000)
    await site.double.seen(to(`@${asked.token}`, /I have that/))
    held = undefined
    go()
    await site.double.seen(to(`@${asked.token}`, sourced))
  })
})

test('budgets: a burst stays within fifty calls a second and within each channel’s own', async () => {
  const { double } = site
  double.perChannel = 5
  const people = Array.from({ length: 40 }, () => site.person())
  for (const one of people) one.say('What helps a migraine?')
  const [busy] = people
  for (let n = 0; n < 8; n++) busy?.say('help')
  for (const one of people) await double.seen(to(one.direct, sourced))
  await until(async () =>
    double.shown.filter(to(busy?.direct ?? '', /danger/)).length >= 8 ? true : undefined,
  )
  for (const one of people) expect(double.shown.filter(to(one.direct, sourced))).toHaveLength(1)
  double.perChannel = undefined
}, 30_000)

test('commands of each server are written once, and not when they stand there', async () => {
  const own = await openDiscordSite({ environment: { DISCORD_COMMANDS: 'guild' } })
  try {
    const written = () => own.double.calls.filter((call) => call.startsWith('PUT ')).length
    const asked = () => own.double.calls.filter((call) => /^GET .*guilds.*commands/.test(call)).length
    await until(async () => (written() === 1 ? true : undefined))
    const before = asked()
    await own.restart()
    own.double.drop(4000, true)
    await until(async () => (asked() > before ? true : undefined))
    await own.person().answerTo(own.person().command('help'))
    expect(written()).toBe(1)
    expect(own.double.calls).toContain(`PUT /applications/900000000000000002/guilds/${guild}/commands`)
    expect(self).not.toBe('')
  } finally {
    await own.close()
  }
})
