import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../web/site.ts'
import { type Arrived, bodies, mutants } from './slack-bodies.ts'
import { botUser, deliver, eventBody, room, type Shown, wordsOf } from './slack-double.ts'
import type { SlackPerson } from './slack-person.ts'
import { openSlackSite, type SlackSite } from './slack-site.ts'

const sourced = /Sourced/
const to = (channel: string, words: RegExp) => (one: Shown) =>
  one.channel === channel && words.test(wordsOf(one))

describe('what is sent', () => {
  let site: SlackSite
  beforeAll(async () => {
    site = await openSlackSite('http')
  })
  afterAll(() => site.close())

  async function caughtUp(person: SlackPerson): Promise<void> {
    const from = site.double.shown.length
    await person.say('help')
    await site.double.seen(to(person.direct, /danger/), from)
  }
  const post = ({ type, text }: Arrived) => deliver(site.url(), text, { type })

  test('in no shape that was ever thought of is anything but an answer', async () => {
    const ana = site.person()
    const json = 'application/json'
    const form = 'application/x-www-form-urlencoded'
    const odd: readonly Arrived[] = [
      ...['null', '7', '"text"', '[]', '{}', '{"event":null}', '{"type":"url_verification"}'].map((text) => ({
        type: json,
        text,
      })),
      ...['', 'payload=null', 'payload=7', 'payload={}', 'a=b', 'ssl_check=1'].map((text) => ({
        type: form,
        text,
      })),
      ...bodies(ana).flatMap(mutants),
    ]
    for (const one of odd) {
      const { status } = await post(one)
      expect(status, one.text.slice(0, 300)).toBe(200)
    }
    await caughtUp(ana)
  })

  test('what is no JSON, or too long, is refused', async () => {
    expect((await post({ type: 'application/json', text: '{' })).status).toBe(400)
    expect((await post({ type: 'application/x-www-form-urlencoded', text: 'payload={' })).status).toBe(400)
    expect((await post({ type: 'application/json', text: `"${'x'.repeat(3_000_000)}"` })).status).toBe(413)
  })

  test('with a charset behind its type is read all the same', async () => {
    const ana = site.person()
    const body = new URLSearchParams({
      command: '/health',
      text: 'What helps a migraine?',
      user_id: ana.id,
      team_id: 'T0HOME',
      channel_id: room,
      trigger_id: site.double.ts(),
    })
    await post({ type: 'application/x-www-form-urlencoded; charset=utf-8', text: body.toString() })
    await site.double.seen(to(ana.direct, sourced))
  })

  test('dated ahead is refused like what is old', async () => {
    const body = JSON.stringify(eventBody(site.person().message('DX', 'hello')))
    const ahead = Math.floor(Date.now() / 1_000) + 600
    expect((await deliver(site.url(), body, { at: ahead })).status).toBe(401)
  })

  test('to verify the address is answered with its challenge', async () => {
    const text = JSON.stringify({ type: 'url_verification', challenge: 'abc' })
    expect(JSON.parse((await post({ type: 'application/json', text })).text)).toEqual({ challenge: 'abc' })
  })

  test('while Slack slows us down waits as long as it says and comes once', async () => {
    const ana = site.person()
    site.double.limited = 2
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    await caughtUp(ana)
    expect(site.double.shown.filter(to(ana.direct, sourced))).toHaveLength(1)
    const [first, second] = site.double.refusals.slice(-2)
    // Retry-After said a second each time.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_000)
  })

  test('and lost on the way back is looked for, and not sent again', async () => {
    const ana = site.person()
    site.double.swallowed = 1
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    await until(async () => (site.double.swallowed === 0 ? true : undefined))
    await caughtUp(ana)
    expect(site.double.shown.filter(to(ana.direct, sourced))).toHaveLength(1)
    expect(site.double.calls.some(({ method }) => method === 'conversations.history')).toBe(true)
  })

  test('and lost on the way back is sent again where the history cannot be read: it may be urgent', async () => {
    const ana = site.person()
    site.double.refusing.set('conversations.history', 'missing_scope')
    site.double.swallowed = 1
    const posts = () =>
      site.double.calls.filter(
        ({ method, given }) =>
          method === 'chat.postMessage' &&
          given.channel === ana.direct &&
          /glad you told me/i.test(JSON.stringify(given.blocks)),
      ).length
    await ana.say('I want to kill myself tonight')
    await site.double.seen(to(ana.direct, /glad you told me/i))
    await until(async () => (posts() === 2 ? true : undefined))
    site.double.refusing.clear()
  })

  test('in blocks that Slack refuses is said in words', async () => {
    const ana = site.person()
    site.double.refusing.set('chat.postMessage', 'invalid_blocks')
    await ana.say('I want to kill myself tonight')
    const said = await site.double.seen(to(ana.direct, /glad you told me.*116 123/is))
    expect(said.blocks).toEqual([])
    site.double.refusing.clear()
  })

  test('to somebody whom Slack lets nobody write to is said not to have arrived, whatever Slack calls it', async () => {
    const ana = site.person()
    site.double.refusing.set('conversations.open', 'a_code_that_is_new')
    const { ts } = await ana.mention('I want to kill myself tonight')
    await site.double.seen(
      (one) => one.thread === ts && /could not write to you privately/.test(wordsOf(one)),
    )
    site.double.refusing.clear()
  })

  test('to whom no direct conversation opens is shown to them alone where they asked', async () => {
    const ana = site.person()
    site.double.closed.add(ana.id)
    await ana.command('I want to kill myself tonight')
    const shown = await site.double.seen(({ only }) => only === ana.id)
    expect(wordsOf(shown)).toMatch(/glad you told me.*116 123/is)
    expect(shown.channel).toBe(room)
  })

  test('a message passed on without a word of their own is not passed over', async () => {
    const ana = site.person()
    await ana.deliver(ana.message(ana.direct, '', { attachments: [{ is_share: true, text: 'help me' }] }))
    await site.double.seen(to(ana.direct, /Tell me in words/))
  })

  test('an edit that makes a message dangerous is heard; a link preview is none', async () => {
    const ana = site.person()
    const { ts } = await ana.mention('What are the signs of a stroke?')
    await site.double.seen(({ thread }) => thread === ts)
    const changed = (text: string, edited: boolean) => ({
      type: 'message',
      subtype: 'message_changed',
      channel: room,
      channel_type: 'channel',
      ts: site.double.ts(),
      message: {
        type: 'message',
        user: ana.id,
        ts,
        text,
        ...(edited ? { edited: { user: ana.id, ts: site.double.ts() } } : {}),
      },
    })
    await ana.deliver(changed(`<@${botUser}> I want to kill myself tonight`, false))
    await caughtUp(ana)
    expect(site.double.shown.filter(to(ana.direct, /glad you told me/i))).toEqual([])
    await ana.deliver(changed(`<@${botUser}> I want to kill myself tonight`, true))
    await site.double.seen(to(ana.direct, /glad you told me/i))
  })
})

