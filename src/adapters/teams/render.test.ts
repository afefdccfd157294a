import { AdaptiveCard, SerializationContext, Version } from 'adaptivecards'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Line, Reply, ReplyElement } from '../../core/reply.ts'
import { bytesOf, type Card } from './cards.ts'
import { limits } from './limits.ts'
import { render, type TeamsPayload } from './render.ts'

const reply = (...elements: ReplyElement[]): Reply => ({
  elements: elements as unknown as Reply['elements'],
  audience: 'everyone',
})
const payloads = (given: Reply) => render(given).map(({ payload }) => payload as unknown as TeamsPayload)
const cards = (given: Reply) => payloads(given).map(({ card }) => card)
const options = (count: number, label = 'An option that says rather a lot about itself') =>
  Array.from({ length: count }, (_one, index) => ({ value: `value-${index}`, label: `${label} ${index}` }))
const choices = (count: number): ReplyElement => ({
  kind: 'choices',
  action: 'pick',
  prompt: 'Which?',
  options: options(count) as never,
})
const line: Line = {
  name: 'Samaritans',
  phone: '116 123',
  url: 'https://samaritans.example',
  said: 'call 116 123, open now',
}
const samples: Readonly<Record<ReplyElement['kind'], ReplyElement>> = {
  paragraph: { kind: 'paragraph', text: 'One line.\nAnother, see https://example.org/a.b?c=d for more.' },
  list: { kind: 'list', ordered: true, items: ['Sit down', 'Breathe'] },
  notice: { kind: 'notice', tone: 'urgent', text: 'Call 999 now.' },
  helpline: { kind: 'helpline', lines: [line] },
  correction: { kind: 'correction', claim: 'Bleach cures', verdict: 'False', truth: 'Bleach burns.' },
  sources: {
    kind: 'sources',
    label: 'Sources',
    items: [{ publisher: 'NHS', title: 'Fever', url: 'https://nhs.example/fever', read: '2026-01-02' }],
  },
  choices: {
    kind: 'choices',
    action: 'share',
    prompt: 'May they?',
    options: [{ value: 'yes', label: 'Yes' }],
  },
  image: { kind: 'image', path: 'a.png', alt: 'A drawing of a knee' },
}

/** Faults that the library for Adaptive Cards finds. */
function faultsOf(card: Card): readonly string[] {
  const context = new SerializationContext(new Version(1, 5))
  const parsed = new AdaptiveCard()
  parsed.parse(card as never, context)
  const events = Array.from(
    { length: context.eventCount },
    (_one, index) => context.getEventAt(index).message,
  )
  return [...events, ...parsed.validateProperties().validationEvents.map(({ message }) => message)]
}

/** Every text that a card shows. */
function textsOf(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string')
    return ['text', 'title', 'label', 'fallbackText'].includes(key) ? [value] : []
  if (Array.isArray(value)) return value.flatMap((one) => textsOf(one))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => textsOf(one, name))
}

describe('each element', () => {
  it.each(Object.entries(samples))(
    '%s is a card that the library for Adaptive Cards accepts',
    (_kind, element) => {
      for (const card of cards(reply(element))) expect(faultsOf(card)).toEqual([])
    },
  )

  it.each(Object.entries(samples))('%s looks as it did', (_kind, element) => {
    expect(cards(reply(element)).map(({ body }) => body)).toMatchSnapshot()
  })

  it('has a plain text beside it, once', () => {
    const parts = render(reply(...Object.values(samples)))
    expect(parts.map(({ plain }) => plain !== '')).toEqual([true, ...parts.slice(1).map(() => false)])
  })
})

