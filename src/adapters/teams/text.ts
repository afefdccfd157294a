/** A mention in an activity: who, and the words that stand for them in the text. */
export interface Mention {
  readonly id: string
  readonly text: string
}

/**
 * What a person wrote, as words: mentions of Salus itself go, other mentions become "@someone". `xml`: the text is
 * markup, its characters written as entities.
 */
export function plainWords(text: string, mentions: readonly Mention[], self: string, xml: boolean): string {
  let words = text
  for (const mention of mentions) {
    if (mention.text === '') continue
    words = words.replaceAll(mention.text, mention.id === self ? ' ' : '@someone')
  }
  words = words.replace(/<at(?:\s[^>]*)?>[^<]*<\/at>/gi, '@someone')
  if (xml) words = unmarked(words)
  return words
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\r?\n ?/g, '\n')
    .trim()
}

function unmarked(text: string): string {
  return text
    .replace(/<br\s*\/?>|<\/(?:p|div|li)>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

/** Text that mentions nobody: Teams' own mark for a mention is written so that it is none. */
export function defanged(text: string): string {
  return text.replace(/<(\/?at\b[^>]*)>/gi, '‹$1›')
}

/** At most `limit` units, with an ellipsis where something is missing; never half a character. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, limit + 64))) {
    if (kept.length + segment.length > limit - 1) break
    kept += segment
  }
  return `${kept}…`
}

/** Whether a text begins in a script that is written from right to left. */
export function isRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0]
  return (
    letter !== undefined &&
    /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(letter)
  )
}
