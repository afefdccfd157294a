import { createHash } from 'node:crypto'
import type { Answer, Citation, Question, Statement } from '../core/answer.ts'
import type { ArticleId } from '../core/ids.ts'
import { isNonEmpty } from '../core/json.ts'
import type { Workspace } from '../core/workspace.ts'
import { type Approvals, gate, reviewStatus } from './approve.ts'
import type { Article, Passage } from './article.ts'
import { asksForVerdict, isFollowUp } from './frame.ts'
import { createPassagePicker } from './pick-passage.ts'
import { type ArticleHit, createArticleSearch } from './search.ts'
import { createSpelling } from './spelling.ts'

/** Least share of the question that the article's own words must cover when it is not named. */
const leastCoverage = 0.62
/** The same when the question names the article. */
const leastCoverageNamed = 0.3
/** Two articles within this share of each other's score, neither named alone, are a choice for the person. */
const ambiguousShare = 0.93

export type AnswerQuestion = (question: Question, workspace: Workspace) => Answer

/** Answers from the articles of one locale. */
export function createAnswer(
  articles: readonly Article[],
  approvals: Approvals,
  knownWord: (word: string) => boolean,
): AnswerQuestion {
  const search = createArticleSearch(articles)
  const spelling = createSpelling(
    articles.flatMap((article) => [article.title, ...article.synonyms]),
    knownWord,
  )
  const pickers = new Map(articles.map((article) => [article.id, createPassagePicker(article)]))
  const byId = new Map(articles.map((article) => [article.id, article]))

  return (question, workspace) => {
    if (question.passage) {
      const article = byId.get(question.passage.split('#')[0] as ArticleId)
      const passage = article?.passages.find(({ id }) => id === question.passage)
      return article && passage ? fromPassage(article, passage, question, workspace) : noMatch([])
    }
    const { text, assumed } = spelling.correct(question.text)
    const hits = search.search(text)
    const [best, second] = hits
    const topic = question.topic && byId.get(question.topic)
    const leans = topic && isFollowUp(text, best?.named === true && best.article.id !== topic.id)
    const article = leans ? topic : trusted(best) ? best?.article : undefined
    if (!article) return noMatch(hits.filter(near).map(suggestion))
    if (!leans && best && second && ambiguous(best, second)) {
      return { kind: 'abstained', reason: 'ambiguous', suggestions: [best, second].map(suggestion) }
    }
    const passage = pickers.get(article.id)?.(text, question.withholdQuantities)
    if (!passage) return noMatch([])
    const answer = fromPassage(article, passage, question, workspace)
    if (answer.kind !== 'grounded') return answer
    return {
      ...answer,
      ...(assumed.length > 0 ? { assumed } : {}),
      ...(asksForVerdict(text) ? { personal: true } : {}),
    }
  }

  function fromPassage(article: Article, passage: Passage, question: Question, workspace: Workspace): Answer {
    const state = gate(article, approvals, workspace, question.now)
    const [source] = article.sources
    if (state === 'expired') {
      const pointer = source ? { pointer: { title: article.title, url: source.url } } : {}
      return { kind: 'abstained', reason: 'expired', suggestions: [], ...pointer }
    }
    const { sources } = article
    if (state === 'unapproved' || !isNonEmpty(sources)) return noMatch([])
    const shown = (text: string): Statement => ({ text, support: [cite(article, passage, text)] })
    const help = article.passages.filter(
      ({ kind, isQuestion, quantities }) =>
        (kind === 'emergency' || kind === 'get-help-today') &&
        !isQuestion &&
        !(question.withholdQuantities && quantities),
    )
    return {
      kind: 'grounded',
      title: article.title,
      statements: [shown(passage.short)],
      more: passage.rest === '' ? [] : [shown(passage.rest)],
      help: help
        .filter(({ id }) => id !== passage.id)
        .map((part) => {
          const text = part.rest === '' ? part.short : `${part.short}\n\n${part.rest}`
          return { text, support: [cite(article, part, text)] }
        }),
      sources: [
        {
          publisher: sources[0].publisher,
          title: sources[0].title,
          url: sources[0].url,
          read: sources[0].read,
        },
        ...sources.slice(1).map(({ publisher, title, url, read }) => ({ publisher, title, url, read })),
      ],
      review: reviewStatus(article, approvals, question.now),
    }
  }
}

function cite(article: Article, passage: Passage, text: string): Citation {
  return { article: article.id, passage: passage.id, hash: createHash('sha256').update(text).digest('hex') }
}

function trusted(hit: ArticleHit | undefined): boolean {
  return hit !== undefined && hit.coverage >= (hit.named ? leastCoverageNamed : leastCoverage)
}

function ambiguous(best: ArticleHit, second: ArticleHit): boolean {
  if (best.named !== second.named) return false
  return trusted(second) && second.score >= best.score * ambiguousShare
}

/** Worth naming as something Salus does know about. */
function near(hit: ArticleHit): boolean {
  return hit.named || hit.coverage >= 0.4
}

function suggestion({ article }: ArticleHit): { id: ArticleId; title: string } {
  return { id: article.id, title: article.title }
}

function noMatch(suggestions: readonly { id: ArticleId; title: string }[]): Answer {
  return { kind: 'abstained', reason: 'no_match', suggestions: suggestions.slice(0, 3) }
}
