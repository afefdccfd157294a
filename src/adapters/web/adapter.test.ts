import { describe, expect, test } from 'vitest'
import { asId, type DeliveryKey, type WorkspaceId } from '../../core/ids.ts'
import type { InboundMessage } from '../../core/inbound.ts'
import { createWebAdapter } from './adapter.ts'
import { parse } from './parse.ts'
import { render } from './render.ts'
import { isToken, newToken, sessionOf } from './session.ts'

const workspace = asId<WorkspaceId>('local')
const token = 'A'.repeat(22)

describe('parsing', () => {
  test.each([
    [
      { id: 'message-1', text: 'hi' },
      { kind: 'text', text: 'hi' },
    ],
    [
      { id: 'message-1', choice: { action: 'answer', value: 'more', replyTo: 'a/0/0' } },
      { kind: 'choice', action: 'answer', value: 'more', replyTo: 'a/0/0' },
    ],
    [
      { id: 'message-1', command: '/Country  gb' },
      { kind: 'command', name: 'country', args: 'gb' },
    ],
    [
      { id: 'message-1', text: 'a\0b\ud800' },
      { kind: 'text', text: 'ab\uFFFD' },
    ],
  ])('%j', (json, body) => {
    expect(parse(json)).toEqual({ externalId: 'message-1', body })
  })

  test.each([
    undefined,
    null,
    7,
    'text',
    [],
    {},
    { id: 'short', text: 'hi' },
    { id: 'message-1', text: 'hi', more: 1 },
  ])('%j is no message', (json) => {
    expect(parse(json)).toEqual({ invalid: 'shape' })
  })

  test('white space is nothing said', () => {
    expect(parse({ id: 'message-1', text: ' \n' })).toEqual({ invalid: 'empty' })
  })
})

describe('sessions', () => {
  test('a token of 128 bits, and nothing else, is one', () => {
    const made = newToken({
      id: () => '',
      fraction: () => 0,
      bytes: (length) => new Uint8Array(length).fill(255),
    })
    expect(isToken(made)).toBe(true)
    for (const other of [undefined, '', 'A'.repeat(21), 'A'.repeat(23), `${'A'.repeat(21)}/`]) {
      expect(isToken(other)).toBe(false)
    }
  })

  test('neither account nor conversation holds the token, and neither gives the other', () => {
    const { urn, ref } = sessionOf(workspace, token)
    expect(JSON.stringify({ urn, ref })).not.toContain(token)
    expect(ref.key).not.toContain(urn.slice(4))
    expect(sessionOf(workspace, token)).toEqual({ urn, ref })
    expect(sessionOf(workspace, 'B'.repeat(22)).ref.key).not.toBe(ref.key)
  })
})

describe('the adapter', () => {
  function make(keys: readonly string[] = []) {
    const received: InboundMessage[] = []
    const adapter = createWebAdapter({
      workspace,
      clock: { now: () => 1_000, sleep: async () => {} },
      store: { deliveriesSince: async () => keys.map((key) => ({ key })) as never },
    })
    const start = () =>
      adapter.start(async (message) => {
        received.push(message)
        return { kind: 'stored' } as never
      })
    return { adapter, received, start }
  }

  test('hands on what was posted under the id that the page gave', async () => {
    const { adapter, received, start } = make()
    await start()
    await adapter.post(token, { id: 'message-1', text: 'hello' })
    expect(received).toEqual([
      expect.objectContaining({
        externalId: 'message-1',
        receivedAt: new Date(1_000),
        body: { kind: 'text', text: 'hello' },
      }),
    ])
  })

  test('does not acknowledge before it is started', async () => {
    await expect(make().adapter.post(token, { id: 'message-1', text: 'hello' })).rejects.toThrow()
  })

  test('tells open pages before a part counts as sent, and no page that has left', async () => {
    const { adapter } = make()
    const { ref } = sessionOf(workspace, token)
    const told: string[] = []
    const off = adapter.onSent(ref.key, async (key) => {
      told.push(key)
    })
    const part = { payload: {}, plain: '' }
    expect(await adapter.send(ref, part, 'shared', asId<DeliveryKey>('a'))).toEqual({
      kind: 'sent',
      externalId: 'a',
    })
    off()
    await adapter.send(ref, part, 'shared', asId<DeliveryKey>('b'))
    expect(told).toEqual(['a'])
  })

  test('finds by key what the page can read', async () => {
    const { adapter } = make(['a'])
    const { ref } = sessionOf(workspace, token)
    expect(await adapter.find?.(ref, asId<DeliveryKey>('a'))).toEqual({ externalId: 'a' })
    expect(await adapter.find?.(ref, asId<DeliveryKey>('b'))).toBe('absent')
  })

  test('renders a reply as one part with its meaning and its words', () => {
    const reply = { elements: [{ kind: 'paragraph', text: 'Hello' }], audience: 'everyone' } as const
    expect(render(reply)).toEqual([{ payload: { elements: reply.elements }, plain: 'Hello' }])
  })
})
