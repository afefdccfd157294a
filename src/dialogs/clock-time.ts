import { DateTime, IANAZone } from 'luxon'
import type { TurnContext } from '../core/turn.ts'

/**
 * "14:05 UTC": in the person's own zone where their platform tells it, else that of the workspace's hours; with its
 * name, so that nobody has to guess.
 */
export function clockTime(
  turn: Pick<TurnContext, 'workspace' | 'contact'> & {
    readonly conversation: Pick<TurnContext['conversation'], 'ref'>
  },
  at: number,
): string {
  const { zone: own } = turn.conversation.ref.route
  const told = typeof own === 'string' && IANAZone.isValidZone(own) ? own : undefined
  const zone = told ?? turn.workspace.hours?.[0]?.zone ?? 'utc'
  return DateTime.fromMillis(at, { zone }).setLocale(turn.contact.locale).toFormat('HH:mm ZZZZ')
}
