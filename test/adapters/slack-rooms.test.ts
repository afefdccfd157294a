import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localWorkspace } from '../../src/open-state.ts'
import { makeLinkCode } from '../../src/staff-accounts.ts'
import { showsText } from '../../src/staff-text.ts'
import { systemClock, systemRandom } from '../../src/system.ts'
import { until } from '../web/site.ts'
import { botUser, buttonsOf, type Shown, wordsOf } from './slack-double.ts'
import type { SlackPerson } from './slack-person.ts'
import { openSlackSite, type SlackSite } from './slack-site.ts'

let site: SlackSite
let rooms = 0
const newRoom = () => `C${++rooms}ROOM`
const to = (channel: string, words: RegExp) => (one: Shown) =>
  one.channel === channel && words.test(wordsOf(one))
const told = (answer: string) => (JSON.parse(answer) as { text: string }).text

beforeAll(async () => {
  site = await openSlackSite('http')
})
afterAll(() => site.close())

function administrator(): SlackPerson {
  const boss = site.person()
  site.double.admins.add(boss.id)
  return boss
}

async function caughtUp(person: SlackPerson): Promise<void> {
  const from = site.double.shown.length
  await person.say('help')
  await site.double.seen(to(person.direct, /danger/), from)
}

/** A person whom a code of "salus staff link" made the demo's volunteer. */
async function linked(): Promise<SlackPerson> {
  const [volunteer] = await site.state().store.staff(localWorkspace)
  if (!volunteer) throw new Error('the demo has a volunteer')
  const parts = { store: site.state().store, clock: systemClock, random: systemRandom }
  const staff = site.person()
  await staff.command(`link ${await makeLinkCode(parts, volunteer)}`)
  return staff
}

describe('the safety watch', () => {
  test('is switched on by who administers the workspace or made the room, and the room is told', async () => {
    const room = newRoom()
    expect(told(await site.person().command('watch on', room))).toMatch(/Only somebody who manages/)
    await administrator().command('watch on', room)
    expect(wordsOf(await site.double.seen(({ channel }) => channel === room))).toMatch(
      /safety watch on.*999/s,
    )

    const other = newRoom()
    const maker = site.person()
    site.double.creators.set(other, maker.id)
    await maker.command('watch on', other)
    await site.double.seen(to(other, /safety watch on/))
    await maker.command('watch off', other)
    await site.double.seen(to(other, /watch.*off|not watching|no longer/i))
  })

  test('below urgent nothing is kept; danger is answered privately, and the room gets the fixed line', async () => {
    const room = newRoom()
    const boss = administrator()
    const ana = site.person()
    const { store } = site.state()
    const contacts = async () => (await store.contacts(localWorkspace)).length
    const before = await contacts()

    await ana.deliver(ana.message(room, 'I want to kill myself tonight'))
    await boss.command('watch on', room)
    await site.double.seen(to(room, /safety watch on/))
    await ana.deliver(ana.message(room, 'who wants coffee? I have a bit of a headache'))
    await ana.deliver(ana.message(room, 'lunch?', { thread_ts: '1700000000.000001' }))
    await caughtUp(boss)
    // The administrator wrote to Salus; the member did not, and is not known.
    expect((await contacts()) - before).toBe(1)
    expect(site.double.shown.filter(({ channel }) => channel === ana.direct)).toEqual([])

    const { ts } = ana.message(room, '')
    await ana.deliver({ ...ana.message(room, 'I want to kill myself tonight'), ts })
    await site.double.seen(to(ana.direct, /glad you told me/i))
    const line = await site.double.seen(({ thread }) => thread === ts)
    expect(wordsOf(line)).toMatch(/If anyone here is in danger.*999/s)
    expect(wordsOf(line)).not.toMatch(/kill|tonight/)
    await boss.command('watch off', room)
    const from = site.double.shown.length
    const ben = site.person()
    await ben.deliver(ben.message(room, 'I want to kill myself tonight'))
    await caughtUp(boss)
    expect(site.double.shown.slice(from).filter(({ channel }) => channel === ben.direct)).toEqual([])
  })

  test('does not stay on in a room that could not be told', async () => {
    const room = newRoom()
    site.double.outside.add(room)
    expect(told(await administrator().command('watch on', room))).toMatch(/Invite me/)
    const ana = site.person()
    await ana.deliver(ana.message(room, 'I want to kill myself tonight'))
    await caughtUp(site.person())
    expect(site.double.shown.filter(({ channel }) => channel === ana.direct)).toEqual([])
  })

  test('is no matter of a direct conversation', async () => {
    const boss = administrator()
    expect(told(await boss.command('watch on', boss.direct))).toMatch(/Only somebody who manages/)
  })
})

