import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Verdict } from '../core/answer.ts'
import { frontMatter } from './article.ts'
import { parseYaml } from './parse-yaml.ts'
import type { Written } from './written.ts'

/** How a claim stands to what is known. What is true of it is always said first. */
const verdicts = [
  'false',
  'misleading',
  'partly true',
  'not proven',
  'depends on amount',
] as const satisfies readonly Verdict[]

const { id, locale, sources, facts, reviewDue } = frontMatter.shape

/** A false or doubtful claim that people repeat, and its correction: fact, claim, why it is believed, fact again. */
export const mythSchema = z.strictObject({
  id,
  locale,
  /** The claim in one plain sentence, as those say it who believe it. */
  claim: z.string().min(1),
  verdict: z.enum(verdicts),
  /** The article that explains more. */
  article: z.string(),
  /** The fact, said first: stands alone, and does not repeat the claim. */
  truth: z.string().min(1),
  /** Where the claim comes from, or the true grain in it; never shaming. */
  why: z.string().min(1),
  /** The fact in other words, and what to do instead. */
  instead: z.string().min(1),
  /** How people say it, in their words: stories and second-hand versions too. */
  says: z.array(z.string()),
  /** Sentences with the same words that must not be corrected: true ones, debunks, plain questions, another sense. */
  spares: z.array(z.string()),
  /** Who says the claim names every one of these, each in one of the ways listed. */
  names: z.array(z.array(z.string()).min(1)).min(1),
  sources,
  facts,
  reviewDue,
})

export interface Myth extends z.infer<typeof mythSchema> {
  readonly file: string
}

/** Reads one correction. Throws `CONTENT_INVALID` as `file:line: what is wrong`. */
export function readMyth(file: string, content: string): Myth {
  return { ...parseYaml(file, content, mythSchema), file }
}

/** Reads `<locale>/*.yaml` under a folder; none where there is no folder. Throws `CONTENT_INVALID`. */
export async function loadMyths(dir: string): Promise<readonly Myth[]> {
  const files = await mythFiles(dir)
  return Promise.all(files.map(async (file) => readMyth(file, await readFile(file, 'utf8'))))
}

/** The files of a folder of locales, in order. */
export async function mythFiles(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

export function writtenMyth({ id, file, truth, why, instead, facts, sources }: Myth): Written {
  return { id, file, texts: [truth, why, instead], facts, sources }
}
