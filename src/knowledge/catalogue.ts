import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { parseYaml } from './parse-yaml.ts'

const topic = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  area: z.string().regex(/^[a-z-]+$/),
  names: z.array(z.string()).default([]),
})
const file = z.strictObject({ topics: z.array(topic) })

/** A topic that has an article or will have one. */
export type Topic = z.output<typeof topic>

/** Reads `catalogue.yaml`; without the file there are no topics but the articles. Throws `CONTENT_INVALID` as `file:line: what`. */
export async function loadCatalogue(path: string): Promise<readonly Topic[]> {
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return content === undefined ? [] : parseYaml(path, content, file).topics
}
