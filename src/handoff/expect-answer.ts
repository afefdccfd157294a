import type { TurnContext } from '../core/turn.ts'
import { answerClockKey, setAnswerClock } from './open-case.ts'
import { answerBy } from './working-hours.ts'

/**
 * The owner of a case is expected to answer what the person wrote: from their first word that has had no answer on a
 * clock runs, which only a human message that was delivered ends. What they add meanwhile does not put it off.
 */
export function expectAnswer(turn: TurnContext): void {
  const open = turn.openCase
  if (open?.status !== 'claimed' || open.waitingSince !== undefined) return
  const by = answerBy(turn.workspace, open.level, turn.now)
  turn.emit({ type: 'case_waits', caseId: open.id, answerBy: by })
  setAnswerClock(turn, open.id, by, { told: turn.now })
}

/** Whoever takes a case has as long again as its level allows: to have claimed it is no answer. */
export function expectFirstAnswer(turn: TurnContext): void {
  const open = turn.openCase
  if (!open) return
  const by = answerBy(turn.workspace, open.level, turn.now)
  turn.emit({ type: 'case_waits', caseId: open.id, answerBy: by })
  // Somebody on the team knows from now on, whatever became of the alerts.
  setAnswerClock(turn, open.id, by, { told: turn.now })
}

/** What a staff member wrote really reached the person. */
export function hasAnswered(turn: TurnContext): void {
  const open = turn.openCase
  if (!open) return
  turn.emit({ type: 'case_answered', caseId: open.id })
  if (open.status === 'claimed') turn.emit({ type: 'clock_cleared', key: answerClockKey(open.id) })
}