describe('who removes the app of the configured token', () => {
  test.each([
    ['app_uninstalled', {}],
    ['tokens_revoked', { tokens: { oauth: [], bot: ['U0'] } }],
  ])(
    '%s: staff are shown nothing more, no room is watched, and what was quiet stays so',
    async (type, more) => {
      const [room, watched, silent] = [newRoom(), newRoom(), newRoom()]
      const boss = administrator()
      site.double.closedRooms.add(room)
      await boss.command('staff-room', room)
      await boss.command('watch on', watched)
      await boss.command('quiet on', silent)
      const { store } = site.state()
      const kept = async () => (await store.settings(localWorkspace, 'room')).map(({ id }) => id)
      expect(await store.settings(localWorkspace, 'staff_room')).toHaveLength(1)
      expect(await kept()).toContain(`slack/${watched}`)

      await boss.deliver({ type: 'tokens_revoked', tokens: { oauth: ['U0'], bot: [] } })
      expect(await store.settings(localWorkspace, 'staff_room')).toHaveLength(1)
      await boss.deliver({ type, ...more })
      expect(await store.settings(localWorkspace, 'staff_room')).toEqual([])
      expect(await kept()).not.toContain(`slack/${watched}`)
      expect(await kept()).toContain(`slack/${silent}`)
    },
  )
})

describe('a quiet room', () => {
  test('hears the fixed line and nothing else', async () => {
    const room = newRoom()
    await administrator().command('quiet on', room)
    const ana = site.person()
    const { ts } = await ana.mention('What are the signs of a stroke?', { channel: room })
    await site.double.seen(to(ana.direct, /Sourced/))
    await caughtUp(ana)
    expect(
      site.double.shown
        .filter(({ thread }) => thread === ts)
        .map(wordsOf)
        .join(),
    ).not.toMatch(/stroke|Sourced/i)
  })
})

describe('a room that others than staff read', () => {
  test('is refused as staff room, with how to make it private; the room before it stays', async () => {
    const [room, open, shared, unseen] = [newRoom(), newRoom(), newRoom(), newRoom()]
    site.double.closedRooms.add(room).add(shared)
    site.double.sharedRooms.add(shared)
    site.double.hidden.add(unseen)
    const boss = administrator()
    expect(told(await boss.command('staff-room', room))).toMatch(/shown here/)
    for (const one of [open, shared, boss.direct])
      expect(told(await boss.command('staff-room', one)), one).toMatch(
        /nothing was changed.*private channel/s,
      )
    expect(told(await boss.command('staff-room', unseen))).toMatch(/nothing was changed. Invite me/)
    const { store } = site.state()
    expect(await store.setting(localWorkspace, 'staff_room', 'slack')).toMatchObject({ channel: room })
    await boss.command('staff-room off', room)
  })

  test('sees who waits and how urgently, not what it is about, when it was opened after it was linked', async () => {
    const room = newRoom()
    site.double.closedRooms.add(room)
    const boss = administrator()
    await boss.command('staff-room', room)
    const staff = await linked()
    await staff.command('staff-room text on', room)
    site.double.closedRooms.delete(room)
    const from = site.double.shown.length
    await site.person().say('I want to kill myself tonight')
    const card = await site.double.seen(({ channel, thread }) => channel === room && !thread, from)
    await staff.press(card, /Claim/)
    await until(async () => (/Sam has it/.test(wordsOf(card)) ? true : undefined))
    await caughtUp(staff)
    const inRoom = site.double.shown.slice(from).filter(({ channel }) => channel === room)
    expect(JSON.stringify(inRoom)).not.toMatch(/self.harm|kill|tonight/i)
    expect(wordsOf(card)).toMatch(/crisis|emergency/)
    await boss.command('staff-room off', room)
  })
})

