import { termOf } from './words.ts'

/** How hard a text is to read, from its sentences. */
export interface Readability {
  readonly words: number
  readonly sentences: number
  /** US school grade (Kincaid et al. 1975). */
  readonly fleschKincaid: number
  /** US school grade by letters in place of syllables (Coleman and Liau 1975): a second opinion. */
  readonly colemanLiau: number
}

/**
 * Measures plain text: one block a line, list markers and emphasis left out. Words whose stem is among `terms` count as
 * one syllable and five letters: a medical name that the text explains does not make it hard.
 */
export function readability(lines: readonly string[], terms: ReadonlySet<string> = new Set()): Readability {
  const sentences = lines
    .flatMap((line) => line.replace(/[*`]/g, '').split(/(?<=[.!?:])\s+/))
    .filter((sentence) => /[a-z]/i.test(sentence))
  const words = sentences
    .flatMap((sentence) => sentence.split(/\s+/))
    .filter((word) => /[a-z0-9]/i.test(word))
    .map((word) => word.toLowerCase().replace(/[^a-z0-9]/g, ''))
  const isTerm = (word: string) => terms.has(termOf(word))
  const syllables = words.reduce((sum, word) => sum + (isTerm(word) ? 1 : syllablesOf(word)), 0)
  const letters = words.reduce((sum, word) => sum + (isTerm(word) ? 5 : word.length), 0)
  const w = Math.max(1, words.length)
  const s = Math.max(1, sentences.length)
  return {
    words: words.length,
    sentences: sentences.length,
    fleschKincaid: 0.39 * (w / s) + 11.8 * (syllables / w) - 15.59,
    colemanLiau: 0.0588 * ((letters / w) * 100) - 0.296 * ((s / w) * 100) - 15.8,
  }
}

/** Syllables of an English word by its vowel groups: right for most words, and the same every time. */
export function syllablesOf(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '')
  if (letters.length <= 3) return 1
  const core = letters.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '').replace(/^y/, '')
  return core.match(/[aeiouy]{1,2}/g)?.length ?? 1
}