describe('at the worst', () => {
  const sentence = 'A sentence of some length that goes on for a while. '
  const long = reply(
    { kind: 'paragraph', text: sentence.repeat(1_000) },
    { kind: 'list', items: options(60).map(({ label }) => `${label} ${sentence.repeat(5)}`) as never },
    {
      kind: 'sources',
      label: 'Sources',
      items: Array.from({ length: 30 }, () => samples.sources as never).map(() => ({
        publisher: 'P'.repeat(200),
        title: 'T'.repeat(400),
        url: `https://example.org/${'x'.repeat(300)}`,
        read: '2026-01-02',
      })) as never,
    },
  )

  it('the longest article is several messages, each within the limits, in whole sentences', () => {
    const sent = payloads(long)
    expect(sent.length).toBeGreaterThan(3)
    for (const { card, summary } of sent) {
      expect(bytesOf(card)).toBeLessThanOrEqual(limits.cardBytes)
      expect(summary.length).toBeLessThanOrEqual(limits.summary)
      expect(faultsOf(card)).toEqual([])
    }
    const runs = textsOf(sent.map(({ card }) => card.body)).filter((text) => text.startsWith('A sentence'))
    for (const text of runs) expect(text.trimEnd().endsWith('.')).toBe(true)
  })

  it('forty choices are a menu with its button in the same card', () => {
    const [card, ...more] = cards(
      reply({ kind: 'paragraph', text: sentence.repeat(200) }, choices(40)),
    ).reverse()
    expect(more.every(({ body }) => body.every(({ type }) => type !== 'ActionSet'))).toBe(true)
    const menu = card?.body.find(({ type }) => type === 'Input.ChoiceSet')
    expect(menu).toMatchObject({ id: 'choice1', isRequired: true })
    expect((menu as unknown as { choices: unknown[] }).choices).toHaveLength(40)
    expect(card?.body.at(-1)).toMatchObject({ actions: [{ data: { action: 'pick', input: 'choice1' } }] })
    expect(faultsOf(card!)).toEqual([])
  })

  it('two menus in one reply are told apart', () => {
    const body = cards(reply(choices(20), choices(20))).flatMap((card) => card.body)
    const ids = body.flatMap((one) => (one.type === 'Input.ChoiceSet' ? [one.id] : []))
    expect(new Set(ids).size).toBe(2)
  })

  it('right-to-left text makes the card one; left-to-right does not', () => {
    expect(cards(reply({ kind: 'paragraph', text: 'اتصل بالرقم 999 الآن' }))[0]?.rtl).toBe(true)
    expect(cards(reply({ kind: 'paragraph', text: 'Call 999 now' }))[0]?.rtl).toBeUndefined()
  })

  it('markup, code fences and emoji stand as they are written', () => {
    const text = '```js\nconst a = **b** _c_ [d](https://evil.example) # e `f` 👨‍👩‍👧‍👦 <b>g</b>\n```'
    const body = cards(reply({ kind: 'paragraph', text })).flatMap((card) => card.body)
    expect(body.every(({ type }) => type === 'RichTextBlock')).toBe(true)
    const lines = body.map((block) => textsOf(block).join(''))
    expect(lines.join('\n')).toBe(text)
  })

  it('mentions nobody', () => {
    const text = 'Hello <at>Everyone</at> and <AT id="0">Ana</AT>, @everyone <!channel>'
    const everything = reply(
      { kind: 'paragraph', text },
      { kind: 'list', items: [text] },
      { kind: 'notice', tone: 'info', text },
      { kind: 'correction', claim: text, verdict: text, truth: text },
      { kind: 'choices', action: 'a', prompt: text, options: options(3, text) as never },
      { kind: 'choices', action: 'b', prompt: text, options: options(9, text) as never },
    )
    for (const { summary, card } of payloads(everything)) {
      expect(textsOf(card.body).join()).not.toMatch(/<\/?at\b/i)
      expect(summary).not.toMatch(/<\/?at\b/i)
      expect(JSON.stringify(card)).not.toMatch(/"entities"/)
    }
  })

  it('never splits an address', () => {
    const url = `https://example.org/${'segment/'.repeat(30)}end`
    const text = `${'word '.repeat(590)}${url} ${'word '.repeat(300)}`
    const linked = textsOf(cards(reply({ kind: 'paragraph', text })).map(({ body }) => body))
    expect(linked).toContain(url)
  })

  it('says nothing in a preview that must say nothing', () => {
    const secret: Reply = { ...reply({ kind: 'paragraph', text: 'You can leave him.' }), preview: 'neutral' }
    const [first] = payloads(secret)
    expect(first?.summary).toBe('A reply from Salus')
    expect(first?.card.fallbackText).toBe('A reply from Salus')
    expect(textsOf(first?.card.body)[0]).toBe('A reply from Salus')
  })

  it('holds to the limits whatever is said', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4_000 })
    const element = fc.oneof(
      text.map((words): ReplyElement => ({ kind: 'paragraph', text: words })),
      fc
        .array(text, { minLength: 1, maxLength: 6 })
        .map((items): ReplyElement => ({ kind: 'list', items: items as never })),
      text.map((words): ReplyElement => ({ kind: 'notice', tone: 'caution', text: words })),
      text.map((words): ReplyElement => ({ kind: 'correction', claim: words, verdict: 'x', truth: words })),
      fc.integer({ min: 1, max: 45 }).map(choices),
    )
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 8 }), (elements) => {
        for (const { card } of payloads(reply(...elements))) {
          expect(bytesOf(card)).toBeLessThanOrEqual(limits.messageBytes)
          expect(card.body.length).toBeGreaterThan(0)
        }
      }),
      { seed: 1, numRuns: 60 },
    )
  })
})

describe('every limit has a test that meets it', () => {
  const body = (element: ReplyElement) => cards(reply(element)).flatMap((card) => card.body)

  it('text', () => {
    for (const text of textsOf(body({ kind: 'paragraph', text: 'word '.repeat(5_000) })))
      expect(text.length).toBeLessThanOrEqual(limits.text)
  })
  it('buttonsPerSet and buttonText', () => {
    const most = options(limits.buttonsPerSet, 'L'.repeat(300)) as never
    const [row] = body({ kind: 'choices', action: 'a', options: most })
    const actions = (row as unknown as { actions: { title: string }[] }).actions
    expect(actions).toHaveLength(limits.buttonsPerSet)
    for (const { title } of actions) expect(title.length).toBeLessThanOrEqual(limits.buttonText)
  })
  it('optionText', () => {
    const [menu] = body({
      kind: 'choices',
      action: 'a',
      options: options(limits.buttonsPerSet + 1, 'L'.repeat(300)) as never,
    })
    for (const { title } of (menu as unknown as { choices: { title: string }[] }).choices)
      expect(title.length).toBeLessThanOrEqual(limits.optionText)
  })
  it('cardVersion', () => {
    expect(cards(reply(samples.paragraph))[0]?.version).toBe(limits.cardVersion)
  })
})
