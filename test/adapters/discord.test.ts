import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { localWorkspace } from '../../src/open-state.ts'
import { until } from '../web/site.ts'
import { everybodysChannel, type Shown, self } from './discord-double.ts'
import type { DiscordPerson } from './discord-person.ts'
import { type DiscordSite, openDiscordSite } from './discord-site.ts'
import { wordsOf } from './discord-words.ts'

let site: DiscordSite
beforeAll(async () => {
  site = await openDiscordSite()
})
afterAll(() => site.close())
afterEach(() => {
  expect(site.double.faults).toEqual([])
})

const to = (channel: string, words: RegExp) => (one: Shown) =>
  one.channel === channel && words.test(wordsOf(one.body))
const sourced = /Sourced/

/** Ends what is under way for a person: their command is answered after everything before it. */
async function caughtUp(person: DiscordPerson): Promise<void> {
  const from = site.double.shown.length
  person.say('help')
  await site.double.seen(to(person.direct, /danger/), from)
}

describe('in a direct conversation', () => {
  test('a question is answered with its sources, and a follow-up about the same', async () => {
    const ana = site.person()
    ana.say('What helps a migraine?')
    const answer = await site.double.seen(to(ana.direct, sourced))
    expect(wordsOf(answer.body)).toMatch(/migraine/i)
    const from = site.double.shown.length
    ana.say('When should I get help for it?')
    expect(wordsOf((await site.double.seen(to(ana.direct, sourced), from)).body)).toMatch(
      /headache|migraine/i,
    )
  })

  test('a button answers the reply it stands under', async () => {
    const ana = site.person()
    ana.say('What helps a migraine?')
    const answer = await site.double.seen(to(ana.direct, sourced))
    const press = ana.press(answer, /helped|yes|useful/i)
    await site.double.seen(to(ana.direct, /Good to know/))
    expect(press.answer?.type).toBe(6)
  })

  test('an emergency is answered with the number and steps', async () => {
    const ana = site.person()
    ana.say('my husband has crushing chest pain and is sweating')
    await site.double.seen(to(ana.direct, /999/))
  })

  test('a message delivered twice is one turn', async () => {
    const ana = site.person()
    const message = ana.say('What helps a migraine?')
    site.double.dispatch('MESSAGE_CREATE', message)
    await caughtUp(ana)
    expect(site.double.shown.filter(to(ana.direct, sourced))).toHaveLength(1)
  })

  test('stop is heard', async () => {
    const ana = site.person()
    ana.say('stop')
    await site.double.seen(to(ana.direct, /won't start any messages/))
  })

  test('a person has their data deleted', async () => {
    const ana = site.person()
    ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    const before = (await site.state().store.contacts(localWorkspace)).length
    ana.say('delete my data')
    const asked = await site.double.seen(to(ana.direct, /delete/i))
    ana.press(asked, /yes|delete/i)
    await until(async () =>
      (await site.state().store.contacts(localWorkspace)).length < before ? true : undefined,
    )
  })

  test('a picture is not looked at, and that is said', async () => {
    const ana = site.person()
    const message = ana.message(ana.direct, '', { attachments: [{ id: '1', content_type: 'image/png' }] })
    site.double.dispatch('MESSAGE_CREATE', message)
    await site.double.seen(to(ana.direct, /can't look at pictures/i))
  })

  test('an edited message is read again', async () => {
    const ana = site.person()
    const message = ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    const edited_timestamp = new Date().toISOString()
    const content = 'I took 20 paracetamol an hour ago'
    site.double.dispatch('MESSAGE_UPDATE', { ...message, content, edited_timestamp })
    await site.double.seen(to(ana.direct, /999/))
  })
})

describe('by command', () => {
  test('an answer comes where only the person sees it, in place of the wait', async () => {
    const ana = site.person()
    const asked = ana.command('ask', { question: 'What helps a migraine?' })
    const answer = await ana.answerTo(asked)
    expect(asked.answer).toMatchObject({ type: 5, data: { flags: 64 } })
    await site.double.seen(to(answer.channel, sourced))
  })
})

describe('in a channel of a server', () => {
  test('a routine question is answered in a thread under it', async () => {
    const ana = site.person()
    const message = ana.mention('What are the signs of a stroke?')
    const answer = await site.double.seen(to(message.id, sourced))
    expect(answer.how).toBe('message')
    expect(site.double.threads.map(({ id }) => id)).toContain(message.id)
    expect(site.double.threads.map(({ name }) => name).join(' ')).not.toMatch(/stroke/i)
  })

  test('a personal question is answered privately', async () => {
    const ana = site.person()
    const message = ana.mention('I have had a migraine for two days, what helps me?')
    await site.double.seen(to(ana.direct, /migraine/i))
    await caughtUp(ana)
    expect(
      site.double.shown.filter(({ channel }) => channel === message.id || channel === everybodysChannel),
    ).toEqual([])
  })
})

test('asks for no privileged intent', () => {
  expect(site.double.identified.map(({ intents }) => intents & ((1 << 15) | (1 << 1) | (1 << 8)))).toEqual([
    0,
  ])
  expect(self).not.toBe('')
})
