import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../web/site.ts'
import { eventBody, room, type Shown, wordsOf } from './slack-double.ts'
import type { SlackPerson } from './slack-person.ts'
import { openSlackSite, type SlackSite } from './slack-site.ts'

let site: SlackSite
let storeFails = false
const sourced = /Sourced/
const to = (channel: string, words: RegExp) => (one: Shown) =>
  one.channel === channel && words.test(wordsOf(one))
const connected = (more: number) =>
  until(async () => (site.double.connections >= more && site.double.open > 0 ? true : undefined))

beforeAll(async () => {
  site = await openSlackSite('socket', {
    broken: (state) => ({
      ...state,
      store: {
        ...state.store,
        accept: (request) =>
          storeFails ? Promise.reject(new Error('the database is away')) : state.store.accept(request),
      },
      spill: { ...state.spill, append: () => Promise.reject(new Error('no disk')) },
    }),
  })
})
afterAll(() => site.close())
beforeEach(() => connected(1))

async function answered(person: SlackPerson): Promise<void> {
  const from = site.double.shown.length
  await person.say('What helps a migraine?')
  await site.double.seen(to(person.direct, sourced), from)
}

describe('over Socket Mode', () => {
  test('messages, mentions, commands and presses are taken and acknowledged', async () => {
    const ana = site.person()
    await answered(ana)
    expect(JSON.parse(await ana.command('What are the signs of measles?'))).toMatchObject({
      response_type: 'ephemeral',
    })
    const answer = await site.double.seen(to(ana.direct, /measles/i))
    await ana.press(answer, /helped|yes|useful/i)
    await site.double.seen(to(ana.direct, /Good to know/))
    await ana.mention('What are the signs of a stroke?')
    await site.double.seen(to(room, sourced))
  })

  test.each(['warning', 'refresh_requested'] as const)(
    'at %s the next connection stands before this one is given up',
    async (reason) => {
      const { connections } = site.double
      site.double.announce(reason)
      await connected(connections + 1)
      await until(async () => (site.double.open === 1 ? true : undefined))
      await answered(site.person())
    },
  )

  test('what is on its way while connections change is acknowledged, and taken once', async () => {
    const ana = site.person()
    const { connections } = site.double
    const event = ana.message(ana.direct, 'What helps a migraine?')
    const sent = site.double.push('events_api', eventBody(event))
    site.double.announce('refresh_requested')
    await connected(connections + 1)
    await until(async () => (site.double.acknowledged.has(sent) ? true : undefined))
    await ana.deliver(event)
    await ana.say('help')
    await site.double.seen(to(ana.direct, /danger/))
    expect(site.double.shown.filter(to(ana.direct, sourced))).toHaveLength(1)
  })

  test('a connection that breaks off, or that Slack closes, is made again', async () => {
    for (const end of [() => site.double.drop(), () => site.double.disconnect()]) {
      const { connections } = site.double
      end()
      await connected(connections + 1)
    }
    await answered(site.person())
  })

  test('where Socket Mode was switched off it is tried again until it is on', async () => {
    site.double.socketOff = true
    const tries = () => site.double.calls.filter(({ method }) => method === 'apps.connections.open').length
    const before = tries()
    site.double.announce('link_disabled')
    await until(async () => (tries() >= before + 2 ? true : undefined))
    const { connections } = site.double
    site.double.socketOff = false
    await connected(connections + 1)
    await answered(site.person())
  })

  test('frames that Slack never sends end nothing', async () => {
    const odd = [
      '',
      'not json',
      'null',
      '7',
      '[]',
      '{}',
      '{"type":"events_api"}',
      '{"type":"events_api","envelope_id":"e1","payload":null}',
      '{"type":"events_api","envelope_id":"e2","payload":{"event":null}}',
      '{"type":"slash_commands","envelope_id":"e3"}',
      '{"type":"interactive","envelope_id":"e4","payload":[]}',
      '{"type":"not_invented_yet","envelope_id":"e5","payload":{"a":1}}',
      '{"type":"hello"}',
      '"disconnect"',
      '{"type":1,"reason":"disconnect"}',
    ]
    for (const one of odd) site.double.frame(one)
    await answered(site.person())
  })

  test('what could not be kept is not acknowledged, and is taken when Slack sends it again', async () => {
    const ana = site.person()
    const event = ana.message(ana.direct, 'What helps a migraine?')
    storeFails = true
    const sent = site.double.push('events_api', eventBody(event))
    const alarm = ana.message(ana.direct, 'hello')
    storeFails = true
    const other = site.double.push('events_api', eventBody(alarm))
    // An interaction that needs no store is acknowledged behind them: they were read.
    await ana.interact({ type: 'not_invented_yet' })
    expect([sent, other].filter((id) => site.double.acknowledged.has(id))).toEqual([])
    storeFails = false
    await ana.deliver(event)
    await site.double.seen(to(ana.direct, sourced))
  })

  test('a restart takes it up again', async () => {
    const { connections } = site.double
    await site.restart()
    await connected(connections + 1)
    await answered(site.person())
  })
})
