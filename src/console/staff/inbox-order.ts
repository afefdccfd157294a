import type { CaseItem, InboxChange } from '../../server/wire.ts'
import { topicText } from './texts.ts'

/** Worst first. */
const order: readonly CaseItem['level'][] = [
  'emergency',
  'crisis',
  'urgent',
  'unknown',
  'sensitive',
  'routine',
]

/** What of the inbox is shown. */
export const filters = ['all', 'unowned', 'mine', 'resolved'] as const
export type Filter = (typeof filters)[number]

/** The list after a change: worst first, then whoever waits longest. */
export function changed(cases: readonly CaseItem[], change: Omit<InboxChange, 'at'>): readonly CaseItem[] {
  const away = new Set([...change.gone, ...change.cases.map(({ id }) => id)])
  return sorted([...cases.filter(({ id }) => !away.has(id)), ...change.cases])
}

export function sorted(cases: readonly CaseItem[]): readonly CaseItem[] {
  return [...cases].sort(
    (a, b) =>
      order.indexOf(a.level) - order.indexOf(b.level) ||
      a.openedAt - b.openedAt ||
      a.id.localeCompare(b.id, 'en'),
  )
}

/** Open cases that a filter leaves; closed ones come from elsewhere. */
export function filtered(cases: readonly CaseItem[], filter: Filter, me: string): readonly CaseItem[] {
  switch (filter) {
    case 'mine':
      return cases.filter(({ owner }) => owner?.id === me)
    case 'unowned':
      return cases.filter(({ owner }) => owner === undefined)
    default:
      return cases
  }
}

/** Cases whose pseudonym, topic or tags hold every word that is looked for; never what was said in them. */
export function searched(cases: readonly CaseItem[], query: string): readonly CaseItem[] {
  const words = plain(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return cases
  return cases.filter((item) => {
    const text = plain([item.pseudonym, topicText(item.topic), item.topic, ...(item.tags ?? [])].join(' '))
    return words.every((word) => text.includes(word))
  })
}

/** Lower case, without accents. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
}
