import type { Concern, TriageAssessment } from '../core/assessment.ts'
import type { TurnContext } from '../core/turn.ts'
import { plainWords } from './kit.ts'

/** Who needs the first aid. A child is 1 year old to puberty, a baby under 1: resuscitation councils draw it so. */
export type Patient = 'self' | 'other' | 'child' | 'baby' | 'unknown'

/** Puberty cannot be asked for in an emergency: from 13 the steps for adults are given. */
const lastChildAge = 12

const babies = /\b(bab(y|ies)|newborns?|infants?|bebes?|recien nacid[oa]s?)\b/
const weeksOrMonths =
  /\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven)[ -]?(days?|weeks?|wks?|months?|mos?)[ -]old\b|\bde \d{1,2} (dias|semanas|meses)\b/
const children = /\b(toddlers?|child|children|kids?|kiddo|little (boy|girl|one)|nin[oa]s?|peques?)\b/
const years = /\b(\d{1,2})[ -]?(years?|yrs?|yr|yo|y\/o|anos)\b/
const speaker = /\b(i|i'm|im|i've|ive|me|my|mine|myself|estoy|tengo|siento|me|mi|yo)\b/

/** Whom the steps must fit, by the message's own words; `unknown` when it only cries for help ("choking"). */
export function patientOf(turn: Pick<TurnContext, 'text' | 'triage'>): Patient {
  const said = plainWords(turn.text)
  const { about } = turn.triage
  const concerns = emergencyConcerns(turn.triage)
  // A baby named three lines before does not make the present "I can't breathe" a baby's.
  if (concerns.includes('newborn') && (about === 'other' || babies.test(said))) return 'baby'
  if (about === 'self') return speaker.test(said) ? 'self' : 'unknown'
  const age = Number(years.exec(said)?.[1] ?? Number.NaN)
  if (!Number.isNaN(age)) return age < 1 ? 'baby' : age <= lastChildAge ? 'child' : 'other'
  // Of a birth or a pregnancy the mother is the patient; the baby's own danger is `newborn`.
  if (concerns.includes('pregnancy')) return 'other'
  if (babies.test(said) || weeksOrMonths.test(said)) return 'baby'
  return children.test(said) ? 'child' : 'other'
}

/** What the emergency is about, without what else was seen in the message or is carried on from before. */
export function emergencyConcerns({ signals, concerns }: TriageAssessment): readonly Concern[] {
  const own = signals.filter(({ level, carried }) => level === 'emergency' && !carried)
  const all = own.length > 0 ? own.flatMap((signal) => signal.concerns) : concerns
  return [...new Set(all)]
}

const ownChild =
  /\b(my|our) (own |little |teen(age)? |\d{1,2}[ -](year|yr)s?[ -]old )?(son|daughter|kid|kids|child|children|boy|girl|teen|teenager|stepson|stepdaughter)\b|\bmi hij[oa]\b/

/** A parent writes about their child, of whatever age. */
export function aboutOwnChild(turn: Pick<TurnContext, 'text' | 'triage'>): boolean {
  return turn.triage.about === 'other' && ownChild.test(plainWords(turn.text))
}
