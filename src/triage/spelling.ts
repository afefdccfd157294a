/** Lowest mean log-probability of neighbouring letters that everyday words and their like still reach. */
const leastLikely = -4.15
/** Shorter words have too few neighbours to judge. */
const shortestJudged = 4
/** The letters a to z, and after them the edge of a word. */
const edge = 26
const size = 27

const laughter = /^(?:a?(?:[jhk][aeiou])+[jhk]?|(?:a?[hj]a)+h?|(?:lo)+l|x+d+|m+|h+m+|a+h+|e+h+|o+h+|z+|w+)$/
const keyboard = /asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert|erty|zxcv|xcvb|cvbn|lkjh|kjhg|poiu|oiuy/
const repeated = /^(.)\1{3,}$/

/**
 * Learns from everyday words which letters follow which, and says of a word that nobody knows whether letters were
 * put together as no language puts them (`sdkfj`), rather than a name, a nick or another language. Laughter is not odd.
 */
export function createSpelling(everydayWords: readonly string[]): (word: string) => boolean {
  // Learned for the first word that is judged: few messages have one.
  let learned: Float64Array | undefined
  return (word) => {
    if (word.length < shortestJudged || !/^[a-z]+$/.test(word) || laughter.test(word)) return false
    if (repeated.test(word) || keyboard.test(word)) return true
    learned ??= learn(everydayWords)
    let sum = 0
    let before = edge
    for (let i = 0; i <= word.length; i += 1) {
      const next = i < word.length ? word.charCodeAt(i) - 97 : edge
      sum += learned[before * size + next] as number
      before = next
    }
    return sum / (word.length + 1) < leastLikely
  }
}

/** Log-probability of each letter after each other, with a little for pairs that were never seen. */
function learn(everydayWords: readonly string[]): Float64Array {
  const pairs = new Float64Array(size * size)
  const firsts = new Float64Array(size)
  for (const word of everydayWords) {
    if (!/^[a-z]+$/.test(word)) continue
    let before = edge
    for (let i = 0; i <= word.length; i += 1) {
      const next = i < word.length ? word.charCodeAt(i) - 97 : edge
      ;(pairs[before * size + next] as number) += 1
      ;(firsts[before] as number) += 1
      before = next
    }
  }
  return pairs.map((count, pair) =>
    Math.log((count + 0.5) / ((firsts[Math.floor(pair / size)] as number) + 14)),
  )
}
