import type { NormalText } from './normalize.ts'
import { createScriptReading } from './script.ts'
import { createSpelling } from './spelling.ts'

/** What a text was read as. `language` is a BCP 47 primary tag; `readable` is false for what triage cannot judge. */
export interface Reading {
  readonly language?: string
  readonly readable: boolean
}

const printable = /[^\s\p{Cf}\p{Cc}\p{Mn}\u200b-\u200f\u2060-\u206f\ufeff]/u

/** Words of a message that are looked at for its language: the rest of a long one repeats it. */
const looked = 200

/** So many words that nobody knows are another language, however they are spelled. */
const manyWords = 4

/**
 * Tells the language by script and by the small words of each language; English and Spanish can be read. What looks
 * like no language (`sdkfj qwpoe`) cannot. The everyday words teach how words are spelled.
 */
export function createReading(
  languages: ReadonlyMap<string, readonly string[]>,
  everydayWords: readonly string[],
): (original: string, normal: NormalText) => Reading {
  const tagsOf = new Map<string, string[]>()
  for (const [tag, words] of languages)
    for (const word of words) {
      const tags = tagsOf.get(word)
      if (tags) tags.push(tag)
      else tagsOf.set(word, [tag])
    }
  const byScript = createScriptReading(tagsOf)
  const isOdd = createSpelling(everydayWords)

  return (original, normal) => {
    if (normal.tokens.length === 0) return { readable: printable.test(original) }
    const foreign = byScript(original, normal.tokens)
    if (foreign) return { ...(foreign === 'other' ? {} : { language: foreign }), readable: false }
    if (isKeySmash(original)) return { readable: false }
    if (normal.strange === 0) {
      const own = count(normal, tagsOf)
      return own.read > 0 ? { language: own.language, readable: true } : { readable: true }
    }
    const { read, language, other, most, words } = count(normal, tagsOf)
    const { strange } = normal
    if (other !== undefined && most >= 2 && most > read && (strange + most) * 2 >= words)
      return { language: other, readable: false }
    if (other !== undefined && read === 0 && words >= 3 && strange >= words / 2)
      return { language: other, readable: false }
    if (other !== undefined && most >= read && words >= 4 && strange * 5 >= words * 3)
      return { language: other, readable: false }
    // Tags run words together, and are no language.
    const tagged = original.includes('#') || original.includes('@')
    if (!tagged && words > manyWords && read <= 1 && strange * 3 >= words * 2) return { readable: false }
    if (!tagged && read === 0 && isGibberish(normal, words, isOdd)) return { readable: false }
    return read > 0 ? { language, readable: true } : { readable: true }
  }
}

/** Small words of each language: those of the languages that are read, and the most of any other. */
function count(normal: NormalText, tagsOf: ReadonlyMap<string, readonly string[]>) {
  const counts = new Map<string, number>()
  let words = 0
  for (const token of normal.tokens.slice(0, looked)) {
    if (token.value !== undefined) continue
    words += 1
    for (const tag of tagsOf.get(token.text) ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  const english = counts.get('en') ?? 0
  const spanish = counts.get('es') ?? 0
  let other: string | undefined
  let most = 0
  for (const [tag, found] of counts)
    if (tag !== 'en' && tag !== 'es' && found > most) {
      other = tag
      most = found
    }
  return {
    words,
    read: Math.max(english, spanish),
    language: spanish > english ? 'es' : 'en',
    other,
    most,
  }
}

/** Nothing but words that nobody knows: of several, half spelled as no language spells; one alone, beyond doubt. */
function isGibberish(normal: NormalText, words: number, isOdd: (word: string) => boolean): boolean {
  if (words === 0 || normal.strange < words) return false
  if (words >= manyWords) return true
  const written = normal.tokens.filter((token) => token.value === undefined).map((token) => token.text)
  return written.filter(isOdd).length * 2 >= words
}

/** Runs of one consonant and then of another (`jjjjj kkkk`); one run alone is laughter or a sigh. */
function isKeySmash(original: string): boolean {
  if (original.length > 80) return false
  const runs = original.toLowerCase().match(/\p{L}+/gu) ?? []
  return (
    new Set(runs).size >= 2 &&
    runs.every((run) => run.length >= 4 && new Set(run).size === 1 && !/[aeiou]/.test(run))
  )
}
