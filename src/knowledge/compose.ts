import { createHash } from 'node:crypto'
import type { Answer, Citation, Question, Statement, Vetting } from '../core/answer.ts'
import { isNonEmpty, type NonEmpty } from '../core/json.ts'
import type { SourceItem } from '../core/reply.ts'
import type { Workspace } from '../core/workspace.ts'
import type { Approvals } from './approve.ts'
import type { Article, Passage } from './article.ts'
import { gate } from './gate.ts'

/** A whole passage as an answer: short first, the rest for "more", and when to get help. Texts keep their placeholders. */
export function compose(
  article: Article,
  passage: Passage,
  question: Pick<Question, 'now' | 'withholdQuantities'>,
  workspace: Workspace,
  approvals: Approvals,
): Answer {
  const state = gate(article, approvals, workspace, question.now)
  const { sources } = article
  if (state.kind === 'expired') {
    const [source] = sources
    const pointer = source ? { pointer: { title: article.title, url: source.url } } : {}
    return { kind: 'abstained', reason: 'expired', suggestions: [], ...pointer }
  }
  if (state.kind === 'unapproved' || !isNonEmpty(sources))
    return { kind: 'abstained', reason: 'no_match', suggestions: [] }
  const shown = (part: Passage, text: string): Statement => ({ text, support: [cite(part, text)] })
  return {
    kind: 'grounded',
    title: article.title,
    statements: [shown(passage, passage.short)],
    more: passage.rest === '' ? [] : [shown(passage, passage.rest)],
    help: whenToGetHelp(article)
      .filter(({ id, quantities }) => id !== passage.id && !(question.withholdQuantities && quantities))
      .map((part) => shown(part, helpText(part))),
    sources: sourcesFor(article, passage, sources),
    review: state.review,
    vetting: vettingOf(article, sources),
  }
}

/**
 * At most so many sources under an answer: those that stand behind the passage's own facts first. The article's file
 * names them all.
 */
const shownSources = 4

function sourcesFor(
  { facts }: Article,
  { short, rest }: Passage,
  sources: NonEmpty<Article['sources'][number]>,
): NonEmpty<SourceItem> {
  const text = `${short}\n\n${rest}`
  const behind = new Set(facts.filter(({ claim }) => text.includes(claim)).map(({ source }) => source))
  const supporting = sources.filter(({ id }) => behind.has(id))
  const [first = sources[0], ...others] = [...supporting, ...sources.filter(({ id }) => !behind.has(id))]
  return [sourceItem(first), ...others.slice(0, shownSources - 1).map(sourceItem)]
}

function vettingOf({ facts, reviewDue }: Article, sources: NonEmpty<Article['sources'][number]>): Vetting {
  const [first, ...others] = sources
  return { sources: [sourceItem(first), ...others.map(sourceItem)], facts: facts.length, reviewDue }
}

/** When to get help is shown whole. */
export function helpText({ short, rest }: Pick<Passage, 'short' | 'rest'>): string {
  return rest === '' ? short : `${short}\n\n${rest}`
}

/** The emergency before the rest, wherever the article has them. */
function whenToGetHelp(article: Article): Passage[] {
  const of = (kind: Passage['kind']) =>
    article.passages.filter((part) => part.kind === kind && !part.isQuestion)
  return [...of('emergency'), ...of('get-help-today')]
}

function sourceItem({ publisher, title, url, read }: Article['sources'][number]): SourceItem {
  return { publisher, title, url, read }
}

function cite(passage: Passage, text: string): Citation {
  return {
    article: passage.article,
    passage: passage.id,
    hash: createHash('sha256').update(text).digest('hex'),
  }
}
