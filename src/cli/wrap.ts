/** Breaks lines between words so that none is wider than `width` characters; longer words stay whole. */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n')
}

function wrapLine(line: string, width: number): string {
  // Further lines of a list item stand under its words.
  const indent = ' '.repeat(/^(?:[•-] |\d+\. |\[\d+\] )?/.exec(line)?.[0].length ?? 0)
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`
    if (longer.length > width && current.trim() !== '') {
      lines.push(current)
      current = indent + word
    } else current = longer
  }
  return [...lines, current].join('\n')
}
