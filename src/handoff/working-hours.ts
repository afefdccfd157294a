import { DateTime } from 'luxon'
import { type Level, rank } from '../core/assessment.ts'
import type { OpeningHours, Workspace } from '../core/workspace.ts'
import { answerWithinMs } from './case.ts'

/** A team that opens less often than this is not waited for: it counts as closed for good. */
const lookAheadDays = 40

type Hours = Pick<Workspace, 'hours' | 'holidays'>

/** Whether staff said they are there at this instant; without hours they made no promise, so: false. */
export function onDuty({ hours = [], holidays = [] }: Hours, now: number): boolean {
  return hours.some((shift) => {
    const today = DateTime.fromMillis(now, { zone: shift.zone }).startOf('day')
    // A shift past midnight belongs to the day on which it began.
    return [today, today.minus({ days: 1 })].some((day) => {
      const stretch = stretchOn(day, shift, holidays)
      return stretch !== undefined && stretch.from <= now && now < stretch.to
    })
  })
}

/** Epoch ms from which on somebody is there, `after` itself while they are; undefined without hours to go by. */
export function opensAt(workspace: Hours, after: number): number | undefined {
  if (onDuty(workspace, after)) return after
  const { hours = [], holidays = [] } = workspace
  const openings = hours.flatMap((shift) => {
    const today = DateTime.fromMillis(after, { zone: shift.zone }).startOf('day')
    for (let ahead = 0; ahead <= lookAheadDays; ahead++) {
      const stretch = stretchOn(today.plus({ days: ahead }), shift, holidays)
      if (stretch && stretch.from > after) return [stretch.from]
    }
    return []
  })
  return openings.length > 0 ? Math.min(...openings) : undefined
}

/**
 * Epoch ms by which a human message must have reached the person. What is urgent runs at any hour; the rest waits
 * until the team is there.
 */
export function answerBy(workspace: Workspace, level: Level, now: number): number {
  const within = answerWithinMs(level, workspace.answerWithinMinutes)
  if (rank(level) <= rank('urgent')) return now + within
  return (opensAt(workspace, now) ?? now) + within
}

/** True when the team said when it is there, and it is not now. */
export function isClosed(workspace: Hours, now: number): boolean {
  return (workspace.hours ?? []).length > 0 && !onDuty(workspace, now)
}

/** One day's shift, epoch ms. Where a clock change leaves a time out, it begins when that hour would have. */
function stretchOn(
  day: DateTime,
  { days, from, to }: OpeningHours,
  holidays: readonly string[],
): { readonly from: number; readonly to: number } | undefined {
  if (!days.includes(day.weekday) || holidays.includes(day.toISODate() ?? '')) return undefined
  const begins = atTime(day, from)
  const ends = atTime(to > from ? day : day.plus({ days: 1 }), to)
  return { from: begins.toMillis(), to: ends.toMillis() }
}

function atTime(day: DateTime, time: string): DateTime {
  const [hour, minute] = time.split(':').map(Number)
  return day.set({ hour: hour ?? 0, minute: minute ?? 0 })
}
