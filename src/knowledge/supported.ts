import { alike } from './support/alike.ts'
import { figuresOf } from './support/figures.ts'
import { plainTokens } from './support/lex.ts'
import { comparesOther, exchanged, joinsChoice, misbound, mixed } from './support/order.ts'
import { retained } from './support/retained.ts'
import { type Read, read, startsAdvice, type Token } from './support/tokens.ts'
import { type Placed, unitsOf, type Window, windowsOf } from './support/units.ts'
import type { Condition } from './support/word-lists.ts'

/** A text that may support sentences, and what it is about ("Snake bite"): "it" in the text. */
export interface Source {
  readonly text: string
  readonly topic: string
}

/** Longer sentences say more than one can be checked for. */
const mostWords = 45
/** Links, mentions, markup, code; and the first person, which no article speaks in. */
const foreign =
  /https?:|www\.|\b[\w-]+\.(?:com|org|net|info|io|co|gov|edu)\b|[<>[\]*_`#@|\\~^$=]|(?:^|[\s"“])(?:I|I'm|I’m|my|we|our)\b/u
const placeholder = /\{[a-z_]+\}/g

/**
 * Which of the sources supports a sentence; undefined for none. Deterministic, without a network. Every word that
 * carries meaning, or its lay synonym, must come from one sentence of the source or two neighbours, with the same
 * figures, negation, certainty, people and conditions. It rather drops a true sentence than keep a false one.
 */
export function supportedBy(sentence: string, sources: readonly Source[]): number | undefined {
  const bare = sentence.replace(placeholder, 'x')
  if (foreign.test(bare) || /[{}]/.test(bare) || /[?\n]/.test(sentence.trim())) return undefined
  const said = read(sentence)
  if (said.words.length > mostWords) return undefined
  const verbatim = said.words.join(' ')
  const whole = sources.findIndex(({ text }) =>
    unitsOf(text).some((unit) => plainTokens(unit.text).join(' ') === verbatim),
  )
  if (whole !== -1) return whole
  if (said.tokens.length + figuresOf(said.words).length < 2) return undefined
  const parts = adviceParts(sentence)
  if (parts) return partsSupported(parts, sources)
  const found = sources.findIndex(({ text, topic }) =>
    windowsOf(unitsOf(text)).some((window) => {
      const named = topicOf(topic)
      const plain = window.map((one) => read(one.text))
      const resolved = window.map((one) => read(withTopic(one, named)))
      const looked = window.map((one) => read(withSubject(one)))
      return [plain, resolved, looked].some((texts) => supports(window, texts, said, named))
    }),
  )
  return found === -1 ? undefined : found
}

const subjectOf =
  /^(?!(?:in|on|at|with|for|if|when|after|before|without|to|by|from|as|once|this|not)\b)(.{3,40}?) (?:is|are|was|can|may|might|will|do|does|has|have|means?|comes?|goes|eases?|often|mostly|spreads?|happens?|feels?|helps?|starts?|lasts?|raises?|hurts?|needs?)\b/i
const adjunct = /^(?:with|of|from|in|after|for|your)$/
/** May be added without a change: "you may feel numb", "you may be numb". */
const light = new Set(['feel', 'kind', 'case', 'again', 'given', 'took'])

/** "Start small and ask about it": two pieces of advice, each of which must be supported by the same source. */
function adviceParts(sentence: string): readonly string[] | undefined {
  const parts = sentence.split(/,? and (?:then )?(?=[a-z])/)
  const tells = (part: string) => startsAdvice(part) && read(part).tokens.length > 1
  return parts.length > 1 && parts.every(tells) ? parts : undefined
}

function partsSupported(parts: readonly string[], sources: readonly Source[]): number | undefined {
  const found = sources.findIndex((source) =>
    parts.every((part) => supportedBy(part, [source]) !== undefined),
  )
  return found === -1 ? undefined : found
}

interface Topic {
  readonly title: string
  readonly terms: readonly string[]
}

function topicOf(title: string): Topic {
  const bare = title.replace(/\([^)]*\)/g, '').trim()
  return { title: bare, terms: read(bare).tokens.map(({ term }) => term) }
}

/** A sentence with the topic's name for "it", where the sentence that "it" looks back to speaks of the topic. */
function withTopic({ text, antecedent }: Placed, { title, terms }: Topic): string {
  if (terms.length === 0) return text
  const about = antecedent === undefined || read(antecedent).tokens.some(({ term }) => terms.includes(term))
  // "A blood test can show it": what is shown, caught or treated is the topic.
  if (!about)
    return text.replace(/\b(gets?|shows?|catch|treats?|have|prevents?|causes?|find) it\b/gi, `$1 ${title}`)
  return text
    .replace(/\b(?:it|they|them)\b/gi, title)
    .replace(/^(?:this|these)\b(?= (?:is|are|can|may))/i, title)
}

/** A sentence with what the one before speaks of for "it": "Morphine eases pain. It does not …" */
function withSubject({ text, antecedent }: Placed): string {
  const [, subject] = subjectOf.exec(antecedent ?? '') ?? []
  return subject ? text.replace(/\b(?:it|they|them)\b/gi, subject) : text
}

function supports(window: Window, texts: readonly Read[], said: Read, topic: Topic): boolean {
  const all = texts.flatMap(({ tokens }) => tokens)
  const isItems = window.some(({ isItem }) => isItem)
  // "With dengue, rest": an advice or an item of a list stands under its topic.
  const under = ({ at }: Token) => {
    const [first = '', second = ''] = [said.words[at - 1], said.words[at - 2]]
    return (
      adjunct.test(first) ||
      (adjunct.test(second) && (/^(?:a|an|the|your)$/.test(first) || topic.terms.includes(first)))
    )
  }
  const inTopic = ({ term }: Token) => topic.terms.some((one) => alike(one, term))
  const isTopic = (token: Token) =>
    (under(token) &&
      inTopic(token) &&
      all.every((one) => one.denied === token.denied || !alike(one.term, token.term))) ||
    ((light.has(token.term) || (isItems && (token.term === 'sign' || inTopic(token)))) &&
      !all.some((one) => alike(one.term, token.term)))
  const placesOf = (token: Token, texts: readonly Read[]) =>
    texts.flatMap((text) => text.tokens.filter((one) => stands(token, one)))
  if (said.tokens.some((token) => placesOf(token, texts).length === 0 && !isTopic(token))) return false
  // A clause is drawn from one sentence; what "it" stands for may come from the one before.
  const own = clausesOf(said).every((clause) =>
    texts.some((text, at) => {
      const reach = [...around(window, at).flatMap((place) => texts[place] ?? []), text]
      const rest = clause.filter((token) => !isTopic(token) || placesOf(token, reach).length > 0)
      if (rest.some((token) => placesOf(token, reach).length === 0) || mixed(rest, text)) return false
      return window[at]?.isItem || borrowsSubject(rest, text)
    }),
  )
  if (!own) return false
  const figures = figuresOf(said.words)
  const there = texts.flatMap(({ words }) => figuresOf(words))
  if (figures.some(({ key }) => !there.some((one) => one.key === key))) return false
  const drawn = texts
    .map((text) => ({ said, from: text, used: usedOf(said, text) }))
    .filter(({ used }, at) => used.length > (window[at + 1]?.leans ? 1 : 0))
  const from = drawn.map((one) => one.from)
  if (!hedgesFit(said, from)) return false
  if (said.denials.length > from.reduce((sum, { denials }) => sum + denials.length, 0)) return false
  if (said.advises && !from.some(({ advises }) => advises)) return false
  return drawn.every(
    (one) =>
      retained(one) &&
      !exchanged(said, one.from) &&
      !comparesOther(said, one.from) &&
      !joinsChoice(said, one.from) &&
      !misbound({ read: said, figures }, { read: one.from, figures: figuresOf(one.from.words) }),
  )
}

/** What "it" stands for is named first, in a word or two; the rest is the sentence's own. */
function borrowsSubject(clause: readonly Token[], text: Read): boolean {
  const isOwn = (token: Token) => text.tokens.some((one) => stands(token, one))
  const own = clause.findIndex(isOwn)
  const borrowed = clause.filter((token) => !isOwn(token))
  return borrowed.length <= 2 && (borrowed.length === 0 || (own >= 0 && clause.slice(own).every(isOwn)))
}

/** Which other sentences may name what one speaks of: a list's introduction, or what "It" looks back to. */
function around(window: Window, at: number): readonly number[] {
  if (window[at]?.isItem)
    return window.flatMap(({ isIntro, isItem }, place) =>
      isIntro || (isItem && isList(window)) ? [place] : [],
    )
  return window[at]?.leans && at > 0 ? [at - 1] : []
}

function isList(window: Window): boolean {
  return window.filter(({ isItem }) => isItem).length > 2
}

/** For each token of the sentence the one it was drawn from: of several, that in the clause that has most of them. */
function usedOf(said: Read, { tokens }: Read): readonly Token[] {
  const matches = tokens.filter((one) => said.tokens.some((token) => stands(token, one)))
  const weight = new Map<number, number>()
  for (const { clause } of matches) weight.set(clause, (weight.get(clause) ?? 0) + 1)
  return said.tokens.flatMap((token) => {
    const [first] = matches
      .filter((one) => stands(token, one))
      .sort((x, y) => (weight.get(y.clause) ?? 0) - (weight.get(x.clause) ?? 0))
    return first ? [first] : []
  })
}

function stands(token: Token, other: Token): boolean {
  return (
    token.denied === other.denied &&
    sameCondition(token.condition, other.condition) &&
    alike(token.term, other.term)
  )
}

function sameCondition(x: Condition | undefined, y: Condition | undefined): boolean {
  if (x === y) return true
  if (x === 'without' || y === 'without') return x === 'if' || y === 'if'
  const soft = (one: Condition | undefined) => one === undefined || one === 'when'
  const iffy = (one: Condition | undefined) => one === 'if' || one === 'when'
  return (soft(x) && soft(y)) || (iffy(x) && iffy(y))
}

/** Nothing is said more surely, or with less duty, than it is written. */
function hedgesFit(said: Read, from: readonly Read[]): boolean {
  const there = new Set(from.flatMap(({ hedges }) => hedges.map(({ hedge }) => hedge)))
  const advised = from.some(({ advises }) => advises)
  const most = (read: Read) => read.words.some((word) => /^(?:most|majority)$/.test(word))
  if (
    most(said) &&
    !from.some((text) =>
      text.words.some((word) =>
        /^(?:most|majority|usually|mostly|mainly|generally|normally|typically|tend|tends|likely)$/.test(word),
      ),
    )
  )
    return false
  return said.hedges.every(({ hedge }) => {
    if (hedge === 'must') return advised
    if (hedge === 'may') return there.has('may') || there.has('often')
    return there.has(hedge)
  })
}

/** Parts that may come from different sentences: between "and", "but", "so"; what a comma sets off belongs to its part. */
function clausesOf({ tokens, words }: Read): readonly (readonly Token[])[] {
  const parts = new Map<number, Token[]>()
  for (const token of tokens) {
    const part = words
      .slice(0, token.at)
      .filter((word) => /^(?:and|but|so|because|while|whereas|although|though|;|:|—)$/.test(word)).length
    parts.set(part, [...(parts.get(part) ?? []), token])
  }
  return [...parts.values()]
}
