import type { Lexicon } from './lexicon.ts'
import { numberWord, readNumber } from './numbers.ts'
import { readWord } from './read-word.ts'
import type { SymbolsOf } from './symbols.ts'
import { type RawText, type RawToken, type Token, tokenize } from './tokenize.ts'

/** A text as triage reads it: words in order, each knowing which characters of the original it came from. */
export interface NormalText {
  readonly tokens: readonly Token[]
  /** Sentences that end in a question mark. */
  readonly questions: ReadonlySet<number>
  /** Words that were neither everyday words nor sought ones. */
  readonly strange: number
  /** Whether the text ended with a full stop or its like. */
  readonly ended: boolean
}

export type Normalize = (text: string) => NormalText

/** Words after which a new clause begins: what a guard before them covers ends here. */
const clauseOpeners = new Set([
  'but',
  'however',
  'although',
  'though',
  'except',
  'because',
  'cause',
  'cuz',
  'cos',
  'coz',
  'bc',
  'while',
  'then',
  'yet',
  'anyway',
  'pero',
  'aunque',
  'porque',
  'sino',
  'entonces',
  'mientras',
])
const joiners = new Set(['and', 'so', 'when', 'plus', 'y', 'e', 'cuando'])
const subjects = new Set([
  'i',
  'im',
  'ive',
  'hes',
  'shes',
  'theyre',
  'its',
  'he',
  'she',
  'they',
  'we',
  'it',
  'my',
  'his',
  'her',
  'their',
  'there',
  'now',
  'the',
  'this',
  'that',
  'last',
  'today',
  'then',
  'me',
  'mi',
  'mis',
  'el',
  'ella',
  'su',
  'ahora',
  'la',
  'le',
  'se',
  'ya',
  'hoy',
  'anoche',
  'tengo',
])

/** Most words of one message that are read: later ones could only add to an alarm of thousands of words. */
export const maxTokens = 4_000

/** How many words are remembered between messages, so that common ones are read once. */
const memoryLimit = 30_000
/** Characters of a word that is remembered: longer ones do not come again. */
const longestRemembered = 40

/** What is known of a word as written. */
interface Reading {
  readonly words: readonly string[]
  readonly symbols: readonly (readonly number[])[]
  readonly values: readonly (number | undefined)[]
  readonly strange: boolean
  readonly opensClause: boolean
  readonly joins: boolean
  readonly isSubject: boolean
}

/**
 * Makes the normaliser for a lexicon; `symbolsOf` says which symbols a word has. What it remembers is only ever a
 * function of the word.
 */
export function createNormalize(lexicon: Lexicon, symbolsOf: SymbolsOf): Normalize {
  const memory = new Map<string, Reading>()
  const read = (raw: string): Reading => {
    const known = memory.get(raw)
    if (known) return known
    const words = readWord(raw, lexicon)
    const first = words[0] as string
    const found = {
      words,
      symbols: words.map(symbolsOf),
      values: words.map(numberWord),
      strange: words.length === 1 && !lexicon.known.has(first) && !lexicon.sought.has(first),
      opensClause: clauseOpeners.has(raw),
      joins: joiners.has(raw),
      isSubject: subjects.has(raw),
    }
    if (raw.length > longestRemembered) return found
    if (memory.size >= memoryLimit) memory.clear()
    memory.set(raw, found)
    return found
  }
  return (text) => {
    const raw = tokenize(text)
    const tokens: Token[] = []
    let clause = 0
    let sentence = 0
    let strange = 0
    const joined = joinSpelled(raw.tokens, lexicon)
    for (let i = 0; i < joined.length && tokens.length < maxTokens; i += 1) {
      const { text: written, start, end, brk, number, slash } = joined[i] as RawToken
      if (brk === 'sentence') sentence += 1
      if (number) {
        if (brk !== 'none') clause += 1
        const value = readNumber(written)
        tokens.push({
          text: written,
          start,
          end,
          clause,
          sentence,
          value,
          slash,
          symbols: symbolsOf(written),
        })
        continue
      }
      const { words, symbols, values, strange: isStrange, opensClause, joins } = read(written)
      if (brk !== 'none' || opensClause) clause += 1
      else if (joins && opensWithSubject(joined[i + 1])) clause += 1
      if (isStrange) strange += 1
      for (let k = 0; k < words.length; k += 1)
        tokens.push({
          text: words[k] as string,
          start,
          end,
          clause,
          sentence,
          value: values[k],
          slash: false,
          symbols: symbols[k] as readonly number[],
        })
    }
    return { tokens, questions: questionsOf(raw), strange, ended: raw.endsSentence }
  }

  function opensWithSubject(token: RawToken | undefined): boolean {
    return token !== undefined && !token.number && read(token.text).isSubject
  }
}

