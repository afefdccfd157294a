import type { CaseItem } from '../../server/wire.ts'

/** Below this the clock counts seconds, ms. */
const secondsBelowMs = 10 * 60_000

/** Where a case stands against the time by which a person must have answered. */
export type AnswerClock =
  | { readonly kind: 'running' | 'late'; readonly ms: number; readonly said: string }
  /** Answered, put off or closed: nothing runs. */
  | { readonly kind: 'none' }

export function answerClock(item: CaseItem, now: number): AnswerClock {
  if (item.status === 'resolved' || item.status === 'snoozed') return { kind: 'none' }
  if (item.waitingSince === undefined) return { kind: 'none' }
  const left = item.answerBy - now
  return left >= 0
    ? { kind: 'running', ms: left, said: countdown(left) }
    : { kind: 'late', ms: -left, said: countdown(-left) }
}

/** "1:05" below ten minutes; above it minutes, then hours, for which see {@link answerClock}. */
function countdown(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  if (ms < secondsBelowMs) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ${minutes % 60} min`
  return `${Math.floor(hours / 24)} d`
}
