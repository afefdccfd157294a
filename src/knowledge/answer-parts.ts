import type { Answer, Question } from '../core/answer.ts'
import type { Article } from './article.ts'
import { type Segment, segmentsOf } from './segments.ts'

type Grounded = Extract<Answer, { kind: 'grounded' }>
type Abstained = Extract<Answer, { kind: 'abstained' }>

/** Questions of one message that are answered. */
const mostAnswers = 3
/** Topics that are offered where nothing answers. */
const mostOffered = 3

export interface Asked {
  readonly question: Question
  /** What the message as a whole was answered with. */
  readonly whole: Answer
  /** Articles that a text names, the surest first. */
  readonly named: (text: string) => readonly Article[]
  /** Weight of the topic words of a text that an article has nowhere. */
  readonly missing: (text: string, article: Article) => number
}

/** A rare word that an article does not have is what the message is about: a medicine, an illness of its own. */
const mostMissing = 2

/**
 * What a message of several sentences asks. Several questions are answered each; where the message as a whole found no
 * answer for all that it tells beside its question, the question alone is tried, with the topic that was named before.
 */
export function answerParts(asked: Asked, answer: (part: Question) => Answer): Answer {
  const { question, whole } = asked
  const segments = segmentsOf(question.text)
  if (segments.length < 2) return whole
  // Whether somebody should take or stop something is not answered by leaving out what they told.
  if (whole.kind === 'abstained' && whole.reason === 'personal_advice') return whole
  const several = segments.filter(({ asks }) => asks).length > 1
  if (whole.kind === 'grounded' && !several) return whole
  const found = answersTo(segments, asked, answer)
  if (whole.kind === 'abstained') return joined(found) ?? offered(whole, asked)
  return found.length > 1 ? (joined(found) ?? whole) : whole
}

function answersTo(
  segments: readonly Segment[],
  { question, named, missing }: Asked,
  answer: (part: Question) => Answer,
): readonly Grounded[] {
  const found = new Map<string, Grounded>()
  const lead = segments[0]?.text ?? ''
  let topic: Article | undefined = named(lead)[0]
  for (const { text, asks } of segments) {
    if (!asks) continue
    const [first, second] = named(text)
    if (first && !second) topic = first
    if (!topic || found.size === mostAnswers) continue
    if (missing(text, topic) > mostMissing || missing(lead, topic) > mostMissing) continue
    const given = answer({ ...question, text, topic: topic.id })
    if (given.kind !== 'grounded') continue
    const { passage, article } = given.statements[0].support[0]
    if (article === topic.id && !found.has(passage)) found.set(passage, given)
  }
  return [...found.values()]
}

/** Nothing answers it, but the message names what there are articles on. */
function offered(whole: Abstained, { question, named }: Asked): Answer {
  if (whole.reason !== 'no_match' || whole.suggestions.length > 0) return whole
  const suggestions = named(question.text)
    .slice(0, mostOffered)
    .map(({ id, title }) => ({ id, title }))
  return { ...whole, suggestions }
}

function joined([first, ...also]: readonly Grounded[]): Grounded | undefined {
  return first && also.length > 0 ? { ...first, also } : first
}
