import type { Concern } from '../core/assessment.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { TurnContext } from '../core/turn.ts'
import type { HelplineKind } from './helplines.ts'
import { fearsLoss } from './told-loss.ts'
import type { Voice } from './voice.ts'

const kindsFor: Partial<Record<Concern, readonly HelplineKind[]>> = {
  abuse: ['abuse'],
  sexual_assault: ['sexual-assault', 'abuse'],
  child_risk: ['child'],
  self_harm: ['crisis'],
  mental_health: ['crisis'],
  eating_disorder: ['eating', 'crisis'],
  substances: ['substances'],
  withdrawal: ['substances', 'medical-advice'],
  poisoning: ['poison'],
  medicine: ['poison'],
}

/** Grief and eating have words of their own. */
function leadKey(concerns: readonly Concern[]): string {
  if (concerns.includes('loss')) return 'answer.sensitive.loss'
  return concerns.includes('eating_disorder') ? 'answer.sensitive.eating' : 'answer.sensitive.lead'
}

/** What comes before any answer when the message is urgent or sensitive; nothing for the rest. */
export function leadFor(turn: TurnContext, voice: Voice): readonly ReplyElement[] {
  const { level, concerns, signals } = turn.triage
  if (signals.length > 0 && signals.every((signal) => signal.carried)) {
    // An ordinary message after an alarm is answered as one, with the line still in sight.
    if (turn.openCase?.level === 'emergency') return [voice.notice('urgent', 'handoff.already_danger')]
    return concerns.includes('self_harm') ? [voice.notice('info', 'crisis.line_stays')] : []
  }
  const kinds = concerns.flatMap((concern) => kindsFor[concern] ?? [])
  if (level === 'urgent') {
    return [
      voice.notice('caution', 'answer.urgent.lead'),
      voice.paragraph('answer.urgent.worse'),
      ...voice.helpline([...new Set([...kinds, 'medical-advice' as const])], 2),
    ]
  }
  if (level !== 'sensitive') return []
  if (fearsLoss(turn)) return [voice.notice('caution', 'answer.loss.body')]
  const lines = voice.helpline([...new Set(kinds)], 2)
  return [
    voice.paragraph(leadKey(concerns)),
    ...(lines.length > 0 ? [voice.paragraph('answer.sensitive.lines'), ...lines] : []),
  ]
}
