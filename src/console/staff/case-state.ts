import type { CaseItem } from '../../server/wire.ts'
import { clockTime } from '../shared/time.ts'
import { duration, fill, texts } from './texts.ts'

/** Who has it, or how long it has waited. */
export function stateText(item: CaseItem, now: number, me: string): string {
  if (item.status === 'resolved') return texts.resolved
  if (item.status === 'snoozed' && item.snoozedUntil) {
    return fill(texts.snoozed, { time: clockTime(item.snoozedUntil, now) })
  }
  if (item.status === 'claimed' && item.owner) {
    const owner = item.owner.id === me ? texts.mine : fill(texts.claimed, { name: item.owner.name })
    return `${owner}, ${fill(texts.open, { time: duration(now - item.openedAt) })}`
  }
  return `${texts.nobody}, ${fill(texts.waiting, { time: duration(now - item.openedAt) })}`
}
