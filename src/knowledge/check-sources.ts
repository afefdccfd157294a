import type { Finding } from './finding.ts'
import type { PublisherOf } from './publishers.ts'

interface Sourced {
  readonly file: string
  readonly sources: readonly { readonly publisher: string; readonly url: string }[]
}

/** Fewest sources that are a health body's own. */
const fewestBodies = 2

/**
 * Each source stands at a listed publisher; who only carries a body's text says so in the publisher's name, and does
 * not stand alone.
 */
export function checkSources(
  of: Sourced,
  publisherOf: PublisherOf,
  lineOf: (text: string) => number,
): readonly Finding[] {
  const { file, sources } = of
  const findings: Finding[] = []
  const find = (check: string, url: string, what: string) =>
    findings.push({ file, line: lineOf(url), check, what })
  let bodies = 0
  for (const { publisher, url } of sources) {
    const { kind, name = '' } = publisherOf(url) ?? {}
    const { hostname } = new URL(url)
    if (kind === undefined)
      find('unlisted-publisher', url, `${hostname} is not in sources.yaml: say what it is, or cite another`)
    else if (kind === 'refused') find('refused-publisher', url, `${hostname} is no source: cite who wrote it`)
    else if (kind === 'carrier') {
      if (!squeezed(publisher).includes(squeezed(name)))
        find('unnamed-carrier', url, `write "<body>, as carried by ${name}": it is not the body's own page`)
    } else bodies++
  }
  if (bodies < fewestBodies)
    find(
      'few-bodies',
      sources[0]?.url ?? '',
      `${bodies} source(s) by a health body itself, fewer than ${fewestBodies}`,
    )
  return findings
}

/** Names differ in capitals, spaces and signs: "Dr Pharmacy", "drpharmacy.uk". */
function squeezed(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
