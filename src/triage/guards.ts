import type { Match, Matcher } from './match.ts'
import type { NormalText } from './normalize.ts'
import type { Program } from './program.ts'
import type { Quantity } from './quantities.ts'
import type { GuardName, JudgedRule } from './ruleset.ts'
import type { Token } from './tokenize.ts'

/** Says whether a guard keeps a rule quiet about words it matched, and whose matter the words are. */
export interface Guards {
  /** The guard that covers the match for this rule, if any does. */
  covering(match: Match, rule: JudgedRule, scenery: boolean): GuardName | undefined
  about(match: Match): 'self' | 'other'
}

/** Days that the word groups of past times stand for. */
const pastGroups = [
  ['guard.past-day', 1],
  ['guard.past-week', 7],
  ['guard.past-month', 30],
  ['guard.past-far', 1000],
] as const

const clausesReached = 10
/** Words that may stand before a question: "hey salus,", "quick question". */
const greetingWords = 4
const telling =
  /^(text|txt|texted|texts|told|tell|tells|sent|sends|messaged|dmed|called|calls|wrote|emailed)$/
const firstPerson = new Set([
  'i',
  'me',
  'my',
  'myself',
  'mine',
  'we',
  'us',
  'our',
  'yo',
  'mi',
  'mis',
  'conmigo',
])

