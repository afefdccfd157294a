import { createHash } from 'node:crypto'
import type { Told } from '../core/ports.ts'
import type { Article } from './article.ts'
import { helpText } from './compose.ts'

export interface Recall {
  readonly article: string
  /** There is no such article any more. */
  readonly withdrawn: boolean
  /** Pins what the article says now: everybody is told at most once of each. */
  readonly version: string
  readonly people: readonly RecalledPerson[]
}

export interface RecalledPerson {
  readonly told: Told
  /** Passages whose words were others than they are now, `article#section`. */
  readonly passages: readonly string[]
}

/**
 * Who was told words of an article that it no longer says: each person once, with when and where they were told last.
 * `all`: also those whose words still stand.
 */
export function recallOf(
  article: string,
  current: Article | undefined,
  told: readonly Told[],
  all: boolean,
): Recall {
  const standing = current ? wordsNow(current) : new Map<string, ReadonlySet<string>>()
  const people = new Map<string, { told: Told; passages: Set<string> }>()
  for (const one of told) {
    const gone = one.passages.filter(({ passage, hash }) => all || !standing.get(passage)?.has(hash))
    if (gone.length === 0) continue
    const known = people.get(one.contact)
    const passages = new Set([...(known?.passages ?? []), ...gone.map(({ passage }) => passage)])
    people.set(one.contact, { told: one, passages })
  }
  return {
    article,
    withdrawn: current === undefined,
    version: current?.hash.slice(0, 16) ?? 'withdrawn',
    people: [...people.values()].map((one) => ({ told: one.told, passages: [...one.passages].sort() })),
  }
}

/** The hashes that an answer may have recorded of each passage as it is now. */
function wordsNow({ passages }: Article): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    passages.map((part) => [
      part.id,
      new Set(
        [part.short, part.rest, helpText(part)].map((text) =>
          createHash('sha256').update(text).digest('hex'),
        ),
      ),
    ]),
  )
}
