import type { Concern } from '../core/assessment.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { TurnContext } from '../core/turn.ts'
import type { DialogKit } from './kit.ts'
import { bareEmergencyNumber, replyOf, type Voice } from './voice.ts'

/** Concerns that put calm words after the emergency steps. */
const poisonings: readonly Concern[] = ['poisoning', 'medicine', 'substances']

/**
 * Says what to do in an emergency, in the order that `docs/safety` fixes: call, up to three steps, what Salus
 * cannot do; then the poison line or warmth where they belong. In a shared place the fixed public line goes first
 * and the fuller reply privately.
 */
export function replyToEmergency(kit: DialogKit, turn: TurnContext, voice: Voice): void {
  const { concerns } = turn.triage
  const elements: ReplyElement[] = [
    voice.notice('urgent', ...callKey(kit, turn, voice)),
    ...steps(kit, voice, concerns),
    voice.paragraph('crisis.emergency.honest'),
  ]
  if (concerns.some((concern) => poisonings.includes(concern))) {
    elements.push(voice.paragraph('crisis.emergency.poison'), ...voice.helpline(['poison'], 1))
  }
  if (concerns.includes('self_harm')) {
    elements.push(voice.paragraph('crisis.emergency.self_harm'), ...voice.helpline(['crisis'], 2))
  }
  if (concerns.includes('violence') || concerns.includes('abuse')) {
    elements.push(voice.paragraph('crisis.emergency.violence'), ...voice.helpline(['abuse'], 1))
  }
  if (!voice.country.named) elements.push(countryChoice(voice))
  sayPubliclyToo(turn, voice)
  turn.reply(replyOf(elements, 'sender-only', neutralFor(concerns)), {
    place: turn.conversation.ref.surface === 'direct' ? 'here' : 'private',
    level: 'emergency',
    survivesClaim: true,
  })
}

/** In a public place an alarm gets the fixed line at once, naming and quoting nobody. */
export function sayPubliclyToo(turn: TurnContext, voice: Voice): void {
  if (turn.conversation.ref.surface === 'direct') return
  turn.reply(replyOf([voice.notice('urgent', 'crisis.emergency.public')], 'everyone'), {
    survivesClaim: true,
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

function callKey(kit: DialogKit, turn: TurnContext, voice: Voice): [string, Record<string, string>] {
  const key = turn.triage.about === 'other' ? 'crisis.emergency.call_other' : 'crisis.emergency.call'
  const number = bareEmergencyNumber(kit, turn)
  if (!number) return [key, { emergency: voice.say('general.place.local_emergency') }]
  return voice.country.named
    ? [key, { emergency: number }]
    : [
        key === 'crisis.emergency.call'
          ? 'crisis.emergency.call_unknown'
          : 'crisis.emergency.call_other_unknown',
        { emergency: number },
      ]
}

function steps(kit: DialogKit, voice: Voice, concerns: readonly Concern[]): ReplyElement[] {
  const [first, ...rest] = kit.firstSteps.steps(voice.locale, concerns).map((step) => voice.fill(step))
  return first ? [{ kind: 'list', ordered: true, items: [first, ...rest] }] : []
}
