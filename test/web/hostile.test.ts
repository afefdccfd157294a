import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { State } from '../../src/open-state.ts'
import type { ChatHistory } from '../../src/server/wire.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

const chat = '/api/chat/messages'

describe('bodies that are no message', () => {
  test.each([
    ['a megabyte of JSON', JSON.stringify({ id: 'mega-0001', text: 'x'.repeat(1_000_000) }), 413],
    ['half an object', '{"id":"half-0001","text":"hel', 400],
    ['nothing', '', 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['a prototype', '{"__proto__":{"text":"x"},"id":"proto-001"}', 400],
    ['more than one kind', '{"id":"both-0001","text":"a","command":"help"}', 400],
    ['no id', '{"text":"hello"}', 400],
    ['an id that is a path', '{"id":"../../etc","text":"hello"}', 400],
    ['a text that is a number', '{"id":"number-01","text":7}', 400],
    ['white space alone', '{"id":"space-001","text":" \\n\\t "}', 400],
    ['a choice without a reply', '{"id":"choice-01","choice":{"action":"answer","value":"more"}}', 400],
    ['arrays in arrays', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 400],
  ])('%s is refused in JSON', async (_what, body, status) => {
    const response = await site.visitor().post(chat, body)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.getSetCookie()).toEqual([])
    const refusal = (await response.json()) as { error: string; say?: string }
    expect(refusal.error).toMatch(/^[a-z_]+$/)
    if (status === 413) expect(refusal.say).toMatch(/too long/)
    // What could not be read may have been an alarm.
    if (refusal.error !== 'empty') expect(refusal.say).toMatch(/999/)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a form of another kind (%s) is refused',
    async (type) => {
      const response = await site
        .visitor()
        .post(chat, '{"id":"form-0001","text":"hello"}', { 'content-type': type })
      expect(response.status).toBe(400)
    },
  )

  test('broken UTF-8 is read as far as it can be, and never a crash', async () => {
    const body = Buffer.concat([
      Buffer.from('{"id":"utf8-0001","text":"chest pain '),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
      Buffer.from('"}'),
    ])
    const response = await site.visitor().fetch(chat, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect([202, 400]).toContain(response.status)
  })
})

describe('texts that are meant to confuse', () => {
  test.each([
    ['right-to-left override', 'what helps a \u202Emigraine\u202C?'],
    ['zalgo', `m${'\u0301\u0336'.repeat(200)}igraine`],
    ['a mention bomb', '@everyone @here <!channel> '.repeat(300)],
    ['markup', '<img src=x onerror=alert(1)><script>alert(1)</script>'],
    ['control characters', 'mi\u0000gra\u0007ine\u001b[31m'],
    ['half a surrogate pair', 'migraine \ud83d'],
    ['60,000 characters', 'a migraine '.repeat(5_400)],
  ])('%s is taken in and answered', async (_what, text) => {
    const visitor = site.visitor()
    expect(await visitor.say(text)).toEqual({ accepted: true })
    const [own] = await visitor.history()
    expect(own?.from).toBe('me')
    expect(own?.text).not.toMatch(/\p{Surrogate}/u)
    expect(await visitor.reply(() => true)).toBeDefined()
  })
})

describe('others', () => {
  test.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'not an origin'])(
    'a page of %s can post nothing',
    async (origin) => {
      const visitor = site.visitor()
      const response = await visitor.post(chat, { id: 'origin-01', text: 'hello' }, { origin })
      expect(response.status).toBe(403)
      expect(await response.json()).toEqual({ error: 'other_origin' })
    },
  )

  test('a browser that says it comes from elsewhere posts nothing, its own page does', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site' }
    expect((await site.visitor().post(chat, { id: 'fetch-001', text: 'hello' }, foreign)).status).toBe(403)
    const own = { origin: site.url }
    expect((await site.visitor().post(chat, { id: 'fetch-002', text: 'hello' }, own)).status).toBe(202)
  })

  test.each([
    'salus_chat=',
    'salus_chat=../../x',
    `salus_chat=${'A'.repeat(5_000)}`,
    'salus_chat=%00',
    '=;;=;',
  ])('a forged cookie (%s) is somebody new', async (cookie) => {
    const visitor = site.visitor()
    visitor.cookie = cookie
    const { entries } = await visitor.json<ChatHistory>('/api/chat/history')
    expect(entries).toEqual([])
    expect((await visitor.fetch('/api/chat/stream')).status).toBe(401)
  })

  test.each([
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/api/none',
    '/.env',
    '/assets/',
  ])('%s is not found, in words without detail', async (path) => {
    const response = await site.visitor().fetch(path)
    expect([400, 404]).toContain(response.status)
    expect(await response.text()).not.toMatch(/at |node_modules|Error:/)
  })

  test('a message replayed by somebody else is theirs, not ours', async () => {
    const one = site.visitor()
    await one.say('What helps a migraine?', 'replay-01')
    const other = site.visitor()
    await other.say('hello', 'replay-01')
    expect((await one.history())[0]?.text).toBe('What helps a migraine?')
    expect((await other.history())[0]?.text).toBe('hello')
  })
})

describe('somebody who writes without end', () => {
  test('is asked for patience, then refused; an alarm is taken in all the same', async () => {
    const visitor = site.visitor()
    await visitor.say('hello')
    const flood = await Promise.all(
      Array.from({ length: 260 }, (_, n) => visitor.post(chat, { id: `flood-${1_000 + n}`, text: 'hello' })),
    )
    const count = (status: number) => flood.filter((response) => response.status === status).length
    expect(count(202)).toBeGreaterThanOrEqual(190)
    expect(count(429)).toBeGreaterThanOrEqual(50)
    expect(count(202) + count(429)).toBe(260)
    const refused = flood.find((response) => response.status === 429)
    expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await refused?.json()).toMatchObject({ say: expect.stringMatching(/did not keep.*999/) })
    expect(await visitor.say('I want to kill myself')).toEqual({ accepted: true })
    expect(await visitor.reply((entry) => entry.urgent === true)).toBeDefined()
  })
})

describe('when the database is away', () => {
  const failing = (state: State, spill: boolean): State => ({
    ...state,
    store: { ...state.store, accept: () => Promise.reject(new Error('no database')) },
    spill: spill ? state.spill : { ...state.spill, append: () => Promise.reject(new Error('no disk')) },
  })

  test('an alarm gets the numbers at once, anything else an apology with the line', async () => {
    const broken = await openSite({ broken: (state) => failing(state, true) })
    try {
      const alarm = await broken.visitor().say('I want to kill myself')
      expect(alarm).toMatchObject({
        accepted: true,
        tone: 'urgent',
        say: expect.stringMatching(/999.*116 123/s),
      })
      const other = await broken.visitor().say('What helps a migraine?')
      expect(other).toMatchObject({
        accepted: true,
        tone: 'info',
        say: expect.stringMatching(/cannot answer/),
      })
    } finally {
      await broken.close()
    }
  })

  test('what could not be kept at all is not acknowledged, and the numbers are given', async () => {
    const broken = await openSite({ broken: (state) => failing(state, false) })
    try {
      const response = await broken.visitor().post(chat, { id: 'lost-0001', text: 'I want to kill myself' })
      expect(response.status).toBe(503)
      expect(await response.json()).toMatchObject({ error: 'not_kept', say: expect.stringMatching(/999/) })
    } finally {
      await broken.close()
    }
  })
})
