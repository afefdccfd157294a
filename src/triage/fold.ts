import { emojiWords } from './emoji.ts'

/** A text with its odd characters folded away, and where each folded character came from. */
export interface Folded {
  readonly text: string
  /** For each character of `text`: where its original begins and ends; undefined when every one stands for itself. */
  readonly places?: { readonly from: readonly number[]; readonly to: readonly number[] }
}

/** Where the original of one folded character begins. */
export function startOf(folded: Folded, at: number): number {
  return folded.places ? (folded.places.from[at] as number) : at
}

/** Where the original of one folded character ends. */
export function endOf(folded: Folded, at: number): number {
  return folded.places ? (folded.places.to[at] as number) : at + 1
}

const invisible = /^[\p{Cf}\p{Variation_Selector}\u{E0000}-\u{E0FFF}]$/u
const mark = /\p{Mn}|\p{Me}/gu
const pictograph = /^\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}$/u
const space = /^[\p{Z}\p{Cc}]$/u

const punctuation: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '´': "'",
  '`': ' ',
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '…': '.',
  '—': ',',
  '–': '-',
  '‑': '-',
  '¿': ' ',
  '¡': ' ',
  '。': '.',
  '！': '!',
  '？': '?',
  '，': ',',
  '؟': '?',
  '،': ',',
  '।': '.',
  º: ' degrees ',
  '°': ' degrees ',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  ı: 'i',
}

const memory = new Map<string, string>()

/**
 * Folds one text: compatibility forms to plain letters, accents and stacked marks off, invisible and
 * direction characters out, control characters to spaces, emoji to words, capitals to small letters.
 * Linear in the length of the text.
 */
export function fold(text: string): Folded {
  if (ascii.test(text)) return { text: foldPlain(text) }
  let out = ''
  const from: number[] = []
  const to: number[] = []
  for (let i = 0; i < text.length; ) {
    const code = text.charCodeAt(i)
    if (code < 128) {
      out += foldAscii(code, text[i] as string)
      from.push(i)
      to.push(i + 1)
      i += 1
      continue
    }
    const point = text.codePointAt(i) as number
    const width = point > 0xffff ? 2 : 1
    const folded = foldOther(String.fromCodePoint(point))
    for (let k = 0; k < folded.length; k += 1) {
      from.push(i)
      to.push(i + width)
    }
    out += folded
    i += width
  }
  return { text: out, places: { from, to } }
}

const ascii = /^\p{ASCII}*$/u
const blank = /(?!\n)[\p{Cc}`]/u

/** `foldAscii` of every character. */
function foldPlain(text: string): string {
  const small = text.toLowerCase()
  return blank.test(small) ? small.replace(everyBlank, ' ') : small
}
const everyBlank = new RegExp(blank, 'gu')

function foldAscii(code: number, char: string): string {
  if (code >= 65 && code <= 90) return String.fromCharCode(code + 32)
  if (code === 10) return '\n'
  if (code < 32 || code === 127 || code === 96) return ' '
  return char
}

function foldOther(char: string): string {
  const known = memory.get(char)
  if (known !== undefined) return known
  const folded = foldUnseen(char)
  if (memory.size > 20_000) memory.clear()
  memory.set(char, folded)
  return folded
}

function foldUnseen(char: string): string {
  const plain = punctuation[char]
  if (plain !== undefined) return plain
  const emoji = emojiWords[char]
  if (emoji !== undefined) return ` ${emoji} `
  if (invisible.test(char)) return ''
  if (space.test(char)) return ' '
  if (pictograph.test(char)) return ' '
  const stripped = char.normalize('NFKD').replace(mark, '').toLowerCase()
  const simple = punctuation[stripped] ?? stripped
  return simple.normalize('NFKD').replace(mark, '')
}

/** Cyrillic and Greek letters drawn like Latin ones: read as Latin only inside a word that mixes scripts. */
const lookalikes: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  е: 'e',
  һ: 'h',
  н: 'h',
  і: 'i',
  ј: 'j',
  к: 'k',
  м: 'm',
  о: 'o',
  р: 'p',
  ѕ: 's',
  т: 't',
  у: 'y',
  х: 'x',
  ԁ: 'd',
  ӏ: 'l',
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
}

const latin = /[a-z]/
const other = /[Ѐ-ӿԀ-ԯͰ-Ͽ]/

/** Reads a word that mixes Latin with look-alike letters as Latin; leaves every other word alone. */
export function unmask(word: string): string {
  if (!other.test(word) || !latin.test(word)) return word
  let out = ''
  for (const char of word) out += lookalikes[char] ?? char
  return out
}
