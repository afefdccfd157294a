import { DateTime } from 'luxon'
import type { Rota } from '../core/workspace.ts'

/** Who is on call at this instant, and until when: the handover to whoever follows. Undefined before the rota starts. */
export function onCall(
  rota: Rota,
  now: number,
): { readonly person: string; readonly until: number } | undefined {
  const first = handover(rota, DateTime.fromISO(rota.starts, { zone: rota.zone }))
  if (!first.isValid || now < first.toMillis()) return undefined
  const turn = turnAt(rota, now)
  const overrides = (rota.overrides ?? []).map(({ from, to, person }) => ({
    person,
    from: startOf(rota, from),
    to: startOf(rota, to),
  }))
  const instead = overrides.findLast(({ from, to }) => from <= now && now < to)
  const person = instead?.person ?? rota.people[turn.index % rota.people.length]
  if (person === undefined) return undefined
  // Whatever begins or ends next may hand over.
  const edges = [turn.until, ...overrides.flatMap(({ from, to }) => [from, to])].filter((edge) => edge > now)
  return { person, until: Math.min(...edges) }
}

function turnAt(rota: Rota, now: number): { readonly index: number; readonly until: number } {
  const start = DateTime.fromISO(rota.starts, { zone: rota.zone })
  const today = DateTime.fromMillis(now, { zone: rota.zone })
  const days = Math.round(today.startOf('day').diff(start.startOf('day'), 'days').days)
  // Before the hour of handover the day still belongs to the one before.
  const begun = now >= handover(rota, today).toMillis() ? days : days - 1
  const index = Math.floor(begun / rota.days)
  return { index, until: handover(rota, start.plus({ days: (index + 1) * rota.days })).toMillis() }
}

function startOf(rota: Rota, date: string): number {
  return handover(rota, DateTime.fromISO(date, { zone: rota.zone })).toMillis()
}

/** The hour of handover on a day. Where a clock change leaves it out, it is when that hour would have been. */
function handover({ at }: Rota, day: DateTime): DateTime {
  const [hour, minute] = at.split(':').map(Number)
  return day.startOf('day').set({ hour: hour ?? 0, minute: minute ?? 0 })
}
