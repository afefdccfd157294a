/** Lowest mean log-probability of neighbouring letters that everyday words and their like still reach. */
const leastLikely = -4.15
/** Shorter words have too few neighbours to judge. */
const shortestJudged = 4
const edge = '^'

const laughter = /^(?:a?(?:[jhk][aeiou])+[jhk]?|(?:a?[hj]a)+h?|(?:lo)+l|x+d+|m+|h+m+|a+h+|e+h+|o+h+|z+|w+)$/
const keyboard = /asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert|erty|zxcv|xcvb|cvbn|lkjh|kjhg|poiu|oiuy/
const repeated = /^(.)\1{3,}$/

/**
 * Learns from everyday words which letters follow which, and says of a word that nobody knows whether letters were
 * put together as no language puts them (`sdkfj`), rather than a name, a nick or another language. Laughter is not odd.
 */
export function createSpelling(everydayWords: readonly string[]): (word: string) => boolean {
  const pairs = new Map<string, number>()
  const firsts = new Map<string, number>()
  for (const word of everydayWords) {
    if (!/^[a-z]+$/.test(word)) continue
    const padded = edge + word + edge
    for (let i = 0; i < padded.length - 1; i += 1) {
      const pair = padded.slice(i, i + 2)
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
      firsts.set(pair[0] as string, (firsts.get(pair[0] as string) ?? 0) + 1)
    }
  }
  const likelihood = (pair: string): number =>
    Math.log(((pairs.get(pair) ?? 0) + 0.5) / ((firsts.get(pair[0] as string) ?? 0) + 14))

  return (word) => {
    if (word.length < shortestJudged || !/^[a-z]+$/.test(word) || laughter.test(word)) return false
    if (repeated.test(word) || keyboard.test(word)) return true
    const padded = edge + word + edge
    let sum = 0
    for (let i = 0; i < padded.length - 1; i += 1) sum += likelihood(padded.slice(i, i + 2))
    return sum / (padded.length - 1) < leastLikely
  }
}
