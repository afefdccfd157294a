import { ButtonComponentForMessageRequestSchema, MessageCreateRequestSchema } from 'discord-api-spec/zod'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { NonEmpty } from '../../core/json.ts'
import type { Choice, Reply, ReplyElement } from '../../core/reply.ts'
import { limits } from './limits.ts'
import { type DiscordPayload, render, wordsOf } from './render.ts'
import { renderCard } from './staff-card.ts'
import { clip, escapeText, linkText, plainWords } from './text.ts'

const reply = (...elements: NonEmpty<ReplyElement>): Reply => ({ elements, audience: 'sender-only' })
const payloads = (given: Reply) => render(given).map(({ payload }) => payload as unknown as DiscordPayload)
const options = (count: number, value = (n: number) => `v${n}`): NonEmpty<Choice> =>
  Array.from({ length: count }, (_, n) => ({
    value: value(n),
    label: `Choice ${n}`,
  })) as unknown as NonEmpty<Choice>
const choices = (given: NonEmpty<Choice>): ReplyElement => ({
  kind: 'choices',
  action: 'answer',
  prompt: 'Which?',
  options: given,
})

const sentence = 'Drink water often, rest, and ask a pharmacist when it lasts for more than three days. '
const long = sentence.repeat(150)
const rightToLeft = 'اشرب الماء كثيرا واسترح. '.repeat(200)
const family = '👨‍👩‍👧‍👦'.repeat(400)
const fences =
  '```js\n@everyone <@123> <@&4> <#5> [x](https://evil.example) **bold** `code`\n# big\n- item\n> quote\n```\n'.repeat(
    60,
  )

const every: NonEmpty<ReplyElement> = [
  { kind: 'paragraph', text: 'Rest helps.' },
  { kind: 'list', items: ['Drink water', 'Sleep'], ordered: true },
  { kind: 'notice', tone: 'urgent', text: 'Call 999 now.' },
  { kind: 'notice', tone: 'info', text: 'An assistant.' },
  {
    kind: 'helpline',
    lines: [{ name: 'Samaritans', said: 'call 116 123', url: 'https://samaritans.example' }],
  },
  { kind: 'correction', claim: 'Bleach cures.', verdict: 'False', truth: 'Bleach harms.' },
  {
    kind: 'sources',
    label: 'Sourced, not reviewed',
    items: [
      {
        publisher: 'NHS',
        title: 'Colds (common)',
        url: 'https://nhs.example/colds_(common)',
        read: '2026-01-01',
      },
    ],
  },
  { kind: 'image', path: 'x.png', alt: 'A glass of water' },
  {
    kind: 'image',
    path: 'y.png',
    alt: `Two ${'very '.repeat(80)}full glasses`,
    url: 'https://salus.example/y.png',
  },
  choices(options(3)),
]

/** Everything that Discord's specification and the limits of components say about a message of ours. */
function expectValid(payload: DiscordPayload): void {
  const { components } = payload
  const count = components.reduce(
    (sum, one) => sum + 1 + ('components' in one ? one.components.length : 0),
    0,
  )
  expect(count).toBeLessThanOrEqual(limits.componentsPerMessage)
  expect(wordsOf(components).length).toBeLessThanOrEqual(limits.content)
  expect(components.length).toBeGreaterThan(0)
  const body = { flags: 1 << 15, components, allowed_mentions: { parse: [] } }
  expect(z.safeParse(MessageCreateRequestSchema, body).error?.issues ?? []).toEqual([])
}

