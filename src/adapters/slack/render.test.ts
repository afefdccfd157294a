import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Line, Reply, ReplyElement } from '../../core/reply.ts'
import { limits } from './limits.ts'
import { render, type SlackPayload } from './render.ts'

const reply = (...elements: ReplyElement[]): Reply => ({
  elements: elements as unknown as Reply['elements'],
  audience: 'everyone',
})
const payloads = (given: Reply) => render(given).map(({ payload }) => payload as unknown as SlackPayload)
const blocksOf = (given: Reply) => payloads(given).flatMap(({ blocks }) => blocks)
const options = (count: number, label = 'An option that says rather a lot about itself', value = 'value') =>
  Array.from({ length: count }, (_one, index) => ({ value: `${value}-${index}`, label: `${label} ${index}` }))
const choices = (count: number, action = 'pick'): ReplyElement => ({
  kind: 'choices',
  action,
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
  paragraph: { kind: 'paragraph', text: 'One line.\nAnother, see https://example.org/a.b?c=d.' },
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

/** Every value under a key, however deep. */
function valuesOf(value: unknown, wanted: readonly string[], key = ''): readonly string[] {
  if (typeof value === 'string') return wanted.includes(key) ? [value] : []
  if (Array.isArray(value)) return value.flatMap((one) => valuesOf(one, wanted))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => valuesOf(one, wanted, name))
}
const textsOf = (value: unknown) => valuesOf(value, ['text'])

/** Holds every message to the limits of Block Kit. */
function fits(given: Reply): void {
  for (const { blocks, text } of payloads(given)) {
    expect(text.length).toBeGreaterThan(0)
    expect(text.length).toBeLessThanOrEqual(limits.fallbackText)
    expect(blocks.length).toBeGreaterThan(0)
    expect(blocks.length).toBeLessThanOrEqual(limits.blocksPerMessage)
    expect(textsOf(blocks).every((one) => one.length > 0)).toBe(true)
    const ids = valuesOf(blocks, ['block_id'])
    expect(new Set(ids).size).toBe(ids.length)
    for (const block of blocks) {
      if (block.type !== 'actions') continue
      expect(block.elements.length).toBeLessThanOrEqual(limits.elementsPerActions)
      const actions = block.elements.map((one) => ('action_id' in one ? one.action_id : undefined))
      expect(new Set(actions).size).toBe(actions.length)
    }
  }
}

describe('each element', () => {
  it.each(Object.entries(samples))('%s looks as it did', (_kind, element) => {
    expect(blocksOf(reply(element))).toMatchSnapshot()
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
      items: Array.from({ length: 30 }, () => ({
        publisher: 'P'.repeat(400),
        title: 'T'.repeat(400),
        url: `https://example.org/${'x'.repeat(300)}`,
        read: '2026-01-02',
      })) as never,
    },
    { kind: 'helpline', lines: Array.from({ length: 40 }, () => line) as never },
    choices(40),
  )

  it('the longest article is several messages, each within the limits, in whole sentences', () => {
    const sent = payloads(long)
    expect(sent.length).toBeGreaterThan(3)
    fits(long)
    for (const { blocks } of sent) expect(JSON.stringify(blocks).length).toBeLessThan(13_200)
    const runs = textsOf(sent.map(({ blocks }) => blocks)).filter((text) => text.startsWith('A sentence'))
    for (const text of runs) expect(text.trimEnd().endsWith('.')).toBe(true)
  })

  it('nothing of it is lost', () => {
    const shown = textsOf(blocksOf(long)).join(' ')
    expect(shown.split(sentence.trim()).length - 1).toBe(1_000 + 60 * 5)
    expect(shown.match(/116 123/g)).toHaveLength(40)
    expect(valuesOf(blocksOf(long), ['url']).filter((url) => url.includes('xxx'))).toHaveLength(30)
  })

  it('a numbered list that goes on in the next block goes on counting', () => {
    const items = options(60).map(({ label }) => `${label} ${sentence.repeat(5)}`)
    const parts = blocksOf(reply({ kind: 'list', ordered: true, items: items as never })).map(
      (block) => (block as { elements: { offset?: number; elements: unknown[] }[] }).elements[0],
    )
    expect(parts.length).toBeGreaterThan(1)
    let counted = 0
    for (const part of parts) {
      expect(part?.offset ?? 0).toBe(counted)
      counted += part?.elements.length ?? 0
    }
    expect(counted).toBe(60)
  })

  it('forty choices are a menu', () => {
    const [menu] = blocksOf(reply(choices(40))).filter(({ type }) => type === 'actions')
    const { elements } = menu as unknown as { elements: { type: string; options: unknown[] }[] }
    expect(elements.map(({ type }) => type)).toEqual(['static_select'])
    expect(elements[0]?.options).toHaveLength(40)
  })

  it('two questions in one reply are told apart', () => fits(reply(choices(3), choices(3), choices(20))))

  it('right-to-left text, emoji, code fences and markup stand as they are written', () => {
    const text = 'اتصل بالرقم 999 الآن\n```js\n*b* _c_ ~d~ `e` <b>f</b> :fire: 👨‍👩‍👧‍👦\n```'
    const blocks = blocksOf(reply({ kind: 'paragraph', text }))
    expect(blocks.every(({ type }) => type === 'rich_text')).toBe(true)
    expect(textsOf(blocks).join('')).toBe(text)
    // A label's colons are no picture.
    expect(blocksOf(reply(choices(3))).filter(({ type }) => type === 'actions')).toMatchObject([
      { elements: [{ text: { emoji: false } }, { text: { emoji: false } }, { text: { emoji: false } }] },
    ])
  })

  it('mentions nobody', () => {
    const text = 'Hello <!channel> <!here|x> <@U0SALUS> <#C1|x> <!subteam^S1> @everyone @here <at>Ana</at>'
    const everything = reply(
      { kind: 'paragraph', text },
      { kind: 'list', items: [text] },
      { kind: 'notice', tone: 'info', text },
      { kind: 'helpline', lines: [{ name: text, said: text }] },
      { kind: 'correction', claim: text, verdict: text, truth: text },
      {
        kind: 'sources',
        label: text,
        items: [{ publisher: text, title: text, url: 'https://a.example', read: text }],
      },
      { kind: 'image', path: 'a', alt: text },
      { kind: 'choices', action: 'a', prompt: text, options: options(3, text) as never },
      { kind: 'choices', action: 'b', prompt: text, options: options(19, text) as never },
    )
    for (const { text: fallback, blocks } of payloads(everything)) {
      // In the fallback only escaped brackets are harmless; in rich text and labels nothing is markup.
      expect(fallback).not.toMatch(/[<>]/)
      expect(valuesOf(blocks, ['type'])).not.toContain('mrkdwn')
      expect(
        valuesOf(blocks, ['type']).filter((type) => /^(user|usergroup|broadcast|channel|team)$/.test(type)),
      ).toEqual([])
    }
  })

  it('never splits an address, and what ends a sentence is none of it', () => {
    const url = `https://example.org/${'segment/'.repeat(30)}end`
    const text = `${'word '.repeat(590)}${url} ${'word '.repeat(300)}`
    expect(valuesOf(blocksOf(reply({ kind: 'paragraph', text })), ['url'])).toEqual([url])
    const [short] = valuesOf(blocksOf(reply({ kind: 'paragraph', text: 'See (https://a.example/b).' })), [
      'url',
    ])
    expect(short).toBe('https://a.example/b')
  })

  it('a word of 6,000 characters is cut, and no character is', () => {
    const family = '👨‍👩‍👧‍👦'
    const shown = textsOf(blocksOf(reply({ kind: 'paragraph', text: family.repeat(600) })))
    expect(shown.length).toBeGreaterThan(1)
    for (const piece of shown) expect(piece.replaceAll(family, '')).toBe('')
  })

  it('is never a message of no blocks', () => {
    fits(reply({ kind: 'paragraph', text: '' }))
  })

  it('says nothing in a preview that must say nothing', () => {
    const secret: Reply = {
      ...reply({ kind: 'paragraph', text: 'You can leave him. '.repeat(1_000) }),
      preview: 'neutral',
    }
    const sent = payloads(secret)
    for (const { text } of sent) expect(text).toBe('A reply from Salus')
    expect(textsOf(sent[0]?.blocks)[0]).toBe('A reply from Salus')
  })

  it('holds to the limits whatever is said', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 4_000 })
    const element = fc.oneof(
      text.map((words): ReplyElement => ({ kind: 'paragraph', text: words })),
      fc
        .array(text, { minLength: 1, maxLength: 6 })
        .map((items): ReplyElement => ({ kind: 'list', items: items as never })),
      text.map((words): ReplyElement => ({ kind: 'notice', tone: 'caution', text: words })),
      text.map((words): ReplyElement => ({ kind: 'correction', claim: words, verdict: 'x', truth: words })),
      fc.integer({ min: 1, max: 130 }).map((count) => choices(count)),
    )
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 8 }), (elements) => fits(reply(...elements))),
      { seed: 1, numRuns: 60 },
    )
  })
})

