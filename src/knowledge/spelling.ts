import { isStopWord, termOf, wordsOf } from './words.ts'

export interface Assumed {
  readonly from: string
  readonly to: string
}

export interface Spelling {
  /** The text with misspelt names set right, and what was assumed. Known words are never touched. */
  correct(text: string): { readonly text: string; readonly assumed: readonly Assumed[] }
}

/** Shorter words have too many neighbours. */
const shortest = 5

/**
 * Sets misspelt health words right: an unknown word at one edit (two from nine letters on) of exactly one known name
 * with the same first letter. `known` decides which words are left alone, such as ordinary English and medicines.
 */
export function createSpelling(names: Iterable<string>, known: (word: string) => boolean): Spelling {
  const targets = new Set<string>()
  for (const name of names)
    for (const word of wordsOf(name)) if (word.length >= shortest && !isStopWord(word)) targets.add(word)
  const byInitial = new Map<string, string[]>()
  for (const word of targets) {
    const initial = word[0] ?? ''
    byInitial.set(initial, [...(byInitial.get(initial) ?? []), word])
  }
  const suggest = (word: string): string | undefined => {
    if (word.length < shortest || targets.has(word) || known(word) || /\d/.test(word)) return undefined
    const allowed = word.length >= 9 ? 2 : 1
    const near = (byInitial.get(word[0] ?? '') ?? [])
      .filter(
        (target) =>
          Math.abs(target.length - word.length) <= allowed && distance(word, target, allowed) <= allowed,
      )
      .sort((x, y) => distance(word, x, allowed) - distance(word, y, allowed) || (x < y ? -1 : 1))
    const [best, second] = near
    if (!best) return undefined
    // Two names equally near: whichever is picked may be the wrong illness.
    const tie =
      second && !sameRoot(best, second) && distance(word, second, allowed) === distance(word, best, allowed)
    return tie ? undefined : best
  }
  return {
    correct(text) {
      const assumed: Assumed[] = []
      const corrected = text.replace(/[\p{L}]+/gu, (word) => {
        const better = suggest(word.toLowerCase())
        if (!better) return word
        assumed.push({ from: word, to: better })
        return better
      })
      return { text: corrected, assumed }
    },
  }
}

/** "diabetes" and "diabetic": either leads to the same articles. */
function sameRoot(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length)
  let shared = 0
  while (shared < shorter && a[shared] === b[shared]) shared++
  return termOf(a) === termOf(b) || (shared >= 5 && shared >= shorter - 2)
}

/** Edits (insert, delete, replace, swap neighbours) between two words, given up above `limit`. */
export function distance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min(replace, previous[j]! + 1, current[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, before[j - 2]! + 1)
      current.push(best)
    }
    if (Math.min(...current) > limit) return limit + 1
    before = previous
    previous = current
  }
  return previous[b.length]!
}
