import { DateTime, IANAZone } from 'luxon'
import type { TurnContext } from '../core/turn.ts'

type Told = Pick<TurnContext, 'workspace' | 'contact'> & {
  readonly conversation: Pick<TurnContext['conversation'], 'ref'>
}

/**
 * "14:05 UTC": in the person's own zone where their platform tells it, else that of the workspace's hours; with its
 * name, so that nobody has to guess.
 */
export function clockTime(turn: Told, at: number): string {
  return localTime(turn, at).toFormat('HH:mm ZZZZ')
}

/** "Monday 09:00 GMT": for what may be days ahead; a week or more, with its date. */
export function dayTime(turn: Told & Pick<TurnContext, 'now'>, at: number): string {
  const time = localTime(turn, at)
  const days = time.startOf('day').diff(localTime(turn, turn.now).startOf('day'), 'days').days
  return time.toFormat(days < 7 ? 'cccc HH:mm ZZZZ' : 'cccc d LLLL HH:mm ZZZZ')
}

/** "14:05 UTC" today, "Monday 09:00 GMT" on another day. */
export function nextTime(turn: Told & Pick<TurnContext, 'now'>, at: number): string {
  const today = localTime(turn, at).hasSame(localTime(turn, turn.now), 'day')
  return today ? clockTime(turn, at) : dayTime(turn, at)
}

function localTime({ workspace, contact, conversation }: Told, at: number): DateTime {
  const { zone: own } = conversation.ref.route
  const told = typeof own === 'string' && IANAZone.isValidZone(own) ? own : undefined
  const zone = told ?? workspace.hours?.[0]?.zone ?? 'utc'
  return DateTime.fromMillis(at, { zone }).setLocale(contact.locale)
}
