import { DateTime } from 'luxon'
import { levels } from '../core/assessment.ts'
import type { CaseTimes } from '../core/ports.ts'
import type { Figures, Timed } from './wire.ts'

/** A smaller group could tell who is in it. */
const smallest = 5

interface Asked {
  readonly days: number
  /** Of the reader's clock: hours and days are theirs. */
  readonly zone: string
  readonly now: number
}

/** How long people waited, by level and by hour, and how many a person reached. Groups of fewer than 5 are left empty. */
export function figuresOf(cases: readonly CaseTimes[], { days, zone, now }: Asked): Figures {
  const local = (at: number) => DateTime.fromMillis(at, { zone })
  const byLevel = levels.map((level) => [level, cases.filter((one) => one.level === level)] as const)
  const byHour = Array.from({ length: 24 }, (_, hour) => {
    return [String(hour), cases.filter(({ openedAt }) => local(openedAt).hour === hour)] as const
  })
  const byDay = Array.from({ length: days }, (_, index) => {
    const day = local(now)
      .minus({ days: days - 1 - index })
      .toISODate()
    return [day ?? '', cases.filter(({ openedAt }) => local(openedAt).toISODate() === day)] as const
  })
  const timed = (groups: typeof byLevel | typeof byHour, timeOf: (one: CaseTimes) => number | undefined) =>
    groups.map(([key, group]) => summed(key, group, timeOf)).filter(({ count }) => count !== 0)
  const toClaim = (one: CaseTimes) => since(one, one.claimedAt)
  const toAnswer = (one: CaseTimes) => since(one, one.answeredAt)
  const open = cases.filter(({ status }) => status !== 'resolved')
  const waits = open.filter(({ answeredAt }) => answeredAt === undefined)
  const closed = cases.filter(({ status }) => status === 'resolved')
  return {
    days,
    total: shown(cases.length),
    open: shown(open.length),
    ...(waits.length >= smallest
      ? { longestWaitMs: now - Math.min(...waits.map((one) => one.openedAt)) }
      : {}),
    reached: shown(cases.filter(({ answeredAt }) => answeredAt !== undefined).length),
    neverReached: shown(closed.filter(({ answeredAt }) => answeredAt === undefined).length),
    toClaim: { byLevel: timed(byLevel, toClaim), byHour: timed(byHour, toClaim) },
    toAnswer: { byLevel: timed(byLevel, toAnswer), byHour: timed(byHour, toAnswer) },
    byDay: byDay.map(([key, group]) => ({ key, count: shown(group.length) })),
  }
}

function since(one: CaseTimes, at: number | undefined): number | undefined {
  return at === undefined ? undefined : Math.max(0, at - one.openedAt)
}

/** Null: some, but too few to be told. */
function shown(count: number): number | null {
  return count === 0 || count >= smallest ? count : null
}

function summed(
  key: string,
  group: readonly CaseTimes[],
  timeOf: (one: CaseTimes) => number | undefined,
): Timed {
  const times = group
    .map(timeOf)
    .filter((time) => time !== undefined)
    .sort((a, b) => a - b)
  const count = shown(times.length)
  if (!count) return { key, count }
  // By nearest rank.
  const at = (part: number) => times[Math.ceil(part * times.length) - 1] ?? 0
  return { key, count, medianMs: at(0.5), p90Ms: at(0.9) }
}
