import { wordsOf } from './words.ts'

/** Asks for a verdict or a dose for one person: general facts only, never a judgement. */
const verdict =
  /\b(do i have|have i got|does (he|she|my \w+) have|am i (having|getting|pregnant|dying)|is (it|this|that) (cancer|a stroke|a heart attack|serious for me)|what dose|how (much|many)\b.{0,40}\b(should|can|do) (i|he|she|my \w+) (take|give|have)|(should|can) i (stop|quit|skip|double|come off)( taking)? (my|the|it)|should i (take|start)|diagnose)\b/

/** Leans on what was said before: short, and begins like a follow-up or points back. */
const opener =
  /^(and|what about|how about|also|but|ok and|why|how long|how|when|is it|can it|does it|will it|should i|for|in|what if|who|where)\b/
const pointer = /\b(it|its|that|this|those|they|them)\b/

/** How many words a follow-up has at most. */
const longestFollowUp = 9

export function asksForVerdict(text: string): boolean {
  return verdict.test(text.toLowerCase().replace(/[’']/g, ''))
}

/** Whether a message leans on the last topic; one that names another article stands on its own. */
export function isFollowUp(text: string, namesAnother: boolean): boolean {
  if (namesAnother) return false
  const words = wordsOf(text)
  if (words.length === 0 || words.length > longestFollowUp) return false
  const said = words.join(' ')
  return opener.test(said) || pointer.test(said)
}
