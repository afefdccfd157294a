import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localWorkspace } from '../../src/open-state.ts'
import { type TokenChanges, wordsOf } from './teams-double.ts'
import { openTeamsSite, type TeamsSite } from './teams-site.ts'

let site: TeamsSite
beforeAll(async () => {
  site = await openTeamsSite()
})
afterAll(() => site.close())

const now = () => Math.floor(Date.now() / 1_000)
const known = async () => (await site.state().store.contacts(localWorkspace)).length

describe('an activity is let in only with a token that Bot Framework signed for this bot', () => {
  test('a good one is', async () => {
    const ana = site.person('good')
    const response = await ana.send(ana.activity({ text: 'help' }))
    expect(response.status).toBe(200)
    await site.double.seen((one) => one.conversation === ana.chat)
  })

  test.each<[string, TokenChanges]>([
    ['another audience', { claims: { aud: 'somebody-else' } }],
    ['another issuer', { claims: { iss: 'https://elsewhere.example' } }],
    [
      'the issuer of a developer tool',
      { claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' } },
    ],
    ['a time that is over', { claims: { exp: now() - 3_600, nbf: now() - 7_200 } }],
    ['another service address', { claims: { serviceurl: 'https://smba.trafficmanager.net/emea/' } }],
    ['no service address', { claims: { serviceurl: undefined } }],
    ['no audience', { claims: { aud: undefined } }],
    ['a key that the directory does not hold under that id', { wrongKey: true }],
    ['a key that is endorsed for another channel alone', { kid: 'other-channel' }],
    ['a key without endorsements', { kid: 'unendorsed' }],
  ])('with %s it is 401 and nothing runs', async (_what, changes) => {
    const before = await known()
    const stranger = site.person('stranger')
    const response = await stranger.send(
      stranger.activity({ text: 'I want to die' }),
      site.double.token(changes),
    )
    expect(response.status).toBe(401)
    expect(await response.text()).toBe('')
    expect(await known()).toBe(before)
  })

  test.each([
    ['none', ''],
    ['garbage', 'garbage'],
    ['three parts of garbage', 'a.b.c'],
    ['no signature', `${'x'.repeat(5)}..`],
  ])('with %s it is 401 and nothing runs', async (_what, token) => {
    const before = await known()
    const stranger = site.person('stranger')
    const response = await stranger.send(stranger.activity({ text: 'hello' }), token)
    expect(response.status).toBe(401)
    expect(await known()).toBe(before)
  })

  test('a token without a signature algorithm is 401', async () => {
    const stranger = site.person('stranger')
    const [, body = ''] = site.double.token().split('.')
    const head = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT', kid: 'good' })).toString('base64url')
    const response = await stranger.send(stranger.activity({ text: 'hello' }), `${head}.${body}.`)
    expect(response.status).toBe(401)
  })

  test('another scheme is 401', async () => {
    const stranger = site.person('stranger')
    const response = await fetch(`${site.url()}/api/messages`, {
      method: 'POST',
      headers: { authorization: `Basic ${site.double.token()}` },
      body: JSON.stringify(stranger.activity({ text: 'hello' })),
    })
    expect(response.status).toBe(401)
  })

  test('a service address that is not on the list is 401, signed or not', async () => {
    const before = await known()
    const stranger = site.person('stranger')
    for (const serviceUrl of [
      'https://evil.example/',
      'http://smba.trafficmanager.net/',
      'file:///etc/passwd',
      '',
    ]) {
      const response = await stranger.send(
        stranger.activity({ text: 'hello', serviceUrl }),
        site.double.token({ claims: { serviceurl: serviceUrl } }),
      )
      expect(response.status, serviceUrl).toBe(401)
    }
    expect(await known()).toBe(before)
  })

  test('a key that is new in the directory is not fetched again at once, so that nobody can make us ask', async () => {
    const stranger = site.person('stranger')
    site.double.addKey('brand-new', ['msteams'])
    const response = await stranger.send(
      stranger.activity({ text: 'hello' }),
      site.double.token({ kid: 'brand-new' }),
    )
    expect(response.status).toBe(401)
  })
})

describe('what is no activity', () => {
  const send = (body: string) =>
    fetch(`${site.url()}/api/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${site.double.token()}`, 'content-type': 'application/json' },
      body,
    })

  test.each(['', '{}', '[]', 'null', '"text"', '{', '{"type":5}'])(
    '%j is refused without a throw',
    async (body) => {
      const response = await send(body)
      expect(response.status).toBe(401)
      expect(await response.text()).toBe('')
    },
  )

  test('more than anybody sends is refused', async () => {
    const response = await send(JSON.stringify({ type: 'message', text: 'x'.repeat(600_000) }))
    expect(response.status).toBe(413)
  })
})

describe('towards the connector', () => {
  test('a token is asked for once and used again', async () => {
    const given = site.double.tokensGiven
    const ben = site.person('token')
    await ben.say('help')
    await site.double.seen((one) => one.conversation === ben.chat && /emergency|999/i.test(wordsOf(one)))
    expect(site.double.tokensGiven).toBe(Math.max(given, 1))
  })
})
