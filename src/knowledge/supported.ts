import { alike } from './support/alike.ts'
import { figuresOf } from './support/figures.ts'
import { exchanged, joinsChoice, misbound, mixed } from './support/order.ts'
import { retained } from './support/retained.ts'
import { type Condition, type Read, read, type Token } from './support/tokens.ts'
import { unitsOf, type Window, windowsOf } from './support/units.ts'

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
  if (said.tokens.length < 2 || said.words.length > mostWords) return undefined
  const found = sources.findIndex(({ text, topic }) => {
    const topics = read(topic).tokens.map(({ term }) => term)
    return windowsOf(unitsOf(text)).some((window) => supports(window, said, topics))
  })
  return found === -1 ? undefined : found
}

function supports(window: Window, said: Read, topics: readonly string[]): boolean {
  const texts = window.sentences.map(read)
  const isTopic = ({ term, denied, condition }: Token) =>
    window.open && !denied && !condition && topics.some((one) => alike(one, term))
  const placesOf = (token: Token, texts: readonly Read[]) =>
    texts.flatMap((text) => text.tokens.filter((one) => stands(token, one)))
  if (said.tokens.some((token) => placesOf(token, texts).length === 0 && !isTopic(token))) return false
  const clauses = clausesOf(said)
  // A clause is drawn from one sentence; what "it" stands for may come from the one before.
  const from = texts.filter((text) =>
    text.tokens.some((one) => said.tokens.some((token) => stands(token, one))),
  )
  const own = clauses.every((clause) =>
    texts.some((text, at) => {
      const reach = window.open && at > 0 ? texts.slice(0, at + 1) : [text]
      const rest = clause.filter((token) => !isTopic(token) || placesOf(token, [text]).length > 0)
      return rest.every((token) => placesOf(token, reach).length > 0) && !mixed(rest, text)
    }),
  )
  if (!own) return false
  const figures = figuresOf(said.words)
  const there = texts.map(({ words }) => figuresOf(words))
  if (figures.some(({ key }) => !there.flat().some((one) => one.key === key))) return false
  if (!hedgesFit(said, from)) return false
  if (said.advises && !from.some(({ advises }) => advises)) return false
  return from.every((text) => {
    const used = text.tokens.filter((one) => said.tokens.some((token) => stands(token, one)))
    return (
      retained({ said, from: text, used }) &&
      !exchanged(said, text) &&
      !joinsChoice(said, text) &&
      !misbound({ read: said, figures }, { read: text, figures: figuresOf(text.words) })
    )
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

function clausesOf(said: Read): readonly (readonly Token[])[] {
  return [...new Set(said.tokens.map(({ clause }) => clause))].map((one) =>
    said.tokens.filter(({ clause }) => clause === one),
  )
}
