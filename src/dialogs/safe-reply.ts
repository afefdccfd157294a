import { isAlarm } from '../core/assessment.ts'
import type { TurnContext } from '../core/turn.ts'
import { openCase, setAnswerClock } from '../handoff/open-case.ts'
import { nobodyThere } from '../handoff/staffing.ts'
import { type DialogKit, voiceOf } from './kit.ts'
import { replyOf } from './voice.ts'

/** Said when everything else fails, the phrases included. */
const lastResort =
  'Something went wrong. If you or someone near you is in danger, call your local emergency number now.'
/** A ladder whose turn failed goes on after this long, ms. */
const againMs = 5 * 60_000

/**
 * The reply of a turn that threw: honest, with the numbers. After repeated crashes, or when the message was an
 * alarm, a person is asked to look. Never throws.
 */
export function safeReply(kit: DialogKit) {
  return (turn: TurnContext, crashes: number): void => {
    turn.emit({ type: 'turn_failed', code: crashes > 0 ? 'crashed' : 'threw' })
    const said = turn.payload.kind === 'message' || turn.payload.kind === 'assessment_raised'
    if (said) apologise(kit, turn, crashes)
    else failTowardsTruth(kit, turn)
  }
}

function apologise(kit: DialogKit, turn: TurnContext, crashes: number): void {
  try {
    const voice = voiceOf(kit, turn)
    const alert = (crashes > 0 || turn.triage.level !== 'routine') && !nobodyThere(turn.workspace)
    if (alert) openCase(turn, { topic: 'crashed', level: turn.triage.level, shared: true, reason: 'crashed' })
    turn.reply(
      replyOf(
        [
          voice.paragraph('general.error.safe'),
          voice.notice('urgent', 'general.error.safe_danger'),
          ...(alert ? [voice.paragraph('general.error.safe_person')] : []),
          ...voice.helpline(['crisis'], 1),
        ],
        'sender-only',
      ),
      { survivesClaim: true },
    )
  } catch {
    sayLastResort(turn)
  }
}

/**
 * A clock or a staff action that keeps failing must not end in silence: the person who waits in danger is told not to
 * wait, staff are told again, and the ladder goes on.
 */
function failTowardsTruth(kit: DialogKit, turn: TurnContext): void {
  const { payload, openCase: open } = turn
  if (!open) return
  const { id: caseId, level, topic } = open
  // Who acted learns that it was not done; a clock that nobody answered rings again.
  turn.emit({ type: 'staff_alerted', caseId, level, topic, reason: 'crashed' })
  if (payload.kind === 'staff_action') {
    turn.emit({
      type: 'audited',
      action: 'staff_action_failed',
      subject: payload.staff,
      codes: { action: payload.action.kind, caseId },
    })
  }
  if (open.status !== 'waiting') return
  const told =
    payload.kind === 'clock_due' && typeof payload.data.told === 'number' ? { told: payload.data.told } : {}
  setAnswerClock(turn, caseId, turn.now + againMs, told)
  // After a sign of abuse nothing is sent first.
  if (payload.kind !== 'clock_due' || !isAlarm(level) || turn.contact.abuseAt !== undefined) return
  try {
    const voice = voiceOf(kit, turn)
    turn.reply(
      replyOf(
        [voice.notice('urgent', 'handoff.nobody_yet'), ...voice.helpline(['crisis'], 2)],
        'sender-only',
      ),
      { level },
    )
  } catch {
    sayLastResort(turn)
  }
}

function sayLastResort(turn: TurnContext): void {
  turn.reply(replyOf([{ kind: 'notice', tone: 'urgent', text: lastResort }], 'sender-only'), {
    survivesClaim: true,
  })
}
