import { type Assess, nothingSaid, type TriageAssessment, type TriageContext } from './assessment.ts'
import { type InboundBody, textOf } from './inbound.ts'

/**
 * Judges what a person did. A pressed button says nothing; a picture without words says something that cannot be
 * read, which is not the same.
 */
export function assessBody(body: InboundBody, assess: Assess, context: TriageContext): TriageAssessment {
  const text = textOf(body) ?? ''
  const wordless = text === '' && body.kind !== 'attachment' && body.kind !== 'text'
  return wordless ? nothingSaid : assess(text, context)
}
