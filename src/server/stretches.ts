import type { Span } from '../privacy/span.ts'
import type { Stretch } from './wire.ts'

/** Cuts a text where signs and masked details begin and end. A masked detail is shown as its type, never its words. */
export function stretchesOf(
  text: string,
  signs: readonly (readonly [number, number])[],
  hidden: readonly Span[],
): readonly Stretch[] {
  const cuts = new Set([0, text.length])
  for (const [start, end] of [...signs, ...hidden.map((span) => [span.start, span.end] as const)]) {
    for (const cut of [start, end]) if (cut >= 0 && cut <= text.length) cuts.add(cut)
  }
  const ordered = [...cuts].sort((a, b) => a - b)
  const stretches: Stretch[] = []
  for (const [index, start] of ordered.entries()) {
    const end = ordered[index + 1]
    if (end === undefined) break
    const span = hidden.find((one) => one.start <= start && end <= one.end)
    if (span) {
      if (span.start === start) stretches.push({ kind: 'hidden', text: span.type })
      continue
    }
    const sign = signs.some(([from, to]) => from <= start && end <= to)
    stretches.push({ kind: sign ? 'sign' : 'plain', text: text.slice(start, end) })
  }
  return joined(stretches)
}

/** Neighbours of one kind are one stretch. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const all: Stretch[] = []
  for (const stretch of stretches) {
    const last = all.at(-1)
    if (last && last.kind === stretch.kind && last.kind !== 'hidden') {
      all[all.length - 1] = { kind: last.kind, text: last.text + stretch.text }
    } else all.push(stretch)
  }
  return all
}
