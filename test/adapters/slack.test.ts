import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localWorkspace } from '../../src/open-state.ts'
import { until } from '../web/site.ts'
import { botUser, deliver, eventBody, room, type Shown, staffRoom, wordsOf } from './slack-double.ts'
import type { SlackPerson } from './slack-person.ts'
import { openSlackSite, type SlackSite } from './slack-site.ts'

let site: SlackSite
const to = (channel: string, words: RegExp) => (one: Shown) =>
  one.channel === channel && words.test(wordsOf(one))
const sourced = /Sourced/

/** Ends what is under way for a person: their command is answered after everything before it. */
async function caughtUp(person: SlackPerson): Promise<void> {
  const from = site.double.shown.length
  await person.say('help')
  await site.double.seen(to(person.direct, /danger/), from)
}

describe('over HTTP', () => {
  beforeAll(async () => {
    site = await openSlackSite('http')
  })
  afterAll(() => site.close())

  test('a question is answered with its sources, and a follow-up about the same', async () => {
    const ana = site.person()
    await ana.say('What helps a migraine?')
    const answer = await site.double.seen(to(ana.direct, sourced))
    expect(wordsOf(answer)).toMatch(/migraine/i)
    const from = site.double.shown.length
    await ana.say('When should I get help for it?')
    expect(wordsOf(await site.double.seen(to(ana.direct, sourced), from))).toMatch(/headache|migraine/i)
  })

  test('a button answers the reply it stands under', async () => {
    const ana = site.person()
    await ana.say('What helps a migraine?')
    await ana.press(await site.double.seen(to(ana.direct, sourced)), /helped|yes|useful/i)
    await site.double.seen(to(ana.direct, /Good to know/))
  })

  test('a message delivered twice is one turn', async () => {
    const ana = site.person()
    await ana.deliver(await ana.say('What helps a migraine?'))
    await caughtUp(ana)
    expect(site.double.shown.filter(to(ana.direct, sourced))).toHaveLength(1)
  })

  test('stop is heard', async () => {
    const ana = site.person()
    await ana.say('stop')
    await site.double.seen(to(ana.direct, /won't start any messages/))
  })

  test('a person has their data deleted', async () => {
    const ana = site.person()
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    const before = (await site.state().store.contacts(localWorkspace)).length
    await ana.say('delete my data')
    await ana.press(await site.double.seen(to(ana.direct, /delete/i)), /yes|delete/i)
    await until(async () =>
      (await site.state().store.contacts(localWorkspace)).length < before ? true : undefined,
    )
  })

  test('an edited message is read again', async () => {
    const ana = site.person()
    const { ts } = await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    const text = 'I took 20 paracetamol an hour ago'
    await ana.deliver({
      type: 'message',
      subtype: 'message_changed',
      channel: ana.direct,
      channel_type: 'im',
      ts: site.double.ts(),
      message: { type: 'message', user: ana.id, ts, text, edited: { user: ana.id, ts: site.double.ts() } },
    })
    await site.double.seen(to(ana.direct, /999/))
  })

  test('a routine question in a channel is answered once, in a thread under it', async () => {
    const ana = site.person()
    const { ts } = await ana.mention('What are the signs of a stroke?')
    const answer = await site.double.seen(to(room, sourced))
    expect(answer.thread).toBe(ts)
    await caughtUp(ana)
    const inThread = site.double.shown.filter(({ thread }) => thread === ts)
    expect(inThread.filter((one) => sourced.test(wordsOf(one)))).toHaveLength(1)
    const from = site.double.shown.length
    await ana.deliver(ana.message(room, 'What are the signs of measles?', { thread_ts: ts }))
    await site.double.seen((one) => one.thread === ts && sourced.test(wordsOf(one)), from)
  })

  test('a personal question in a channel is answered privately', async () => {
    const ana = site.person()
    const { ts } = await ana.mention('I have had a migraine for two days, what helps me?')
    await site.double.seen(to(ana.direct, /migraine/i))
    await caughtUp(ana)
    const open = site.double.shown.filter(({ thread }) => thread === ts)
    expect(open.map(wordsOf).join()).not.toMatch(/migraine/i)
  })

  test('in a crisis the fixed line stands in public and the rest is private', async () => {
    const ana = site.person()
    const { ts } = await ana.mention('I want to kill myself tonight')
    const line = await site.double.seen(({ thread }) => thread === ts)
    expect(wordsOf(line)).toMatch(/If anyone here is in danger.*999/s)
    await site.double.seen(to(ana.direct, /116 123/))
    await caughtUp(ana)
    const open = site.double.shown.filter(({ thread }) => thread === ts)
    expect(open.map(wordsOf).join()).not.toMatch(/kill|tonight/i)
  })

  test('a closed direct conversation: a hint that repeats nothing', async () => {
    const ana = site.person()
    site.double.closed.add(ana.id)
    const { ts } = await ana.mention('I have had a migraine for two days, what helps me?')
    await site.double.seen(
      (one) => one.thread === ts && /could not write to you privately/.test(wordsOf(one)),
    )
    const open = site.double.shown.filter(({ thread }) => thread === ts)
    expect(open.map(wordsOf).join()).not.toMatch(/migraine/i)
  })

  test('a command is answered privately, and its acknowledgement is seen by nobody else', async () => {
    const ana = site.person()
    const told = JSON.parse(await ana.command('What helps a migraine?')) as Record<string, unknown>
    expect(told.response_type).toBe('ephemeral')
    await site.double.seen(to(ana.direct, sourced))
  })

  test('the form of "Ask privately" opens, and what is sent by it is answered privately', async () => {
    const ana = site.person()
    const before = site.double.views.length
    await ana.interact({ type: 'shortcut', callback_id: 'ask_privately' })
    const form = await until(async () => site.double.views[before])
    expect(form.view).toContain('form.ask')
    const values = { text: { text: { type: 'plain_text_input', value: 'What helps a migraine?' } } }
    const view = { id: 'V1', hash: '1', callback_id: 'form.ask', state: { values } }
    await ana.interact({ type: 'view_submission', view })
    await site.double.seen(to(ana.direct, sourced))
  })

  test('a card in the staff room that its administrator linked; who is not staff is refused', async () => {
    const boss = site.person()
    const before = site.double.calls.length
    site.double.closedRooms.add(staffRoom)
    await boss.command('staff-room', staffRoom)
    expect(site.double.calls.slice(before).some(({ method }) => method === 'users.info')).toBe(true)
    const ana = site.person()
    await ana.say('I want to kill myself tonight')
    await site.double.seen(to(ana.direct, /116 123/))
    await caughtUp(ana)
    // Nobody had administered it: no room, no card.
    expect(site.double.shown.filter(({ channel }) => channel === staffRoom)).toEqual([])

    site.double.admins.add(boss.id)
    await boss.command('staff-room', staffRoom)
    const ben = site.person()
    await ben.say('I want to kill myself tonight')
    const card = await site.double.seen(({ channel }) => channel === staffRoom)
    expect(JSON.stringify(card)).not.toMatch(/kill|tonight/i)
    await site.person().press(card, /claim/i)
    await site.double.seen(({ channel, only }) => channel === staffRoom && only !== undefined)
  })

  test('when Slack says 429 the answer waits and comes once', async () => {
    const ana = site.person()
    site.double.limited = 1
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    expect(site.double.limited).toBe(0)
    await caughtUp(ana)
    expect(site.double.shown.filter(to(ana.direct, sourced))).toHaveLength(1)
  })

  test('after a restart a conversation goes on and nothing is taken twice', async () => {
    const ana = site.person()
    const event = await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    await site.restart()
    await ana.deliver(event)
    await caughtUp(ana)
    expect(site.double.shown.filter(to(ana.direct, sourced))).toHaveLength(1)
  })

  test('forged and replayed requests are refused', async () => {
    const body = JSON.stringify(eventBody(site.person().message('DX', 'What helps a migraine?')))
    expect((await deliver(site.url(), body, { secret: 'wrong' })).status).toBe(401)
    const old = Math.floor(Date.now() / 1_000) - 600
    expect((await deliver(site.url(), body, { at: old })).status).toBe(401)
    expect((await deliver(site.url(), body)).status).toBe(200)
  })

  test('itself, other bots, and what nobody knows yet are ignored', async () => {
    const ana = site.person()
    const from = site.double.shown.length
    const said = 'I took 20 paracetamol an hour ago'
    const given: readonly Readonly<Record<string, unknown>>[] = [
      { ...ana.message(ana.direct, said), user: botUser },
      ana.message(ana.direct, said, { bot_id: 'B1' }),
      ana.message(ana.direct, said, { subtype: 'bot_message', bot_id: 'B1' }),
      ana.message(room, said),
      ana.message(ana.direct, ''),
      { type: 'not_invented_yet', what: [1, { two: 3 }] },
      { type: 'message' },
    ]
    for (const one of given) expect(await ana.deliver(one)).toBe(200)
    await caughtUp(ana)
    // Other people's late replies stand in other conversations.
    const alarmed = site.double.shown.slice(from).filter(to(ana.direct, /paracetamol|poison/i))
    expect(alarmed).toEqual([])
  })

  test('the home tab is drawn for whoever opens it', async () => {
    const ana = site.person()
    const before = site.double.views.length
    await ana.deliver({ type: 'app_home_opened', user: ana.id, channel: ana.direct, tab: 'home' })
    const drawn = await until(async () => site.double.views[before])
    expect(drawn.method).toBe('views.publish')
  })
})
