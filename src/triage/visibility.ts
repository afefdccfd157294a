import { rank, type TriageAssessment } from '../core/assessment.ts'

const ownHealth =
  /\b(?:i|i'?m|im|i'?ve|me|my|mine|myself|he|she|his|her|we|our|mi|mis|me|tengo|estoy|soy|mio|mia|nuestr[oa]|su|sus|ella)\b/i

/**
 * Who may see an answer to this text. Private when it is about the person's or somebody's own health, when it holds
 * something that would be redacted, or when it is sensitive or above or could not be read.
 */
export function createVisibility(holdsPersonal: (text: string) => boolean) {
  return (text: string, assessment: TriageAssessment): 'public' | 'private' => {
    if (rank(assessment.level) <= rank('sensitive')) return 'private'
    if (ownHealth.test(text) || holdsPersonal(text)) return 'private'
    return 'public'
  }
}