describe('a staff room with words', () => {
  test('shows the conversation under the card, relays what staff write there, and tells what became of it', async () => {
    const room = newRoom()
    const boss = administrator()
    site.double.closedRooms.add(room)
    await boss.command('staff-room', room)
    const staff = await linked()
    site.double.closedRooms.delete(room)
    expect(told(await staff.command('staff-room text on', room))).toMatch(/private first/)
    site.double.closedRooms.add(room)
    expect(told(await site.person().command('staff-room text on', room))).toMatch(/not linked/)
    await staff.command('staff-room text on', room)

    const ana = site.person()
    await ana.say('I want to kill myself tonight, call me on 020 7946 0958')
    // Cases that wait from before are shown in the new room, too: this one is known by its words.
    const shown = await site.double.seen(to(room, /kill myself tonight, call me/))
    expect(wordsOf(shown)).not.toMatch(/7946/)
    const card = await site.double.seen(({ channel, ts }) => channel === room && ts === shown.thread)
    expect(wordsOf(card)).not.toMatch(/kill|tonight/)

    const from = site.double.shown.length
    const written = (who: SlackPerson, text: string) => who.message(room, text, { thread_ts: card.ts })
    await staff.deliver(written(staff, 'Hello, I am here.'))
    expect(wordsOf(await site.double.seen(({ only }) => only === staff.id, from))).toMatch(
      /Claim the case first/,
    )
    const stranger = site.person()
    await stranger.deliver(written(stranger, 'Hello from a stranger.'))
    expect(wordsOf(await site.double.seen(({ only }) => only === stranger.id, from))).toMatch(/not linked/)
    expect(site.double.shown.slice(from).filter(to(ana.direct, /Hello/))).toEqual([])

    await staff.press(card, /Claim/)
    await until(async () => (/Sam has it/.test(wordsOf(card)) ? true : undefined))
    // Slack says under whose message it stands: the card is Salus's own.
    const event = { ...written(staff, 'Hello, I am here.'), parent_user_id: botUser }
    await staff.deliver(event)
    await staff.deliver(event)
    expect(wordsOf(await site.double.seen(to(ana.direct, /Hello, I am here/), from))).toMatch(/Sam/)
    await site.double.seen((one) => one.thread === card.ts && /Delivered/.test(wordsOf(one)), from)
    await ana.say('thank you, I feel a bit better')
    await site.double.seen((one) => one.thread === card.ts && /a bit better/.test(wordsOf(one)), from)
    expect(site.double.shown.filter(to(ana.direct, /Hello, I am here/))).toHaveLength(1)

    await staff.press(card, /Resolve/)
    await until(async () => (/Closed/.test(wordsOf(card)) ? true : undefined))
    const after = site.double.shown.length
    await staff.deliver(written(staff, 'One more thing.'))
    await site.double.seen(({ only }) => only === staff.id, after)
    expect(site.double.shown.slice(after).filter(to(ana.direct, /One more thing/))).toEqual([])
    await boss.command('staff-room off', room)
  })

  test('is found beside those of other platforms', async () => {
    const room = newRoom()
    const { store } = site.state()
    await store.saveSetting(localWorkspace, 'staff_room', 'discord', { guild: '1', channel: '2' })
    site.double.closedRooms.add(room)
    await administrator().command('staff-room', room)
    const from = site.double.shown.length
    await site.person().say('I want to kill myself tonight')
    await site.double.seen(({ channel, thread }) => channel === room && !thread, from)
    await store.saveSetting(localWorkspace, 'staff_room', 'discord', undefined)
    await administrator().command('staff-room off', room)
  })

  test('is not the next room that is linked: nobody looked whether that one is closed', async () => {
    const room = newRoom()
    const other = newRoom()
    site.double.closedRooms.add(room).add(other)
    const boss = administrator()
    await boss.command('staff-room', room)
    const staff = await linked()
    await staff.command('staff-room text on', room)
    expect(await showsText(site.state().store, localWorkspace, 'slack')).toBe(true)
    await boss.command('staff-room', room)
    expect(await showsText(site.state().store, localWorkspace, 'slack')).toBe(true)
    await boss.command('staff-room', other)
    expect(await showsText(site.state().store, localWorkspace, 'slack')).toBe(false)
    await boss.command('staff-room', room)
    site.double.sharedRooms.add(room)
    expect(told(await staff.command('staff-room text on', room))).toMatch(/private first/)
    await boss.command('staff-room off', room)
  })

  test('what staff say to each other under a card goes nowhere while the room shows no words', async () => {
    const room = newRoom()
    const boss = administrator()
    site.double.closedRooms.add(room)
    await boss.command('staff-room', room)
    const staff = await linked()
    await staff.command('staff-room text off', room)
    const from = site.double.shown.length
    const ana = site.person()
    await ana.say('I want to kill myself tonight')
    const card = await site.double.seen(({ channel, thread }) => channel === room && !thread, from)
    await staff.press(card, /Claim/)
    await until(async () => (/Sam has it/.test(wordsOf(card)) ? true : undefined))
    const under = { thread_ts: card.ts, parent_user_id: botUser }
    await staff.deliver(staff.message(room, 'Shall I call them? They want to kill themselves', under))
    await caughtUp(staff)
    expect(site.double.shown.filter(to(ana.direct, /Shall I/))).toEqual([])
    // Nor is it a word about themselves.
    expect(site.double.shown.filter(to(staff.direct, /glad you told me|in danger/i)).length).toBe(1)
    expect(site.double.shown.filter(({ thread }) => thread === card.ts).map(wordsOf)).not.toContainEqual(
      expect.stringMatching(/If anyone here is in danger/),
    )
    expect(site.double.shown.filter((one) => one.thread === card.ts && /kill/.test(wordsOf(one)))).toEqual([])
    await boss.command('staff-room off', room)
  })
})

