import type { Approvals } from './approve.ts'
import { reviewStatus } from './approve.ts'
import type { Article } from './article.ts'
import { readabilityOf } from './check-structure.ts'
import type { Myth } from './myth.ts'

/** What the content holds, for people and for programs. */
export interface ContentReport {
  /** Articles by locale. */
  readonly articles: Readonly<Record<string, number>>
  /** Claims with a correction, by locale. */
  readonly myths: Readonly<Record<string, number>>
  /** Reading grade (Flesch-Kincaid) of each article, by locale. */
  readonly grades: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly areas: Readonly<Record<string, number>>
  readonly passages: number
  readonly words: number
  readonly facts: number
  readonly sources: number
  readonly review: {
    readonly reviewed: number
    readonly checked: number
    readonly unreviewed: number
    readonly expired: number
  }
}

/** Locales that are counted even when they have nothing yet. */
const locales = ['en', 'es']

/** Counts what a content folder holds. `now` is epoch ms. */
export function reportContent(
  articles: readonly Article[],
  myths: readonly Myth[],
  approvals: Approvals,
  now: number,
): ContentReport {
  const all = [...new Set([...locales, ...articles.map(({ locale }) => locale)])]
  const of = (locale: string) => articles.filter((article) => article.locale === locale)
  const today = new Date(now).toISOString().slice(0, 10)
  const states = articles.map((article) =>
    today > article.reviewDue ? 'expired' : reviewStatus(article, approvals, now).kind,
  )
  const inState = (state: (typeof states)[number]) => states.filter((each) => each === state).length
  const areas: Record<string, number> = {}
  for (const { area } of articles) areas[area] = (areas[area] ?? 0) + 1
  const sum = (count: (article: Article) => number) =>
    articles.reduce((total, article) => total + count(article), 0)
  return {
    articles: Object.fromEntries(all.map((locale) => [locale, of(locale).length])),
    myths: Object.fromEntries(
      all.map((locale) => [locale, myths.filter((myth) => myth.locale === locale).length]),
    ),
    grades: Object.fromEntries(all.map((locale) => [locale, gradesOf(of(locale))])),
    areas,
    passages: sum(({ passages }) => passages.length),
    words: sum((article) => readabilityOf(article).words),
    facts: sum(({ facts }) => facts.length),
    sources: sum(({ sources }) => sources.length),
    review: {
      reviewed: inState('reviewed'),
      checked: inState('checked'),
      unreviewed: inState('unreviewed'),
      expired: inState('expired'),
    },
  }
}

function gradesOf(articles: readonly Article[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    articles.map((article) => [article.id, Math.round(readabilityOf(article).fleschKincaid * 10) / 10]),
  )
}

/** One article in a list. */
export interface ContentLine {
  readonly id: string
  readonly locale: string
  readonly title: string
  readonly area: string
  readonly reviewDue: string
  readonly state: 'reviewed' | 'checked' | 'unreviewed' | 'expired'
  readonly hash: string
  readonly file: string
}

/** Every article and where its vetting stands, by locale and id. */
export function listContent(
  articles: readonly Article[],
  approvals: Approvals,
  now: number,
): readonly ContentLine[] {
  const today = new Date(now).toISOString().slice(0, 10)
  return articles
    .map((article): ContentLine => {
      const { id, locale, title, area, reviewDue, hash, file } = article
      const state = today > reviewDue ? 'expired' : reviewStatus(article, approvals, now).kind
      return { id, locale, title, area, reviewDue, state, hash, file }
    })
    .sort((a, b) => (a.locale === b.locale ? (a.id < b.id ? -1 : 1) : a.locale < b.locale ? -1 : 1))
}
