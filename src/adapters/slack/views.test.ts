import { describe, expect, it } from 'vitest'
import type { CaseCard } from '../../core/channel-host.ts'
import { asId, type CaseId } from '../../core/ids.ts'
import type { Reply } from '../../core/reply.ts'
import { forms, formView, saidBy } from './forms.ts'
import { homeView, topicList } from './home.ts'
import { limits } from './limits.ts'
import { renderCard } from './staff-card.ts'
import { clip } from './text.ts'

/** A language in which everything takes very many words. */
const wordy = (key: string) => `${key} ${'word '.repeat(1_500)}`
const topics = (count: number, title = 'A topic') =>
  Array.from({ length: count }, (_one, index) => ({ id: `t${index}`, title: `${title} ${index}` }))
const page = (paragraphs: number) => ({
  kind: 'reply' as const,
  title: wordy('title'),
  reply: {
    elements: [
      ...Array.from({ length: paragraphs }, () => ({ kind: 'paragraph' as const, text: 'One more thing.' })),
      { kind: 'list' as const, items: ['One', 'Two'] as const },
      { kind: 'notice' as const, tone: 'urgent' as const, text: 'Call 999 now.' },
    ],
    audience: 'everyone',
  } as unknown as Reply,
})
const home = (paragraphs: number, count = 200) =>
  homeView({ page: page(paragraphs), topics: topics(count), say: wordy })
const form = (name: (typeof forms)[number], languages = ['en', 'es']) =>
  formView(
    { form: name, about: 'x'.repeat(9_000), place: { channel: 'C0123', thread: '1.1' }, languages },
    wordy,
  )
const card: CaseCard = {
  caseId: asId<CaseId>('c'.repeat(26)),
  pseudonym: 'Teal Heron',
  level: 'crisis',
  topic: 'self_harm',
  status: 'waiting',
  openedAt: 0,
  answerBy: 0,
  reason: wordy('reason'),
  words: {
    title: wordy('title'),
    status: wordy('status'),
    claim: wordy('claim'),
    open: wordy('open'),
    snooze: wordy('snooze'),
    resolve: wordy('resolve'),
  },
}

interface Menu {
  readonly options?: readonly unknown[]
  readonly option_groups?: readonly {
    readonly label: { readonly text: string }
    readonly options: readonly unknown[]
  }[]
}
function menuOf(some: ReturnType<typeof topics>): Menu {
  const [, actions] = topicList(some, wordy).blocks
  const [menu] = (actions as unknown as { elements: Menu[] }).elements
  if (!menu) throw new Error('no menu')
  return menu
}

/** Every plain or marked text under a block, with the kind of thing that it labels. */
function texts(value: unknown, within = ''): readonly { readonly of: string; readonly text: string }[] {
  if (Array.isArray(value)) return value.flatMap((one) => texts(one, within))
  if (typeof value !== 'object' || value === null) return []
  const one = value as Record<string, unknown>
  const kind = typeof one.type === 'string' ? one.type : within
  const own = ['plain_text', 'mrkdwn'].includes(kind) ? [{ of: within, text: String(one.text) }] : []
  return [
    ...own,
    ...Object.entries(one).flatMap(([key, inner]) => texts(inner, key === 'label' ? 'label' : kind)),
  ]
}
const labels = (value: unknown, of: string) => texts(value).filter((one) => one.of === of)

