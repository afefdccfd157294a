/** A word of a text as the search for names sees it. A possessive ending is not part of it. */
export interface Word {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Lower case, without accents. */
  readonly fold: string
  /** Written with a capital first letter, in a text that uses capitals for names. */
  readonly capital: boolean
  /** What stands between the word before, with its possessive ending, and this one; at most 8 characters of it. */
  readonly gap: string
  readonly possessive: boolean
  /** First of its sentence or line. */
  readonly opens: boolean
  /** In a line that capitalises most of its words, as headlines do: a capital says little there. */
  readonly titled: boolean
}

const word = /\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*/gu
const possessive = /['’]s$/iu

/** The words of a text, in order. In a text that shouts, capitals say nothing: every word counts as lower case. */
export function wordsOf(text: string): readonly Word[] {
  const found = [...text.matchAll(word)].map((match) => ({ text: match[0], start: match.index }))
  const loud = found.filter((one) => one.text.length > 1 && one.text === one.text.toUpperCase()).length
  const shouts = loud > 2 && loud * 2 > found.length
  const titled = titledLines(text, found)
  let behind = 0
  return found.map(({ text: whole, start }, index): Word => {
    const owns = possessive.test(whole)
    const bare = owns ? whole.slice(0, -2) : whole
    const gap = text.slice(Math.max(behind, start - 8), start)
    const opens = behind === 0 || /[.!?\n:;•"“¿¡]/u.test(gap)
    behind = start + whole.length
    return {
      start,
      end: start + bare.length,
      text: bare,
      fold: fold(bare),
      capital: !shouts && /^\p{Lu}/u.test(bare),
      gap,
      possessive: owns,
      opens,
      titled: titled[index] === true,
    }
  })
}

/** For each word, whether its line has six words or more and most of them capitals. */
function titledLines(
  text: string,
  found: readonly { readonly text: string; readonly start: number }[],
): readonly boolean[] {
  const titled: boolean[] = []
  let line: number[] = []
  const close = () => {
    const capitals = line.filter((index) => /^\p{Lu}/u.test(found[index]?.text ?? '')).length
    const is = line.length >= 6 && capitals * 5 >= line.length * 3
    for (const index of line) titled[index] = is
    line = []
  }
  for (const [index, one] of found.entries()) {
    const before = found[index - 1]
    if (before && text.slice(before.start + before.text.length, one.start).includes('\n')) close()
    line.push(index)
  }
  close()
  return titled
}

/** As names are looked up. */
export function fold(text: string): string {
  const lower = text.toLowerCase().replaceAll('’', "'")
  return /^[a-z' -]*$/.test(lower)
    ? lower
    : lower.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l')
}
