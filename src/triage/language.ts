import type { NormalText } from './normalize.ts'
import { createScriptReading } from './script.ts'
import { createSpelling } from './spelling.ts'
import type { Token } from './tokenize.ts'

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
  const ownTags = new Map<string, number>()
  for (const [word, tags] of tagsOf)
    ownTags.set(word, (tags.includes('en') ? 1 : 0) + (tags.includes('es') ? 2 : 0))
  const byScript = createScriptReading(tagsOf)
  const isOdd = createSpelling(everydayWords)

  return (original, normal) => {
    if (normal.tokens.length === 0) return { readable: printable.test(original) }
    const foreign = byScript(original, normal.tokens)
    if (foreign) return { ...(foreign === 'other' ? {} : { language: foreign }), readable: false }
    if (isKeySmash(original)) return { readable: false }
    if (normal.strange === 0) {
      const own = countOwn(normal, ownTags)
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

/** Small words of the languages that are read: all that is asked of a text without strange words. */
function countOwn({ tokens }: NormalText, ownTags: ReadonlyMap<string, number>) {
  let english = 0
  let spanish = 0
  for (let i = 0; i < tokens.length && i < looked; i += 1) {
    const token = tokens[i] as Token
    if (token.value !== undefined) continue
    const tags = ownTags.get(token.text) ?? 0
    english += tags & 1
    spanish += tags >> 1
  }
  return { read: Math.max(english, spanish), language: spanish > english ? 'es' : 'en' }
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
  if (original.length > 80 || !hasRun(original)) return false
  const runs = original.toLowerCase().match(/\p{L}+/gu) ?? []
  return (
    new Set(runs).size >= 2 &&
    runs.every((run) => run.length >= 4 && new Set(run).size === 1 && !/[aeiou]/.test(run))
  )
}

/** Whether a letter may stand four times in a row: most texts need no closer look. */
function hasRun(original: string): boolean {
  let same = 1
  for (let i = 1; i < original.length; i += 1) {
    const code = original.charCodeAt(i)
    if (code > 127) return true
    // Capitals differ from small letters by one bit.
    same = (code | 32) === (original.charCodeAt(i - 1) | 32) ? same + 1 : 1
    if (same === 4) return true
  }
  return original.charCodeAt(0) > 127
}
