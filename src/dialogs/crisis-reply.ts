import { type Concern, isAlarm, type TriageAssessment } from '../core/assessment.ts'
import type { DialogFrame } from '../core/conversation.ts'
import { saysOthersWords } from '../core/inbound.ts'
import { isNonEmpty } from '../core/json.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { TurnContext } from '../core/turn.ts'
import { askAtFirst } from './crisis-talk.ts'
import { countryChoice, neutralFor, sayPubliclyToo } from './emergency.ts'
import type { HelplineKind } from './helplines.ts'
import { type DialogKit, isMinor } from './kit.ts'
import { otherMinorName } from './memory.ts'
import { ownLanguage } from './own-language.ts'
import { aboutOwnChild } from './patient.ts'
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
type Spoken = (typeof spoken)[number] | 'other'

const linesFor: Readonly<Record<Spoken, readonly HelplineKind[]>> = {
  child_risk: ['child', 'crisis'],
  abuse: ['abuse', 'crisis'],
  sexual_assault: ['sexual-assault', 'abuse', 'crisis'],
  lethal_knowledge: ['crisis', 'poison'],
  self_harm: ['crisis'],
  harm_to_others: ['crisis'],
  psychosis: ['crisis', 'medical-advice'],
  other: ['crisis'],
}

/** What is said instead of the whole script within the half hour: "if you might act on it" is for few of them. */
const stillFor: Readonly<Record<Spoken, string>> = {
  child_risk: 'crisis.child_risk.reach',
  abuse: 'crisis.abuse.reach',
  sexual_assault: 'crisis.sexual_assault.reach',
  lethal_knowledge: 'crisis.lethal_knowledge.still',
  self_harm: 'crisis.self_harm.still',
  harm_to_others: 'crisis.harm_to_others.reach',
  psychosis: 'crisis.other.reach',
  other: 'crisis.other.reach',
}

/**
 * Answers a crisis with warmth, the line and something to do. Returns the frame that waits for the answer to one of the
 * two questions: they are for a person who may hurt themselves, not for somebody worried about another.
 */
export function replyToCrisis(
  kit: DialogKit,
  turn: TurnContext,
  voice: Voice,
  staffed: boolean,
): DialogFrame | undefined {
  const { concerns, about } = turn.triage
  const other = about === 'other'
  const concern = fearsToHarmChild(turn) ? 'child_risk' : gravest(concerns, other)
  const recent = saidBefore(turn, concern)
  // Whoever brings somebody else's words is not asked about themselves, and it is not their script.
  const theirs = saysOthersWords(turn.message)
  // Who asks what would kill "someone" is asked too.
  const aboutThemselves = concerns.includes('lethal_knowledge') || (!other && concerns.includes('self_harm'))
  const mayAsk = aboutThemselves && !recent && !theirs
  const kinds = kindsFor(turn, concern)
  const line = voice.line(kinds)
  const elements: ReplyElement[] = recent
    ? [voice.notice('urgent', stillFor[concern], { line }), ...voice.helpline(kinds)]
    : [
        ...script(turn, voice, concern, line),
        ...beside(turn, voice, concern),
        ...(staffed ? [] : [voice.paragraph('handoff.nobody')]),
        ...shownLines(turn, voice, concern),
      ]
  elements.push(...ownLanguage(kit, turn, voice))
  const asks = mayAsk ? askAtFirst(turn, voice) : undefined
  if (asks) elements.push(asks.question)
  if (!voice.country.named) elements.push(countryChoice(voice))
  if (!recent && !theirs) turn.emit({ type: 'contact_changed', change: { crisisScriptAt: turn.now } })
  sayPubliclyToo(turn, voice)
  turn.reply(replyOf(elements, 'sender-only', neutralFor(concerns)), {
    place: turn.conversation.ref.surface === 'direct' ? 'here' : 'private',
    survivesClaim: true,
  })
  return asks?.frame
}

/** A child's own line is not for the grown-up who fears what they might do. */
function kindsFor(turn: TurnContext, concern: Spoken): readonly HelplineKind[] {
  const grownUp = fearsToHarmChild(turn) && !isMinor(turn)
  if (grownUp) return ['crisis', 'child']
  const child = turn.triage.about === 'other' && knowsOtherMinor(turn)
  return child ? [...new Set<HelplineKind>(['child', ...linesFor[concern]])] : linesFor[concern]
}

