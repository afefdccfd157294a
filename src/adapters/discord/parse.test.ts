import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInteraction } from './interact.ts'
import { parseEvent, timeOf } from './parse.ts'
import { type DiscordPayload, render } from './render.ts'

const self = '900'
const message = {
  id: '175928847299117063',
  type: 0,
  channel_id: '2',
  author: { id: '4' },
  content: 'What is a fever?',
  edited_timestamp: null,
  mentions: [],
}
const press = (custom_id: string, components: unknown, values?: readonly string[]) => ({
  id: '1',
  token: 't',
  type: 3,
  channel_id: '2',
  user: { id: '4' },
  message: { id: '3', components },
  data: { custom_id, ...(values ? { values } : {}) },
})

describe('an event of the gateway', () => {
  it('to Salus alone is a message with the time of its id', () => {
    expect(parseEvent('MESSAGE_CREATE', message, self)).toMatchObject({
      kind: 'message',
      body: { kind: 'text', text: 'What is a fever?' },
      addressed: 'yes',
      at: new Date('2016-04-30T11:18:25.796Z'),
    })
    expect(timeOf('0')).toEqual(new Date(1_420_070_400_000))
  })

  it.each([
    ['own_message', { author: { id: self } }],
    ['other_bot', { author: { id: '4', bot: true } }],
    ['other_bot', { webhook_id: '5' }],
    ['unaddressed', { guild_id: '6', content: '' }],
    ['empty', { content: '   ' }],
    ['unsupported', { type: 7 }],
    ['unsupported', { author: undefined }],
  ])('is ignored as %s', (ignored, more) => {
    expect(parseEvent('MESSAGE_CREATE', { ...message, ...more }, self)).toEqual({ ignored })
  })

  it('that changed nothing but a preview is no edit', () => {
    expect(parseEvent('MESSAGE_UPDATE', message, self)).toEqual({ ignored: 'no_edit_time' })
    const edited = { ...message, edited_timestamp: '2026-01-01T00:00:00+00:00' }
    expect(parseEvent('MESSAGE_UPDATE', edited, self)).toMatchObject({
      externalId: `${message.id}/2026-01-01T00:00:00+00:00`,
      body: { kind: 'edited', externalId: message.id },
    })
  })

  it('in a server is for Salus by a mention or as an answer to it; else only in a thread with it', () => {
    const there = { ...message, guild_id: '6' }
    const addressed = (more: object) => parseEvent('MESSAGE_CREATE', { ...there, ...more }, self)
    expect(addressed({})).toMatchObject({ addressed: 'thread' })
    expect(addressed({ mentions: [{ id: self }] })).toMatchObject({ addressed: 'yes' })
    expect(addressed({ type: 19, referenced_message: { author: { id: self } } })).toMatchObject({
      addressed: 'yes',
    })
  })

  it('that is a sticker, a poll or something forwarded is one that cannot be read', () => {
    for (const more of [{ sticker_items: [{}] }, { poll: {} }, { message_snapshots: [{}] }])
      expect(parseEvent('MESSAGE_CREATE', { ...message, content: '', ...more }, self)).toMatchObject({
        body: { kind: 'attachment' },
      })
  })

  it('that was forwarded holds the words of somebody else', () => {
    const forwarded = (...all: object[]) => ({
      content: '',
      message_snapshots: all.map((one) => ({ message: one })),
    })
    const said = { content: '<@900> Vaccines cause autism' }
    expect(parseEvent('MESSAGE_CREATE', { ...message, ...forwarded(said) }, self)).toMatchObject({
      body: { kind: 'text', text: 'Vaccines cause autism' },
      others: true,
    })
    const pictured = { ...said, attachments: [{ content_type: 'image/png' }] }
    expect(parseEvent('MESSAGE_CREATE', { ...message, ...forwarded(pictured) }, self)).toMatchObject({
      body: { kind: 'attachment', mime: 'image/png', caption: 'Vaccines cause autism' },
      others: true,
    })
    // Where Salus may read along, for the safety watch.
    const there = { ...message, guild_id: '6' }
    expect(parseEvent('MESSAGE_CREATE', { ...there, ...forwarded(said) }, self)).toMatchObject({
      addressed: 'thread',
      others: true,
    })
    for (const odd of [null, 4, {}, { message: 1 }, { message: { content: 5 } }])
      expect(
        parseEvent('MESSAGE_CREATE', { ...message, ...forwarded(), message_snapshots: [odd] }, self),
      ).toMatchObject({ body: { kind: 'attachment' }, others: true })
    expect(parseEvent('MESSAGE_CREATE', message, self)).not.toHaveProperty('others')
  })

  it.each(['Check this claim', 'Escalate to staff'])('"%s" on what was forwarded reads it', (name) => {
    const target = { content: '', message_snapshots: [{ message: { content: 'I took 20 paracetamol' } }] }
    const data = { name, type: 3, target_id: '7', resolved: { messages: { 7: target } } }
    expect(JSON.stringify(parseInteraction({ ...press('x', []), type: 2, data }))).toContain('20 paracetamol')
  })

  it('never throws, whatever it is', () => {
    const types = fc.constantFrom(
      'READY',
      'MESSAGE_CREATE',
      'MESSAGE_UPDATE',
      'MESSAGE_DELETE',
      'GUILD_CREATE',
      'X',
    )
    fc.assert(
      fc.property(types, fc.jsonValue(), (type, data) => {
        const parsed = parseEvent(type, data, self)
        expect('kind' in parsed || 'ignored' in parsed).toBe(true)
      }),
      { seed: 1 },
    )
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 6 }), (data, type) => {
        const given = { ...press('x', []), type, data }
        expect(Object.keys(parseInteraction(given)).length).toBeGreaterThan(0)
      }),
      { seed: 1 },
    )
  })
})

describe('a press', () => {
  const offered = (count: number, value: string) => {
    const options = Array.from({ length: count }, (_, n) => ({ value: `${value}${n}`, label: `Label ${n}` }))
    const [part] = render({
      elements: [{ kind: 'choices', action: 'answer', options: options as never }],
      audience: 'everyone',
    })
    return (part.payload as unknown as DiscordPayload).components
  }

  it('on a button is the choice that it stood for', () => {
    expect(parseInteraction(press('say:in/0/0:answer|v0', offered(2, 'v')))).toMatchObject({
      kind: 'said',
      body: { kind: 'choice', action: 'answer', value: 'v0', replyTo: 'in/0/0' },
    })
  })

  it('on an option is the choice that it stood for', () => {
    expect(parseInteraction(press('say:in/0/0:menu0', offered(9, 'v'), ['answer|v3']))).toMatchObject({
      body: { kind: 'choice', action: 'answer', value: 'v3' },
    })
  })

  it('on what had no room for its value says what stands there', () => {
    const components = offered(2, 'x'.repeat(200))
    const [row] = components
    const id = row?.type === 1 ? row.components[1]?.custom_id : undefined
    expect(parseInteraction(press(id ?? '', components))).toMatchObject({
      body: { kind: 'text', text: 'Label 1' },
    })
  })

  it('on what is not ours is nothing', () => {
    for (const id of ['', 'x', 'say:', 'say:in/0/0:', 'case:burn:1'])
      expect(parseInteraction(press(id, []))).toEqual({ ignored: 'unsupported' })
  })
})