describe('pages and forms are within the limits, in the wordiest language', () => {
  it('blocksPerView', () => {
    expect(home(10).blocks.length).toBeLessThan(limits.blocksPerView)
    expect(home(300).blocks).toHaveLength(limits.blocksPerView)
  })
  it('headerText', () => {
    const [header] = labels(home(1).blocks, 'header')
    expect(header?.text).toHaveLength(limits.headerText)
  })
  it('sectionText', () => {
    for (const { text } of [...labels(home(1), 'context'), ...labels(topicList(topics(3), wordy), 'section')])
      expect(text.length).toBeLessThanOrEqual(limits.sectionText)
    const [words] = labels(renderCard(card).blocks, 'section')
    expect(words?.text).toHaveLength(limits.sectionText)
  })
  it('modalText', () => {
    for (const name of forms) {
      const { title, submit, close } = form(name)
      for (const one of [title, submit, close]) expect(one?.text).toHaveLength(limits.modalText)
    }
  })
  it('inputLabel and inputText', () => {
    for (const name of forms) {
      const inputs = form(name).blocks.filter(({ type }) => type === 'input')
      expect(inputs.length).toBeGreaterThan(0)
      for (const input of inputs) {
        const [label] = labels(input, 'label')
        expect(label?.text).toHaveLength(limits.inputLabel)
        const { element } = input as { element: { max_length?: number } }
        expect(element.max_length ?? 0).toBeLessThanOrEqual(limits.inputText)
      }
    }
  })
  it('viewMetadata', () => {
    expect(form('escalate').private_metadata).toHaveLength(limits.viewMetadata)
  })
  it('buttonText, optionText and optionsPerSelect', () => {
    for (const { text } of labels([home(1).blocks, renderCard(card).blocks], 'button'))
      expect(text).toHaveLength(limits.buttonText)
    expect(menuOf(topics(limits.optionsPerSelect)).options).toHaveLength(limits.optionsPerSelect)
    // A title that does not fit is left out: what is cut would ask for something else.
    expect(topicList(topics(3, 'T'.repeat(limits.optionText)), wordy).blocks).toEqual([])
  })
  it('groupsPerSelect and topics: more titles than a menu holds stand under their letters, none left out', () => {
    const many = ['Zoster', 'Ague', 'Measles'].flatMap((title) => topics(70, title))
    expect(many.length).toBeLessThanOrEqual(limits.topics)
    const { options, option_groups: groups = [] } = menuOf(many)
    expect(options).toBeUndefined()
    expect(groups.map(({ label }) => label.text)).toEqual(['A', 'M', 'Z'])
    expect(groups.map((one) => one.options.length)).toEqual([70, 70, 70])
    const letters = Array.from({ length: 300 }, (_one, index) => String.fromCodePoint(0x4e00 + index))
    expect(menuOf(letters.map((title) => ({ id: title, title }))).option_groups).toHaveLength(
      limits.groupsPerSelect,
    )
  })
  it('blockId', () => {
    const key = `${'i'.repeat(26)}/12/34`
    expect(`reply.49:${key}`.length).toBeLessThan(limits.blockId)
  })
  it('suggestedPrompts is what Slack shows', () => expect(limits.suggestedPrompts).toBe(4))
})

describe('forms', () => {
  it('offer a language only where there are two', () => {
    const inputs = (languages: string[]) =>
      form('settings', languages).blocks.flatMap((one) => (one.type === 'input' ? [one.block_id] : []))
    expect(inputs(['en'])).toEqual(['country'])
    expect(inputs(['en', 'es'])).toEqual(['language', 'country'])
  })

  it('say what was filled in, and nothing for what was left empty', () => {
    expect(saidBy('ask', { text: '' }, '')).toEqual([])
    expect(saidBy('settings', { language: 'es', country: '' }, '')).toEqual([
      { kind: 'command', name: 'language', args: 'español' },
    ])
    expect(saidBy('escalate', { text: 'more' }, 'a message')).toEqual([
      { kind: 'command', name: 'person', args: 'a message\nmore' },
    ])
  })
})

describe('a home page without topics', () => {
  it('keeps what the page says', () => {
    const { blocks } = homeView({ page: page(1), topics: [], say: wordy })
    expect(JSON.stringify(blocks)).toContain('"Two"')
    expect(JSON.stringify(blocks)).not.toContain('static_select')
  })
})

describe('clip', () => {
  it('never cuts a character that people see as one', () => {
    const family = '👨‍👩‍👧‍👦'
    expect(clip(family.repeat(10), 30)).toBe(`${family.repeat(2)}…`)
  })
})
