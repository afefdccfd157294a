import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { parseYaml } from './parse-yaml.ts'
import { termOf, wordsOf } from './words.ts'

const ideas = z.record(z.string(), z.array(z.coerce.string().min(1)).min(1))

/** A file of lay equivalents: each line is one idea and the ways people say it. */
export const lexiconSchema = z.strictObject({
  locale: z.string(),
  /** What claims are about: people, illnesses, remedies. */
  things: ideas,
  /** What claims say of them: "not" before one of these turns the sentence round. */
  relations: ideas,
  /** Who says so, and that it is hidden. */
  frames: ideas,
})

/** Where an idea was said: the words from `at`, `length` of them. */
export interface Mention {
  readonly idea: string
  readonly at: number
  readonly length: number
}

export interface Lexicon {
  /** Every idea in a run of terms; one word may hold several. */
  mentionsIn(terms: readonly string[]): readonly Mention[]
  isRelation(idea: string): boolean
  /** The terms of the way of saying an idea that stands first in its line: what the idea is. */
  headOf(idea: string): readonly string[]
  readonly terms: ReadonlySet<string>
}

export const emptyLexicon: Lexicon = {
  mentionsIn: () => [],
  isRelation: () => false,
  headOf: () => [],
  terms: new Set(),
}

/** Reads `<locale>.yaml` in a folder; locales without one have none. Throws `CONTENT_INVALID`. */
export async function loadLexicons(dir: string): Promise<ReadonlyMap<string, Lexicon>> {
  const names = await readdir(dir).catch(() => [])
  const files = names.filter((name) => name.endsWith('.yaml')).sort()
  const read = await Promise.all(
    files.map(async (name) => {
      const file = join(dir, name)
      return parseYaml(file, await readFile(file, 'utf8'), lexiconSchema)
    }),
  )
  return new Map(read.map((one) => [one.locale, createLexicon(one)]))
}

interface Phrase {
  readonly terms: readonly string[]
  readonly idea: string
}

export function createLexicon(written: z.infer<typeof lexiconSchema>): Lexicon {
  const byFirst = new Map<string, Phrase[]>()
  const terms = new Set<string>()
  const seen = new Set<string>()
  const heads = new Map<string, readonly string[]>()
  for (const group of [written.things, written.relations, written.frames]) {
    for (const [idea, phrases] of Object.entries(group)) {
      for (const phrase of phrases) {
        const parts = wordsOf(phrase).map(termOf)
        const [first] = parts
        const key = `${idea} ${parts.join(' ')}`
        if (first === undefined || seen.has(key)) continue
        seen.add(key)
        if (!heads.has(idea)) heads.set(idea, parts)
        for (const term of parts) terms.add(term)
        byFirst.set(first, [...(byFirst.get(first) ?? []), { terms: parts, idea }])
      }
    }
  }
  const relations = new Set(Object.keys(written.relations))
  return {
    terms,
    isRelation: (idea) => relations.has(idea),
    headOf: (idea) => heads.get(idea) ?? [],
    mentionsIn: (said) =>
      said.flatMap((term, at) =>
        (byFirst.get(term) ?? [])
          .filter((phrase) => phrase.terms.every((part, index) => said[at + index] === part))
          .map((phrase) => ({ idea: phrase.idea, at, length: phrase.terms.length })),
      ),
  }
}