/** Each limit beside what is made of twice as much. */
const met: Readonly<Record<Exclude<keyof typeof limits, keyof typeof elsewhere>, () => void>> = {
  blocksPerMessage: () => {
    const short: ReplyElement = { kind: 'paragraph', text: 'Rest.' }
    const most = Array.from({ length: 2 * limits.blocksPerMessage }, () => short)
    expect(Math.max(...payloads(reply(...most)).map(({ blocks }) => blocks.length))).toBe(
      limits.blocksPerMessage,
    )
  },
  elementsPerActions: () => {
    // Values too long for a menu: buttons in rows.
    const many = {
      kind: 'choices',
      action: 'a',
      options: options(60, 'x', 'v'.repeat(200)) as never,
    } as const
    const rows = blocksOf(reply(many)) as unknown as { elements: unknown[] }[]
    expect(rows.map(({ elements }) => elements.length)).toEqual([25, 25, 10])
  },
  optionsPerSelect: () => {
    const types = (count: number) => valuesOf(blocksOf(reply(choices(count))), ['type'])
    expect(types(limits.optionsPerSelect)).toContain('static_select')
    expect(types(limits.optionsPerSelect + 1)).not.toContain('static_select')
  },
  buttonText: () => longest(choices(3), 'button', limits.buttonText),
  optionText: () => longest(choices(30), 'static_select', limits.optionText),
  buttonValue: () => {
    const long = { value: 'v'.repeat(limits.buttonValue), label: 'Long' }
    const three = [...options(2), long] as never
    const values = valuesOf(blocksOf(reply({ kind: 'choices', action: 'a', options: three })), ['value'])
    expect(values).toEqual(['a\nvalue-0', 'a\nvalue-1'])
  },
  optionValue: () => {
    const just = (length: number) =>
      valuesOf(
        blocksOf(
          reply({
            kind: 'choices',
            action: 'a',
            options: options(20, 'x', 'v'.repeat(length - '\na-19'.length)) as never,
          }),
        ),
        ['type'],
      )
    expect(just(limits.optionValue)).toContain('static_select')
    expect(just(limits.optionValue + 1)).not.toContain('static_select')
  },
  placeholder: () => {
    const [actions] = blocksOf(reply({ ...choices(20), prompt: 'Q'.repeat(500) } as never)).slice(-1)
    const { elements } = actions as unknown as { elements: { placeholder: { text: string } }[] }
    expect(elements[0]?.placeholder.text).toHaveLength(limits.placeholder)
  },
  altText: () => {
    const shown = textsOf(blocksOf(reply({ kind: 'image', path: 'a', alt: 'x'.repeat(5_000) }))).join('')
    expect(shown.length).toBeLessThanOrEqual(limits.altText + 2)
  },
  richText: () => {
    for (const text of textsOf(blocksOf(reply({ kind: 'paragraph', text: 'word '.repeat(5_000) }))))
      expect(text.length).toBeLessThanOrEqual(limits.richText)
  },
  sourceText: () => {
    const [source] = (samples.sources as { items: readonly object[] }).items
    const items = [{ ...source, title: 'T'.repeat(1_000) }]
    const shown = textsOf(blocksOf(reply({ ...samples.sources, items } as never)))
    expect(shown).toContainEqual(`${'T'.repeat(limits.sourceText - 1)}…`)
  },
  messageText: () => {
    for (const { blocks } of payloads(reply({ kind: 'paragraph', text: 'word '.repeat(20_000) })))
      expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(limits.messageText + limits.blocksPerMessage)
  },
  fallbackText: () => {
    const [first] = payloads(reply({ kind: 'paragraph', text: 'word '.repeat(5_000) }))
    expect(first?.text.length).toBeLessThanOrEqual(limits.fallbackText)
    expect(first?.text.endsWith('…')).toBe(true)
  },
}

/** Limits of pages and forms and of what is sent: views.test.ts. */
const elsewhere = {
  blocksPerView: true,
  blockId: true,
  headerText: true,
  sectionText: true,
  modalText: true,
  inputLabel: true,
  inputText: true,
  viewMetadata: true,
  suggestedPrompts: true,
  groupsPerSelect: true,
  topics: true,
} as const

function longest(element: ReplyElement, type: string, limit: number): void {
  const labelled = {
    ...element,
    options: (element as unknown as { options: object[] }).options.map((one) => ({
      ...one,
      label: 'L'.repeat(300),
    })),
  }
  const blocks = blocksOf(reply(labelled as never))
  expect(valuesOf(blocks, ['type'])).toContain(type)
  const labels = textsOf(blocks).filter((text) => text.startsWith('LL'))
  expect(new Set(labels.map(({ length }) => length))).toEqual(new Set([limit]))
}

describe('every limit has a test that meets it', () => {
  it.each(Object.entries(met))('%s', (_name, meets) => meets())

  it('and none is left out', () => {
    expect([...Object.keys(met), ...Object.keys(elsewhere)].sort()).toEqual(Object.keys(limits).sort())
  })
})