describe('"Check this claim"', () => {
  const check = (person: SlackPerson, channel: string, text: string) => {
    const ts = site.double.ts()
    return person
      .interact({
        type: 'message_action',
        callback_id: 'check_claim',
        channel: { id: channel },
        message: { ts, text },
      })
      .then(() => ts)
  }
  const claim = 'Is it true that a migraine is just a headache?'

  test('answers privately; who moderates may have it posted in the room, once', async () => {
    const room = newRoom()
    const boss = administrator()
    const ts = await check(boss, room, claim)
    const answer = await site.double.seen(to(boss.direct, /Sourced/))
    expect(site.double.shown.filter(({ channel }) => channel === room)).toEqual([])
    const post = buttonsOf(answer).find(({ label }) => /post/i.test(label))
    expect(post).toBeDefined()
    await boss.press(answer, /post/i)
    const posted = await site.double.seen(({ channel }) => channel === room)
    expect(posted.thread).toBe(ts)
    await boss.press(answer, /post/i)
    await caughtUp(boss)
    expect(site.double.shown.filter(to(room, /Sourced/))).toHaveLength(1)
  })

  test('who does not is not offered it', async () => {
    const ana = site.person()
    await check(ana, newRoom(), claim)
    const answer = await site.double.seen(to(ana.direct, /Sourced/))
    expect(buttonsOf(answer).filter(({ label }) => /post/i.test(label))).toEqual([])
  })
})

