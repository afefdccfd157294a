const address = /https?:\/\/\S+/g
/** An address that begins before the limit is looked at this far past it. */
const longestAddress = 2_048

/**
 * Cuts a long text into pieces of at most `limit` UTF-16 units: between paragraphs, else sentences, else words, and
 * only a word longer than the limit within. Never inside an address that fits, and never inside a character as people
 * see it.
 */
export function splitText(text: string, limit: number): readonly string[] {
  if (text.length <= limit) return [text]
  const pieces: string[] = []
  let rest = text
  while (rest.length > limit) {
    const at = cutAt(rest, limit)
    pieces.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  if (rest !== '') pieces.push(rest)
  return pieces.filter((piece) => piece !== '')
}

function cutAt(text: string, limit: number): number {
  const head = text.slice(0, limit)
  const paragraph = head.lastIndexOf('\n\n')
  if (paragraph > limit / 2) return outside(text, paragraph, limit)
  const sentence = lastEnd(text, limit, 'sentence')
  if (sentence > limit / 3) return outside(text, sentence, limit)
  const space = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\n'))
  if (space > 0) return outside(text, space, limit)
  return lastEnd(text, limit, 'grapheme') || limit
}

/** End of the last whole sentence or character within the limit; 0 when the first is longer. */
function lastEnd(text: string, limit: number, granularity: 'sentence' | 'grapheme'): number {
  let end = 0
  // A segment is decided by what follows it: a little more than the limit is read.
  const parts = new Intl.Segmenter(undefined, { granularity }).segment(text.slice(0, limit + 64))
  for (const { index, segment } of parts) {
    if (index + segment.length > limit) break
    end = index + segment.length
  }
  return end
}

/** The cut moved out of the address that it would break: before it, or behind one that begins the text and fits. */
function outside(text: string, at: number, limit: number): number {
  for (const { index, 0: found } of text.slice(0, limit + longestAddress).matchAll(address)) {
    if (index < at && at < index + found.length) {
      if (index > 0) return index
      return found.length <= limit ? found.length : at
    }
  }
  return at
}
