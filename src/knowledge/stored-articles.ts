import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import type { Article } from './article.ts'

/** Where the build leaves the articles as it read them: inside the build that will read them, so their form always fits. */
export const builtArticles = fileURLToPath(new URL('../articles.compiled', import.meta.url))

/** sha256 of an article's file: what an approval pins, and what a stored article is found by. */
export function articleHash(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Writes articles for `readStoredArticles`. */
export function storeArticles(path: string, articles: readonly Article[]): void {
  writeFileSync(path, serialize(articles))
}

/** Articles that were read and checked before, by their hash; none when the file is broken or not there. */
export function readStoredArticles(path: string): ReadonlyMap<string, Article> {
  try {
    const stored = deserialize(readFileSync(path)) as readonly Article[]
    return new Map(stored.map((article) => [article.hash, article]))
  } catch {
    // Parsing them takes a second or two; a file that cannot be read costs no more than that.
    return new Map()
  }
}
