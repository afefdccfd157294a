import type { Answer, Question } from '../core/answer.ts'
import type { ArticleId } from '../core/ids.ts'
import type { Workspace } from '../core/workspace.ts'
import { answerParts } from './answer-parts.ts'
import type { Approvals } from './approve.ts'
import type { Article } from './article.ts'
import type { Topic } from './catalogue.ts'
import { compose } from './compose.ts'
import { isKnownWord } from './english.ts'
import { gate } from './gate.ts'
import { createPassagePicker } from './pick-passage.ts'
import {
  aboutHealth,
  asksTooMuch,
  hasTopicWord,
  isCommand,
  isFollowUp,
  nameReadings,
  personalAdvice,
} from './question.ts'
import { type ArticleHit, createArticleSearch } from './search.ts'
import { createSpelling } from './spelling.ts'
import { trusted } from './trusted.ts'
import { wordsOf } from './words.ts'

/** Two articles within this share of each other's score, both trusted alike, are a choice for the person. */
const ambiguousShare = 0.9
/** Articles among which the named ones of a message are looked for. */
const namesLooked = 10
/** Worth naming as something Salus does know about. */
const leastSuggested = 0.4

export type AnswerQuestion = (question: Question, workspace: Workspace) => Answer
type Abstained = Extract<Answer, { kind: 'abstained' }>

/** Answers from the articles of one locale; `planned` topics are known by name and not answered from another article. */
export function createAnswer(
  articles: readonly Article[],
  approvals: Approvals,
  planned: readonly Topic[],
): AnswerQuestion {
  const byId = new Map(articles.map((article) => [article.id as string, article]))
  const search = createArticleSearch(
    articles,
    planned.filter(({ id }) => !byId.has(id)),
  )
  const bodyWords = new Set(
    articles.flatMap(({ passages }) =>
      passages.flatMap(({ short, rest }) => [...wordsOf(short), ...wordsOf(rest)]),
    ),
  )
  const spelling = createSpelling(
    articles.flatMap(({ title, synonyms }) => [title, ...synonyms]),
    (word) => bodyWords.has(word) || isKnownWord(word),
  )
  const pickers = new Map(articles.map((article) => [article.id, createPassagePicker(article)]))

  return (question, workspace) => {
    if (question.passage) return fromPassageId(question, workspace)
    if (isCommand(question.text)) return abstained('out_of_scope')
    const whole = answerOne(question, workspace)
    return answerParts(
      { question, whole, named: namedIn, missing: (text, article) => search.standing(text, article).missing },
      (part) => answerOne(part, workspace),
    )
  }

  /** Articles that a text names, the surest first. */
  function namedIn(text: string): readonly Article[] {
    return search
      .search(text, namesLooked)
      .filter(({ namePoints }) => namePoints > 0)
      .sort((x, y) => y.namePoints - x.namePoints)
      .map(({ article }) => article)
  }

  function answerOne(question: Question, workspace: Workspace): Answer {
    const { text, assumed } = spelling.correct(nameReadings(question.text))
    const personal = personalAdvice(text)
    const withhold = question.withholdQuantities || asksTooMuch(text)
    const hits = search.search(text)
    const isOpen = (article: Article) => gate(article, approvals, workspace, question.now).kind === 'open'
    const [best, second] = hits
    const topic = question.topic && byId.get(question.topic)
    const follows = topic !== undefined && leansOn(topic, text, best)
    if (!follows) {
      const suggestions = hits.filter(
        (hit) => hit.coverage >= leastSuggested && !namesPlanned(text, hit) && isOpen(hit.article),
      )
      if (!best || !trusted(best, second) || namesPlanned(text, best)) {
        const reason = personal ? 'personal_advice' : aboutSomethingElse(text) ? 'out_of_scope' : 'no_match'
        return abstained(reason, reason === 'out_of_scope' ? [] : suggestions)
      }
      if (second && isOpen(second.article) && isOpen(best.article) && ambiguous(best, second))
        return abstained('ambiguous', [best, second])
    }
    const article = follows ? topic : best?.article
    if (!article) return abstained('no_match')
    const picked = pickers.get(article.id)?.(text, withhold)
    // What a child, a body weight or a pregnancy needs is worked out by a person, unless the article asks this very thing.
    if (personal === 'special_dose' && !picked?.asked) return abstained('personal_advice', [{ article }])
    if (!picked) return abstained('no_match')
    // Whether to take or stop something is not answered with whatever the article says first.
    if (personal === 'dose' && !picked.close) return abstained('personal_advice', [{ article }])
    const answer = compose(
      article,
      picked.passage,
      { ...question, withholdQuantities: withhold },
      workspace,
      approvals,
    )
    if (answer.kind !== 'grounded') return answer
    return {
      ...answer,
      ...(picked.withheld ? { withheld: true } : {}),
      ...(assumed.length > 0 ? { assumed } : {}),
      ...(personal ? { personal: true } : {}),
    }
  }

  function fromPassageId(question: Question, workspace: Workspace): Answer {
    const article = byId.get(question.passage?.split('#')[0] ?? '')
    const passage = article?.passages.find(({ id }) => id === question.passage)
    if (!article || !passage) return abstained('no_match')
    if (passage.quantities && question.withholdQuantities) return abstained('no_match', [{ article }])
    return compose(article, passage, question, workspace, approvals)
  }

  function leansOn(topic: Article, text: string, best: ArticleHit | undefined): boolean {
    if (best && best.namePoints > 0 && best.article.id !== topic.id) return false
    if (search.plannedCoverage(text) > 0) return false
    return isFollowUp(text, search.standing(text, topic).missing)
  }

  /** A topic without an article says more about the question than this one does. */
  function namesPlanned(text: string, hit: ArticleHit): boolean {
    return hit.namePoints === 0 && search.plannedCoverage(text) >= hit.coverage
  }
}

function ambiguous(best: ArticleHit, second: ArticleHit): boolean {
  if (!trusted(second, undefined) || second.namePoints < best.namePoints) return false
  return second.score >= best.score * ambiguousShare && second.coverage >= best.coverage
}

function aboutSomethingElse(text: string): boolean {
  return hasTopicWord(text) && !aboutHealth(text)
}

function abstained(
  reason: Abstained['reason'],
  near: readonly { readonly article: Article }[] = [],
): Abstained {
  const suggestions = near
    .slice(0, 3)
    .map(({ article: { id, title } }): { id: ArticleId; title: string } => ({ id, title }))
  return { kind: 'abstained', reason, suggestions }
}
