import { unmask } from './fold.ts'
import { correct, type Lexicon } from './lexicon.ts'

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '+': 't',
  '€': 'e',
}

/** Words people hide letters of: k*ll, s**cide. */
const masked = [
  'kill',
  'killing',
  'suicide',
  'suicidal',
  'die',
  'dying',
  'dead',
  'rape',
  'raped',
  'abuse',
  'cut',
]

/** Reads one raw word as the words it stands for. Never empty; bounded work for each word. */
export function readWord(raw: string, lexicon: Lexicon): readonly string[] {
  const word = raw.length > 1 ? unmask(raw) : raw
  return (
    asWritten(word, lexicon) ??
    disguised(word, lexicon) ??
    elongated(word, lexicon) ??
    misspelt(word, lexicon) ?? [plain(word)]
  )
}

function asWritten(word: string, lexicon: Lexicon): readonly string[] | undefined {
  const spelling = lexicon.spellings.get(word)
  if (spelling) return spelling
  return lexicon.sought.has(word) || lexicon.known.has(word) ? [word] : undefined
}

function disguised(word: string, lexicon: Lexicon): readonly string[] | undefined {
  if (word.length > 24 || !/[0-9@$!+€*]/.test(word) || !/[a-z]/.test(word)) return undefined
  if (word.includes('*')) {
    const pattern = new RegExp(`^${word.replace(/[^a-z*]/g, '').replaceAll('*', '.')}$`)
    const found = masked.find((candidate) => pattern.test(candidate))
    return found ? [found] : undefined
  }
  let letters = ''
  for (const char of word) letters += leet[char] ?? char
  return (
    soughtOnly(letters, lexicon) ??
    soughtOnly(
      word.replaceAll('1', 'l').replace(/[^a-z]/g, (sign) => leet[sign] ?? sign),
      lexicon,
    )
  )
}

function soughtOnly(word: string, lexicon: Lexicon): readonly string[] | undefined {
  const spelling = lexicon.spellings.get(word)
  if (spelling) return spelling
  return word.length >= 3 && lexicon.sought.has(word) ? [word] : undefined
}

const run = /([a-z])\1{2,}/g

function elongated(word: string, lexicon: Lexicon): readonly string[] | undefined {
  if (!/([a-z])\1/.test(word)) return undefined
  const two = word.replace(run, '$1$1')
  const one = word.replace(run, '$1')
  for (const candidate of [two, one, endingOnce(two), two.replace(/([a-z])\1/g, '$1')]) {
    if (candidate === word) continue
    const read = asWritten(candidate, lexicon)
    if (read) return read
  }
  if (one === word) return undefined
  return misspelt(two, lexicon) ?? misspelt(one, lexicon) ?? [one]
}

/** pleasee, noww: the last letter doubled for feeling. */
function endingOnce(word: string): string {
  return word.replace(/([a-z])\1$/, '$1')
}

function misspelt(word: string, lexicon: Lexicon): readonly string[] | undefined {
  const found = correct(word, lexicon)
  return found === undefined ? undefined : (lexicon.spellings.get(found) ?? [found])
}

/** A word nobody knows: signs inside it taken out, so that reading it again changes nothing. */
function plain(word: string): string {
  const letters = word.replace(/[@$!*+€']/g, '')
  return letters === '' ? word : letters
}
