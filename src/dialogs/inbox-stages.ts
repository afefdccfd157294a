import { isAlarm, levels, rank } from '../core/assessment.ts'
import { asId, type CaseId } from '../core/ids.ts'
import type { JsonObject } from '../core/json.ts'
import type { HandoffCase } from '../core/records.ts'
import type { Stage, TurnContext } from '../core/turn.ts'
import { hasAnswered } from '../handoff/expect-answer.ts'
import { stepOf } from '../handoff/ladder.ts'
import { openCase, setAnswerClock } from '../handoff/open-case.ts'
import { answerBy } from '../handoff/working-hours.ts'
import { clockTime } from './clock-time.ts'
import { notHere } from './handoff.ts'
import { type DialogKit, voiceOf } from './kit.ts'
import { sayOwnerAlerted } from './owned-line.ts'
import { replyOf, type Voice } from './voice.ts'

/** A message that an alarm overtook gets one line, not a late answer. */
export function overtakenStage(kit: DialogKit): Stage {
  return {
    name: 'overtaken',
    async run(turn) {
      if (!turn.overtaken || turn.payload.kind !== 'message') return { kind: 'next' }
      turn.reply(replyOf([voiceOf(kit, turn).paragraph('general.overtaken')]))
      return { kind: 'handled' }
    },
  }
}

/** "I have told the team" is said only here: by the turn that a delivered alert starts. */
export function settledStage(kit: DialogKit): Stage {
  return {
    name: 'settled',
    async run(turn) {
      if (turn.payload.kind !== 'delivery_settled') return { kind: 'next' }
      const { outcome, data } = turn.payload
      const voice = voiceOf(kit, turn)
      const open = turn.openCase
      const told = data.about === 'alert' && outcome === 'sent' && open?.id === data.caseId ? open : undefined
      if (told?.status === 'claimed') {
        if (mayStartMessages(turn)) sayOwnerAlerted(turn, voice, told, await kit.staff(turn.workspace.id))
        return { kind: 'handled' }
      }
      if (open && told && tellsOf(open, data)) {
        const by = Math.max(open.answerBy, answerBy(turn.workspace, open.level, turn.now))
        setAnswerClock(turn, open.id, by, { told: turn.now })
        if (mayStartMessages(turn)) {
          const key = isAlarm(open.level) ? 'crisis.emergency.told' : 'handoff.told'
          const said = voice.paragraph(key, { time: clockTime(turn, turn.now) })
          // Whoever asked for a person was told already; of what is urgent nobody said yet that the team is away.
          const away = rank(open.level) <= rank('urgent') ? notHere(turn, voice) : []
          turn.reply(replyOf([said, ...away], 'sender-only'), { survivesClaim: true })
        }
      }
      if (data.about === 'urgent_reply' && outcome !== 'sent') {
        const level = turn.openCase?.level ?? 'urgent'
        openCase(turn, {
          topic: turn.openCase?.topic ?? 'unreachable',
          level,
          shared: true,
          reason: 'unreachable',
        })
      }
      if (data.about === 'staff_reply') settleStaffReply(turn)
      if (data.about === 'removal') {
        const key = outcome === 'sent' ? 'done' : 'failed'
        turn.reply(replyOf([voice.paragraph(`channel.removal.${key}`)], 'sender-only'))
      }
      if (data.about === 'private_reply' && data.first === true && outcome !== 'sent')
        sayUnreachable(turn, voice, data.urgent === true)
      return { kind: 'handled' }
    },
  }
}

/** What staff wrote is an answer once it has arrived; that it did not, staff are told. */
function settleStaffReply(turn: TurnContext): void {
  if (turn.payload.kind !== 'delivery_settled') return
  const { outcome, data } = turn.payload
  const open = turn.openCase?.id === data.caseId ? turn.openCase : undefined
  if (outcome === 'sent' && open) hasAnswered(turn)
  if (outcome !== 'unreachable' && outcome !== 'failed') return
  turn.emit({
    type: 'staff_alerted',
    caseId: asId<CaseId>(String(data.caseId)),
    level: open?.level ?? 'routine',
    topic: open?.topic ?? 'unreachable',
    reason: 'unreachable',
  })
}

