import type { Article, Passage } from './article.ts'
import { type Asked, askedOf, likeness } from './asked-before.ts'
import { type Aspect, aspectsOf, sectionsFor, sharpAspects } from './aspects.ts'
import { createBm25 } from './bm25.ts'
import { termOf, termsOf, wordsOf } from './words.ts'

/** Weights of a passage's heading, short answer and rest. */
const fieldWeights = { heading: 2.5, short: 1.4, rest: 0.7 }
/** Points for an aspect, against points for words that reach 1 for the best passage; chosen on `test/cases/passages-en.jsonl`. */
const points = { words: 2, first: 0.9, step: 0.3, instead: 0.25, heading: 0.8 }
/** BM25 points of one word found in heading and text, for an idf of 1. */
const fullMatch = 4

/** Words that ask for a treatment: where an article has no such part, "both are treated alike" is none either. */
const asksTreatment = new Set(termsOf('treat treated treatment cure'))

/** How much of a question's heading must be in what was asked. */
const leastAlike = { yesNo: 0.5, other: 0.2 }
/** From here on a question is the heading's own, in other words; and what that is worth at most. */
const sameQuestion = { least: 0.6, points: 2.5 }
/** A half of the title that more than this share of the passages speaks of names them all. */
const mostlySpoken = 0.75
/** A name that at most this share of the passages speaks of is about these. */
const fewSpoken = 0.25
/** Share of the question's words, weighed, that makes a section speak to it. */
const leastClose = 0.3

export interface Picked {
  readonly passage: Passage
  /** The passage that fits best states amounts, and they are withheld. */
  readonly withheld: boolean
  /** It shares enough words with the question, or was asked in such words, to speak to what was asked. */
  readonly close: boolean
  /** Its heading asks this very question. */
  readonly asked: boolean
}

interface Candidate {
  readonly passage: Passage
  /** What it tells: its section, or for a question what the question asks. */
  readonly aspects: ReadonlySet<Aspect>
  /** Words of its heading that are its own. */
  readonly heading: ReadonlySet<string>
  /** The question that its heading asks. */
  readonly asks?: Asked
}

/**
 * The passage that answers this question, not the article's first paragraph: by what is asked about the topic and by
 * the words. Whole passages only; those that state amounts are left out when they must be withheld.
 */
