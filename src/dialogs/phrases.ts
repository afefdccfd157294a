import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { parseDocument } from 'yaml'
import { AppError } from '../core/errors.ts'

export type PhraseValues = Readonly<Record<string, string | number>>

/** Everything Salus says that is not an article, as ICU messages by locale. */
export interface Phrases {
  readonly locales: readonly string[]
  /** The phrase in the nearest locale (`es-MX` → `es` → `en`). A missing key is a bug and throws. */
  say(locale: string, key: string, values?: PhraseValues): string
  /** A phrase that is a list, such as steps; empty when there is none under the key. */
  list(locale: string, key: string, values?: PhraseValues): readonly string[]
  has(locale: string, key: string): boolean
  keys(locale: string): readonly string[]
}

const fallbackLocale = 'en'

/** Reads `<dir>/<locale>/*.yaml`. Keys are dotted: file, then the path in it. Throws `CONTENT_INVALID` with file and key. */
export async function loadPhrases(dir: string): Promise<Phrases> {
  const byLocale = new Map<string, Map<string, string | readonly string[]>>()
  for (const locale of (await readdir(dir)).sort()) {
    const entries = new Map<string, string | readonly string[]>()
    for (const file of (await readdir(join(dir, locale))).sort()) {
      if (file.endsWith('.yaml')) await readInto(entries, join(dir, locale, file))
    }
    byLocale.set(locale, entries)
  }
  return createPhrases(byLocale)
}

function createPhrases(
  byLocale: ReadonlyMap<string, ReadonlyMap<string, string | readonly string[]>>,
): Phrases {
  const compiled = new Map<string, IntlMessageFormat>()
  const find = (locale: string, key: string) => {
    for (const candidate of [locale, locale.split('-')[0] ?? locale, fallbackLocale]) {
      const value = byLocale.get(candidate)?.get(key)
      if (value !== undefined) return { locale: candidate, value }
    }
    return undefined
  }
  const format = (locale: string, message: string, values: PhraseValues): string => {
    const id = `${locale}\n${message}`
    let ready = compiled.get(id)
    if (!ready) {
      // Plain tags in a message are text here, never markup.
      ready = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
      compiled.set(id, ready)
    }
    return String(ready.format(values))
  }
  return {
    locales: [...byLocale.keys()],
    say(locale, key, values = {}) {
      const found = find(locale, key)
      if (typeof found?.value !== 'string') {
        throw new AppError('CONTENT_INVALID', `no phrase "${key}"`, 'Add it under content/phrases.')
      }
      return format(found.locale, found.value, values)
    },
    list(locale, key, values = {}) {
      const found = find(locale, key)
      return Array.isArray(found?.value)
        ? found.value.map((item: string) => format(found.locale, item, values))
        : []
    },
    has: (locale, key) => find(locale, key) !== undefined,
    keys: (locale) => [...(byLocale.get(locale)?.keys() ?? [])],
  }
}

async function readInto(entries: Map<string, string | readonly string[]>, path: string): Promise<void> {
  const document = parseDocument(await readFile(path, 'utf8'))
  const [problem] = document.errors
  if (problem) {
    const line = problem.linePos?.[0].line ?? 1
    throw new AppError('CONTENT_INVALID', `${path}:${line}: ${problem.message.split('\n')[0]}`)
  }
  flatten(entries, basename(path, '.yaml'), document.toJS(), path)
}

function flatten(
  entries: Map<string, string | readonly string[]>,
  prefix: string,
  value: unknown,
  path: string,
): void {
  if (typeof value === 'string') entries.set(prefix, value)
  else if (Array.isArray(value) && value.every((item) => typeof item === 'string')) entries.set(prefix, value)
  else if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) flatten(entries, `${prefix}.${key}`, inner, path)
  } else throw new AppError('CONTENT_INVALID', `${path}: "${prefix}" must be text, a list of texts or a map`)
}
