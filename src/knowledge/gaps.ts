import { weightOf } from './topic-words.ts'
import { termOf, wordsOf } from './words.ts'

export interface OpenQuestion {
  /** Who asked; only counted. */
  readonly person: string
  /** What they wrote, personal details masked. */
  readonly text: string
  readonly reason: string
}

/** Questions that share words, and got no answer. */
export interface Gap {
  /** Words that at least `fewest` people used, the rarest first. */
  readonly words: readonly string[]
  readonly people: number
  readonly questions: number
  readonly reasons: Readonly<Record<string, number>>
}

export interface GapOptions {
  /** A word is shown only where so many people wrote it, so that none of them is recognised by it. */
  readonly fewest: number
}

/** Words of one group that are shown. */
const mostWords = 6
/** A word goes with a group when so many of its people wrote it, as a share. */
const leastShared = 0.5

/**
 * Groups questions that nothing answered by the topic words that several people used, the most asked first. What only
 * one or two people wrote is in no group and shown to nobody.
 */
export function gapsIn(questions: readonly OpenQuestion[], { fewest }: GapOptions): readonly Gap[] {
  let left = questions.map((question) => ({ ...question, terms: topicTermsOf(question.text) }))
  const surface = surfacesOf(questions)
  const gaps: Gap[] = []
  for (;;) {
    const shared = [...peopleBy(left)].filter(([, people]) => people.size >= fewest)
    const [best] = shared.sort(
      ([a, x], [b, y]) => y.size * weightOf(b) - x.size * weightOf(a) || (a < b ? -1 : 1),
    )
    if (!best) return gaps.sort((x, y) => y.people - x.people)
    const [term] = best
    const group = left.filter(({ terms }) => terms.has(term))
    gaps.push(gapOf(term, group, fewest, surface))
    left = left.filter(({ terms }) => !terms.has(term))
  }
}

type Read = OpenQuestion & { readonly terms: ReadonlySet<string> }

function gapOf(
  term: string,
  group: readonly Read[],
  fewest: number,
  surface: ReadonlyMap<string, string>,
): Gap {
  const people = new Set(group.map(({ person }) => person)).size
  const beside = [...peopleBy(group)]
    .filter(([other, who]) => other !== term && who.size >= Math.max(fewest, people * leastShared))
    .sort(([, x], [, y]) => y.size - x.size)
    .map(([other]) => other)
  const reasons: Record<string, number> = {}
  for (const { reason } of group) reasons[reason] = (reasons[reason] ?? 0) + 1
  const words = [term, ...beside].slice(0, mostWords).map((one) => surface.get(one) ?? one)
  return { words, people, questions: group.length, reasons }
}

function peopleBy(questions: readonly Read[]): ReadonlyMap<string, ReadonlySet<string>> {
  const people = new Map<string, Set<string>>()
  for (const { person, terms } of questions)
    for (const term of terms) people.set(term, (people.get(term) ?? new Set()).add(person))
  return people
}

/** Types of masked details are no words of a question. */
function topicTermsOf(text: string): ReadonlySet<string> {
  return new Set(
    wordsOf(unmasked(text))
      .filter((word) => weightOf(word) >= 1 && !/\d/.test(word))
      .map(termOf),
  )
}

/** How most people wrote each term. */
function surfacesOf(questions: readonly OpenQuestion[]): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>()
  for (const { text } of questions)
    for (const word of wordsOf(unmasked(text))) {
      const forms = counts.get(termOf(word)) ?? new Map<string, number>()
      counts.set(termOf(word), forms.set(word, (forms.get(word) ?? 0) + 1))
    }
  return new Map(
    [...counts].map(([term, forms]) => [term, [...forms].sort((x, y) => y[1] - x[1])[0]?.[0] ?? term]),
  )
}

function unmasked(text: string): string {
  return text.replace(/\[[A-Z]+\]/g, ' ')
}
