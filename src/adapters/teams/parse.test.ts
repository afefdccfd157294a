import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activitySchema } from './activity.ts'
import { parseInvoke } from './invoke.ts'
import { parseActivity } from './parse.ts'
import { plainWords } from './text.ts'

const options = { home: 'tenant', now: 0 }
const base = {
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:ana' },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:chat', conversationType: 'personal' },
  id: '1',
  timestamp: '2026-03-02T09:00:00.000Z',
}
const read = (more: Record<string, unknown>) =>
  parseActivity(activitySchema.parse({ type: 'message', ...base, ...more }), options)

describe('whatever arrives', () => {
  it('is an event or ignored with a reason, and nothing makes it throw', () => {
    const names = [
      'message',
      'messageUpdate',
      'messageDelete',
      'installationUpdate',
      'conversationUpdate',
      'invoke',
    ]
    const calls = [
      'adaptiveCard/action',
      'composeExtension/query',
      'composeExtension/submitAction',
      'task/fetch',
      'task/submit',
      'x',
    ]
    const activity = fc.record(
      {
        type: fc.oneof(fc.constantFrom(...names), fc.string()),
        name: fc.constantFrom(...calls),
        text: fc.oneof(fc.string(), fc.constant(null)),
        textFormat: fc.constantFrom('plain', 'xml', 'markdown', null),
        value: fc.jsonValue(),
        entities: fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        attachments: fc.array(fc.dictionary(fc.string(), fc.string())),
        channelData: fc.dictionary(fc.constantFrom('eventType', 'x'), fc.string()),
        action: fc.constantFrom('add', 'remove', 'add-upgrade', ''),
        timestamp: fc.oneof(fc.string(), fc.constant(null)),
        locale: fc.string(),
      },
      { requiredKeys: ['type'] },
    )
    fc.assert(
      fc.property(activity, (given) => {
        const parsed = activitySchema.safeParse({ ...base, ...given })
        if (!parsed.success) return
        const results = [parseActivity(parsed.data, options), parseInvoke(parsed.data, options)]
        for (const result of results) expect('ignored' in result || 'kind' in result).toBe(true)
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})

describe('words', () => {
  const mentions = [
    { id: '28:bot', text: '<at>Salus</at>' },
    { id: '29:ben', text: '<at>Ben Smith</at>' },
  ]

  it('lose the mention of Salus and every name', () => {
    const text = '<at>Salus</at> my friend <at>Ben Smith</at> and <at id="3">Cleo</at> have a fever'
    expect(plainWords(text, mentions, '28:bot', false)).toBe('my friend @someone and @someone have a fever')
  })

  it('keep what looks like markup where the text is plain', () => {
    expect(plainWords('temperature <b>39</b> &amp; rising', [], '', false)).toBe(
      'temperature <b>39</b> &amp; rising',
    )
  })

  it('are read out of markup where it is some', () => {
    const text = '<p>my chest &lt;left&gt;&nbsp;hurts</p><p>since &quot;today&quot; &amp;amp; now</p>'
    expect(plainWords(text, [], '', true)).toBe('my chest <left> hurts\nsince "today" &amp; now')
  })
})

describe('an activity', () => {
  it('of a tenant that is not named belongs to the one that is configured', () => {
    expect(read({ text: 'hello' })).toMatchObject({ place: { tenant: 'tenant' } })
    const none = parseActivity(activitySchema.parse({ type: 'message', ...base, text: 'hello' }), { now: 0 })
    expect(none).toEqual({ ignored: 'unsupported' })
  })

  it('brings the language of the client where the activity has none', () => {
    expect(read({ text: 'hola', entities: [{ type: 'clientInfo', locale: 'es-MX' }] })).toMatchObject({
      locale: 'es-MX',
    })
    expect(read({ text: 'hola', locale: '../../etc' })).not.toHaveProperty('locale')
  })

  it('with rich text beside its words is those words; with a file it is an attachment', () => {
    const html = [{ contentType: 'text/html', content: '<p>hello</p>' }]
    expect(read({ text: 'hello', attachments: html })).toMatchObject({
      body: { kind: 'text', text: 'hello' },
    })
    expect(read({ text: 'look', attachments: [...html, { contentType: 'image/*' }] })).toMatchObject({
      body: { kind: 'attachment', mime: 'image/*', caption: 'look' },
    })
  })

  it('that edits without a time is ignored with that reason', () => {
    expect(read({ type: 'messageUpdate', timestamp: null, text: 'hello' })).toEqual({
      ignored: 'no_edit_time',
    })
  })

  it('that edits what was never said to Salus in a group chat is not read', () => {
    const conversation = { id: '19:group@thread.v2', conversationType: 'groupChat' }
    const edit = { type: 'messageUpdate', conversation, text: 'lunch?' }
    expect(read(edit)).toEqual({ ignored: 'unaddressed' })
    const entities = [{ type: 'mention', mentioned: { id: '28:bot' }, text: '<at>Salus</at>' }]
    expect(read({ ...edit, text: '<at>Salus</at> lunch?', entities })).toMatchObject({
      addressed: 'yes',
      body: { kind: 'edited', externalId: '1', text: 'lunch?' },
    })
  })

  it('of an upgrade greets nobody', () => {
    expect(read({ type: 'installationUpdate', action: 'add-upgrade' })).toEqual({ ignored: 'unsupported' })
    expect(read({ type: 'installationUpdate', action: 'add' })).toMatchObject({ kind: 'installed' })
  })
})
