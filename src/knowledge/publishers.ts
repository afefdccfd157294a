import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import { parseYaml } from './parse-yaml.ts'

/**
 * What a source's host is: a body of several countries, a national or regional health service or government, another
 * body of the field (professional bodies, charities, hospitals, universities, reference works), a journal, or somebody
 * who carries or reports what one of these wrote.
 */
export const publisherKinds = ['international', 'national', 'body', 'journal', 'carrier'] as const
export type PublisherKind = (typeof publisherKinds)[number]

/** Host names; with a dot before it a name stands for all below it, too. */
const hosts = z.array(z.string().regex(/^\.?[a-z0-9-]+(\.[a-z0-9-]+)*$/))
const shape = z.strictObject({
  hosts: z.strictObject(
    Object.fromEntries(publisherKinds.map((kind) => [kind, hosts])) as Record<PublisherKind, typeof hosts>,
  ),
  /** Proxies, test copies, places where anybody shares documents: never a source. */
  refused: hosts,
})

/** What is known of a host; undefined when it is in no list. */
export type PublisherOf = (url: string) => PublisherKind | 'refused' | undefined

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
  const kinds = new Map<string, PublisherKind | 'refused'>()
  const claim = (names: readonly string[], kind: PublisherKind | 'refused') => {
    for (const name of names) {
      if (kinds.has(name)) throw new AppError('CONTENT_INVALID', `${path}:1: ${name} is listed twice`)
      kinds.set(name, kind)
    }
  }
  claim(read.refused, 'refused')
  for (const kind of publisherKinds) claim(read.hosts[kind], kind)
  return (url) => {
    const host = new URL(url).hostname.toLowerCase().replace(/^www\d?\./, '')
    const exact = kinds.get(host) ?? kinds.get(`.${host}`)
    if (exact) return exact
    // The nearest name above says most.
    const parts = host.split('.')
    for (let from = 1; from < parts.length; from++) {
      const kind = kinds.get(`.${parts.slice(from).join('.')}`)
      if (kind) return kind
    }
    return undefined
  }
}
