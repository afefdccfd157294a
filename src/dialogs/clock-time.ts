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

/** "Monday 09:00 GMT": for what may be days ahead. */
export function dayTime(turn: Told, at: number): string {
  return localTime(turn, at).toFormat('cccc HH:mm ZZZZ')
}

function localTime({ workspace, contact, conversation }: Told, at: number): DateTime {
  const { zone: own } = conversation.ref.route
  const told = typeof own === 'string' && IANAZone.isValidZone(own) ? own : undefined
  const zone = told ?? workspace.hours?.[0]?.zone ?? 'utc'
  return DateTime.fromMillis(at, { zone }).setLocale(contact.locale)
}
