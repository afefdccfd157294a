import { type Concern, isAlarm, type TriageAssessment } from '../core/assessment.ts'
import type { ConversationRef } from '../core/inbound.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { TurnContext } from '../core/turn.ts'
import { type DialogKit, isMinor } from './kit.ts'
import { ownLanguage } from './own-language.ts'
import { emergencyConcerns, type Patient, patientOf } from './patient.ts'
import { roomPost } from './room-post.ts'
import { fearsLoss, lossOf } from './told-loss.ts'
import { bareEmergencyNumber, replyOf, type Voice } from './voice.ts'

/** Concerns that put calm words after the emergency steps. */
const poisonings: readonly Concern[] = ['poisoning', 'medicine', 'substances']

export interface EmergencyOptions {
  /** What belongs behind the rest: words for a loss. */
  readonly after?: readonly ReplyElement[]
  /** Who needs the steps, where it is known better than from the words. */
  readonly patient?: Patient
}

/**
 * Says what to do in an emergency, in the order that `docs/safety` fixes: call, up to three steps, what Salus
 * cannot do; then the poison line or warmth where they belong. In a shared place the fixed public line goes first
 * and the fuller reply privately.
 */
export function replyToEmergency(
  kit: DialogKit,
  turn: TurnContext,
  voice: Voice,
  { after = [], patient = patientOf(turn) }: EmergencyOptions = {},
): void {
  const { about } = turn.triage
  const concerns = toldNow(turn.triage)
  const elements: ReplyElement[] = [
    callNow(kit, turn, voice),
    ...firstSteps(kit, turn, voice, patient),
    voice.paragraph('crisis.emergency.honest'),
    ...ownLanguage(kit, turn, voice),
  ]
  if (concerns.some((concern) => poisonings.includes(concern))) {
    elements.push(voice.paragraph('crisis.emergency.poison'), ...voice.helpline(['poison'], 1))
  }
  if (concerns.includes('self_harm')) {
    const words = about === 'other' ? 'crisis.emergency.self_harm_other' : 'crisis.emergency.self_harm'
    elements.push(voice.paragraph(words))
    if (isMinor(turn) && about === 'self') elements.push(voice.paragraph('crisis.emergency.adult'))
    elements.push(...voice.helpline(['crisis'], 2))
  }
  if (concerns.includes('violence') || concerns.includes('abuse')) {
    elements.push(voice.paragraph('crisis.emergency.violence'), ...voice.helpline(['abuse'], 1))
    elements.push(voice.paragraph('crisis.abuse.traces'))
  }
  elements.push(...after)
  if (!voice.country.named) elements.push(countryChoice(voice))
  sayPubliclyToo(turn, voice)
  turn.reply(replyOf(elements, 'sender-only', neutralFor(concerns)), {
    place: turn.conversation.ref.surface === 'direct' ? 'here' : 'private',
    level: 'emergency',
    survivesClaim: true,
  })
}

/** What this message is about, without what is only carried on from before. */
function toldNow({ signals, concerns }: TriageAssessment): readonly Concern[] {
  const own = signals.filter(({ level, carried }) => level !== 'routine' && !carried)
  return own.length > 0 ? [...new Set(own.flatMap((signal) => signal.concerns))] : concerns
}

/** "Ok", "yes": the alarm stands by what was said before, perhaps elsewhere. The place hears nothing new. */
function onlyCarried({ signals }: TriageAssessment): boolean {
  const alarms = signals.filter(({ level }) => isAlarm(level))
  return alarms.length > 0 && alarms.every(({ carried }) => carried)
}

/** Where somebody else wrote the words that were brought, as far as that is a room. */
export function roomOfOthersWords({ message }: TurnContext): ConversationRef | undefined {
  return message.checks ?? message.writtenIn
}

/** In a public place an alarm gets the fixed line at once, naming and quoting nobody. */
export function sayPubliclyToo(turn: TurnContext, voice: Voice): void {
  const theirs = roomOfOthersWords(turn)
  // Whoever wrote what is checked or escalated may be in danger, and reads there: once an hour for each room.
  const hour = new Date(turn.now).getUTCHours()
  const place = theirs ? { room: roomPost(turn, theirs, `danger-${hour}`) } : {}
  if (turn.conversation.ref.surface === 'direct' && !theirs) return
  if (onlyCarried(turn.triage)) return
  turn.reply(replyOf([voice.notice('urgent', 'crisis.emergency.public')], 'everyone'), {
    survivesClaim: true,
    ...place,
  })
}

/** Anything about abuse must not show itself in a preview. */
export function neutralFor(concerns: readonly Concern[]): 'neutral' | undefined {
  return concerns.some((concern) => concern === 'abuse' || concern === 'sexual_assault')
    ? 'neutral'
    : undefined
}

/** A button for people who are somewhere else than the workspace. */
export function countryChoice(voice: Voice): ReplyElement {
  return {
    kind: 'choices',
    action: 'country',
    options: [{ value: 'other', label: voice.say('commands.country.other') }],
  }
}

/** "Call 999 now": for them when somebody else is in danger, with the workspace's number labelled as such. */
export function callNow(kit: DialogKit, turn: TurnContext, voice: Voice): ReplyElement {
  const whose = turn.triage.about === 'other' ? 'call_other' : 'call'
  const number = bareEmergencyNumber(kit, turn)
  if (number && !voice.country.named) {
    return voice.notice('urgent', `crisis.emergency.${whose}_unknown`, { emergency: number })
  }
  const emergency = number ?? voice.say('general.place.local_emergency')
  return voice.notice('urgent', `crisis.emergency.${whose}`, { emergency })
}

/** Up to three steps that fit who is ill. */
export function firstSteps(
  kit: DialogKit,
  turn: TurnContext,
  voice: Voice,
  patient: Patient,
): ReplyElement[] {
  const concerns = emergencyConcerns(turn.triage).filter((one) => one !== 'newborn' || patient === 'baby')
  // Drugs and no good breathing: what reverses an overdose comes with the steps for one who does not wake.
  const overdosed =
    patient !== 'self' &&
    concerns.includes('substances') &&
    (concerns.includes('unconscious') || concerns.includes('breathing'))
  // Who loses a pregnancy is told nothing of a birth.
  const lost = lossOf(turn) !== undefined || fearsLoss(turn)
  const fitting = lost ? concerns.map((one) => (one === 'pregnancy' ? 'loss' : one)) : concerns
  const [first, ...rest] = kit.firstSteps
    .steps(voice.locale, overdosed ? ['substances'] : fitting, patient)
    .map((step) => voice.fill(step))
  return first ? [{ kind: 'list', ordered: true, items: [first, ...rest] }] : []
}
