import { DateTime } from 'luxon'
import type { TurnContext } from '../core/turn.ts'

/** "14:05 UTC": in the zone of the workspace's hours, with its name, so that nobody has to guess. */
export function clockTime(turn: Pick<TurnContext, 'workspace' | 'contact'>, at: number): string {
  const zone = turn.workspace.hours?.[0]?.zone ?? 'utc'
  return DateTime.fromMillis(at, { zone }).setLocale(turn.contact.locale).toFormat('HH:mm ZZZZ')
}
