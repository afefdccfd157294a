import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { parseYaml } from '../knowledge/parse-yaml.ts'

const text = z.object({
  locale: z.string(),
  text: z.string(),
  local_emergency: z.string(),
  local_line: z.string(),
  native_review: z.string(),
})
const file = z.array(text).min(20)

/** What Salus says in one language when it could not read a message. */
export interface UnreadText {
  readonly locale: string
  /** With `{emergency}` and `{line}`. */
  readonly text: string
  /** "Your local emergency number" and "a crisis line near you" in that language. */
  readonly localEmergency: string
  readonly localLine: string
}
export type UnreadTexts = ReadonlyMap<string, UnreadText>

/** Reads `content/unread/texts.yaml`; fewer than 20 languages do not load. */
export async function loadUnreadTexts(path: string): Promise<UnreadTexts> {
  const texts = parseYaml(path, await readFile(path, 'utf8'), file)
  return new Map(
    texts.map(({ locale, text, local_emergency, local_line }) => [
      locale,
      { locale, text, localEmergency: local_emergency, localLine: local_line },
    ]),
  )
}
