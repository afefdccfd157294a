import { type Concern, isAlarm, type Level, rank } from '../core/assessment.ts'
import type { Stage, TurnContext } from '../core/turn.ts'
import { openCase } from '../handoff/open-case.ts'
import { nobodyThere } from '../handoff/staffing.ts'
import { replyToCrisis } from './crisis-reply.ts'
import { beginCrisisTalk, crisisTalkName, replyToBackingOff } from './crisis-talk.ts'
import { replyToEmergency } from './emergency.ts'
import { type DialogKit, plainWords, voiceOf, yesOrNo } from './kit.ts'
import { replyOf } from './voice.ts'

/** The owner counts as away when they have not written for this long, ms. */
const ownerSilentMs = 60_000

/**
 * The first stage: an alarm is answered before any other code decides anything. It opens or raises a case,
 * and where a person owns the conversation it adds the one automatic safety line.
 */
export function crisisStage(kit: DialogKit): Stage {
  return {
    name: 'crisis',
    async run(turn) {
      noteSignals(turn)
      const { level, concerns } = turn.triage
      if (!isAlarm(level) || answersQuestion(turn)) return { kind: 'next' }
      const voice = voiceOf(kit, turn)
      const staffed = !nobodyThere(turn.workspace)
      const lineDue = turn.conversation.mode === 'staff' && safetyLineDue(turn, level)
      if (staffed) {
        // The line says that the owner was alerted: then they must be.
        const reason =
          lineDue && turn.openCase && rank(level) >= rank(turn.openCase.level) ? 'repeated' : undefined
        openCase(turn, {
          topic: topicOf(concerns, level),
          level,
          shared: true,
          ...(reason ? { reason } : {}),
        })
      }
      if (turn.conversation.mode === 'staff') {
        if (lineDue) {
          const owner = voice.say('handoff.owner')
          turn.reply(replyOf([voice.notice('urgent', 'crisis.staff_owned', { owner })], 'sender-only'), {
            survivesClaim: true,
          })
        }
        return { kind: 'handled' }
      }
      if (level === 'crisis' && onlyCarried(turn) && replyToBackingOff(turn, voice))
        return { kind: 'handled' }
      if (level === 'emergency') {
        replyToEmergency(kit, turn, voice)
        return { kind: 'handled', stack: [] }
      }
      const asks = replyToCrisis(turn, voice, staffed)
      return { kind: 'handled', stack: asks ? [beginCrisisTalk(turn)] : [] }
    },
  }
}

/** What later turns must know: a minor, a self-harm sign (amounts are withheld for 72 h), a sign of abuse. */
function noteSignals(turn: TurnContext): void {
  const { level, concerns, minor, signals } = turn.triage
  if (turn.payload.kind === 'message' && level !== 'routine') {
    turn.emit({ type: 'triage_assessed', level, concerns, rules: signals.map((signal) => signal.rule) })
  }
  if (minor && !turn.contact.minor) turn.emit({ type: 'contact_changed', change: { minor: true } })
  if (concerns.includes('self_harm') || concerns.includes('lethal_knowledge')) {
    turn.emit({ type: 'contact_changed', change: { selfHarmAt: turn.now } })
  }
  if (concerns.includes('abuse')) turn.emit({ type: 'contact_changed', change: { abuseAt: turn.now } })
}

/**
 * "Yes", "no" or "jk" after the questions carry the alarm on, and nothing in the words themselves is new: the dialog
 * that asked takes them.
 */
function answersQuestion(turn: TurnContext): boolean {
  const frame = turn.conversation.stack.at(-1)
  if (!frame || (frame.expiresAt ?? Infinity) <= turn.now) return false
  // A plain "yes" to "Delete it?" answers that: whoever fears for their safety must be able to delete.
  const asked = frame.dialog === crisisTalkName || yesOrNo(plainWords(turn.text)) !== undefined
  return asked && onlyCarried(turn) && turn.conversation.mode !== 'staff'
}

/** The alarm stands because of what was said before; these words raise none. */
function onlyCarried(turn: TurnContext): boolean {
  return !turn.triage.signals.some((signal) => isAlarm(signal.level) && !signal.carried)
}

/** The case's topic: the gravest concern, or the level when none was named. */
export function topicOf(concerns: readonly Concern[], level: Level): string {
  return concerns[0] ?? level
}

function safetyLineDue(turn: TurnContext, level: Level): boolean {
  const open = turn.openCase
  if (!open) return true
  const above = rank(level) < rank(open.level)
  const silent = turn.now - (open.ownerWroteAt ?? open.openedAt) >= ownerSilentMs
  // Once per rise: an owner who is silent hears of it again only when the alarm is new.
  return above || (silent && turn.now - (open.alertedAt ?? 0) >= ownerSilentMs)
}
