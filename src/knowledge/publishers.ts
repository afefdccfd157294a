import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import { parseYaml } from './parse-yaml.ts'

/**
 * What a source's host is: a body of several countries, a national or regional health service or government, another
 * body of the field (professional bodies, charities, hospitals, universities, reference works), a journal, or somebody
 * who carries or reports what one of these wrote.
 */
const ownKinds = ['international', 'national', 'body', 'journal'] as const
export type PublisherKind = (typeof ownKinds)[number] | 'carrier'

/** Host names; with a dot before it a name stands for all below it, too. */
const host = z.string().regex(/^\.?[a-z0-9-]+(\.[a-z0-9-]+)*$/)
const shape = z.strictObject({
  ...(Object.fromEntries(ownKinds.map((kind) => [kind, z.array(host)])) as Record<
    (typeof ownKinds)[number],
    z.ZodArray<typeof host>
  >),
  /** Each with the name that a source's publisher must give beside the body's. */
  carrier: z.record(host, z.string().min(2)),
  /** Proxies, test copies, places where anybody shares documents: never a source. */
  refused: z.array(host),
})

export interface Publisher {
  readonly kind: PublisherKind | 'refused'
  /** Of who carries others' texts. */
  readonly name?: string
}

/** What is known of an address's host; undefined when it is in no list. */
export type PublisherOf = (url: string) => Publisher | undefined

/** Reads `sources.yaml`; a content folder without one lists no publisher. Throws `CONTENT_INVALID` as `file:line: what`. */
export async function loadPublishers(path: string): Promise<PublisherOf | undefined> {
  let content: string
  try {
    content = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const read = parseYaml(path, content, shape)
  const known = new Map<string, Publisher>()
  const claim = (name: string, publisher: Publisher) => {
    if (known.has(name)) throw new AppError('CONTENT_INVALID', `${path}:1: ${name} is listed twice`)
    known.set(name, publisher)
  }
  for (const kind of [...ownKinds, 'refused'] as const) for (const name of read[kind]) claim(name, { kind })
  for (const [of, name] of Object.entries(read.carrier)) claim(of, { kind: 'carrier', name })
  return (url) => {
    const name = new URL(url).hostname.toLowerCase().replace(/^www\d?\./, '')
    const exact = known.get(name) ?? known.get(`.${name}`)
    if (exact) return exact
    // The nearest name above says most.
    const parts = name.split('.')
    for (let from = 1; from < parts.length; from++) {
      const found = known.get(`.${parts.slice(from).join('.')}`)
      if (found) return found
    }
    return undefined
  }
}
