import { endOf, fold, startOf } from './fold.ts'

/** One word or number of the normalised text. Offsets `[start, end)` point into the original text. */
export interface Token {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly clause: number
  readonly sentence: number
  /** Set for numbers and number words. */
  readonly value: number | undefined
  /** A slash stands before this number: 120/80. */
  readonly slash: boolean
  /** What rules call this word: see symbols.ts. */
  readonly symbols: readonly number[]
}

export interface RawToken {
  readonly text: string
  readonly start: number
  readonly end: number
  /** What stood between the word before and this one: a space, a comma-like break, or a full stop. */
  readonly brk: 'none' | 'clause' | 'sentence'
  readonly number: boolean
  readonly slash: boolean
}

export interface RawText {
  readonly tokens: readonly RawToken[]
  /** Indices of tokens that a question mark follows, ascending. */
  readonly asked: readonly number[]
  readonly endsSentence: boolean
}

/** Addresses, mentions and named emoji. Those with an @ are sought only where there is one: that is slower. */
const linkWithAt =
  /(?:https?:\/\/|www\.|file:\/\/|git@)[^\s<>"|]+|<[@#!][^>\s]*>|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}|(?<![a-z0-9]):(?!pill|knife|hocho|gun|drop)[a-z][a-z0-9_+'-]{1,40}:(?![a-z0-9])/g
const link =
  /(?:https?:\/\/|www\.|file:\/\/)[^\s<>"|]+|<[#!][^>\s]*>|(?<![a-z0-9]):(?!pill|knife|hocho|gun|drop)[a-z][a-z0-9_+'-]{1,40}:(?![a-z0-9])/g
const letter = /[\p{L}\p{N}\p{Mc}]/u
const wide = new Map<number, boolean>()

function isWordCode(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
  let known = wide.get(code)
  if (known === undefined) {
    known = letter.test(String.fromCharCode(code)) || (code >= 0xd800 && code <= 0xdfff)
    wide.set(code, known)
  }
  return known
}

/** Scripts written without spaces between words: each character is read as a word of its own. */
export function isUnspaced(code: number): boolean {
  return (
    code >= 0x0e00 &&
    (code <= 0x0eff || // Thai, Lao
      (code >= 0x1000 && code <= 0x109f) || // Burmese
      (code >= 0x1780 && code <= 0x17ff) || // Khmer
      (code >= 0x3040 && code <= 0x30ff) || // Japanese kana
      (code >= 0x3400 && code <= 0x9fff)) // Chinese characters
  )
}

const isDigit = (code: number) => code >= 48 && code <= 57
const isLower = (code: number) => code >= 97 && code <= 122

/** Signs that stand for a letter when letters surround them: s@d, su!cide, k*ll, $uicide. */
const inWord = new Set(['@', '$', '!', '*', '+', '€'].map((sign) => sign.charCodeAt(0)))

/** Splits folded text into words and numbers, remembering the breaks between them. Links are skipped. */
export function tokenize(original: string): RawText {
  const folded = fold(original)
  const text = withoutLinks(folded.text)
  const tokens: RawToken[] = []
  const asked: number[] = []
  let brk: RawToken['brk'] = 'none'
  let i = 0
  const n = text.length
  while (i < n) {
    const code = text.charCodeAt(i)
    if (isWordCode(code)) {
      const from = i
      let number = false
      if (isDigit(code)) {
        i = endOfNumber(text, i)
        // 216.239.59.99 and 1.2.3 are addresses and versions, not measures.
        number = !isDotted(text, i)
        if (!number) while (isDigit(text.charCodeAt(i)) || text.charCodeAt(i) === 46) i += 1
        // A digit glued to letters that are not a unit is one word: 2nite, h4x.
        if (number && i < n && isLower(text.charCodeAt(i)) && !unitAt(text, i)) {
          number = false
          i = endOfWord(text, i)
        }
      } else i = isUnspaced(code) ? i + 1 : endOfWord(text, i)
      let word = text.slice(from, i)
      // Without the sign "he'll" would read as another word: the spellings know it as "hewill".
      if (word.endsWith("'ll")) word = `${word.slice(0, -3)}will`
      if (word.includes("'")) word = word.replaceAll("'", '')
      tokens.push({
        text: word,
        start: startOf(folded, from),
        end: endOf(folded, i - 1),
        brk: tokens.length === 0 ? 'none' : brk,
        number,
        slash: number && text.charCodeAt(from - 1) === 47,
      })
      brk = 'none'
      continue
    }
    // $uicide, @buse: a sign that opens a word of letters.
    if ((code === 36 || code === 64) && opensWord(text, i)) {
      const from = i
      i = endOfWord(text, i + 1)
      tokens.push({
        text: text.slice(from, i),
        start: startOf(folded, from),
        end: endOf(folded, i - 1),
        brk: tokens.length === 0 ? 'none' : brk,
        number: false,
        slash: false,
      })
      brk = 'none'
      continue
    }
    const strength = breakAt(text, i, code)
    if (strength === 'sentence') brk = 'sentence'
    else if (strength === 'clause' && brk === 'none') brk = 'clause'
    if (code === 63 && tokens.length > 0) asked.push(tokens.length - 1)
    i += 1
  }
  return { tokens, asked, endsSentence: brk === 'sentence' }
}

function withoutLinks(text: string): string {
  const blank = (hit: string) => ' '.repeat(hit.length)
  if (text.includes('@')) return text.replace(linkWithAt, blank)
  return text.includes(':') || text.includes('www.') || text.includes('<#') ? text.replace(link, blank) : text
}

function opensWord(text: string, i: number): boolean {
  const before = i === 0 ? 32 : text.charCodeAt(i - 1)
  return text.charCodeAt(i) === 36 && !isWordCode(before) && isLower(text.charCodeAt(i + 1))
}

function endOfWord(text: string, at: number): number {
  let i = at
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (isWordCode(code) && !isUnspaced(code)) i += 1
    else if (code === 39 && isWordCode(text.charCodeAt(i + 1))) i += 1
    else if (inWord.has(code) && letterOrSign(text.charCodeAt(i - 1)) && wordAfterSigns(text, i)) i += 1
    else break
  }
  return i
}

function letterOrSign(code: number): boolean {
  return isLower(code) || inWord.has(code)
}

/** Up to three signs may hide letters (s***ide), and a letter must follow them. */
function wordAfterSigns(text: string, at: number): boolean {
  let i = at
  while (i < at + 4 && inWord.has(text.charCodeAt(i))) i += 1
  const next = text.charCodeAt(i)
  return isLower(next) || isDigit(next)
}

function isDotted(text: string, at: number): boolean {
  return text.charCodeAt(at) === 46 && isDigit(text.charCodeAt(at + 1))
}

function endOfNumber(text: string, at: number): number {
  let i = at
  while (isDigit(text.charCodeAt(i))) i += 1
  const sign = text.charCodeAt(i)
  if ((sign === 46 || sign === 44) && isDigit(text.charCodeAt(i + 1))) {
    i += 1
    while (isDigit(text.charCodeAt(i))) i += 1
  }
  return i
}

const units =
  /^(?:f|c|mg|mcg|ug|ml|mmol|g|kg|w|wk|wks|wo|mo|mos|m|yo|y|yr|yrs|h|hr|hrs|hour|hours|d|min|mins|am|pm|week|weeks|month|months|year|years|day|days|old|lb|lbs|x|ft|cm|in|bpm|meses|mes|semanas|semana|anos|ano|dias|dia|horas|hora|grados|degrees|pastillas|pills|tabs|tablets|st|nd|rd|th|s|k)(?![a-z0-9])/

function unitAt(text: string, at: number): boolean {
  return units.test(text.slice(at, at + 11))
}

function breakAt(text: string, i: number, code: number): 'none' | 'clause' | 'sentence' {
  const next = i + 1 < text.length ? text.charCodeAt(i + 1) : 32
  switch (code) {
    case 33:
    case 63:
      return 'sentence'
    case 46: {
      const spaced = next === 32 || next === 10 || next === 34 || next === 41
      if (next === 46 || text.charCodeAt(i - 1) === 46) return 'clause'
      return spaced ? 'sentence' : 'none'
    }
    case 10:
      return next === 10 || text.charCodeAt(i - 1) === 10 ? 'sentence' : 'clause'
    case 44:
    case 58:
    case 59:
    case 40:
    case 41:
    case 34:
    case 124:
      return 'clause'
    case 45:
      return next === 32 || text.charCodeAt(i - 1) === 32 ? 'clause' : 'none'
    default:
      return 'none'
  }
}