describe('while no turn gets through', { timeout: 60_000 }, () => {
  test('what arrives is durable and acknowledged all the same', async () => {
    const stalled = await openSlackSite('http', {
      broken: (state) => ({ ...state, store: { ...state.store, loadTurn: () => new Promise(() => {}) } }),
    })
    try {
      const ana = stalled.person()
      for (const text of ['hello', 'I want to kill myself', 'What helps a migraine?'])
        expect(await ana.deliver(ana.message(ana.direct, text))).toBe(200)
      expect(JSON.parse(await ana.command('What helps a migraine?'))).toHaveProperty('response_type')
      expect(await stalled.state().store.backlog()).toBeGreaterThan(0)
    } finally {
      // Its turns never end: it is left as a crash would leave it.
      await stalled.abandon()
    }
  })
})

// Each opens Salus twice.
describe.each(['http', 'oauth'] as const)('with the database away (%s)', { timeout: 90_000 }, (mode) => {
  let away = false
  const gone = <Given extends unknown[], Out>(work: (...given: Given) => Promise<Out>) => {
    return async (...given: Given): Promise<Out> => {
      if (away) throw new Error('the database is away')
      return work(...given)
    }
  }

  test('an alarm gets its fixed words at once, once; other words theirs; and it is answered later as answered', async () => {
    const site = await openSlackSite(mode, {
      broken: (state) => ({
        ...state,
        store: {
          ...state.store,
          accept: gone(state.store.accept),
          setting: gone(state.store.setting),
          settings: gone(state.store.settings),
          workspace: gone(state.store.workspace),
          conversation: gone(state.store.conversation),
        },
      }),
    })
    try {
      if (mode === 'oauth') await site.install()
      const ana = site.person()
      await ana.say('What helps a migraine?')
      await site.double.seen(to(ana.direct, sourced))
      away = true
      const from = site.double.shown.length
      const ben = site.person()
      const alarm = ben.message(ben.direct, 'I took 20 paracetamol')
      expect(await ben.deliver(alarm)).toBe(200)
      expect(await ben.deliver(alarm)).toBe(200)
      expect(wordsOf(await site.double.seen(to(ben.direct, /999/), from))).not.toMatch(/paracetamol/)
      expect(await ana.deliver(ana.message(ana.direct, 'What are the signs of measles?'))).toBe(200)
      await site.double.seen(to(ana.direct, /cannot answer/i), from)
      expect(site.double.shown.slice(from).filter(to(ben.direct, /./))).toHaveLength(1)
      // In public the same words are said where it was told, and alone; whoever reads neither has none.
      const cy = site.person()
      const before = site.double.shown.length
      const { ts } = await cy.mention('I took 20 paracetamol')
      await site.double.seen((one) => one.thread === ts && /999/.test(wordsOf(one)), before)
      const alone = await site.double.seen(to(cy.direct, /999/), before)
      expect(alone.thread).toBeUndefined()
      away = false
      await site.restart()
      // What was spilled is known, and its fixed words were its answer.
      expect(await ben.deliver(alarm)).toBe(200)
      await ben.say('help')
      await site.double.seen(to(ben.direct, /danger/), from + 2)
      expect(site.double.shown.slice(from).filter(to(ben.direct, /paracetamol|overdose/i))).toEqual([])
    } finally {
      away = false
      await site.close()
    }
  })

  test('where not even that can be kept nothing is acknowledged, and Slack sends it again', async () => {
    const site = await openSlackSite(mode, {
      broken: (state) => ({
        ...state,
        store: { ...state.store, accept: gone(state.store.accept) },
        spill: { ...state.spill, append: () => Promise.reject(new Error('no disk')) },
      }),
    })
    try {
      if (mode === 'oauth') await site.install()
      const ana = site.person()
      away = true
      const event = ana.message(ana.direct, 'What helps a migraine?')
      expect(await ana.deliver(event)).toBe(503)
      away = false
      expect(await ana.deliver(event)).toBe(200)
      await site.double.seen(to(ana.direct, sourced))
    } finally {
      away = false
      await site.close()
    }
  })
})