/** Their direct conversation is closed: where they wrote a hint that repeats nothing, and staff when it was urgent. */
function sayUnreachable(turn: TurnContext, voice: Voice, urgent: boolean): void {
  if (mayStartMessages(turn)) turn.reply(replyOf([voice.paragraph('channel.private.closed')], 'everyone'))
  if (!urgent) return
  const level = turn.openCase?.level ?? 'urgent'
  const topic = turn.openCase?.topic ?? 'unreachable'
  openCase(turn, { topic, level, shared: true, reason: 'unreachable' })
}

/** An alert about an earlier case, or from before this one rose, told nobody of what the person is in now. */
function tellsOf(open: HandoffCase, data: JsonObject): boolean {
  if (open.status !== 'waiting' || data.caseId !== open.id) return false
  return levels.some((level) => level === data.level && rank(level) <= rank(open.level))
}

/** Clocks: a case that nobody answered is alerted again, and the person is told the truth. */
export function clockStage(kit: DialogKit): Stage {
  return {
    name: 'clock',
    async run(turn) {
      if (turn.payload.kind !== 'clock_due') return { kind: 'next' }
      if (turn.payload.clock !== 'case_unanswered') return { kind: 'next' }
      const open = turn.openCase
      if (open?.id !== turn.payload.data.caseId || !open) return { kind: 'handled' }
      const snoozed = open.status === 'snoozed' && (open.snoozedUntil ?? 0) > turn.now
      const answered = open.status === 'claimed' && open.waitingSince === undefined
      if (answered || snoozed) return { kind: 'handled' }
      const { data } = turn.payload
      const round = Number(data.round ?? 1)
      const told = typeof data.told === 'number' ? data.told : undefined
      const silentOwner = open.status === 'claimed'
      const step = stepOf(turn.workspace, open.level, round, turn.now)
      if (open.status !== 'waiting') turn.emit({ type: 'case_moved', caseId: open.id, to: 'waiting' })
      // Whoever took it does not answer: others may take it, and Salus speaks again.
      if (silentOwner) turn.emit({ type: 'conversation_mode_changed', mode: 'bot' })
      turn.emit({
        type: 'staff_alerted',
        caseId: open.id,
        level: open.level,
        topic: open.topic,
        reason: 'unanswered',
        ...(step.rings.length > 0 ? { rings: step.rings } : {}),
      })
      const first = round === 1 || silentOwner
      if (first && mayStartMessages(turn)) tellTheTruth(turn, voiceOf(kit, turn), { told, silentOwner })
      setAnswerClock(turn, open.id, step.next, {
        round: round + 1,
        ...(told === undefined ? {} : { told }),
      })
      return { kind: 'handled' }
    },
  }
}

/** Says when the team was told, or that it could not be reached: never that somebody knows when nobody does. */
function tellTheTruth(
  turn: TurnContext,
  voice: Voice,
  { told, silentOwner }: { readonly told: number | undefined; readonly silentOwner: boolean },
): void {
  const level = turn.openCase?.level ?? 'sensitive'
  const urgency = level === 'emergency' ? 'emergency' : rank(level) <= rank('urgent') ? 'soon' : 'calm'
  const key = silentOwner ? 'owner_silent' : told === undefined ? 'unreached' : 'unanswered'
  const time = told === undefined ? '' : clockTime(turn, told)
  const kinds = urgency === 'calm' ? (['medical-advice', 'crisis'] as const) : (['crisis'] as const)
  const lines = turn.openCase?.topic === 'self_harm' || urgency !== 'emergency'
  turn.reply(
    replyOf(
      [
        voice.notice('urgent', `handoff.${key}.${urgency}`, { time }),
        ...notHere(turn, voice),
        ...(lines ? voice.helpline(kinds) : []),
      ],
      'sender-only',
    ),
    // Not part of the relay: whoever paused it must not silence this. Withdrawn when somebody claims first.
    { level },
  )
}

/** After a sign of abuse nothing is ever sent first: somebody else may be holding the phone. */
function mayStartMessages(turn: TurnContext): boolean {
  return turn.contact.abuseAt === undefined
}
