/**
 * The words triage knows: those that rules look for, everyday words that must never be "corrected" into one of
 * them, and spellings that are read as other words (contractions, slang, British forms).
 */
export interface Lexicon {
  /** Words that rules look for. */
  readonly sought: ReadonlySet<string>
  /** Everyday words of the languages we read. */
  readonly known: ReadonlySet<string>
  /** A spelling and the words it is read as. */
  readonly spellings: ReadonlyMap<string, readonly string[]>
  /** Sought words by their spellings with one letter left out. */
  readonly near: ReadonlyMap<string, string>
}

/** Words shorter than this are never corrected: too many real words lie one letter away. */
const shortestCorrected = 5

export function createLexicon(parts: {
  sought: Iterable<string>
  known: Iterable<string>
  spellings: ReadonlyMap<string, readonly string[]>
}): Lexicon {
  const sought = new Set(parts.sought)
  const known = new Set(parts.known)
  let near: ReadonlyMap<string, string> | undefined
  return {
    sought,
    known,
    spellings: parts.spellings,
    // Made for the first word that nobody knows: it takes longer than all other loading.
    get near() {
      near ??= nearWords(sought)
      return near
    },
  }
}

function nearWords(sought: ReadonlySet<string>): ReadonlyMap<string, string> {
  const near = new Map<string, string>()
  for (const word of [...sought].sort()) {
    if (word.length < shortestCorrected || !/^[a-z]+$/.test(word)) continue
    near.set(word, word)
    for (let i = 0; i < word.length; i += 1) {
      const shorter = word.slice(0, i) + word.slice(i + 1)
      if (!near.has(shorter)) near.set(shorter, word)
    }
  }
  return near
}

/** The sought word at most one letter (left out, added, changed or two swapped) away, if there is one. */
export function correct(word: string, lexicon: Lexicon): string | undefined {
  if (word.length < shortestCorrected || word.length > 24) return undefined
  const direct = lexicon.near.get(word)
  if (direct !== undefined) return direct
  for (let i = 0; i < word.length; i += 1) {
    const shorter = word.slice(0, i) + word.slice(i + 1)
    const found = lexicon.near.get(shorter)
    if (found === undefined || found.length < shortestCorrected) continue
    if (isOneEdit(word, found)) return found
  }
  return undefined
}

/** Whether two words differ by one insertion, deletion, substitution or swap of neighbours. */
export function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i += 1
  let j = 0
  while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j += 1
  const restA = a.length - i - j
  const restB = b.length - i - j
  if (restA <= 1 && restB <= 1) return true
  return restA === 2 && restB === 2 && a[i] === b[i + 1] && a[i + 1] === b[i]
}
