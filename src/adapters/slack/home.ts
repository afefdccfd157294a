import type { types } from '@slack/bolt'
import type { ChannelHost, SurfaceView } from '../../core/channel-host.ts'
import { isNonEmpty } from '../../core/json.ts'
import type { ReplyElement } from '../../core/reply.ts'
import { topicAction } from './interact.ts'
import { limits } from './limits.ts'
import { render, type SlackPayload } from './render.ts'
import { clip } from './text.ts'

type Topics = Extract<SurfaceView, { kind: 'topics' }>['items']

export interface HomeParts {
  readonly page: Extract<SurfaceView, { kind: 'reply' }>
  readonly topics: Topics
  readonly say: ChannelHost['say']
  readonly locale?: string | undefined
}

/** The app's home tab: what Salus is, its topics, and what a person can do about their own data and settings. */
export function homeView({ page, topics, say, locale }: HomeParts): types.HomeView {
  const label = (key: string) => say(`channel.slack.${key}`, locale)
  const { elements } = page.reply
  const menu = topicMenu(topics, label('topic'))
  // Topics are a menu here, in place of the list of some of them.
  const listed = menu.length > 0 ? elements.findIndex(({ kind }) => kind === 'list') : -1
  const words = (some: readonly ReplyElement[]) =>
    isNonEmpty(some)
      ? render({ ...page.reply, elements: some }).flatMap(({ payload }) => [
          ...(payload as unknown as SlackPayload).blocks,
        ])
      : []
  const button = (action: string, key: string, style?: 'primary' | 'danger'): types.Button => ({
    type: 'button',
    action_id: action,
    text: plain(label(key), limits.buttonText),
    ...(style ? { style } : {}),
  })
  return {
    type: 'home',
    blocks: [
      { type: 'header' as const, text: plain(page.title, limits.headerText) },
      ...words(elements.slice(0, Math.max(listed, 0))),
      ...(listed < 0 ? [] : [{ type: 'actions' as const, block_id: 'home.topics', elements: menu }]),
      ...words(elements.slice(listed + 1)),
      {
        type: 'actions' as const,
        block_id: 'home.ask',
        elements: [button('open.ask', 'ask', 'primary'), button('open.person', 'person')],
      },
      { type: 'divider' as const },
      {
        type: 'actions' as const,
        block_id: 'home.own',
        elements: [
          button('open.settings', 'settings'),
          button('do.data', 'data'),
          button('do.stop', 'stop'),
          button('do.delete', 'delete', 'danger'),
        ],
      },
      { type: 'context' as const, elements: [plain(label('tips'), limits.sectionText)] },
    ].slice(0, limits.blocksPerView),
  }
}

/** Titles to choose from, as a reply to a command. */
export function topicList(topics: Topics, say: ChannelHost['say'], locale?: string): SlackPayload {
  const menu = topicMenu(topics, say('channel.slack.topic', locale))
  if (menu.length === 0) return { text: say('channel.slack.no_topic', locale), blocks: [] }
  const text = say('channel.home.topics', locale)
  return {
    text,
    blocks: [
      { type: 'section', text: plain(text, limits.sectionText) },
      { type: 'actions', block_id: 'topics', elements: menu },
    ],
  }
}

/** All titles in one menu; by their first letter where there are more than a menu holds. */
function topicMenu(topics: Topics, placeholder: string): types.StaticSelect[] {
  // A title that is cut would ask for something else.
  const fit = topics.filter(({ title }) => title.length <= limits.optionText)
  if (fit.length === 0) return []
  const option = ({ title }: Topics[number]) => ({ text: plain(title, limits.optionText), value: title })
  const menu = {
    type: 'static_select' as const,
    action_id: topicAction,
    placeholder: plain(placeholder, limits.placeholder),
  }
  if (fit.length <= limits.optionsPerSelect) return [{ ...menu, options: fit.map(option) }]
  const letters = new Map<string, Topics[number][]>()
  for (const topic of [...fit].sort((a, b) => a.title.localeCompare(b.title))) {
    const letter = topic.title.charAt(0).toLocaleUpperCase()
    letters.set(letter, [...(letters.get(letter) ?? []), topic])
  }
  const groups = [...letters].slice(0, limits.groupsPerSelect).map(([letter, some]) => ({
    label: plain(letter, limits.optionText),
    options: some.slice(0, limits.optionsPerSelect).map(option),
  }))
  return [{ ...menu, option_groups: groups }]
}

function plain(text: string, limit: number) {
  return { type: 'plain_text' as const, text: clip(text, limit), emoji: false }
}
