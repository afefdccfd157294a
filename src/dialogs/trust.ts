import type { Answer } from '../core/answer.ts'
import type { ReplyElement } from '../core/reply.ts'
import { plainWords } from './kit.ts'
import type { Voice } from './voice.ts'

const asked =
  /^(?:but |and |ok |so )*(?:why (?:should|would|can|do) i (?:trust|believe) (?:you|this|that|it)|why trust (?:you|this|that|it)|can i trust (?:you|this|that|it)|(?:who|where) (?:says|said) (?:so|that|this)|says who|how do you know(?: that| this)?|where (?:is|did you get) (?:this|that|it)(?: from)?|(?:what(?: is|['’]?s| are)? )?(?:your|the) sources?|sources?|who (?:wrote|reviewed|checked) (?:this|that|it)|(?:is|was) (?:this|that|it) (?:reviewed|checked)(?: by a doctor)?)$/

/** A message that asks why the last answer may be trusted, and nothing else. */
export function asksForTrust(text: string): boolean {
  return asked.test(
    plainWords(text)
      .replace(/[?!.]+$/, '')
      .trim(),
  )
}

/**
 * Who reviewed an answer's article, on what it rests, and how it meets the principles for credible sources of health
 * information: science-based, objective, transparent and accountable (Kington et al. 2021, NAM Perspectives,
 * https://doi.org/10.31478/202107a).
 */
export function trustOf(
  voice: Voice,
  answer: Extract<Answer, { kind: 'grounded' }>,
): readonly ReplyElement[] {
  const { title, review, vetting } = answer
  const read = vetting.sources.map((source) => source.read).sort()
  const items = [
    voice.say('answer.trust.science', {
      sources: vetting.sources.length,
      read: read.at(-1) ?? '',
      facts: vetting.facts,
    }),
    voice.say('answer.trust.objective'),
    voice.say('answer.trust.open', { due: vetting.reviewDue }),
    ...(review.kind === 'reviewed' ? [] : [voice.say('answer.trust.unreviewed')]),
    voice.say('answer.trust.wrong'),
  ] as const
  return [
    voice.paragraph('answer.trust.lead', { title }),
    { kind: 'list', items },
    voice.paragraph('answer.trust.principles'),
    {
      kind: 'sources',
      label:
        review.kind === 'unreviewed'
          ? voice.say('answer.review.unreviewed')
          : voice.say(`answer.review.${review.kind}`, { ...review }),
      items: vetting.sources,
    },
  ]
}
