import { DateTime } from 'luxon'
import { type Level, rank } from '../core/assessment.ts'
import type { OpeningHours, Workspace } from '../core/workspace.ts'
import { answerWithin } from './answer-within.ts'

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

/** Epoch ms at which nobody is there any more; at most `atMost`, for a team may be there day and night. */
function closesAt({ hours = [], holidays = [] }: Hours, now: number, atMost: number): number {
  let end = now
  while (end < atMost) {
    const ends = hours.flatMap((shift) => {
      const today = DateTime.fromMillis(end, { zone: shift.zone }).startOf('day')
      return [today, today.minus({ days: 1 })].flatMap((day) => {
        const stretch = stretchOn(day, shift, holidays)
        return stretch && stretch.from <= end && end < stretch.to ? [stretch.to] : []
      })
    })
    if (ends.length === 0) break
    end = Math.max(...ends)
  }
  return Math.min(end, atMost)
}

/** Epoch ms at which the team will have been there for `ms`; a team that never opens is not waited for. */
export function workingDeadline(workspace: Hours, from: number, ms: number): number {
  let at = from
  let left = ms
  for (;;) {
    const opens = opensAt(workspace, at)
    if (opens === undefined) return at + left
    const closes = closesAt(workspace, opens, opens + left)
    left -= closes - opens
    if (left <= 0) return closes
    at = closes
  }
}

/** The end of the first shift that begins after `from`; a day later where nobody said when they are there. */
export function nextWorkingDay(workspace: Hours, from: number): number {
  const { hours = [], holidays = [] } = workspace
  const ends = hours.flatMap((shift) => {
    const today = DateTime.fromMillis(from, { zone: shift.zone }).startOf('day')
    for (let ahead = 0; ahead <= lookAheadDays; ahead++) {
      const stretch = stretchOn(today.plus({ days: ahead }), shift, holidays)
      if (stretch && stretch.from > from) return [stretch.to]
    }
    return []
  })
  return ends.length > 0 ? Math.min(...ends) : from + 24 * 60 * 60_000
}

/**
 * Epoch ms by which a human message must have reached the person. What is urgent runs at any hour; for the rest only
 * time in which the team is there counts. `times` as long for whoever was waited for in vain before.
 */
export function answerBy(workspace: Workspace, level: Level, now: number, times = 1): number {
  const within = answerWithin(workspace, level)
  if (within === 'next_working_day') return nextWorkingDay(workspace, now)
  if (rank(level) <= rank('urgent')) return now + within * times
  return workingDeadline(workspace, now, within * times)
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
