/** No more of a message is read than this many pieces. */
const pieceLimit = 40
/** A sentence longer than this many words says several things. */
const longSentence = 16
/** As many clauses of a long sentence are read together. */
const together = 3

/** A part of a message that may make a claim, and the sentences beside it, where it may be taken back. */
export interface Part {
  readonly text: string
  readonly around: string
}

/**
 * Every part of a message that may make a claim on its own: each sentence, each with the one before ("he had the jab.
 * then he became autistic"), and runs of clauses of long ones.
 */
export function partsOf(message: string): readonly Part[] {
  const sentences = message
    .split(/(?<=[.!?…])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter(Boolean)
    .slice(0, pieceLimit)
  return sentences.flatMap((sentence, at) => {
    const before = sentences[at - 1]
    const after = sentences[at + 1]
    const around = [before, sentence, after].filter(Boolean).join(' ')
    const parts = [sentence, ...(before ? [`${before} ${sentence}`] : []), ...runsOf(sentence)]
    return parts.map((text) => ({ text, around }))
  })
}

function runsOf(sentence: string): readonly string[] {
  if (sentence.split(/\s+/).length <= longSentence) return []
  const clauses = sentence.split(/(?<=[,;:)])\s+|\s+[-–—]\s+|\s+(?=(?:and|but|so) )/).slice(0, pieceLimit)
  const runs: string[] = []
  for (let from = 0; from < clauses.length; from++)
    for (let size = 1; size <= together && from + size <= clauses.length; size++)
      if (size < clauses.length) runs.push(clauses.slice(from, from + size).join(' '))
  return runs.filter((run) => run.split(/\s+/).length >= 4)
}