/** They told that the one they worry about is under age. */
function knowsOtherMinor({ conversation, now }: TurnContext): boolean {
  return conversation.stack.some(
    ({ dialog, expiresAt }) => dialog === otherMinorName && (expiresAt ?? Infinity) > now,
  )
}

/** The script for this concern was given lately; another concern has words of its own. */
function saidBefore(turn: TurnContext, concern: Spoken): boolean {
  const since = turn.now - scriptHoldsMs
  if ((turn.contact.crisisScriptAt ?? Number.NEGATIVE_INFINITY) < since) return false
  const other = turn.triage.about === 'other'
  return turn.contact.recent.some(
    ({ at, level, concerns }) =>
      at >= since &&
      at < turn.message.receivedAt.getTime() &&
      isAlarm(level) &&
      gravest(concerns, other) === concern,
  )
}

/** Which lines stand behind a crisis that was answered a short while ago; undefined when there was none. */
export function recentCrisisLines(turn: TurnContext): readonly HelplineKind[] | undefined {
  const since = turn.now - scriptHoldsMs
  const last = turn.contact.recent.find(
    ({ at, level, concerns }) =>
      at >= since && (level === 'crisis' || (isAlarm(level) && concerns.includes('self_harm'))),
  )
  return last && linesFor[gravest(last.concerns, false)]
}

/** What staff are told a crisis is about: the concern whose words were said. */
export function topicOfCrisis({ concerns, about }: TriageAssessment): string | undefined {
  const concern = gravest(concerns, about === 'other')
  return concern === 'other' ? undefined : concern
}

/** Worry about somebody who may kill themselves goes before what else is told of them. */
function gravest(concerns: readonly Concern[], other: boolean): Spoken {
  if (other && concerns.includes('self_harm') && !concerns.includes('lethal_knowledge')) return 'self_harm'
  return spoken.find((concern) => concerns.includes(concern)) ?? 'other'
}

/** Lines of the concern, and one of each kind that stands beside it: a child's for a parent, abuse told of too. */
function shownLines(turn: TurnContext, voice: Voice, concern: Spoken): readonly ReplyElement[] {
  const beside: HelplineKind[] = []
  if (concern === 'self_harm' && aboutOwnChild(turn)) beside.push('child')
  if (turn.triage.concerns.includes('abuse')) beside.push('abuse')
  const extra = beside.filter((kind) => !linesFor[concern].includes(kind))
  const lines = [
    ...voice.lines(kindsFor(turn, concern), extra.length > 0 ? 2 : 3),
    ...extra.flatMap((kind) => voice.lines([kind], 1)),
  ]
  const once = lines.filter((line, index) => lines.findIndex(({ name }) => name === line.name) === index)
  return isNonEmpty(once) ? [{ kind: 'helpline', lines: once }] : []
}

/** A second concern of the same message is not passed over. */
function beside(turn: TurnContext, voice: Voice, concern: Spoken): readonly ReplyElement[] {
  const { concerns, about } = turn.triage
  const words: ReplyElement[] = []
  if (concern !== 'self_harm' && concern !== 'lethal_knowledge' && concerns.includes('self_harm')) {
    if (about === 'self') words.push(voice.paragraph('crisis.self_harm.also'))
  }
  if (concern === 'self_harm' && (concerns.includes('abuse') || concerns.includes('sexual_assault'))) {
    words.push(voice.paragraph('crisis.abuse.also'), voice.paragraph('crisis.abuse.traces'))
  }
  return words
}

