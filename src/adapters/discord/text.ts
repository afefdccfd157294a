/**
 * What a person wrote, as words: mentions of Salus itself go, other mentions become "someone", emoji their names,
 * time stamps and channels nothing.
 */
export function plainWords(text: string, self?: string): string {
  return text
    .replace(/<@!?(\d+)>/g, (_whole, id: string) => (id === self ? ' ' : '@someone'))
    .replace(/<@&\d+>/g, '@someone')
    .replace(/<a?:(\w+):\d+>/g, ':$1:')
    .replace(/<(?:#|t:-?)[\w:]+>/g, '')
    .replace(/<(\/[^:>]+):\d+>/g, '$1')
    .replace(/<(https?:\/\/[^\s>]+)>/g, '$1')
    .replace(/[ \t]+/g, ' ')
    .trim()
}

const address = /(https?:\/\/[^\s<>]+)/

/** Plain text as Discord's Markdown shows it unchanged: nothing in it is markup, a mention or a command. */
export function escapeText(text: string): string {
  return text
    .split(address)
    .map((part, index) => (index % 2 === 1 ? part : escapeWords(part)))
    .join('')
}

function escapeWords(text: string): string {
  return text
    .replace(/[\\*_~`|<>[\]]/g, '\\$&')
    .replace(/^(\s*)([#-]|\d+\.)(?=\s|#)/gm, (_whole, blank: string, mark: string) =>
      mark.length > 1 ? `${blank}${mark.slice(0, -1)}\\.` : `${blank}\\${mark}`,
    )
    .replace(/@(?=\S)/g, '@\u200B')
}

/** A named link; brackets in the address would end it. */
export function linkText(label: string, url: string): string {
  const safe = url
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
    .replaceAll(/[\s<>]/g, '')
  return `[${escapeText(label.replace(/https?:\/\/\S+/g, ' '))}](<${safe}>)`
}

/** At most `limit` units, with an ellipsis where something is missing; never half a character. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length > limit - 1) break
    kept += segment
  }
  return `${kept}…`
}
