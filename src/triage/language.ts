import type { NormalText } from './normalize.ts'

/** What a text was read as. `language` is a BCP 47 primary tag; `readable` is false for what triage cannot judge. */
export interface Reading {
  readonly language?: string
  readonly readable: boolean
}

const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\u3040-\u30ff]/g, 'ja'],
  [/[\uac00-\ud7af\u1100-\u11ff]/g, 'ko'],
  [/[\u4e00-\u9fff]/g, 'zh'],
  [/[\u0600-\u06ff]/g, 'ar'],
  [/[\u0900-\u097f]/g, 'hi'],
  [/[\u0980-\u09ff]/g, 'bn'],
  [/[\u0400-\u04ff]/g, 'ru'],
  [/[\u0370-\u03ff]/g, 'el'],
  [/[\u0590-\u05ff]/g, 'he'],
  [/[\u0e00-\u0e7f]/g, 'th'],
]
const printable = /[^\s\p{Cf}\p{Cc}\p{Mn}\u200b-\u200f\u2060-\u206f\ufeff]/u
const letters = /\p{L}/gu
const beyondLatin = /[\u0370-\u1fff\u3040-\ud7af]/

/** Tells the language by script and by the small words of each language; English and Spanish can be read. */
export function createReading(languages: ReadonlyMap<string, readonly string[]>) {
  const tagsOf = new Map<string, string[]>()
  for (const [tag, words] of languages)
    for (const word of words) {
      const tags = tagsOf.get(word)
      if (tags) tags.push(tag)
      else tagsOf.set(word, [tag])
    }
  return (original: string, normal: NormalText): Reading => {
    if (normal.tokens.length === 0) return { readable: printable.test(original) }
    if (beyondLatin.test(original)) {
      const foreign = byScript(original)
      if (foreign) return { language: foreign, readable: false }
    }
    const counts = new Map<string, number>()
    let words = 0
    for (const token of normal.tokens) {
      if (token.value !== undefined) continue
      words += 1
      for (const tag of tagsOf.get(token.text) ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    }
    const read = Math.max(counts.get('en') ?? 0, counts.get('es') ?? 0)
    const own = (counts.get('es') ?? 0) > (counts.get('en') ?? 0) ? 'es' : 'en'
    let other: string | undefined
    let most = 0
    for (const [tag, count] of counts)
      if (tag !== 'en' && tag !== 'es' && count > most) {
        other = tag
        most = count
      }
    const strange = normal.strange
    if (other !== undefined && most >= 2 && most > read && strange >= 1 && (strange + most) * 2 >= words)
      return { language: other, readable: false }
    if (other !== undefined && most >= 1 && read === 0 && words >= 3 && strange >= words / 2)
      return { language: other, readable: false }
    if (isGibberish(normal, words, read)) return { readable: false }
    return read > 0 ? { language: own, readable: true } : { readable: true }
  }
}

function byScript(text: string): string | undefined {
  const all = text.match(letters)?.length ?? 0
  let found: string | undefined
  let most = 0
  for (const [script, tag] of scripts) {
    const count = text.match(script)?.length ?? 0
    if (count > most && (found !== 'ja' || tag !== 'zh')) {
      found = tag
      most = count
    }
  }
  return most * 2 > all ? found : undefined
}

const oddRuns =
  /[bcdfghjklmnpqrstvwxz]{5,}|[aeiou]{5,}|^[^aeiouy]{4,}$|[jqxzv][jqxzvkf]|asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert|zxcv|xcvb|lkjh/

/** No everyday word at all: letters that no language would put together, or a whole sentence of unknown words. */
function isGibberish(normal: NormalText, words: number, read: number): boolean {
  if (words === 0 || read > 0 || normal.strange < words) return false
  if (words >= 5) return true
  return normal.tokens.every(
    (token) => token.value !== undefined || (token.text.length > 3 && oddRuns.test(token.text)),
  )
}
