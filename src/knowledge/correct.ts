import type { Correction } from '../core/answer.ts'
import { type ArticleId, asId } from '../core/ids.ts'
import { isNonEmpty } from '../core/json.ts'
import type { Workspace } from '../core/workspace.ts'
import type { Lexicon } from './lexicon.ts'
import { createClaimMatcher } from './match-claim.ts'
import type { Myth } from './myth.ts'

export type Correct = (
  text: string,
  asked: { readonly locale: string; readonly now: number },
  workspace: Pick<Workspace, 'mode' | 'unreviewedAccepted'>,
) => Correction | undefined

/**
 * The correction that a text calls for, if any. Like articles, corrections past their review date are never shown, and
 * those that nobody reviewed only in the demo or where a named person accepted that in writing.
 */
export function createCorrect(
  myths: readonly Myth[],
  lexicons: ReadonlyMap<string, Lexicon> = new Map(),
): Correct {
  const locales = new Set(myths.map(({ locale }) => locale))
  const matchers = new Map(
    [...locales].map((locale) => [
      locale,
      createClaimMatcher(
        myths.filter((myth) => myth.locale === locale),
        lexicons.get(locale),
      ),
    ]),
  )
  return (text, { locale, now }, workspace) => {
    if (workspace.mode !== 'demo' && !workspace.unreviewedAccepted) return undefined
    const match = matchers.get(locale.split('-')[0] ?? '') ?? matchers.get('en')
    const myth = match?.(text)
    if (!myth || new Date(now).toISOString().slice(0, 10) > myth.reviewDue) return undefined
    const { id, claim, verdict, truth, why, instead } = myth
    const sources = myth.sources.map(({ publisher, title, url, read }) => ({ publisher, title, url, read }))
    if (!isNonEmpty(sources)) return undefined
    const article = asId<ArticleId>(myth.article)
    return { id, claim, verdict, truth, why, instead, article, sources, review: { kind: 'unreviewed' } }
  }
}
