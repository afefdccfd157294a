import type { Statement } from '../core/answer.ts'
import type { TurnContext } from '../core/turn.ts'

/** Weights, BMI, calories and exercise targets, in figures or as an aim. */
const figures =
  /\b(bmi|body mass index|calori\w*|kcal|kilojoules?|kj|lose weight|losing weight|weight loss|weigh(t|ing)? (goal|target)s?|waist|imc|bajar de peso|perder peso)\b|\b\d+([.,]\d+)? ?(kg|kilos?|kilograms?|lbs?|pounds?|stone|libras?)\b|\b\d+ (minutes?|hours?) (of )?([a-z]+ ){0,3}(exercise|activity|walking|running)\b/i

/** From the first sign of an eating disorder on, these are not said to a person any more. */
export function hasFigures(statement: Pick<Statement, 'text'>): boolean {
  return figures.test(statement.text)
}

const asksForFigures =
  /\b(bmi|calori\w*|kcal|los(e|ing) weight|weight loss|weigh\w*|diet\w*|fast(ing)?|exercis\w*|burn off|work ?out|skinny|thin(ner)?|imc|dieta|adelgazar|bajar de peso)\b/i

/** A question whose answer would be a weight, calories or a target. */
export function asksFigures(text: string): boolean {
  return asksForFigures.test(text)
}

/** Whether there was a sign of an eating disorder, now or ever. */
export function mindsFigures(turn: Pick<TurnContext, 'contact' | 'triage'>): boolean {
  return turn.contact.eatingAt !== undefined || turn.triage.concerns.includes('eating_disorder')
}