export function createPassagePicker(article: Article) {
  const topic = topicTerms(article)
  const headingOf = ({ heading, id }: Passage) => [...termsOf(heading), ...idTerms(id)]
  const index = createBm25(
    article.passages.map((passage) => ({
      fields: [headingOf(passage), termsOf(passage.short), termsOf(passage.rest)],
    })),
    Object.values(fieldWeights),
  )
  const candidates = article.passages.map(
    (passage): Candidate => ({
      passage,
      aspects: new Set(
        passage.isQuestion
          ? aspectsOf(passage.heading).filter((aspect) => sharpAspects.has(aspect))
          : [passage.kind],
      ),
      heading: new Set(passage.isQuestion ? headingOf(passage).filter((term) => !topic.has(term)) : []),
      ...(passage.isQuestion ? { asks: askedOf(passage.heading, topic) } : {}),
    }),
  )
  const has = new Set(candidates.flatMap(({ aspects }) => [...aspects]))
  const pointless = has.has('treatment') ? new Set<string>() : asksTreatment

  return (question: string, withholdQuantities: boolean): Picked | undefined => {
    const ranked = rank(question)
    const [best] = ranked
    const found = ranked.find(({ passage }) => !(withholdQuantities && passage.quantities))
    return (
      best &&
      found && { passage: found.passage, withheld: best !== found, close: found.close, asked: found.asked }
    )
  }

  function rank(
    question: string,
  ): readonly (Pick<Picked, 'passage' | 'close' | 'asked'> & { readonly score: number })[] {
    // Words that only name the topic say nothing about which part of it is meant.
    const terms = termsOf(question).filter((term) => !topic.has(term) && !pointless.has(term))
    const hits = new Map(
      index.search(terms, article.passages.length).map(({ document, score }) => [document, score]),
    )
    // What a passage would score that had every word of the question.
    const most = terms.reduce((sum, term) => sum + index.idf(term) ** 2 * fullMatch, 0) || 1
    const forAspects = aspectPoints(question)
    const asked = new Set(terms)
    const whole = askedOf(question, topic)
    return candidates
      .map(({ passage, aspects, heading, asks }, number) => {
        const words = (hits.get(number) ?? 0) / most
        const aspect = Math.max(0, ...[...aspects].map((each) => forAspects.get(each) ?? 0))
        // A question that somebody else asked in nearly these words.
        const shared = [...heading].filter((term) => asked.has(term)).length
        const alike = heading.size === 0 ? 0 : shared / heading.size
        const fits = aspect > 0
        const same = asks
          ? Math.max(0, likeness(whole, asks) - sameQuestion.least) / (1 - sameQuestion.least)
          : 0
        // "Yes" to another question is a wrong answer to this one.
        if (
          passage.isQuestion &&
          !fits &&
          same === 0 &&
          alike < (saysYesOrNo(passage) ? leastAlike.yesNo : leastAlike.other)
        )
          return { passage, score: 0, close: false, asked: false }
        const score = points.words * words + aspect + points.heading * alike + sameQuestion.points * same
        const close =
          words >= leastClose || alike >= leastAlike.yesNo || (passage.isQuestion && fits) || same > 0
        return {
          passage,
          score: score > 0 ? score : passage.kind === 'what-it-is' ? 1e-6 : 0,
          close,
          asked: same > 0,
        }
      })
      .sort((x, y) => y.score - x.score)
  }

  function aspectPoints(question: string): ReadonlyMap<Aspect, number> {
    const earned = new Map<Aspect, number>()
    // A word of the topic's own name asks for no part of it: "medicine" where medicines are the topic.
    const beside = question
      .split(/\s+/)
      .filter((word) => !wordsOf(word).every((one) => topic.has(termOf(one))))
      .join(' ')
    aspectsOf(beside).forEach((aspect, place) => {
      const own = Math.max(0, points.first - place * points.step)
      sectionsFor(aspect, has).forEach((section, step) => {
        const value = section === aspect ? own : own - points.instead * (step + 1)
        earned.set(section, Math.max(earned.get(section) ?? 0, value))
      })
    })
    return earned
  }
}

/**
 * Terms that name the whole article: of its title, its one-word names, and words that several of its names share. Not
 * those that tell its parts apart: the halves of "Hypothermia and frostbite", a name that few passages speak of.
 */
function topicTerms({ title, id, synonyms, passages }: Article): ReadonlySet<string> {
  const names = synonyms.map((name) => [...new Set(wordsOf(name).map(termOf))])
  const single = names.filter(({ length }) => length === 1).flat()
  const shared = names.flat().filter((term) => names.filter((name) => name.includes(term)).length >= 3)
  const halves = title.split(/ and |, /)
  const whole = halves.length > 1 ? [] : [...termsOf(title), ...termsOf(id)]
  const texts = passages.map(({ heading, short, rest }) => new Set(termsOf(`${heading} ${short} ${rest}`)))
  const spoken = (term: string) => texts.filter((text) => text.has(term)).length / (texts.length || 1)
  const ofHalves = halves.flatMap(termsOf).filter((term) => spoken(term) > mostlySpoken)
  const named = [...single, ...shared].filter((term) => {
    const share = spoken(term)
    return share === 0 || share > fewSpoken
  })
  return new Set([...whole, ...ofHalves, ...named])
}

function saysYesOrNo({ short }: Passage): boolean {
  return /^(yes|no|never|please do not|not always|it can)\b/i.test(short)
}

/** Editors' ids say in a word what a question is about: `q-white-coat`. */
function idTerms(id: string): readonly string[] {
  return wordsOf(id.split('#')[1] ?? '')
    .filter((word) => word.length > 1)
    .flatMap(termsOf)
}
