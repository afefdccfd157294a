import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { asId, type Urn } from '../../src/core/ids.ts'
import { localWorkspace } from '../../src/open-state.ts'
import { until } from '../web/site.ts'
import { everybodysChannel, type Shown } from './discord-double.ts'
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

  test('what follows a press on it stays where only the person sees it', async () => {
    const ana = site.person()
    const asked = ana.command('ask', { question: 'What helps a migraine?' })
    const answer = await site.double.seen(to((await ana.answerTo(asked)).channel, sourced))
    const press = ana.press(answer, /helped|yes|useful/i)
    const thanks = await site.double.seen(to(`@${press.token}`, /Good to know/))
    expect(thanks.body.flags).toBe((1 << 15) | 64)
  })

  test('a crisis is answered there and in the direct conversation, where it lasts', async () => {
    const ana = site.person()
    const asked = ana.command('ask', { question: "I want to kill myself, I don't want to live any more" })
    await site.double.seen(to(`@${asked.token}`, /116 123/))
    await site.double.seen(to(ana.direct, /116 123/))
    expect(site.double.shown.filter(({ channel }) => channel === everybodysChannel)).toEqual([])
  })

  test('titles are offered while somebody types', async () => {
    const ana = site.person()
    const focused = { type: 3, name: 'topic', value: 'migr', focused: true }
    const data = {
      id: '1',
      type: 1,
      name: 'health',
      options: [{ type: 1, name: 'topics', options: [focused] }],
    }
    const typed = ana.interact(4, data)
    const { data: offered } = await until(async () => typed.answer)
    const { choices } = offered as unknown as { choices: { name: string; value: string }[] }
    expect(choices.map(({ name }) => name).join()).toMatch(/migraine/i)
    const chosen = ana.command('topics', { topic: choices[0]?.value ?? '' })
    const card = await ana.answerTo(chosen)
    expect(chosen.answer).toMatchObject({ type: 4 })
    expect(wordsOf(card.body)).toMatch(/migraine/i)
    expect(Number(card.body.flags) & 64).toBe(64)
  })

  test('without a question a form asks for it', async () => {
    const ana = site.person()
    const opened = ana.command('ask')
    await until(async () => opened.answer)
    expect(opened.answer?.type).toBe(9)
    const field = { type: 4, custom_id: 'text', value: 'What helps a migraine?' }
    const filled = ana.interact(5, {
      custom_id: opened.answer?.data?.custom_id,
      components: [{ type: 18, component: field }],
    })
    await site.double.seen(to(`@${filled.token}`, sourced))
  })

  test('a message of somebody else is checked privately', async () => {
    const ana = site.person()
    const target = site.person().message(everybodysChannel, 'Vaccines cause autism')
    const data = {
      id: '1',
      type: 3,
      name: 'Check this claim',
      target_id: target.id,
      resolved: { messages: { [target.id]: target } },
    }
    const asked = ana.interact(2, data)
    await ana.answerTo(asked)
    expect(asked.answer).toMatchObject({ type: 5, data: { flags: 64 } })
    await caughtUp(ana)
    expect(site.double.shown.filter(({ channel }) => channel === everybodysChannel)).toEqual([])
  })

  test('what somebody forwards is read as the words of another', async () => {
    const ana = site.person()
    await caughtUp(ana)
    const from = site.double.shown.length
    const forwarded = (content: string) => ({
      message_reference: { type: 1, message_id: '1', channel_id: everybodysChannel },
      message_snapshots: [{ message: { type: 0, content, attachments: [], embeds: [] } }],
    })
    const forward = (content: string) =>
      site.double.dispatch('MESSAGE_CREATE', ana.message(ana.direct, '', forwarded(content)))
    forward('What are the signs of measles?')
    await site.double.seen(to(ana.direct, sourced), from)
    forward('I want to kill myself tonight')
    const answer = wordsOf((await site.double.seen(to(ana.direct, /116 123/), from)).body)
    expect(answer).toMatch(/you care about them/)
    expect(answer).not.toMatch(/Are you thinking about/)
    const held = async () => {
      const { store } = site.state()
      const id = await store.contactOf(localWorkspace, asId<Urn>(`discord:${ana.id}`))
      return id && (await store.exportContact(id))
    }
    expect(await held()).toMatchObject({ contact: { self_harm_at: null }, recentSignals: [] })
  })

  test('in the direct conversation the answer stays', async () => {
    const ana = site.person()
    const asked = ana.command('ask', { question: 'What helps a migraine?' }, { direct: true })
    await ana.answerTo(asked)
    expect(asked.answer).toMatchObject({ type: 5 })
    expect(asked.answer?.data?.flags ?? 0).toBe(0)
  })

  test('commands are registered once, named in Spanish, too', async () => {
    const written = () => site.double.calls.filter((call) => call.startsWith('PUT ')).length
    expect(written()).toBe(1)
    expect(JSON.stringify(site.double.commands)).toContain('"name_localizations":{"es-ES":"preguntar"')
    const [admin] = site.double.commands.filter((one) => (one as { name: string }).name === 'health-admin')
    expect(admin).toMatchObject({ default_member_permissions: 32, contexts: [0] })
    const reads = () => site.double.calls.filter((call) => call.startsWith('GET /applications')).length
    const before = reads()
    site.double.drop(4000, true)
    await until(async () => (reads() > before ? true : undefined))
    const ana = site.person()
    await caughtUp(ana)
    expect(written()).toBe(1)
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
    const from = site.double.shown.length
    ana.mention('What are the signs of measles?', message.id)
    await site.double.seen(to(message.id, sourced), from)
    expect(site.double.threads.filter(({ id }) => id === message.id)).toHaveLength(1)
  })

  test('where no thread may be opened the answer stands under the question', async () => {
    site.double.threadsAllowed = false
    const ana = site.person()
    const message = ana.mention('What are the signs of a stroke?')
    const answer = await site.double.seen(({ reference }) => reference === message.id)
    expect(answer.channel).toBe(everybodysChannel)
    site.double.threadsAllowed = true
    site.double.shown.splice(site.double.shown.indexOf(answer), 1)
    await caughtUp(ana)
    site.double.shown.splice(0)
  })

  test('a personal question is answered privately', async () => {
    const ana = site.person()
    const message = ana.mention('I have had a migraine for two days, what helps me?')
    await site.double.seen(to(ana.direct, /migraine/i))
    await caughtUp(ana)
    const seen = site.double.shown.filter(({ channel }) => channel === message.id)
    expect(seen.map(({ body }) => wordsOf(body))).toEqual(["I'm answering you privately."])
  })

  test('in a crisis the fixed line stands in public and the rest is private', async () => {
    const ana = site.person()
    const message = ana.mention('I want to kill myself tonight')
    const line = await site.double.seen(to(message.id, /999/))
    expect(wordsOf(line.body)).toMatch(/If anyone here is in danger/)
    await site.double.seen(to(ana.direct, /116 123/))
    await caughtUp(ana)
    const public_ = site.double.shown.filter(({ channel }) => channel === message.id)
    expect(public_.map(({ body }) => wordsOf(body)).join()).not.toMatch(/kill|tonight/i)
  })

  test('a closed direct conversation: a hint that repeats nothing, and staff are told when it was urgent', async () => {
    const ana = site.person()
    site.double.closed.add(ana.id)
    const message = ana.mention('I have had a migraine for two days, what helps me?')
    const hint = await site.double.seen(to(message.id, /could not write to you privately/))
    expect(wordsOf(hint.body)).not.toMatch(/migraine/i)
    const ben = site.person()
    site.double.closed.add(ben.id)
    const urgent = ben.mention('I want to kill myself tonight')
    await site.double.seen(to(urgent.id, /could not write to you privately/))
    await until(async () => {
      const audit = await site.state().store.audit(localWorkspace, 500)
      return JSON.stringify(audit).includes('unreachable') ? true : undefined
    })
  })

  test('what is not said to Salus is nothing to it', async () => {
    const ana = site.person()
    site.double.dispatch('MESSAGE_CREATE', ana.message(everybodysChannel, ''))
    site.double.dispatch(
      'MESSAGE_CREATE',
      ana.message(everybodysChannel, 'I took 20 paracetamol an hour ago'),
    )
    await caughtUp(ana)
    expect(site.double.shown.filter(to(ana.direct, /999.*poison/is))).toEqual([])
  })
})

test('asks for no privileged intent', () => {
  const privileged = (1 << 1) | (1 << 8) | (1 << 15)
  expect(site.double.identified.filter(({ intents }) => (intents & privileged) !== 0)).toEqual([])
})
