import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { parseYaml } from '../knowledge/parse-yaml.ts'

const file = z.array(z.object({ locale: z.string(), text: z.string(), native_review: z.string() })).min(20)

/** What Salus says when it could not read a message, by language. */
export type UnreadTexts = ReadonlyMap<string, string>

/** Reads `content/unread/texts.yaml`; fewer than 20 languages do not load. */
export async function loadUnreadTexts(path: string): Promise<UnreadTexts> {
  const texts = parseYaml(path, await readFile(path, 'utf8'), file)
  return new Map(texts.map(({ locale, text }) => [locale, text]))
}
