import { type Concern, isAlarm } from '../core/assessment.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { TurnContext } from '../core/turn.ts'
import { askThinking } from './crisis-talk.ts'
import { countryChoice, neutralFor, sayPubliclyToo } from './emergency.ts'
import type { HelplineKind } from './helplines.ts'
import { replyOf, type Voice } from './voice.ts'

/** The full script is not repeated within this time, ms. */
const scriptHoldsMs = 30 * 60_000

/** Concerns with words of their own, in the order in which one message's concerns are answered. */
const spoken = [
  'child_risk',
  'abuse',
  'sexual_assault',
  'lethal_knowledge',
  'self_harm',
  'harm_to_others',
  'psychosis',
] as const
type Spoken = (typeof spoken)[number]

const linesFor: Readonly<Record<Spoken | 'other', readonly HelplineKind[]>> = {
  child_risk: ['child', 'crisis'],
  abuse: ['abuse', 'crisis'],
  sexual_assault: ['sexual-assault', 'abuse', 'crisis'],
  lethal_knowledge: ['crisis'],
  self_harm: ['crisis'],
  harm_to_others: ['crisis'],
  psychosis: ['crisis', 'medical-advice'],
  other: ['crisis'],
}

/** What is said instead of the whole script within the half hour: "if you might act on it" is for few of them. */
const stillFor: Readonly<Record<Spoken | 'other', string>> = {
  child_risk: 'crisis.child_risk.reach',
  abuse: 'crisis.abuse.reach',
  sexual_assault: 'crisis.sexual_assault.reach',
  lethal_knowledge: 'crisis.self_harm.still',
  self_harm: 'crisis.self_harm.still',
  harm_to_others: 'crisis.harm_to_others.reach',
  psychosis: 'crisis.other.reach',
  other: 'crisis.other.reach',
}

/**
 * Answers a crisis with warmth, the line and something to do. Resolves to whether the two questions may follow:
 * they are for a person who may hurt themselves, not for somebody worried about another.
 */
export function replyToCrisis(turn: TurnContext, voice: Voice, staffed: boolean): boolean {
  const concern = gravest(turn.triage.concerns)
  const other = turn.triage.about === 'other'
  const kinds = linesFor[concern]
  const line = voice.line(kinds)
  const recent = saidBefore(turn, concern)
  const preview = neutralFor(turn.triage.concerns)
  sayPubliclyToo(turn, voice)
  const asks = (concern === 'self_harm' || concern === 'lethal_knowledge') && !other
  const nobody = staffed ? [] : [voice.paragraph('handoff.nobody')]
  const elements: ReplyElement[] = recent
    ? [voice.notice('urgent', stillFor[concern], { line }), ...voice.helpline(kinds)]
    : [...script(turn, voice, concern, other, line), ...nobody, ...voice.helpline(kinds)]
  if (!recent) turn.emit({ type: 'contact_changed', change: { crisisScriptAt: turn.now } })
  if (asks && !recent) elements.push(...askThinking(voice))
  if (!voice.country.named) elements.push(countryChoice(voice))
  if (preview) elements.unshift(voice.paragraph('general.neutral_preview'))
  turn.reply(replyOf(elements, 'sender-only', preview), {
    place: turn.conversation.ref.surface === 'direct' ? 'here' : 'private',
    survivesClaim: true,
  })
  return asks
}

/** The script for this concern was given lately; another concern has words of its own. */
function saidBefore(turn: TurnContext, concern: Spoken | 'other'): boolean {
  const since = turn.now - scriptHoldsMs
  if ((turn.contact.crisisScriptAt ?? Number.NEGATIVE_INFINITY) < since) return false
  return turn.contact.recent.some(
    ({ at, level, concerns }) =>
      at >= since &&
      at < turn.message.receivedAt.getTime() &&
      isAlarm(level) &&
      gravest(concerns) === concern,
  )
}

function gravest(concerns: readonly Concern[]): Spoken | 'other' {
  return spoken.find((concern) => concerns.includes(concern)) ?? 'other'
}

function script(
  turn: TurnContext,
  voice: Voice,
  concern: Spoken | 'other',
  other: boolean,
  line: string,
): ReplyElement[] {
  const minor = turn.triage.minor || turn.contact.minor
  const say = (key: string) => voice.paragraph(key, { line })
  const urge = (key: string) => voice.notice('urgent', key, { line })
  switch (concern) {
    case 'self_harm':
      return other
        ? [
            say('crisis.self_harm_other.warm'),
            urge('crisis.self_harm_other.reach'),
            say('crisis.self_harm_other.ask_them'),
            say('crisis.self_harm_other.stay'),
            say('crisis.self_harm_other.you'),
          ]
        : [
            say(minor ? 'crisis.self_harm.warm_minor' : 'crisis.self_harm.warm'),
            urge('crisis.self_harm.reach'),
            say('crisis.self_harm.stay'),
          ]
    case 'lethal_knowledge':
      return [
        say('crisis.lethal_knowledge.warm'),
        urge('crisis.self_harm.reach'),
        say('crisis.self_harm.stay'),
      ]
    case 'abuse':
      return [
        say(other ? 'crisis.abuse.other' : 'crisis.abuse.believe'),
        urge('crisis.abuse.reach'),
        say('crisis.abuse.traces'),
        say('crisis.abuse.leave'),
      ]
    case 'sexual_assault':
      return [
        say('crisis.sexual_assault.believe'),
        urge('crisis.sexual_assault.reach'),
        say('crisis.sexual_assault.care'),
        say('crisis.abuse.traces'),
      ]
    case 'child_risk':
      return [
        say(minor ? 'crisis.child_risk.warm_minor' : 'crisis.child_risk.warm'),
        urge('crisis.child_risk.reach'),
        ...(minor ? [say('crisis.child_risk.adult')] : []),
      ]
    case 'harm_to_others':
      return [
        say('crisis.harm_to_others.warm'),
        say('crisis.harm_to_others.away'),
        urge('crisis.harm_to_others.reach'),
      ]
    case 'psychosis':
      return [say('crisis.psychosis.warm'), urge('crisis.other.reach')]
    case 'other':
      return [say('crisis.other.warm'), urge('crisis.other.reach')]
  }
}
