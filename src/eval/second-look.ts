import { type Assess, isAlarm, type TriageAssessment } from '../core/assessment.ts'

/** Looks again at what the rules did not raise: what was said, oldest first, and what the rules found. */
type Opinion = (
  said: readonly string[],
  assessment: TriageAssessment,
) => Promise<TriageAssessment | undefined>

/**
 * Measures the rules and the second opinion together. The measure is synchronous and the opinion is not: the first
 * run writes down what would be asked, the second has the answers.
 */
export async function withSecondOpinion<Measure>(
  measure: (assess: Assess) => Measure,
  assess: Assess,
  opinion: Opinion,
  progress: (done: number, of: number) => void = () => {},
): Promise<Measure> {
  const asked = new Map<string, { readonly said: readonly string[]; readonly found: TriageAssessment }>()
  const answers = new Map<string, TriageAssessment>()
  const judge: Assess = (text, context) => {
    const found = assess(text, context)
    if (isAlarm(found.level)) return found
    const said = [...context.fragments, text]
    const key = said.join('\n')
    const raised = answers.get(key)
    if (raised) return raised
    asked.set(key, { said, found })
    return found
  }
  measure(judge)
  let done = 0
  for (const [key, { said, found }] of asked) {
    const raised = await opinion(said, found)
    if (raised) answers.set(key, raised)
    progress(++done, asked.size)
  }
  return measure(judge)
}
