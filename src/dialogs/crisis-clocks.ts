import type { Stage, TurnContext } from '../core/turn.ts'
import { openCase } from '../handoff/open-case.ts'
import { nobodyThere } from '../handoff/staffing.ts'
import { callNow, firstSteps } from './emergency.ts'
import { howAreYou } from './how-are-you.ts'
import { type DialogKit, voiceOf } from './kit.ts'
import { replyOf, type Voice } from './voice.ts'

/** Silence after a sign of an attempt, or after the second question, is an answer after this long, ms. */
const silenceMs = 5 * 60_000
/** A check-back that somebody wanted comes after this long, ms. */
const checkBackMs = 24 * 60 * 60_000
/** A self-harm sign this recent may have a clock behind it, ms. */
const mayWaitMs = 60 * 60_000

export const checkBackKey = 'crisis/check-back'
const silenceKey = 'crisis/silence'

/** What the silence comes after: it chooses the words. */
type Before = 'question' | 'sign' | 'emergency'

/** Starts, or starts again, the clock that ends in emergency words unless the person writes. */
export function waitForWord(turn: TurnContext, before: Before): void {
  turn.emit({
    type: 'clock_set',
    key: silenceKey,
    clock: 'crisis_silence',
    dueAt: turn.now + silenceMs,
    data: { before },
  })
}

/** Any word of theirs ends the silence. */
export function endSilence(turn: TurnContext): void {
  const { selfHarmAt } = turn.contact
  if (turn.payload.kind !== 'message' || selfHarmAt === undefined || turn.now - selfHarmAt > mayWaitMs) return
  turn.emit({ type: 'clock_cleared', key: silenceKey })
}

/** A person has taken over: what their silence means is for them to judge. */
export function leaveSilence(turn: TurnContext): void {
  turn.emit({ type: 'clock_cleared', key: silenceKey })
}

/** "Shall I write once more tomorrow?" was answered with yes. */
export function promiseCheckBack(turn: TurnContext, after?: 'case'): void {
  turn.emit({
    type: 'clock_set',
    key: checkBackKey,
    clock: 'crisis_check_back',
    dueAt: turn.now + checkBackMs,
    data: after ? { after } : {},
  })
}

/** After a sign of abuse nothing is ever sent first: somebody else may be holding the phone. */
export function mayOfferCheckBack(turn: TurnContext): boolean {
  const { abuseAt, stopped } = turn.contact
  return abuseAt === undefined && !stopped && !turn.triage.concerns.includes('abuse')
}

/** The clocks of a crisis: silence that brings emergency words, and the check-back that was wanted. */
export function crisisClockStage(kit: DialogKit): Stage {
  return {
    name: 'crisis-clock',
    async run(turn) {
      if (turn.payload.kind !== 'clock_due') return { kind: 'next' }
      const { clock, data } = turn.payload
      if (clock === 'crisis_silence') afterSilence(kit, turn, data.before)
      else if (clock === 'crisis_check_back') checkBack(turn, voiceOf(kit, turn), data.after === 'case')
      // A clock that nothing waits for any more says nothing.
      return { kind: 'handled' }
    },
  }
}

function afterSilence(kit: DialogKit, turn: TurnContext, before: unknown): void {
  // A person owns the conversation: they see the silence, and the words are theirs.
  if (turn.conversation.mode === 'staff') return
  if (!nobodyThere(turn.workspace)) openCase(turn, { topic: 'self_harm', level: 'emergency', shared: true })
  if (turn.contact.abuseAt !== undefined) return
  const danger = {
    ...turn,
    triage: { ...turn.triage, level: 'emergency' as const, concerns: ['self_harm' as const] },
  }
  const voice = voiceOf(kit, danger)
  const call =
    before === 'sign'
      ? callNow(kit, danger, voice)
      : voice.notice('urgent', before === 'emergency' ? 'crisis.emergency.again' : 'crisis.silence.call')
  const steps = before === 'emergency' ? [] : firstSteps(kit, danger, voice, 'self')
  turn.reply(
    replyOf(
      [
        call,
        ...steps,
        voice.paragraph('crisis.emergency.honest'),
        voice.paragraph('crisis.silence.here'),
        ...voice.helpline(['crisis'], 2),
      ],
      'sender-only',
    ),
    { level: 'emergency', place: 'private' },
  )
}

function checkBack(turn: TurnContext, voice: Voice, afterCase: boolean): void {
  const { stopped, abuseAt } = turn.contact
  if (stopped || abuseAt !== undefined || turn.conversation.mode === 'staff') return
  turn.reply(
    replyOf(
      [
        voice.paragraph(afterCase ? 'crisis.check_back.hello_after' : 'crisis.check_back.hello'),
        voice.notice('info', 'crisis.line_stays'),
        ...voice.helpline(['crisis'], 2),
        ...(afterCase ? [howAreYou(voice)] : []),
      ],
      'sender-only',
    ),
    { level: 'sensitive', place: 'private' },
  )
}