/** Finds which groups of the program the guards use; a group that no file fills never matches. */
export function createGuards(program: Program, matcher: Matcher) {
  const id = (name: string) => program.groupNames.indexOf(name)
  const ids = {
    negator: id('guard.negator'),
    negatorVoid: id('guard.negator-void'),
    filler: id('guard.filler'),
    past: pastGroups.map(([name, days]) => [id(name), days] as const),
    present: id('guard.present'),
    question: id('guard.question'),
    person: id('guard.person'),
    genericPerson: id('guard.generic-person'),
    idiom: id('guard.idiom'),
    media: id('guard.media'),
    game: id('guard.game'),
    real: id('guard.real'),
    other: id('guard.other'),
  }
  return (normal: NormalText, quantities: readonly Quantity[]): Guards => {
    const { tokens } = normal
    // Most messages match no rule at all: cues of guards are looked for only when one did.
    const found = once(matcher.find)
    const matches = { of: (group: number): readonly Match[] => found().of(group) }
    const clauseOf = (place: number) => (tokens[place] as Token).clause
    const sentenceOf = (place: number) => (tokens[place] as Token).sentence
    const negatorEnds = once(() => {
      const voided = new Set(matches.of(ids.negatorVoid).map((match) => match.start))
      return new Set(
        matches
          .of(ids.negator)
          .filter((match) => !voided.has(match.start))
          .map((match) => match.end),
      )
    })
    const opensSentence = (place: number) => {
      for (let back = place - 1; back >= place - greetingWords; back -= 1)
        if (back < 0 || sentenceOf(back) !== sentenceOf(place)) return true
      return false
    }
    const fillers = once(() => placesOf(matches.of(ids.filler)))
    const pasts = once(() => [
      ...ids.past.flatMap(([group, days]) => matches.of(group).map((match) => ({ ...match, days }))),
      ...quantities
        .filter((quantity) => quantity.kind === 'ago')
        .map((each) => ({ ...each, days: each.value })),
    ])
    const presentClauses = once(() => new Set(matches.of(ids.present).map((match) => clauseOf(match.start))))
    const generalQuestions = once(() => {
      const generic = placesOf(matches.of(ids.genericPerson))
      const personal = new Set(
        matches
          .of(ids.person)
          .filter((match) => !generic.has(match.start))
          .map((match) => sentenceOf(match.start)),
      )
      const asked = matches
        .of(ids.question)
        .filter((match) => normal.questions.has(sentenceOf(match.start)) || opensSentence(match.start))
        .map((match) => sentenceOf(match.start))
      return new Set(asked.filter((sentence) => !personal.has(sentence)))
    })
    const mediaSentences = once(() => {
      const real = new Set(matches.of(ids.real).map((match) => sentenceOf(match.start)))
      return new Set(
        matches
          .of(ids.media)
          .map((match) => sentenceOf(match.start))
          .filter((sentence) => !real.has(sentence)),
      )
    })
    const gameClauses = once(() => new Set(matches.of(ids.game).map((match) => clauseOf(match.start))))
    const others = once(() => matches.of(ids.other))

    const negated = (match: Match): boolean => {
      let place = match.start - 1
      let inList = false
      for (let back = 0; back < clausesReached && place >= 0; back += 1, place -= 1) {
        const token = tokens[place] as Token
        if (token.sentence !== sentenceOf(match.start)) return false
        if (token.clause !== clauseOf(match.start) && !inList) return false
        if (negatorEnds().has(place + 1)) return true
        if (token.text === 'or' || token.text === 'nor' || token.text === 'ni' || token.text === 'o')
          inList = true
        else if (!inList && !fillers().has(place)) return false
        else if (inList && firstPerson.has(token.text)) return false
      }
      return false
    }
    const isPast = (match: Match, rule: JudgedRule): boolean => {
      if (pasts().length === 0 || rule.past.days === Number.POSITIVE_INFINITY) return false
      const clause = clauseOf(match.start)
      if (presentClauses().has(clause)) return false
      return pasts().some((cue) => {
        if (cue.days <= rule.past.days || sentenceOf(cue.start) !== sentenceOf(match.start)) return false
        const cueClause = clauseOf(cue.start)
        if (cueClause === clause || cueClause === clauseOf(match.end - 1)) return true
        // "Last year, I had …": a clause that is little more than the time itself.
        const alone = (place: number) => place < 0 || place >= tokens.length || clauseOf(place) !== cueClause
        return Math.abs(cueClause - clause) === 1 && alone(cue.start - 2) && alone(cue.end + 1)
      })
    }
    const inMedia = (match: Match): boolean => {
      if (matches.of(ids.media).length === 0 && matches.of(ids.game).length === 0) return false
      const clause = clauseOf(match.start)
      if (gameClauses().has(clause)) return true
      if (!mediaSentences().has(sentenceOf(match.start))) return false
      for (let place = match.start; place >= 0 && clauseOf(place) === clause; place -= 1)
        if (firstPerson.has((tokens[place] as Token).text)) return false
      for (let place = match.start; place < match.end; place += 1)
        if (firstPerson.has((tokens[place] as Token).text)) return false
      return true
    }
    const idiomatic = (match: Match): boolean =>
      matches
        .of(ids.idiom)
        .some(
          (idiom) =>
            idiom.start < match.end &&
            match.start < idiom.end &&
            clauseOf(idiom.start) === clauseOf(idiom.end - 1),
        )

    return {
      covering(match, rule, scenery) {
        const deaf = rule.deaf
        if (!deaf.includes('idiom') && idiomatic(match)) return 'idiom'
        if (!deaf.includes('negation') && negated(match)) return 'negation'
        if (!scenery && !deaf.includes('past') && isPast(match, rule)) return 'past'
        if (!deaf.includes('media') && inMedia(match)) return 'media'
        if (!deaf.includes('question') && generalQuestions().has(sentenceOf(match.start))) return 'question'
        return undefined
      },
      about(match) {
        for (let place = match.end - 1; place >= match.start; place -= 1)
          if (firstPerson.has((tokens[place] as Token).text) && !startsOther(place) && !isTold(place))
            return 'self'
        for (
          let place = match.start;
          place >= 0 && sentenceOf(place) === sentenceOf(match.start);
          place -= 1
        ) {
          if (startsOther(place)) return 'other'
          if (firstPerson.has((tokens[place] as Token).text) && !isTold(place)) return 'self'
        }
        return others().some((other) => other.start <= match.start) &&
          !tokens.some((token) => token.text === 'i')
          ? 'other'
          : 'self'
      },
    }

    /** "My friend texted me …": who is written to is not who it is about. */
    function isTold(place: number): boolean {
      return (
        (tokens[place] as Token).text === 'me' && place > 0 && telling.test((tokens[place - 1] as Token).text)
      )
    }

    function startsOther(place: number): boolean {
      return others().some((other) => other.start <= place && place < other.end)
    }
  }
}

function placesOf(matches: readonly Match[]): ReadonlySet<number> {
  const places = new Set<number>()
  for (const match of matches) for (let place = match.start; place < match.end; place += 1) places.add(place)
  return places
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
