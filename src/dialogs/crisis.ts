import { isAlarm } from '../core/assessment.ts'
import type { DialogFrame } from '../core/conversation.ts'
import { saysOthersWords } from '../core/inbound.ts'
import type { Stage, StageResult, TurnContext } from '../core/turn.ts'
import { openCase } from '../handoff/open-case.ts'
import { nobodyThere } from '../handoff/staffing.ts'
import { endSilence, waitForWord } from './crisis-clocks.ts'
import { fearsToHarmChild, replyToCrisis, topicOfCrisis } from './crisis-reply.ts'
import { crisisTalkName, isBackingOff, replyToBackingOff } from './crisis-talk.ts'
import { replyToEmergency, roomOfOthersWords, sayPubliclyToo } from './emergency.ts'
import { escalated, othersTopic } from './escalated.ts'
import { introduceAfter } from './introduce.ts'
import { type DialogKit, plainWords, voiceOf, yesOrNo } from './kit.ts'
import { answersLoss, holdForLoss, lossWords } from './loss.ts'
import { isMemory, safetyLineName } from './memory.ts'
import { frameBelow, sayOwnedLine } from './owned-line.ts'
import { replyOf, type Voice } from './voice.ts'

/**
 * The first stage: an alarm is answered before any other code decides anything. It opens or raises a case,
 * and where a person owns the conversation it adds the one automatic safety line.
 */
export function crisisStage(kit: DialogKit): Stage {
  return {
    name: 'crisis',
    async run(turn) {
      noteSignals(turn)
      const { level } = turn.triage
      const voice = voiceOf(kit, turn)
      if (!isAlarm(level) || answersQuestion(turn) || answersLoss(turn, voice)) return { kind: 'next' }
      if (turn.conversation.mode === 'staff') {
        if (roomOfOthersWords(turn)) sayPubliclyToo(turn, voice)
        return sayOwnedLine(turn, voice)
      }
      const staffed = !nobodyThere(turn.workspace)
      if (staffed) openCase(turn, { topic: topicOf(turn), level, shared: true, ...escalated(turn) })
      if (onlyCarried(turn)) {
        // "never mind" after chest pain is no end of it: there the number is said again.
        const talk = level === 'crisis' || turn.triage.concerns.includes('self_harm')
        if (talk && replyToBackingOff(turn, voice)) return { kind: 'handled' }
        if (level === 'emergency') return replyStill(turn, voice)
      }
      if (level === 'emergency' && !fearsToHarmChild(turn)) return answerEmergency(kit, turn, voice)
      const asks = replyToCrisis(kit, turn, voice, staffed)
      if (aboutSelfHarm(turn) && turn.triage.signals.some(({ rule }) => attemptNear.test(rule))) {
        waitForWord(turn, 'sign')
      }
      introduceAfter(kit, turn)
      return { kind: 'handled', stack: asks ? [...remembered(turn), asks] : keptFrames(turn) }
    },
  }
}

/** Rules whose sign is an act prepared, begun or done: silence after one brings emergency words. */
const attemptNear = /^(es\.)?(suicide|self-harm)[.-](act|prepar|taken|attempt|going-to-act|ready)/

function answerEmergency(kit: DialogKit, turn: TurnContext, voice: Voice): StageResult {
  const loss = lossWords(turn, voice)
  replyToEmergency(kit, turn, voice, { after: loss?.elements ?? [] })
  introduceAfter(kit, turn)
  if (aboutSelfHarm(turn)) waitForWord(turn, 'emergency')
  return { kind: 'handled', stack: loss ? [...remembered(turn), loss.frame] : remembered(turn) }
}

/** "ok", "thanks" after an emergency: short, and the number again. */
function replyStill(turn: TurnContext, voice: Voice): StageResult {
  turn.reply(
    replyOf(
      [voice.notice('urgent', 'crisis.emergency.again'), voice.paragraph('crisis.line_stays')],
      'sender-only',
    ),
    { survivesClaim: true, level: 'emergency' },
  )
  return { kind: 'handled' }
}

function aboutSelfHarm({ triage }: TurnContext): boolean {
  return triage.about === 'self' && triage.concerns.includes('self_harm')
}

/** The half-hour's short answer does not take back the question that still waits for its answer. */
function keptFrames(turn: TurnContext): readonly DialogFrame[] {
  return turn.conversation.stack.filter(
    (frame) => frame.dialog === crisisTalkName || remembered(turn).includes(frame),
  )
}

function remembered(turn: TurnContext): readonly DialogFrame[] {
  return turn.conversation.stack.filter(
    (frame) => isMemory(frame) && frame.dialog !== safetyLineName && (frame.expiresAt ?? 0) > turn.now,
  )
}

/** What later turns must know: a minor, signs that withhold amounts or numbers, abuse, a loss. */
function noteSignals(turn: TurnContext): void {
  const { level, concerns, minor, signals } = turn.triage
  endSilence(turn)
  const heard = turn.payload.kind === 'message' || turn.payload.kind === 'assessment_raised'
  if (heard && level !== 'routine') {
    turn.emit({ type: 'triage_assessed', level, concerns, rules: signals.map((signal) => signal.rule) })
  }
  // Somebody else's words: nothing is kept of them about who brings them.
  if (saysOthersWords(turn.message)) return
  if (minor && !turn.contact.minor) turn.emit({ type: 'contact_changed', change: { minor: true } })
  const own = new Set(signals.filter(({ carried }) => !carried).flatMap((signal) => signal.concerns))
  if (concerns.includes('self_harm') || concerns.includes('lethal_knowledge')) {
    turn.emit({ type: 'contact_changed', change: { selfHarmAt: turn.now } })
  }
  if (concerns.includes('abuse')) turn.emit({ type: 'contact_changed', change: { abuseAt: turn.now } })
  if (own.has('eating_disorder')) turn.emit({ type: 'contact_changed', change: { eatingAt: turn.now } })
  holdForLoss(turn)
}

/**
 * "Yes", "no" or "jk" after the questions carry the alarm on, and nothing in the words themselves is new: the dialog
 * that asked takes them.
 */
function answersQuestion(turn: TurnContext): boolean {
  const frame = frameBelow(turn)
  if (!frame || (frame.expiresAt ?? Infinity) <= turn.now) return false
  // A plain "yes" to "Delete it?" answers that: whoever fears for their safety must be able to delete.
  const asked = frame.dialog === crisisTalkName || yesOrNo(plainWords(turn.text)) !== undefined
  return asked && onlyCarried(turn) && turn.conversation.mode !== 'staff'
}

/** The alarm stands because of what was said before; these words raise none. */
function onlyCarried(turn: TurnContext): boolean {
  return isBackingOff(turn) || !turn.triage.signals.some((signal) => isAlarm(signal.level) && !signal.carried)
}

/** The case's topic: the gravest concern, or the level when none was named. */
function topicOf({ triage, message }: TurnContext): string {
  if (saysOthersWords(message)) return othersTopic
  const crisis = triage.level === 'crisis' ? topicOfCrisis(triage) : undefined
  return crisis ?? triage.concerns[0] ?? triage.level
}
