import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import { parseYaml } from '../knowledge/parse-yaml.ts'
import { type KnownTopic, loadSupportTopics, type SupportTopics } from './support-topics.ts'

const kinds = ['peer-group', 'charity', 'line', 'online-community'] as const
const text = z.string().trim().min(1)
const source = z.strictObject({ publisher: text, title: text, url: z.url(), read: z.iso.date() })
const ages = z.union([
  z.literal('unknown'),
  z
    .strictObject({ from: z.int().min(0).max(99), to: z.int().max(99).optional() })
    .refine(({ from, to = 99 }) => from <= to, '"to" is below "from"'),
])

function groupSchema(topics: SupportTopics) {
  return z.strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    name: text,
    kind: z.enum(kinds),
    topics: z.array(z.string().refine((id) => topics.named(id), 'no such topic')).min(1),
    /** Whom it is for, in words. */
    audience: text,
    ages,
    /** One plain sentence. */
    offers: text,
    url: z.url(),
    join: text.optional(),
    source,
    /** Of the excerpt as it was read, white space collapsed. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  })
}

function fileSchema(topics: SupportTopics) {
  return z.strictObject({
    /** ISO 3166 alpha-2, or `*` for everywhere. */
    country: z.string().regex(/^([A-Z]{2}|\*)$/),
    groups: z.array(groupSchema(topics)),
  })
}

type FileEntry = z.infer<ReturnType<typeof groupSchema>>

/** A place where people in the same situation find each other, or a body that leads to one. */
export interface SupportGroup extends FileEntry {
  readonly country: string
}

/** Support groups by topic and country, from `content/support-groups`. */
export interface SupportGroups {
  readonly all: readonly SupportGroup[]
  readonly topics: SupportTopics
  /**
   * Those for a topic in a country and those for everywhere, each with the very topic before wider and narrower ones.
   * To somebody under age only places that are for young people, and bodies that say they are there for every age.
   */
  find(
    topic: string,
    country: string,
    minor: boolean,
  ): { readonly near: readonly SupportGroup[]; readonly everywhere: readonly SupportGroup[] }
}

const everywhere = '*'
const topicsFile = 'topics.yaml'
const adult = 18

/**
 * Reads `<dir>/*.yaml`, one file for each country; without the folder there are none. `known` are the topics that
 * groups may name beside those of `topics.yaml`. Throws `CONTENT_INVALID` as `file:line: what is wrong`.
 */
export async function loadSupportGroups(dir: string, known: readonly KnownTopic[]): Promise<SupportGroups> {
  const topics = await loadSupportTopics(join(dir, topicsFile), known)
  const all: SupportGroup[] = []
  for (const name of (await namesIn(dir)).sort()) {
    if (!name.endsWith('.yaml') || name === topicsFile) continue
    const path = join(dir, name)
    const content = await readFile(path, 'utf8')
    const { country, groups } = parseYaml(path, content, fileSchema(topics))
    for (const group of groups) {
      if (all.some(({ id }) => id === group.id)) {
        const line = content.split('\n').findIndex((row) => row.trim() === `- id: ${group.id}`) + 1
        throw new AppError('CONTENT_INVALID', `${path}:${line}: "${group.id}" is the id of another group`)
      }
      all.push({ ...group, country })
    }
  }
  const ranked = (topic: string, country: string, minor: boolean) =>
    all
      .filter((group) => group.country === country && (!minor || fitsMinor(group)))
      .map((group) => ({ group, rank: Math.max(...group.topics.map((its) => topics.nearness(topic, its))) }))
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank - a.rank)
      .map(({ group }) => group)
  return {
    all,
    topics,
    find: (topic, country, minor) => ({
      near: ranked(topic, country, minor),
      everywhere: ranked(topic, everywhere, minor),
    }),
  }
}

/** Grown-ups and children do not share a group here: it is for the young, or no place where people meet at all. */
function fitsMinor({ ages, kind }: SupportGroup): boolean {
  if (ages === 'unknown' || ages.from >= adult) return false
  return ages.to !== undefined || kind === 'charity' || kind === 'line'
}

async function namesIn(dir: string): Promise<string[]> {
  return readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}
