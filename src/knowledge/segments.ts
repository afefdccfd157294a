/** A sentence of a message, or what stands for one. */
export interface Segment {
  readonly text: string
  /** It asks for something. */
  readonly asks: boolean
}

/** Messages are read so far, in segments. */
const mostSegments = 40

const opener =
  /^(?:(?:and|also|but|so|then|ok|okay|well|plus|hi|hello|secondly|second|first|another question|one more thing)[ ,:]+)*(?:what|whats|how|why|when|where|who|which|can|could|should|would|will|is|are|am|was|do|does|did|has|have|any|tell me|explain|please (?:tell|suggest|advise|help|explain|let me know)|pls (?:tell|suggest|advise|help|explain)|looking for|i (?:wonder|am wondering|want to know|need to know|would like to know|need help|want help))\b/
const within =
  /\b(?:(?:want|need|like|love|try(?:ing)?|wish|wanted) to (?:know|find out|understand|learn)|my questions? (?:is|are)|wondering (?:if|what|how|whether|why|when)|please (?:tell|suggest|advise|explain|let me know)|pl[sz]+ (?:tell|suggest|advise|explain)|what (?:should|can|do) i|how (?:do|can|should) i|can (?:you|anyone|someone) (?:tell|help|explain|advise)|(?:any|some) (?:advice|ideas?|suggestions?|tips|info|information))\b/

/** A message cut into sentences; headings such as "Subject:" end one, and so do lines. */
export function segmentsOf(text: string): readonly Segment[] {
  return text
    .split(/(?<=[.!?])\s+|\n+|\b(?:subject|message|question)\s*:\s*/i)
    .flatMap(cutQuestions)
    .map((part) => part.trim())
    .filter((part) => /[a-z0-9]/i.test(part))
    .slice(0, mostSegments)
    .map((part) => {
      const said = part.toLowerCase().replace(/[’']/g, '')
      return { text: part, asks: /\?\s*$/.test(part) || opener.test(said) || within.test(said) }
    })
}

/** "what causes gout and is it contagious": two questions with an "and" between. */
function cutQuestions(sentence: string): readonly string[] {
  const asked = /^(?:what|whats|how|why|when|where|who|which|can|should|is|are|do|does|will)\b/i
  if (!asked.test(sentence.trim())) return [sentence]
  return sentence.split(
    /(?:,\s*|\s+)(?:and also|and|also|plus)\s+(?=(?:what|whats|how|why|when|where|who|can|should|is|are|do|does|will)\b)/i,
  )
}
