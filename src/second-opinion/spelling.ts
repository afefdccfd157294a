/** How many numbers the pieces of a text are counted into. */
export const spellingSize = 2 ** 15
/** Letters of a piece of a word. */
const pieceLengths = [3, 4, 5]

/** A text as the words and pieces of words that it has: bucket to weight. Of length 1 at most. */
export type Spelling = ReadonlyMap<number, number>

/**
 * Counts the words, the pairs of words and the pieces of words of a text into hashed buckets, each kind with half the
 * weight. (K. Weinberger and others, Feature hashing for large scale multitask learning, 2009.)
 */
export function spellingOf(text: string): Spelling {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
  const whole = new Map<number, number>()
  const pieces = new Map<number, number>()
  for (const [index, word] of words.entries()) {
    count(whole, `w ${word}`)
    const next = words[index + 1]
    if (next !== undefined) count(whole, `w ${word} ${next}`)
    const padded = ` ${word} `
    for (const length of pieceLengths) {
      for (let from = 0; from + length <= padded.length; from++) {
        count(pieces, `p${padded.slice(from, from + length)}`)
      }
    }
  }
  const all = new Map<number, number>()
  for (const kind of [whole, pieces]) {
    let sum = 0
    for (const [bucket, times] of kind) {
      const weight = Math.sign(times) * (1 + Math.log(Math.max(1, Math.abs(times))))
      kind.set(bucket, weight)
      sum += weight * weight
    }
    const share = Math.SQRT1_2 / Math.sqrt(sum || 1)
    for (const [bucket, weight] of kind) all.set(bucket, (all.get(bucket) ?? 0) + weight * share)
  }
  return all
}

/** What two pieces with one bucket add falls out with even odds: each has a sign of its own. */
function count(into: Map<number, number>, piece: string): void {
  const hash = hashOf(piece)
  const bucket = hash % spellingSize
  into.set(bucket, (into.get(bucket) ?? 0) + (hash & 0x40000000 ? 1 : -1))
}

/** FNV-1a, 32 bits, over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
