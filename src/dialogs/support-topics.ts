import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { parseYaml } from '../knowledge/parse-yaml.ts'
import { wordsOf } from '../knowledge/words.ts'

const id = z.string().regex(/^[a-z0-9-]+$/)
const words = z.array(z.string().min(1))

/** A topic that has an article, or will have one. */
export interface KnownTopic {
  readonly id: string
  readonly title: string
  readonly area: string
  /** Other words for it. */
  readonly names: readonly string[]
}

/** What support groups are about: articles, and wider topics that people name. */
export interface SupportTopics {
  /** Whether there is such a topic. */
  named(id: string): boolean
  /** Its title; the id itself when it is not known. */
  title(id: string): string
  /** Nobody else should learn that a person asked for it. */
  isPrivate(id: string): boolean
  /** 3 = the same topic, 2 = `its` covers what was asked for, 1 = the other way round, 0 = another. */
  nearness(asked: string, its: string): 0 | 1 | 2 | 3
  /**
   * The topic of which the longest name stands in a text; where the text names several, the first that is `wanted`.
   * A name inside a longer one is none of its own.
   */
  in(text: string, wanted?: (id: string) => boolean): string | undefined
}

/** Reads `topics.yaml`; without the file the articles are the topics. Throws `CONTENT_INVALID` as `file:line: what is wrong`. */
export async function loadSupportTopics(path: string, known: readonly KnownTopic[]): Promise<SupportTopics> {
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const areas = new Set(known.map(({ area }) => area))
  const ids = new Set(known.map((topic) => topic.id))
  const areaOf = new Map(known.map((topic) => [topic.id, topic.area]))
  const there = (name: string) => areas.has(name) || ids.has(name)
  const {
    topics,
    words: more,
    private: hidden,
  } = content === ''
    ? nothing
    : parseYaml(
        path,
        content,
        fileSchema(there, (name) => ids.has(name)),
      )
  const wider = new Map(topics.map((topic) => [topic.id, topic]))
  const names = longestFirst([
    ...known.flatMap((topic) =>
      [topic.id, topic.title, ...topic.names].map((name) => [name, topic.id] as const),
    ),
    ...Object.entries(more).flatMap(([topic, list]) => list.map((name) => [name, topic] as const)),
    ...topics.flatMap((topic) => [topic.title, ...topic.words].map((name) => [name, topic.id] as const)),
  ])
  const covers = (outer: string, inner: string) => {
    const { covers: covered = [] } = wider.get(outer) ?? {}
    return covered.includes(inner) || covered.includes(areaOf.get(inner) ?? '')
  }
  const private_ = new Set(hidden)
  return {
    named: (name) => ids.has(name) || wider.has(name),
    title: (name) => wider.get(name)?.title ?? known.find((topic) => topic.id === name)?.title ?? name,
    isPrivate: (name) => private_.has(name) || private_.has(areaOf.get(name) ?? ''),
    nearness(asked, its) {
      if (asked === its) return 3
      if (covers(its, asked)) return 2
      return covers(asked, its) ? 1 : 0
    },
    in(text, wanted = () => true) {
      let said = ` ${wordsOf(text).join(' ')} `
      const found: string[] = []
      for (const [name, topic] of names) {
        if (!said.includes(` ${name} `)) continue
        said = said.replaceAll(` ${name} `, ' | ')
        found.push(topic)
      }
      return found.find(wanted) ?? found[0]
    },
  }
}

const nothing = { topics: [], words: {}, private: [] }

function fileSchema(there: (name: string) => boolean, isArticle: (name: string) => boolean) {
  return z.strictObject({
    topics: z.array(
      z.strictObject({
        id,
        title: z.string().min(1),
        words,
        /** Areas and articles that it holds. */
        covers: z.array(z.string().refine(there, 'no such area or topic')).default([]),
      }),
    ),
    words: z.record(z.string().refine(isArticle, 'no such topic'), words).default({}),
    private: z.array(z.string()).default([]),
  })
}

/** What is written in the file wins over the articles' own names of the same length: it comes later. */
function longestFirst(
  names: readonly (readonly [name: string, topic: string])[],
): readonly (readonly [string, string])[] {
  const byName = new Map(names.map(([name, topic]) => [wordsOf(name).join(' '), topic]))
  byName.delete('')
  return [...byName].sort(([a], [b]) => b.length - a.length)
}
