import type { TurnContext } from '../core/turn.ts'
import { plainWords } from './kit.ts'

/** What was lost. */
export type Loss = 'termination' | 'stillbirth' | 'pregnancy' | 'child'

/** In the order in which they are looked for: a stillbirth is told of as a lost baby too. */
const kinds: readonly (readonly [Loss, RegExp])[] = [
  [
    'termination',
    /\b(abortion|aborted|termination|terminated|tfmr|ended (the|my|our) pregnancy|interrupcion del embarazo)\b/,
  ],
  [
    'stillbirth',
    /\b(stillb\w+|born (dead|sleeping|still)|born without a heartbeat|nacio (muert[oa]|sin vida)|muerte fetal)\b/,
  ],
  [
    'pregnancy',
    /\b(miscarr\w+|(lost|losing|lose) (the|my|our|a|another|this) (\w+ )?(baby|babies|pregnancy|twins?)|no heart ?beat|(had|was) an? ectopic|pregnancy loss|chemical pregnancy|molar pregnancy|(perdi|perdimos|perdiendo) (el|a|al|mi|nuestro|a mi) ?(mi )?(bebe|embarazo)|aborto espontaneo)\b/,
  ],
  [
    'child',
    /\b((my|our) (\w+ )?(baby|son|daughter|child|newborn|infant|toddler|little (boy|girl)) (has |just |has just )?(died|passed( away)?|was killed|is dead|is gone)|lost (my|our) (\w+ )?(son|daughter|child|toddler|newborn)|sids|cot death|(murio|fallecio) mi (hij[oa]|bebe)|mi (hij[oa]|bebe) (murio|fallecio|ha muerto))\b/,
  ],
]

/** What a person tells of having lost; undefined for another grief, or when only the topic is named. */
export function lossOf(turn: Pick<TurnContext, 'text' | 'triage'>): Loss | undefined {
  const told = turn.triage.signals.some(
    ({ concerns, carried }) => !carried && (concerns.includes('loss') || concerns.includes('pregnancy')),
  )
  const said = plainWords(turn.text)
  const kind = told ? kinds.find(([, words]) => words.test(said))?.[0] : undefined
  // "Am I losing the baby?" asks; what is not lost is not mourned yet.
  return kind && !fears.test(said) ? kind : undefined
}

const fears =
  /\b(am i|could i be|might i be|is (it|this)|afraid|scared|worried|think i('?m| am)|will i)\b.{0,30}\b(los(e|ing)|miscarr\w+|ectopic)\b|\b(signs?|symptoms?|risk|chance) of\b/
/** A loss that is feared, not told of: the body comes first, and nobody is mourned yet. */
export function fearsLoss(turn: Pick<TurnContext, 'text' | 'triage'>): boolean {
  const said = plainWords(turn.text)
  return fears.test(said) && kinds.some(([, words]) => words.test(said))
}
