/**
 * The principles for credible sources of health information in social media (Kington et al. 2021, NAM Perspectives,
 * https://doi.org/10.31478/202107a), and two that Salus adds for its readers.
 */
export type Principle = 'science-based' | 'objective' | 'transparent and accountable' | 'plain' | 'safe'

/** What each check of `salus content lint` serves; checks of mere form serve none. */
const served: Readonly<Record<Principle, readonly string[]>> = {
  'science-based': [
    'claim-not-in-text',
    'few-bodies',
    'number-without-fact',
    'review-due',
    'sources',
    'unknown-source',
  ],
  objective: ['promise', 'refused-publisher', 'unlisted-publisher'],
  'transparent and accountable': ['no-locator', 'unnamed-carrier'],
  plain: ['grade', 'length', 'short-answer', 'summary'],
  safe: ['dosing', 'phone-number', 'placeholder', 'sections', 'unsafe-words'],
}
const principles = new Map(
  (Object.keys(served) as Principle[]).flatMap((principle) =>
    served[principle].map((check) => [check, principle] as const),
  ),
)

/** The principle that a finding breaks; undefined for a matter of form. */
export function principleOf(check: string): Principle | undefined {
  return principles.get(check)
}