function script(turn: TurnContext, voice: Voice, concern: Spoken, line: string): readonly ReplyElement[] {
  const other = turn.triage.about === 'other'
  const minor = isMinor(turn)
  const say = (key: string) => voice.paragraph(key, { line })
  const urge = (key: string) => voice.notice('urgent', key, { line })
  switch (concern) {
    case 'self_harm':
      return other ? worriedAbout(turn, say, urge) : atRisk(minor, say, urge)
    case 'lethal_knowledge':
      return [
        say('crisis.lethal_knowledge.warm'),
        urge('crisis.self_harm.reach'),
        say('crisis.lethal_knowledge.poison'),
        say(minor ? 'crisis.self_harm.stay_minor' : 'crisis.self_harm.stay'),
      ]
    case 'abuse':
      return [
        say(other ? 'crisis.abuse.other' : 'crisis.abuse.believe'),
        urge('crisis.abuse.reach'),
        ...(minor && !other ? [say('crisis.child_risk.adult')] : []),
        say('crisis.abuse.traces'),
        say('crisis.abuse.leave'),
      ]
    case 'sexual_assault':
      return [
        say(other ? 'crisis.sexual_assault.other' : 'crisis.sexual_assault.believe'),
        urge('crisis.sexual_assault.reach'),
        ...(minor && !other ? [say('crisis.child_risk.adult')] : []),
        say('crisis.sexual_assault.care'),
        say('crisis.abuse.traces'),
      ]
    case 'child_risk':
      if (minor) {
        return [
          say('crisis.child_risk.warm_minor'),
          urge('crisis.child_risk.reach'),
          say('crisis.child_risk.adult'),
        ]
      }
      return fearsToHarm(turn)
        ? [
            say('crisis.child_risk.afraid'),
            urge('crisis.child_risk.reach'),
            say('crisis.child_risk.step_away'),
          ]
        : [say('crisis.child_risk.warm'), urge('crisis.child_risk.reach')]
    case 'harm_to_others':
      return [
        ...(other ? [] : [say('crisis.harm_to_others.warm')]),
        say(other ? 'crisis.harm_to_others.away_other' : 'crisis.harm_to_others.away'),
        urge(other ? 'crisis.harm_to_others.reach_other' : 'crisis.harm_to_others.reach'),
      ]
    case 'psychosis':
      return [say('crisis.psychosis.warm'), urge('crisis.other.reach')]
    case 'other':
      return [say('crisis.other.warm'), urge('crisis.other.reach')]
  }
}

type Say = (key: string) => ReplyElement

function atRisk(minor: boolean, say: Say, urge: Say): readonly ReplyElement[] {
  return [
    say(minor ? 'crisis.self_harm.warm_minor' : 'crisis.self_harm.warm'),
    urge('crisis.self_harm.reach'),
    say(minor ? 'crisis.self_harm.stay_minor' : 'crisis.self_harm.stay'),
  ]
}

/** A friend, a partner, a parent: ask directly, stay, put danger out of reach, and a line for them too. */
function worriedAbout(turn: TurnContext, say: Say, urge: Say): readonly ReplyElement[] {
  const own = aboutOwnChild(turn)
  return [
    say(own ? 'crisis.self_harm_other.warm_parent' : 'crisis.self_harm_other.warm'),
    urge('crisis.self_harm_other.reach'),
    say(own ? 'crisis.self_harm_other.ask_child' : 'crisis.self_harm_other.ask_them'),
    say('crisis.self_harm_other.stay'),
    say(isMinor(turn) ? 'crisis.self_harm_other.you_minor' : 'crisis.self_harm_other.you'),
  ]
}

/** Somebody is afraid of what they might do to a child in their care: words and a step away, not first aid. */
export function fearsToHarmChild(turn: TurnContext): boolean {
  const { concerns } = turn.triage
  const child = concerns.includes('newborn') || concerns.includes('child_risk')
  return child && fearsToHarm(turn)
}

/** "I", then what I may do: "I think my neighbour is going to hurt him" is somebody else's doing. */
const mayHarm =
  /\bi('m| am|m|'ll)? (think |feel like |feel |know |worry )?(that )?(i('m| am|m|'ll)? )?(so |just |really )?((scared|afraid|worried|terrified) (that )?(of )?(i('m| am|m|'ll)? )?)?(might|may|will|could|going to|gonna|about to|want to|wanna|have (the urge|urges|thoughts)|keep (thinking|having))\b.{0,25}\b(hurt|hurting|harm|harming|shake|shaking|hit|hitting|smother|smothering|kill|killing|throw|throwing|drop|dropping)\b/i

/** Somebody is afraid of what they might do to a child: no accusation, a step away. */
function fearsToHarm(turn: TurnContext): boolean {
  return turn.triage.about === 'self' && mayHarm.test(turn.text)
}