describe('a public place', () => {
  test('sees one neutral line when the answer is private, and nothing of what it is about', async () => {
    const room = newRoom()
    const ana = site.person()
    const { ts } = await ana.mention('I have had a migraine for two days, what helps me?', { channel: room })
    await site.double.seen(to(ana.direct, /migraine/i))
    const line = await site.double.seen(({ thread }) => thread === ts)
    expect(wordsOf(line)).toMatch(/privately/)
    expect(wordsOf(line)).not.toMatch(/migraine/i)
  })

  test('offers to move what is public to the direct conversation, which goes on about the same', async () => {
    const room = newRoom()
    const ana = site.person()
    const { ts } = await ana.mention('What are the signs of a stroke?', { channel: room })
    const answer = await site.double.seen((one) => one.thread === ts && /Sourced/.test(wordsOf(one)))
    await ana.press(answer, /private/i)
    await site.double.seen(to(ana.direct, /only you see this/))
    const from = site.double.shown.length
    await ana.say('When should I get help for it?')
    expect(wordsOf(await site.double.seen(to(ana.direct, /Sourced/), from))).toMatch(/stroke/i)
  })
})

describe('what somebody takes back', () => {
  const changed = (ana: SlackPerson, channel: string, ts: string, more: object) => ({
    type: 'message',
    channel,
    channel_type: channel.startsWith('D') ? 'im' : 'channel',
    ts: site.double.ts(),
    event_ts: site.double.ts(),
    ...more,
    user: undefined,
    previous_message: { type: 'message', user: ana.id, ts, text: 'before' },
  })

  test('an edited question is answered anew, and the new answer takes the place of the old', async () => {
    const ana = site.person()
    // The introduction is over: an answer stands alone.
    await ana.say('What are the signs of a stroke?')
    await site.double.seen(to(ana.direct, /Sourced/))
    const before = site.double.shown.length
    const { ts } = await ana.say('What helps a migraine?')
    const answer = await site.double.seen(to(ana.direct, /Sourced/), before)
    const from = site.double.shown.length
    const message = {
      type: 'message',
      user: ana.id,
      ts,
      text: 'What are the signs of measles?',
      edited: { user: ana.id, ts: site.double.ts() },
    }
    await ana.deliver(changed(ana, ana.direct, ts, { subtype: 'message_changed', message }))
    await until(async () => (/measles/i.test(wordsOf(answer)) ? true : undefined))
    expect(answer.edits).toBe(1)
    await caughtUp(ana)
    expect(site.double.shown.slice(from).filter(to(ana.direct, /measles/i))).toEqual([])
    // Its buttons belong to what stands there now.
    await ana.press(answer, /helped|yes|useful/i)
    await site.double.seen(to(ana.direct, /Good to know/))
  })

  test.each([
    [
      'deleted',
      (before: object) => ({ subtype: 'message_deleted', deleted_ts: '1.1', previous_message: before }),
    ],
    [
      'deleted at the head of a thread',
      (before: object) => ({
        subtype: 'message_changed',
        message: { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', ts: '1.1', text: 'gone' },
        previous_message: before,
      }),
    ],
  ])('a message that is %s is forgotten; nothing is said about it', async (_how, event) => {
    const ana = site.person()
    const words = 'I have a sore throat and my name is Ana Quill'
    const { ts } = await ana.say(words)
    await caughtUp(ana)
    const { store } = site.state()
    const held = async () => {
      const contacts = await store.contacts(localWorkspace)
      return JSON.stringify(await Promise.all(contacts.map((one) => store.exportContact(one))))
    }
    expect(await held()).toContain('Ana Quill')
    const from = site.double.shown.length
    const gone = event({ type: 'message', user: ana.id, ts, text: words })
    await ana.deliver({ ...changed(ana, ana.direct, ts, {}), ...gone })
    await caughtUp(ana)
    // The answer to "help", and nothing else.
    expect(site.double.shown.slice(from).filter(({ channel }) => channel === ana.direct)).toHaveLength(1)
    expect(await held()).not.toContain('Ana Quill')
  })
})
