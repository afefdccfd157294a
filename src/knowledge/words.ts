/** Words that carry no topic: articles, pronouns, auxiliaries, and the frame of a question. */
const stopWords = new Set(
  `a an the and or but if then than so as of in on at to for from by with without about into over under up down out off
  i me my mine you your yours he him his she her hers it its we us our they them their this that these those there here
  is are was were be been being am do does did doing done have has had having can could will would shall should may might must
  what which who whom whose when where why how whats hows im ive id ill youre youve dont doesnt didnt cant couldnt wont isnt
  not no yes any some all just really very too also please tell know want need get got getting help give mean means like
  someone somebody anyone anybody something anything thing things people person one ones way ways much many lot bit
  hi hello hey thanks thank ok okay lol um well now today still ever even`
    .split(/\s+/)
    .filter(Boolean),
)

/** British and American spellings of one word share a form. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/aemia/g, 'emia'],
  [/aemi/g, 'emi'],
  [/haem/g, 'hem'],
  [/oea/g, 'ea'],
  [/^oe|(?<=f)oe(?=t)|(?<=c)oe(?=l)/g, 'e'],
  [/paed/g, 'ped'],
  [/gynae/g, 'gyne'],
  [/anae/g, 'ane'],
  [/(?<=[a-z]{3})our(?=s?$)/g, 'or'],
  [/is(e|ed|es|ing|ation)\b/g, 'iz$1'],
  [/tre\b/g, 'ter'],
  [/ll(ed|ing)\b/g, 'l$1'],
  [/sulph/g, 'sulf'],
]

/** Lower-case words without accents and punctuation; numbers stay. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[’']/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** Words repeat: a corpus of 50,000 passages holds some 100,000 different ones. */
const termCache = new Map<string, string>()
const termCacheSize = 200_000

/** The form under which a word is indexed: one spelling, no ending. */
export function termOf(word: string): string {
  const known = termCache.get(word)
  if (known !== undefined) return known
  const term = stem(spellingOf(word))
  // People's typing must not grow it without end.
  if (termCache.size >= termCacheSize) termCache.clear()
  termCache.set(word, term)
  return term
}

/** The word in the one spelling that British and American writers share here. */
export function spellingOf(word: string): string {
  return spellings.reduce((spelled, [from, to]) => spelled.replace(from, to), word)
}

export function isStopWord(word: string): boolean {
  return stopWords.has(word)
}

/** The terms of a text, in order, without stop words. */
export function termsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !stopWords.has(word))
    .map(termOf)
}

/**
 * A light English stemmer (plural, -ing, -ed, -ly, -ness …), after the first steps of Porter's (1980): heavier ones
 * join medical words that differ.
 */
export function stem(word: string): string {
  let w = word
  if (w.length <= 3 || /\d/.test(w)) return w
  if (w.endsWith('sses')) w = w.slice(0, -2)
  else if (w.endsWith('ies') && w.length > 4) w = `${w.slice(0, -3)}y`
  else if (/(x|ch|sh|ss|z)es$/.test(w)) w = w.slice(0, -2)
  else if (w.endsWith('s') && !/(ss|us|is)$/.test(w)) w = w.slice(0, -1)
  const suffix = /(ingly|edly|ing|ed|ly|ness|ful|ment)$/.exec(w)
  if (suffix?.[0]) {
    const base = w.slice(0, -suffix[0].length)
    if (base.length >= 3 && /[aeiouy]/.test(base)) {
      w = base
      if (/(ing|ed)$/.test(suffix[0])) {
        if (/([bdfgmnprt])\1$/.test(w)) w = w.slice(0, -1)
        else if (/(at|bl|iz|[^aeiou][aeiou][csvz])$/.test(w)) w = `${w}e`
      }
    }
  }
  if (w.endsWith('y') && w.length > 3 && !/[aeiou]y$/.test(w)) w = `${w.slice(0, -1)}i`
  if (w.endsWith('e') && w.length > 4) w = w.slice(0, -1)
  return w
}
