/** What articles write in place of numbers and lines; whoever shows a passage fills them for the reader's country. */
export const placeholders = [
  'emergency',
  'crisis_line',
  'poison_line',
  'medical_advice_line',
  'abuse_line',
  'child_line',
] as const

/** Names in braces that are none of them. */
export function unknownPlaceholders(text: string): readonly string[] {
  const known: readonly string[] = placeholders
  return [...text.matchAll(/\{([^}]*)\}/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => !known.includes(name))
}
