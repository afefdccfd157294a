/** Slack's three control characters: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/**
 * What a person wrote, as words: mentions of Salus itself go, other mentions become "someone", links their address or
 * the words they stand under.
 */
export function plainWords(text: string, self?: string): string {
  return text
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_whole, id: string) => (id === self ? ' ' : '@someone'))
    .replace(/<[#!][^>|]*(?:\|([^>]*))?>/g, (_whole, label?: string) => label ?? '')
    .replace(/<((?:https?|mailto|tel):[^>|]+)(?:\|([^>]*))?>/g, (_whole, url: string, label?: string) =>
      label && !url.includes(label) ? `${label} (${url})` : url.replace(/^(mailto|tel):/, ''),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/[ \t]+/g, ' ')
    .trim()
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
