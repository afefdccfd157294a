import type { Lexicon } from './lexicon.ts'
import { numberWord, readNumber } from './numbers.ts'
import { readWord } from './read-word.ts'
import { type RawToken, type Token, tokenize } from './tokenize.ts'

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

/** Makes the normaliser for a lexicon. What it remembers is only ever a function of the word. */
export function createNormalize(lexicon: Lexicon): Normalize {
  const memory = new Map<string, { words: readonly string[]; strange: boolean }>()
  const read = (raw: string) => {
    let found = memory.get(raw)
    if (!found) {
      const words = readWord(raw, lexicon)
      const first = words[0] as string
      found = {
        words,
        strange: words.length === 1 && !lexicon.known.has(first) && !lexicon.sought.has(first),
      }
      if (memory.size >= memoryLimit) memory.clear()
      memory.set(raw, found)
    }
    return found
  }
  return (text) => {
    const raw = tokenize(text)
    const tokens: Token[] = []
    const questions = new Set<number>()
    let clause = 0
    let sentence = 0
    let strange = 0
    const joined = joinSpelled(raw.tokens, lexicon)
    for (let i = 0; i < joined.length && tokens.length < maxTokens; i += 1) {
      const token = joined[i] as RawToken
      if (token.brk === 'sentence') sentence += 1
      if (token.brk !== 'none' || clauseOpeners.has(token.text)) clause += 1
      else if (joiners.has(token.text) && subjects.has(joined[i + 1]?.text ?? '')) clause += 1
      if (token.number) {
        const value = readNumber(token.text)
        const { text: digits, start, end } = token
        tokens.push({ text: digits, start, end, clause, sentence, value, slash: token.slash })
        continue
      }
      const { words, strange: isStrange } = read(token.text)
      if (isStrange) strange += 1
      for (const word of words) {
        const value = numberWord(word)
        tokens.push(
          value === undefined
            ? { text: word, start: token.start, end: token.end, clause, sentence }
            : { text: word, start: token.start, end: token.end, clause, sentence, value },
        )
      }
    }
    if (raw.asked.size > 0) for (const at of raw.asked) questions.add(sentenceAt(raw.tokens, at))
    return { tokens, questions, strange, ended: raw.endsSentence }
  }
}

function sentenceAt(tokens: readonly RawToken[], at: number): number {
  let sentence = 0
  for (let i = 0; i <= at; i += 1) if (tokens[i]?.brk === 'sentence') sentence += 1
  return sentence
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
