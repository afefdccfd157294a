import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createConnector } from './connector.ts'

const asked: {
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly token: string
}[] = []
let answers: { status: number; headers?: Record<string, string>; body?: unknown; hangUp?: true }[] = []
let server: Server
let serviceUrl: string
let dropped = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
    })
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      asked.push({ method, path: url, body: JSON.parse(text || 'null'), token: headers.authorization ?? '' })
      const { status, headers: told, body, hangUp } = answers.shift() ?? { status: 201, body: { id: 'new' } }
      if (hangUp) request.socket.destroy()
      else
        response
          .writeHead(status, { 'content-type': 'application/json', ...told })
          .end(JSON.stringify(body ?? {}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/emea/`
})
afterAll(() => server.close())
beforeEach(() => {
  asked.length = 0
  answers = []
  dropped = 0
})

const now = Date.UTC(2026, 2, 2)
const tokens = {
  bearer: async () => 'given',
  drop: () => {
    dropped++
  },
}
const connector = () => createConnector({ tokens, mayCall: (url) => url === serviceUrl, now: () => now })
const send = () => connector().send(serviceUrl, '19:a@thread.tacv2;messageid=1', { text: 'hello' })

describe('a message to the connector', () => {
  it('goes to its conversation, written so that its id stays one, with the token', async () => {
    expect(await send()).toEqual({ kind: 'sent', externalId: 'new' })
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/emea/v3/conversations/19%3Aa%40thread.tacv2%3Bmessageid%3D1/activities',
        body: { type: 'message', text: 'hello' },
        token: 'Bearer given',
      },
    ])
  })

  it.each([
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'retry', afterMs: 7_000 },
    ],
    [
      { status: 429, headers: { 'retry-after': new Date(now + 9_000).toUTCString() } },
      { kind: 'retry', afterMs: 9_000 },
    ],
    [{ status: 429 }, { kind: 'retry', afterMs: 1_000 }],
    [{ status: 412 }, { kind: 'retry', afterMs: 1_000 }],
    [{ status: 502 }, { kind: 'retry', afterMs: 1_000 }],
    [
      { status: 503, headers: { 'retry-after': '3' } },
      { kind: 'retry', afterMs: 3_000 },
    ],
    [
      { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } },
      { kind: 'unreachable', reason: 'left' },
    ],
    [
      { status: 403, body: { error: { code: 'MessageWritesBlocked' } } },
      { kind: 'unreachable', reason: 'blocked' },
    ],
    [
      { status: 403, body: { error: { code: 'BotDisabledByAdmin' } } },
      { kind: 'unreachable', reason: 'not_installed' },
    ],
    [
      { status: 403, body: 'nothing said' },
      { kind: 'unreachable', reason: 'closed_direct' },
    ],
    [
      { status: 404, body: { error: { code: 'ConversationNotFound' } } },
      { kind: 'unreachable', reason: 'unknown_route' },
    ],
    [
      { status: 400, body: { error: { code: 'ActivityNotFoundInConversation' } } },
      { kind: 'unreachable', reason: 'unknown_route' },
    ],
    // The answer was lost: it may have arrived.
    [{ status: 0, hangUp: true as const }, { kind: 'uncertain' }],
  ])('that is answered %j comes to %j', async (answer, outcome) => {
    answers = [answer]
    expect(await send()).toEqual(outcome)
    expect(asked).toHaveLength(1)
  })

  it('whose token is refused is put off, with a new token next time', async () => {
    answers = [{ status: 401 }]
    expect(await send()).toMatchObject({ kind: 'retry' })
    expect(dropped).toBe(1)
  })

  it('goes nowhere but where it may', async () => {
    expect(await connector().send('http://127.0.0.1:1/', 'a', {})).toEqual({
      kind: 'unreachable',
      reason: 'unknown_route',
    })
  })

  it('is put off while nobody listens: it cannot have arrived', async () => {
    const nobody = createConnector({ tokens, mayCall: () => true, now: () => now })
    expect(await nobody.send(await closedPort(), 'a', {})).toMatchObject({ kind: 'retry' })
  })

  it('is put off while no token is given', async () => {
    const refused = { ...tokens, bearer: () => Promise.reject(new Error('refused')) }
    const without = createConnector({ tokens: refused, mayCall: () => true, now: () => now })
    expect(await without.send(serviceUrl, 'a', {})).toMatchObject({ kind: 'retry' })
    expect(asked).toEqual([])
  })
})

describe('a personal chat', () => {
  const place = () => ({ tenant: 't', serviceUrl, user: '29:ana', bot: '28:bot' })

  it('is opened once and known from then on', async () => {
    answers = [{ status: 201, body: { id: 'a:chat' } }]
    const one = connector()
    expect(await one.openChat(place())).toBe('a:chat')
    expect(await one.openChat(place())).toBe('a:chat')
    expect(asked.map(({ path, body }) => ({ path, body }))).toEqual([
      {
        path: '/emea/v3/conversations',
        body: {
          bot: { id: '28:bot' },
          members: [{ id: '29:ana' }],
          isGroup: false,
          tenantId: 't',
          channelData: { tenant: { id: 't' } },
        },
      },
    ])
  })

  it('that could not be opened is asked for again', async () => {
    answers = [
      { status: 0, hangUp: true },
      { status: 201, body: { id: 'a:chat' } },
    ]
    const one = connector()
    expect(await one.openChat(place())).toMatchObject({ kind: 'retry' })
    expect(await one.openChat(place())).toBe('a:chat')
  })

  it('of somebody who shut it out is closed', async () => {
    answers = [{ status: 403, body: { error: { code: 'MessageWritesBlocked' } } }]
    expect(await connector().openChat(place())).toEqual({ kind: 'unreachable', reason: 'blocked' })
  })
})

describe('a message that is changed', () => {
  it('keeps its id', async () => {
    answers = [{ status: 200, body: { id: '17' } }]
    expect(await connector().update(serviceUrl, 'c', '17', { text: 'new' })).toEqual({
      kind: 'sent',
      externalId: '17',
    })
    expect(asked[0]).toMatchObject({ method: 'PUT', path: '/emea/v3/conversations/c/activities/17' })
  })
})

/** An address on this machine at which nobody listens any more. */
async function closedPort(): Promise<string> {
  const brief = createServer()
  await new Promise<void>((resolve) => brief.listen(0, '127.0.0.1', resolve))
  const { port } = brief.address() as AddressInfo
  await new Promise((resolve) => brief.close(resolve))
  return `http://127.0.0.1:${port}/`
}
