import type { Answer, Question } from '../core/answer.ts'
import type { Workspace } from '../core/workspace.ts'
import type { Approvals } from './approve.ts'
import type { Article } from './article.ts'
import { gate } from './gate.ts'
import { createSemanticIndex, type Embed } from './semantic.ts'

type Suggestions = Extract<Answer, { kind: 'abstained' }>['suggestions']

/** How many topics are offered. */
const offered = 3

/**
 * The articles nearest in meaning to a question that no words led to: offered as topics to choose from, never
 * answered with. Meaning alone takes "low blood pressure" for "high blood pressure".
 */
export async function createNearestTopics(
  knowledge: { readonly articles: readonly Article[]; readonly approvals: Approvals },
  embeddings: Embed,
): Promise<(question: Question, workspace: Workspace) => Promise<Suggestions>> {
  const { articles, approvals } = knowledge
  const texts = articles.map(({ title, summary, questions }) => [title, summary, ...questions].join('. '))
  const index = await createSemanticIndex(texts, embeddings)
  return async ({ text, locale, now }, workspace) =>
    (await index.search(text, articles.length))
      .flatMap((number) => articles[number] ?? [])
      .filter(
        (article) => article.locale === locale && gate(article, approvals, workspace, now).kind === 'open',
      )
      .slice(0, offered)
      .map(({ id, title }) => ({ id, title }))
}

/** An answer with topics to choose from where it had none and the question was about something unknown. */
export async function withNearestTopics(
  answer: Answer,
  nearest: () => Promise<Suggestions>,
): Promise<Answer> {
  if (answer.kind !== 'abstained' || answer.reason !== 'no_match' || answer.suggestions.length > 0)
    return answer
  return { ...answer, suggestions: await nearest() }
}
