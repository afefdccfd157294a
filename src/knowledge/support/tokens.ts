import { termOf } from '../words.ts'
import { isUnit } from './figures.ts'
import { lexed } from './lex.ts'
import {
  type Condition,
  clauseEnds,
  clauseWords,
  conditions,
  empty,
  type Hedge,
  hedgeWords,
  imperatives,
  negators,
  turned,
} from './word-lists.ts'

export interface Token {
  readonly term: string
  readonly at: number
  /** Which clause of its sentence: parts between commas, "and", "but", "if". */
  readonly clause: number
  readonly denied: boolean
  /** Inside "if …", "unless …", "until …". */
  readonly condition?: Condition
}

export interface Read {
  readonly words: readonly string[]
  /** What carries meaning, in order. */
  readonly tokens: readonly Token[]
  readonly hedges: readonly { readonly hedge: Hedge; readonly clause: number }[]
  /** Clauses of its "not", "no", "without", "un-", one for each. */
  readonly denials: readonly number[]
  /** It tells somebody what to do. */
  readonly advises: boolean
}

/** Reads one sentence. Pure; a few microseconds. */
export function read(text: string): Read {
  const found = lexed(text)
  const said = found.map(({ word }) => word)
  const raw = found.map(({ raw }) => raw)
  const tokens: Token[] = []
  const hedges: { hedge: Hedge; clause: number }[] = []
  const denials: number[] = []
  let clause = 0
  let denied = false
  let condition: Condition | undefined
  /** Words of meaning since a condition began. */
  let inside = 0
  let denyOne = -1
  /** A condition opened the sentence: it goes to the last comma. */
  let fronted = false
  let advises = false
  let opens = true
  said.forEach((word, at) => {
    const next = said[at + 1] ?? ''
    if (clauseEnds.has(word) || clauseWords.has(word)) {
      clause++
      // "do not push, pull or lift": a list goes on under its "not"; another clause does not.
      if (word !== ',' || begins(next)) denied = false
      opens = true
      const soft = condition !== 'if' && condition !== 'unless'
      const runsOn = word === ',' && !fronted && !soft && imperatives.has(next)
      if (runsOn) denied = false
      else if (begins(next) || !/^(?:,|and|\()$/.test(word)) condition = undefined
      else if (word === 'and' && soft && /^(?:can|may|is|are|will|often)$/.test(next)) condition = undefined
      else if (fronted && word === ',' && !said.includes(',', at + 1)) condition = undefined
    }
    const narrows = condition !== undefined && condition !== 'if' && condition !== 'unless'
    if (narrows && inside > 0 && /^(?:you|it|they|there|we|what|how|whether|which)$/.test(word)) {
      condition = undefined
      denied = false
      clause++
    }
    const opened: Condition | undefined = word === 'if' && said[at - 1] === 'even' ? 'when' : conditions[word]
    if (opened) {
      condition = opened
      inside = 0
      denied = opened === 'without'
      fronted = tokens.length === 0
      if (opened === 'without') denials.push(clause)
      clause++
      opens = false
    }
    for (const hedge of hedgeWords[word] ?? [])
      if (word !== 'few' || said[at - 1] !== 'a') hedges.push({ hedge, clause })
    if ((word === 'need' || word === 'have') && next === 'to') {
      if (!denied) hedges.push({ hedge: 'must', clause })
      // "You do not have to" is no "do not".
      else if (word === 'have') tokens.push({ term: 'need', at, clause, denied })
    }
    if (opens && !clauseEnds.has(word) && !clauseWords.has(word)) {
      const does =
        (imperatives.has(raw[at] ?? '') &&
          !/^(?:is|are|was|can|may|might|means|often|of|in|has|with|helps?|causes?|trains?|makes?|on|,)$/.test(
            raw[at + 1] ?? '',
          )) ||
        (word === 'do' && next === 'not')
      if (does && condition === undefined) advises = true
      if (!/^(?:also|first|always|never|please|not|do|instead|just)$/.test(word)) opens = false
    }
    if (countsAt(said, at)) return
    // "Not smoking helps": it denies that one word.
    if (word === 'not' && (raw[at + 1] ?? '').endsWith('ing') && opensSentence(said, at)) denyOne = at + 1
    if (negators.has(word) && !/^(?:only|just)$/.test(next) && !(word === 'free' && said[at - 1] !== 'of')) {
      denied = !denied
      denials.push(clause)
      return
    }
    if (word === 'not') {
      tokens.push({ term: 'not_only', at, clause, denied: false })
      return
    }
    if (word === 'as' && begins(next)) {
      clause++
      denied = false
      return
    }
    if (opened) return
    if (empty.has(word) || clauseEnds.has(word) || word === '?' || word === '!') return
    if (clauseWords.has(word) || opened) return
    inside++
    const signed = turned.get(word)
    if (signed) denials.push(clause)
    const term = signed ?? (word.includes('_') || word.startsWith('{') ? word : termOf(word))
    tokens.push({
      term,
      at,
      clause,
      denied: signed ? !denied : denied,
      ...(condition ? { condition } : {}),
    })
    if (denyOne === at) denied = false
  })
  return {
    words: said,
    tokens,
    hedges,
    denials,
    advises: advises || hedges.some(({ hedge }) => hedge === 'must'),
  }
}

function opensSentence(said: readonly string[], at: number): boolean {
  return at === 0 || clauseEnds.has(said[at - 1] ?? '')
}

/** Whether a text opens by telling what to do: "ask", "do not ask". */
export function startsAdvice(text: string): boolean {
  const [first = '', second = ''] = lexed(text).map(({ raw }) => raw)
  return imperatives.has(first) || first === 'never' || `${first} ${second}` === 'do not'
}

/** What follows a comma and is a clause of its own. */
function begins(word: string): boolean {
  return (
    /^(?:you|it|they|this|that|we|the|but|so|then|if|even|a|an|many|most|some|your|do|not|never)$/.test(
      word,
    ) || imperatives.has(word)
  )
}

const bounds =
  /^(?:over|above|more|less|fewer|under|below|than|at|least|up|to|within|every|each|after|before|longer|older|younger|higher|lower|greater|maximum|minimum|per|ago|later|past|since|beyond|between)$/

/** A number, its unit and what bounds it: figures are compared as a whole. */
function countsAt(said: readonly string[], at: number): boolean {
  const word = said[at] ?? ''
  const isNumber = (index: number) => /^\d/.test(said[index] ?? '')
  if (isNumber(at)) return true
  if (isUnit(word) && (isNumber(at - 1) || /^(?:a|an|per|each|every|1)$/.test(said[at - 1] ?? '')))
    return true
  if (!bounds.test(word)) return false
  const ahead = [1, 2, 3].some(
    (step) =>
      isNumber(at + step) && said.slice(at + 1, at + step).every((one) => bounds.test(one) || empty.has(one)),
  )
  return (
    ahead ||
    [1, 2, 3].some(
      (step) =>
        isNumber(at - step) &&
        said.slice(at - step + 1, at).every((one) => isUnit(one) || /^(?:or|and|years?|old)$/.test(one)),
    )
  )
}
