import type { Article } from './article.ts'
import { createAskedBefore } from './asked-before.ts'
import { createBm25 } from './bm25.ts'
import type { Topic } from './catalogue.ts'
import { weightOf } from './topic-words.ts'
import { spellingOf, termOf, termsOf, wordsOf } from './words.ts'

/** Weights of an article's fields. Names and the ways people ask outweigh the body, as measured by `salus eval answers`. */
const fieldWeights = { title: 3, synonyms: 3, questions: 2.2, headings: 1, body: 0.8 }
/** Points for a name found whole: a start, and more for each word. Scores of words alone rarely pass 60. */
const namePoints = { start: 12, word: 8 }
/** Points for a question that the article lists word for word; one that shares half of the words gets none. */
const askedPoints = 60
const leastAlike = 0.5
/** Longest name looked for as a whole, in words. */
const longestName = 6
/** How much a word counts that stands in the body alone, against 1 for a name, a way of asking or a heading. */
const bodyShare = 0.6
/** How strongly the share of the question that an article covers counts. */
const coveragePower = 1
/** Articles looked at closely. */
const candidates = 20

export interface ArticleHit {
  readonly article: Article
  readonly score: number
  /** Share of the question's topic words, by weight, that the article has, 0 to 1. */
  readonly coverage: number
  /** Weight of the topic words that the article has nowhere. */
  readonly missing: number
  /** Weight of the topic words by which people name the article or ask for it. */
  readonly own: number
  /** Points for naming the article whole, by title or synonym; 0 when it is not named. */
  readonly namePoints: number
  /** How near the question is to one that the article lists, 0 to 1. */
  readonly alike: number
}

export interface ArticleSearch {
  /** Best first. */
  search(text: string, limit?: number): readonly ArticleHit[]
  /** How one article, found or not, stands to a question. */
  standing(text: string, article: Article): ArticleHit
  /** Share of the question's topic words, by weight, that the name of one planned topic makes up; 0 when none is named. */
  plannedCoverage(text: string): number
}

/** Finds articles for a question in lay words: BM25 over fields, with whole names as the strongest sign. */
export function createArticleSearch(
  articles: readonly Article[],
  planned: readonly Topic[] = [],
): ArticleSearch {
  const fields = articles.map((article) => [
    termsOf(article.title),
    article.synonyms.flatMap(termsOf),
    article.questions.flatMap(termsOf),
    article.passages.flatMap(({ heading }) => termsOf(heading)),
    article.passages.flatMap(({ short, rest }) => [...termsOf(short), ...termsOf(rest)]),
  ])
  const askedBefore = createAskedBefore(articles)
  const index = createBm25(
    fields.map((each) => ({ fields: each })),
    Object.values(fieldWeights),
  )
  const names = collectNames([
    ...articles.map(({ id, title, synonyms }) => ({ id, title, names: synonyms })),
    ...planned,
  ])
  // One word of a longer name is not yet the name: not every hernia is a hiatus hernia, nor every wart a genital one.
  const own = articles.map(
    ({ synonyms }, number) =>
      new Set([
        ...[0, 2, 3].flatMap((field) => fields[number]?.[field] ?? []),
        ...synonyms.map(termsOf).flatMap((terms) => (terms.length === 1 ? terms : [])),
      ]),
  )
  const body = fields.map((each) => new Set(each[4]))
  const numberOf = new Map(articles.map((article, number) => [article, number]))

  const stand = (
    text: string,
    number: number,
    { score, named, alike }: { score: number; named: Named; alike: number },
  ): ArticleHit => {
    let all = 0
    let covered = 0
    let missing = 0
    let ownWeight = 0
    for (const [term, weight] of topicWeights(text)) {
      all += weight
      if (named.terms.has(term) || own[number]?.has(term)) ownWeight += weight
      else if (body[number]?.has(term)) covered += weight * bodyShare
      else missing += weight
    }
    covered += ownWeight
    const coverage = all === 0 ? (named.points > 0 ? 1 : 0) : covered / all
    return {
      article: articles[number]!,
      score,
      coverage,
      missing,
      own: ownWeight,
      namePoints: named.points,
      alike,
    }
  }

  return {
    search(text, limit = 5) {
      const named = namedIn(wordsOf(text), names)
      const scores = new Map(index.search(termsOf(text), candidates).map((hit) => [hit.document, hit.score]))
      for (const [number, { points }] of named)
        if (number < articles.length) scores.set(number, (scores.get(number) ?? 0) + points)
      const nearestAsked = askedBefore(text)
      const alike = new Map<number, number>()
      for (const [number, score] of scores) {
        const article = articles[number]
        if (!article) continue
        alike.set(number, nearestAsked(article))
        const beyond = (alike.get(number) ?? 0) - leastAlike
        if (beyond > 0) scores.set(number, score + (askedPoints * beyond) / (1 - leastAlike))
      }
      // An article that has every word of the question goes before one that has its loudest word many times.
      return [...scores]
        .map(([number, score]) =>
          stand(text, number, { score, named: named.get(number) ?? notNamed, alike: alike.get(number) ?? 0 }),
        )
        .map((hit) => ({ ...hit, score: hit.score * hit.coverage ** coveragePower }))
        .sort((x, y) => y.score - x.score || (x.article.id < y.article.id ? -1 : 1))
        .slice(0, limit)
    },
    standing(text, article) {
      const number = numberOf.get(article) ?? -1
      const named = namedIn(wordsOf(text), names).get(number) ?? notNamed
      return stand(text, number, { score: 0, named, alike: askedBefore(text)(article) })
    },
    plannedCoverage(text) {
      const weights = topicWeights(text)
      const all = sumOf(weights.values())
      if (all === 0) return 0
      const named = [...namedIn(wordsOf(text), names)].filter(([number]) => number >= articles.length)
      const shares = named.map(
        ([, { terms }]) => sumOf([...terms].map((term) => weights.get(term) ?? 0)) / all,
      )
      return Math.max(0, ...shares)
    },
  }
}