describe('a reply as Discord messages', () => {
  it('draws every element', () => {
    expect(payloads(reply(...every))).toMatchSnapshot()
  })

  it.each([
    ['the longest article', reply({ kind: 'paragraph', text: long }, ...every)],
    ['a list of long items', reply({ kind: 'list', items: [long, long, sentence] })],
    ['an urgent notice without end', reply({ kind: 'notice', tone: 'urgent', text: long })],
    ['right to left', reply({ kind: 'paragraph', text: rightToLeft }, ...every)],
    ['emoji of several characters', reply({ kind: 'paragraph', text: family })],
    [
      'code fences and mentions',
      reply({ kind: 'paragraph', text: fences }, { kind: 'notice', tone: 'caution', text: fences }),
    ],
    ['40 choices', reply(choices(options(40)))],
    [
      '40 choices whose values fit into no menu',
      reply(choices(options(40, (n) => `${n}${'x'.repeat(120)}`))),
    ],
    ['130 choices', reply(choices(options(130)))],
    [
      'a hundred sources',
      reply({
        kind: 'sources',
        label: 'Sources',
        items: Array.from({ length: 100 }, (_, n) => ({
          publisher: `P${n}`,
          title: 't'.repeat(90),
          url: `https://e.example/${n}`,
          read: '2026-01-01',
        })) as never,
      }),
    ],
    ['a claim without end', reply({ kind: 'correction', claim: long, verdict: 'False', truth: long })],
    [
      'words that are empty',
      reply({ kind: 'paragraph', text: '' }, { kind: 'notice', tone: 'urgent', text: ' ' }),
    ],
  ])('keeps to the limits: %s', (_name, given) => {
    for (const payload of payloads(given)) expectValid(payload)
  })

  it('keeps every sentence of a long text, cut between sentences', () => {
    const texts = payloads(reply({ kind: 'paragraph', text: long })).map(({ components }) =>
      wordsOf(components),
    )
    expect(texts.length).toBeGreaterThan(5)
    expect(texts.join(' ').match(/three days\./g)).toHaveLength(150)
    for (const text of texts) expect(text.trim()).toMatch(/^Drink[\s\S]*days\.$/)
  })

  it('keeps every choice', () => {
    const drawn = payloads(reply(choices(options(40)))).flatMap(({ components }) => components)
    const labels = JSON.stringify(drawn).match(/"label":"Choice \d+"/g)
    expect(new Set(labels).size).toBe(40)
  })

  it('says nothing in the first words of what must preview nothing', () => {
    const [first] = payloads({
      ...reply({ kind: 'paragraph', text: 'About the violence at home.' }),
      preview: 'neutral',
    })
    expect(wordsOf(first?.components ?? []).slice(0, 80)).not.toMatch(/violence|home/)
  })

  it('carries plain words once', () => {
    const plain = render(reply({ kind: 'paragraph', text: long })).map((part) => part.plain)
    expect(plain[0]).toContain('Drink water')
    expect(plain.slice(1).join('')).toBe('')
  })
})

describe('words', () => {
  it.each([
    ['@everyone and @here', '@everyone'],
    ['<@123> <@!123> <@&5>', '@1'],
    ['**bold** __x__ ~~y~~ ||z||', '**bold'],
    ['[click](https://evil.example)', '[click]('],
    ['# Heading', '\n# '],
  ])('shows %s as it is written', (text, never) => {
    expect(`\n${escapeText(text)}`).not.toContain(never)
  })

  it('leaves addresses as they are', () => {
    expect(escapeText('See https://e.example/a_b_c*d now')).toBe('See https://e.example/a_b_c*d now')
  })

  it('ends no link early', () => {
    expect(linkText('Colds (x) [y]', 'https://e.example/a_(b)')).toBe(
      '[Colds (x) \\[y\\]](<https://e.example/a_%28b%29>)',
    )
  })

  it('reads what people write without the marks of the platform', () => {
    expect(plainWords('<@9> hi <@!8> and <@&7> in <#6> <:heart:5> <t:4:R> <https://e.example>', '9')).toBe(
      'hi @someone and @someone in :heart: https://e.example',
    )
  })

  it('cuts no character in half', () => {
    expect(clip('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 15)).toBe('👨‍👩‍👧‍👦…')
  })
})

describe('each limit of a component', () => {
  const button = (label: string, id: string) => ({ type: 2, style: 2, label, custom_id: id })
  const fits = (given: object) => z.safeParse(ButtonComponentForMessageRequestSchema, given).success

  it('a label', () => {
    expect(fits(button('x'.repeat(limits.buttonLabel), 'a'))).toBe(true)
    expect(fits(button('x'.repeat(limits.buttonLabel + 1), 'a'))).toBe(false)
  })

  it('an id', () => {
    expect(fits(button('x', 'a'.repeat(limits.customId)))).toBe(true)
    expect(fits(button('x', 'a'.repeat(limits.customId + 1)))).toBe(false)
  })
})

describe('the card of a case', () => {
  const words = {
    title: '@everyone · self_harm',
    status: 'Waiting',
    claim: 'Claim',
    open: 'Open',
    snooze: 'Snooze',
    resolve: 'Resolve',
  }
  const card = {
    caseId: 'c'.repeat(28) as never,
    pseudonym: 'Teal Heron',
    level: 'crisis',
    topic: 'self_harm',
    openedAt: 0,
    answerBy: 0,
    words,
  } as const

  it('offers what can be done with it', () => {
    const labels = (status: 'waiting' | 'claimed' | 'snoozed' | 'resolved') =>
      JSON.stringify(renderCard({ ...card, status }))
        .match(/"label":"\w+"/g)
        ?.map((one) => one.slice(9, -1)) ?? []
    expect(labels('waiting')).toEqual(['Claim', 'Open', 'Snooze'])
    expect(labels('claimed')).toEqual(['Open', 'Snooze', 'Resolve'])
    expect(labels('resolved')).toEqual([])
  })

  it('keeps to the limits and mentions nobody', () => {
    const payload = renderCard({ ...card, status: 'waiting', reason: 'New case' })
    expectValid(payload)
    expect(wordsOf(payload.components)).not.toContain('@everyone')
  })
})