const noQuestions: ReadonlySet<number> = new Set()

/** The sentences of words that a question mark follows. */
function questionsOf({ tokens, asked }: RawText): ReadonlySet<number> {
  if (asked.length === 0) return noQuestions
  const questions = new Set<number>()
  let sentence = 0
  let next = 0
  for (let i = 0; i < tokens.length && next < asked.length; i += 1) {
    if (tokens[i]?.brk === 'sentence') sentence += 1
    for (; asked[next] === i; next += 1) questions.add(sentence)
  }
  return questions
}

/** The text again, as words with commas between clauses and stops between sentences. */
export function toText(normal: NormalText): string {
  let out = ''
  let before: Token | undefined
  for (const token of normal.tokens) {
    if (before) {
      if (token.sentence !== before.sentence) out += normal.questions.has(before.sentence) ? '? ' : '. '
      else if (token.clause !== before.clause) out += ', '
      else out += token.slash ? '/' : ' '
    }
    out += token.text
    before = token
  }
  if (before && normal.questions.has(before.sentence)) out += '?'
  return out
}

/** Joins letters written apart (k i l l, d-i-e) when they spell words that rules look for. */
function joinSpelled(tokens: readonly RawToken[], lexicon: Lexicon): readonly RawToken[] {
  let out: RawToken[] | undefined
  for (let i = 0; i < tokens.length; i += 1) {
    let end = i
    while (end < tokens.length && end - i < 60 && isSingle(tokens[end] as RawToken)) end += 1
    if (end - i >= 3) {
      const run = tokens.slice(i, end)
      const words = spell(run.map((token) => token.text).join(''), lexicon)
      if (words) {
        out ??= tokens.slice(0, i)
        let at = i
        for (const word of words) {
          const first = tokens[at] as RawToken
          const last = tokens[at + word.length - 1] as RawToken
          out.push({
            text: word,
            start: first.start,
            end: last.end,
            brk: first.brk,
            number: false,
            slash: false,
          })
          at += word.length
        }
        i = end - 1
        continue
      }
      for (let k = i; k < end - 1; k += 1) out?.push(tokens[k] as RawToken)
      i = end - 1
    }
    out?.push(tokens[i] as RawToken)
  }
  return out ?? tokens
}

function isSingle(token: RawToken): boolean {
  return token.text.length === 1 && !token.number && token.text >= 'a' && token.text <= 'z'
}

/** Cuts letters into sought words (with "i" and "a" between); undefined when they do not spell any. */
function spell(letters: string, lexicon: Lexicon): readonly string[] | undefined {
  const best: (readonly string[] | undefined)[] = [[]]
  for (let end = 1; end <= letters.length; end += 1) {
    for (let start = Math.max(0, end - 14); start < end; start += 1) {
      const before = best[start]
      if (!before) continue
      const word = letters.slice(start, end)
      const fits =
        word.length >= 2
          ? lexicon.sought.has(word) || lexicon.spellings.has(word)
          : word === 'i' || word === 'a'
      if (!fits) continue
      const current = best[end]
      if (!current || before.length + 1 < current.length) best[end] = [...before, word]
    }
  }
  const found = best[letters.length]
  return found?.some((word) => word.length >= 3) ? found : undefined
}
