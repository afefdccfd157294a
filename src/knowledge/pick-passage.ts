import type { Article, Passage, SectionKind } from './article.ts'
import { createBm25 } from './bm25.ts'
import { termsOf } from './words.ts'

/** What a question asks for, by its frame; the first that fits counts most. */
const cues: readonly (readonly [SectionKind, RegExp])[] = [
  ['emergency', /\b(ambulance|emergency|999|911|112|a&e|(go|going) to (the )?(hospital|er)\b)/],
  [
    'get-help-today',
    /\b(when (should|do|to)\b.*\b(see|call|go|get|worry|doctor|gp|help)|see a (doctor|gp)|need (a|to see a) doctor|should i (be )?worr|is it serious|how serious|dangerous)/,
  ],
  [
    'parents-carers',
    /\b(my (son|daughter|child|kid|baby|toddler|little one|[0-9]+ ?(year|month|week)s? ?-?old)|for (children|kids|babies|a child|a baby)|in (children|kids|babies)|(and|about) (children|kids|babies))\b/,
  ],
  [
    'prevention',
    /\b(prevent|avoid (getting|catching)|stop (it|me) (from )?(getting|happening|spreading)|reduce (my|the) risk|lower my (risk|chance)|protect (myself|me|against)|keep from)/,
  ],
  [
    'treatment',
    /\b(treat(ed|ment|ments|ing)?|cure[ds]?|medicines?|medications?|meds|drugs?|tablets?|pills?|surgery|operation|therapy|injections?|prescri)/,
  ],
  [
    'causes',
    /\b(causes?|caused|why (do|does|did|am|are|is)|risk factors?|who gets|am i at risk|what makes|where does it come from|triggers?|catch (it|this))/,
  ],
  [
    'signs',
    /\b(signs?|symptoms?|how (do|can|would) (i|you|we) (know|tell)|what does (it|.*) (look|feel) like|feels? like|looks? like|tell if)/,
  ],
  [
    'self-care',
    /\b(what (can|should|do) (i|we|you) do|at home|home remed|self.?care|relie(f|ve)|ease|help with|look after|deal with|cope|manage|first aid|how (do|can|to|should) (i|you|we)?|should (i|you|we))/,
  ],
  [
    'what-it-is',
    /\b(what (is|are|s)|whats|define|definition|meaning of|explain|tell me about|info(rmation)? (on|about))\b/,
  ],
]

/** Points a section gets when the question's frame asks for it, against BM25 points of a few. */
const cueWeight = 4

export interface Picked {
  readonly passage: Passage
  /** The passage that fits best states amounts, and they are withheld. */
  readonly withheld: boolean
}

/**
 * The passage that answers this question, not the article's first paragraph. Whole passages only; those that state
 * amounts are left out when they must be withheld.
 */
export function createPassagePicker(article: Article) {
  const index = createBm25(
    article.passages.map((passage) => ({
      fields: [termsOf(passage.heading), termsOf(passage.short), termsOf(passage.rest)],
    })),
    [2, 1.4, 0.7],
  )
  const kinds = new Set(article.passages.filter(({ isQuestion }) => !isQuestion).map(({ kind }) => kind))
  const topic = new Set([article.title, ...article.synonyms].flatMap(termsOf))
  return (question: string, withholdQuantities: boolean): Picked | undefined => {
    const ranked = rank(question)
    const [best] = ranked
    const passage = ranked.find(({ quantities }) => !(withholdQuantities && quantities))
    return best && passage && { passage, withheld: best !== passage }
  }

  function rank(question: string): readonly Passage[] {
    const asked = question.toLowerCase().replace(/[’]/g, "'")
    // Words that only name the topic say nothing about which part of it is meant.
    const terms = termsOf(question).filter((term) => !topic.has(term))
    const scores = new Map(
      index.search(terms, article.passages.length).map(({ document, score }) => [document, score]),
    )
    // A section that the article lacks leaves its place to the next that the question's frame allows.
    const fits = cues
      .filter(([kind, pattern]) => kinds.has(kind) && pattern.test(asked))
      .map(([kind]) => kind)
    return article.passages
      .map((passage, number) => {
        const place = passage.isQuestion ? -1 : fits.indexOf(passage.kind)
        const score = (scores.get(number) ?? 0) + (place < 0 ? 0 : cueWeight * (1 - place * 0.25))
        return { passage, score: score > 0 ? score : passage.kind === 'what-it-is' ? 1e-6 : 0 }
      })
      .sort((x, y) => y.score - x.score)
      .map(({ passage }) => passage)
  }
}
