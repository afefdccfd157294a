import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { texts } from '../../src/console/chat/texts.ts'
import { localWorkspace } from '../../src/open-state.ts'
import type { ChatHistory } from '../../src/server/wire.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

const sources = (entry: { elements?: readonly { kind: string }[] }) =>
  entry.elements?.some(({ kind }) => kind === 'sources') ?? false

describe('a visitor', () => {
  test('asks and reads a sourced answer, also after a reload', async () => {
    const visitor = site.visitor()
    expect(await visitor.say('What helps a migraine?')).toEqual({ accepted: true })
    const answer = await visitor.reply(sources)
    expect(answer.from).toBe('salus')
    expect((await visitor.history()).map(({ from }) => from)).toEqual(['me', 'salus', 'salus'])
  })

  test('every example of the first screen is answered from an article', async () => {
    for (const example of texts.examples) {
      const visitor = site.visitor()
      await visitor.say(example)
      expect(await visitor.reply(sources), example).toBeDefined()
    }
  })

  test('gets a cookie that no script reads and no other site sends', async () => {
    const response = await site.visitor().post('/api/chat/messages', { id: 'cookie-01', text: 'hello' })
    const [cookie = ''] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^salus_chat=[A-Za-z0-9_-]{22};/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
  })

  test('who has written nothing has no cookie, no history and no stream', async () => {
    const visitor = site.visitor()
    const { entries, about } = await visitor.json<ChatHistory>('/api/chat/history')
    expect(entries).toEqual([])
    expect(about.emergency).toBe('999')
    expect(visitor.cookie).toBe('')
    expect((await visitor.fetch('/api/chat/stream')).status).toBe(401)
  })

  test('a message sent twice is one message', async () => {
    const visitor = site.visitor()
    await visitor.say('What helps a migraine?', 'twice-0001')
    await visitor.say('What helps a migraine?', 'twice-0001')
    await visitor.reply(sources)
    await visitor.say('thanks')
    await visitor.reply((entry) => entry.text.startsWith("You're welcome"))
    const entries = await visitor.history()
    expect(entries.filter(({ key }) => key === 'me/twice-0001')).toHaveLength(1)
    expect(entries.filter(sources)).toHaveLength(1)
  })

  test('reads nothing of another visitor', async () => {
    const one = site.visitor()
    await one.say('What helps a migraine?')
    await one.reply(sources)
    const other = site.visitor()
    other.cookie = `salus_chat=${'A'.repeat(22)}`
    expect(await other.history()).toEqual([])
  })

  test('presses a button, and its label stands in the history', async () => {
    const visitor = site.visitor()
    await visitor.say('What helps a migraine?')
    const answer = await visitor.reply(sources)
    await visitor.choose('answer', 'helpful', answer.key)
    await visitor.reply((entry) => entry.text.includes('Good to know'))
    const pressed = (await visitor.history()).find(({ choice }) => choice)
    expect(pressed).toMatchObject({ from: 'me', text: 'This helped', choice: { replyTo: answer.key } })
  })

  test('says that a reply was harmful, and a safety case opens', async () => {
    const visitor = site.visitor()
    await visitor.say('What helps a migraine?')
    const answer = await visitor.reply(sources)
    await visitor.choose('report', 'ask', answer.key)
    const question = await visitor.reply((entry) => entry.text.startsWith('What was wrong'))
    await visitor.choose('report', `harmful|${answer.key}`, question.key)
    await visitor.reply((entry) => entry.text.includes('safety report'))
    const cases = await site.state.store.cases(localWorkspace)
    expect(cases.some(({ topic }) => topic === 'harm_report')).toBe(true)
  })
})

describe('the stream', () => {
  test('brings replies with their numbers, and after a reconnect only what is newer', async () => {
    const visitor = site.visitor()
    await visitor.say('What helps a migraine?')
    const seen = await visitor.events('/api/chat/stream', (events) =>
      events.some(({ data }) => sources(data)),
    )
    const replies = seen.filter(({ event }) => event === 'message')
    expect(replies.every(({ id }) => id !== undefined && id > 0)).toBe(true)
    const last = Math.max(...replies.map(({ id }) => id ?? 0))
    await visitor.say('thanks')
    const later = await visitor.events(
      '/api/chat/stream',
      (events) => events.some(({ event }) => event === 'message'),
      { 'last-event-id': String(last) },
    )
    const texts = later.filter(({ event }) => event === 'message').map(({ data }) => data.text)
    expect(texts).toEqual([expect.stringMatching(/^You're welcome/)])
  })

  test('tells each reply once, however many pages are open', async () => {
    const visitor = site.visitor()
    await visitor.say('hello')
    await visitor.reply((entry) => entry.text.startsWith('Hello'))
    const done = (events: readonly { data: Record<string, unknown> }[]) =>
      events.some(({ data }) => String(data.text).startsWith("You're welcome"))
    const pages = [visitor.events('/api/chat/stream', done), visitor.events('/api/chat/stream', done)]
    await visitor.say('What helps a migraine?')
    await visitor.reply(sources)
    await visitor.say('thanks')
    for (const events of await Promise.all(pages)) {
      const keys = events.filter(({ event }) => event === 'message').map(({ data }) => data.key)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  test('marks an alarm as urgent', async () => {
    const visitor = site.visitor()
    await visitor.say('I want to kill myself')
    const reply = await visitor.reply((entry) => entry.urgent === true)
    expect(reply.text).toMatch(/116 123/)
  })

  test('says goodbye to somebody whose data is gone', async () => {
    const visitor = site.visitor()
    await visitor.say('delete my data')
    const question = await visitor.reply(
      (entry) => entry.elements?.some(({ kind }) => kind === 'choices') ?? false,
    )
    const goodbye = visitor.events('/api/chat/stream', (events) =>
      events.some(({ data }) => /deleted|delete/i.test(String(data.text)) && data.key !== question.key),
    )
    await visitor.choose('erase', 'yes', question.key)
    expect((await goodbye).at(-1)?.data.text).toBeDefined()
  })
})

describe('leaving', () => {
  test('takes the conversation off the device and goes elsewhere', async () => {
    const visitor = site.visitor()
    await visitor.say('hello')
    const response = await visitor.fetch('/leave')
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(/^https:\/\/www\.wikipedia\.org/)
    expect(visitor.cookie).toBe('')
  })

  test('another site cannot make a visitor leave', async () => {
    const visitor = site.visitor()
    await visitor.say('hello')
    await visitor.fetch('/leave', { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(visitor.cookie).not.toBe('')
  })
})

describe('operators', () => {
  test('health, readiness and metrics without people', async () => {
    const visitor = site.visitor()
    await visitor.say('What helps a migraine?')
    expect(await visitor.json('/healthz')).toEqual({ ok: true })
    expect(await visitor.json('/readyz')).toEqual({ ready: true })
    const metrics = await (await visitor.fetch('/metrics')).text()
    expect(metrics).toMatch(/salus_chat_posts_total\{outcome="stored"\} [1-9]/)
    expect(metrics).not.toMatch(/migraine|web:|salus_chat=/)
  })

  test('pages are kept to themselves', async () => {
    const response = await site.visitor().fetch('/')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("frame-ancestors 'none'")
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
})