/** Which topics bear a name, by the name's terms. Two words are also known written as one: "ministroke". */
function collectNames(
  topics: readonly { readonly id: string; readonly title: string; readonly names: readonly string[] }[],
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  topics.forEach(({ id, title, names }, number) => {
    const plain = title.replace(/\s*\([^)]*\)/g, '')
    const bracketed = [...title.matchAll(/\(([^)]+)\)/g)].map(([, inside]) => inside ?? '')
    for (const name of [plain, ...bracketed, id, ...names]) {
      const words = wordsOf(name)
      const keys = [words.map(nameTerm).join(' '), ...(words.length === 2 ? [nameTerm(words.join(''))] : [])]
      for (const key of keys)
        if (key !== '') found.set(key, [...new Set([...(found.get(key) ?? []), number])])
    }
  })
  return found
}

/** Terms of a text that may carry its topic, with their weights; frames of questions and people's own words carry none. */
function topicWeights(text: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const word of wordsOf(text)) {
    const weight = weightOf(word)
    const [term] = weight > 0 ? termsOf(word) : []
    if (term !== undefined) weights.set(term, weight)
  }
  return weights
}

function sumOf(values: Iterable<number>): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

interface Named {
  /** Longer names say more. */
  readonly points: number
  /** Terms of the question that the names are made of. */
  readonly terms: ReadonlySet<string>
}

const notNamed: Named = { points: 0, terms: new Set() }

/** Topics named in the question. */
function namedIn(
  words: readonly string[],
  names: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<number, Named> {
  const terms = words.map(nameTerm)
  const found = new Map<number, Named>()
  // A name within a longer one names nothing: "stroke" in "heat stroke".
  const taken = terms.map(() => false)
  for (let length = Math.min(longestName, terms.length); length > 0; length--) {
    for (let start = 0; start + length <= terms.length; start++) {
      const part = terms.slice(start, start + length)
      const numbers = names.get(part.join(' '))
      if (!numbers || taken.slice(start, start + length).includes(true)) continue
      taken.fill(true, start, start + length)
      for (const number of numbers) {
        const before = found.get(number) ?? notNamed
        found.set(number, {
          points: Math.max(before.points, namePoints.start + namePoints.word * length),
          terms: new Set([...before.terms, ...words.slice(start, start + length).map(termOf)]),
        })
      }
    }
  }
  return found
}

/** Names are compared whole, small words too: "type 2", "be fast". Of endings only the plural is left out: not all that burns is a burn. */
function nameTerm(word: string): string {
  const spelled = spellingOf(word)
  return spelled.length > 3 && /[^su]s$/.test(spelled) ? spelled.slice(0, -1) : spelled
}
