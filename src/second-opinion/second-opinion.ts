import { isAlarm, type TriageAssessment } from '../core/assessment.ts'
import type { Encode } from './encoder.ts'
import type { Model, Opinion } from './model.ts'

/** A rule id under which a raised level is explained. */
export const opinionRule = 'second-opinion'

/**
 * Looks again at what the rules did not raise. Resolves to the raised assessment, or to nothing: it never lowers one.
 * English only, as the encoder is; `said` are the words of the last minutes, the newest last.
 */
export type SecondOpinion = (
  said: readonly string[],
  assessment: TriageAssessment,
) => Promise<TriageAssessment | undefined>

/** What a text is like; nothing when it could not be read. */
export type Judge = (text: string) => Promise<Opinion | undefined>

export function createJudge(encode: Encode, model: Model): Judge {
  return async (text) => {
    const [point] = await encode([text])
    return point && model.judge(point, text)
  }
}

export function createSecondOpinion(model: Pick<Model, 'name' | 'worthwhile'>, judge: Judge): SecondOpinion {
  return async (said, assessment) => {
    if (isAlarm(assessment.level) || assessment.level === 'unknown') return undefined
    const text = said.join(' ')
    if (!model.worthwhile(text)) return undefined
    const found = await judge(text)
    if (!found || found.score <= 0) return undefined
    const { level, concerns } = found
    const newest = said.at(-1)?.length ?? 0
    return {
      ...assessment,
      level,
      concerns: [...new Set([...concerns, ...assessment.concerns])],
      signals: [
        { rule: `${opinionRule}:${model.name}`, level, concerns, span: [0, newest] },
        ...assessment.signals,
      ],
    }
  }
}
