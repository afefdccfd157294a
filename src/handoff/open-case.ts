import { isAlarm, type Level, rank, worse } from '../core/assessment.ts'
import type { AlertReason, Rung } from '../core/events.ts'
import { asId, type CaseId } from '../core/ids.ts'
import type { HandoffCase } from '../core/records.ts'
import type { TurnContext } from '../core/turn.ts'
import { firstRings } from './ladder.ts'
import { answerBy } from './working-hours.ts'

/** Pages from one account come at most this often, ms; the case takes every alarm in between. */
const repeatAlertMs = 15 * 60_000

/** Within this time after it was closed a case goes on instead of a new one, ms. */
const reopenWithinMs = 24 * 60 * 60_000

export interface OpenedCase {
  readonly caseId: CaseId
  readonly answerBy: number
  /** False when an open case was joined. */
  readonly fresh: boolean
}

/**
 * Opens a case for this person, or joins their open one: raises its level, alerts staff when it rose or the last
 * page is a quarter of an hour old, and starts the clock after which the truth is told. A `reason` of its own
 * (a harm report, a crash, an undeliverable word) always alerts.
 */
export function openCase(
  turn: TurnContext,
  wanted: {
    readonly topic: string
    readonly level: Level
    readonly shared: boolean
    readonly reason?: AlertReason
    /** What staff are told in place of "new", "more serious" or "again". */
    readonly as?: AlertReason
  },
): OpenedCase {
  const { topic, level, shared, reason, as } = wanted
  const open = turn.openCase
  const within = answerBy(turn.workspace, level, turn.now)
  if (!open) {
    // "Only from now on" is the beginning of a case: what was said before it is not shown.
    const again = shared ? closedLately(turn) : undefined
    const caseId = again?.id ?? asId<CaseId>(turn.newId())
    const type = again ? 'case_reopened' : 'case_opened'
    turn.emit({ type, caseId, level, topic, answerBy: within, shared })
    turn.emit({
      type: 'staff_alerted',
      caseId,
      level,
      topic,
      reason: reason ?? as ?? 'opened',
      ...ringing(turn, level),
    })
    setAnswerClock(turn, caseId, within)
    return { caseId, answerBy: within, fresh: true }
  }
  // A wish to die beside abuse, say, is news for staff, though it ranks no higher.
  const heavier = topic === 'self_harm' && open.topic !== topic && rank(level) === rank(open.level)
  const rose = rank(level) < rank(open.level) || heavier
  if (rose) {
    const by = Math.min(open.answerBy, within)
    turn.emit({ type: 'case_raised', caseId: open.id, level, topic, answerBy: by })
    // What was put off was the lesser matter: it waits for somebody now.
    if (open.status === 'snoozed') turn.emit({ type: 'case_moved', caseId: open.id, to: 'waiting' })
    // A time that has passed belonged to the lesser matter too: staff get the whole of the new one.
    const dueAt = by > turn.now ? by : within
    if (open.status !== 'claimed') setAnswerClock(turn, open.id, dueAt)
    // Whoever owns it knows; the time that they have for the graver matter is its own.
    else if (open.waitingSince !== undefined) setAnswerClock(turn, open.id, dueAt, { told: turn.now })
  }
  const quiet = turn.now - (open.alertedAt ?? open.openedAt) >= repeatAlertMs
  if (reason || rose || (isAlarm(level) && quiet)) {
    turn.emit({
      type: 'staff_alerted',
      caseId: open.id,
      level: worse(level, open.level),
      topic,
      reason: reason ?? as ?? (rose ? 'raised' : 'repeated'),
      // Whoever owns it is there.
      ...(open.status === 'claimed' ? {} : ringing(turn, worse(level, open.level))),
    })
  }
  return { caseId: open.id, answerBy: open.answerBy, fresh: false }
}

/** What is urgent outside hours finds nobody in the staff rooms: whoever is on call is rung at once. */
function ringing({ workspace, now }: TurnContext, level: Level): { readonly rings?: readonly Rung[] } {
  const rings = firstRings(workspace, level, now)
  return rings.length > 0 ? { rings } : {}
}

/** A case that was closed so short ago that the same matter goes on. */
function closedLately({ closedCase, now }: TurnContext): HandoffCase | undefined {
  const since = now - (closedCase?.resolvedAt ?? Number.NEGATIVE_INFINITY)
  return since <= reopenWithinMs ? closedCase : undefined
}

/**
 * The clock that fires when nobody has answered; setting it again moves it. `told` is when an alert was really
 * delivered: without it, nobody may be told that the team knows.
 */
export function setAnswerClock(
  turn: TurnContext,
  caseId: CaseId,
  dueAt: number,
  { round = 1, told }: { readonly round?: number; readonly told?: number } = {},
): void {
  const data = { caseId, round, ...(told === undefined ? {} : { told }) }
  turn.emit({ type: 'clock_set', key: answerClockKey(caseId), clock: 'case_unanswered', dueAt, data })
}

export function answerClockKey(caseId: CaseId): string {
  return `answer/${caseId}`
}
