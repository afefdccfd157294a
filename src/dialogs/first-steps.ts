import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Concern, concerns } from '../core/assessment.ts'
import { AppError } from '../core/errors.ts'
import { parseYaml } from '../knowledge/parse-yaml.ts'

const entry = z.object({
  steps: z.array(z.string()).min(1).max(3),
  source: z.object({ publisher: z.string(), title: z.string(), url: z.url() }),
})
const file = z.record(z.string(), entry)

/** Up to three things to do while waiting for an ambulance, by concern, each sourced. */
export interface FirstSteps {
  /** The steps of the concern that stands first in the file, which is their priority; those of `default` for no other. */
  steps(locale: string, about: readonly Concern[]): readonly string[]
}

/** Reads `<dir>/<locale>.yaml`. Throws `CONTENT_INVALID` naming file and entry. */
export async function loadFirstSteps(dir: string): Promise<FirstSteps> {
  const byLocale = new Map<string, z.infer<typeof file>>()
  for (const name of (await readdir(dir)).sort()) {
    if (!name.endsWith('.yaml')) continue
    const path = join(dir, name)
    const steps = parseYaml(path, await readFile(path, 'utf8'), file)
    for (const key of Object.keys(steps)) {
      if (key !== 'default' && !(concerns as readonly string[]).includes(key)) {
        throw new AppError('CONTENT_INVALID', `${path}: "${key}" is not a concern`)
      }
    }
    byLocale.set(name.replace(/\.yaml$/, ''), steps)
  }
  return {
    steps(locale, about) {
      const known =
        byLocale.get(locale) ?? byLocale.get(locale.split('-')[0] ?? '') ?? byLocale.get('en') ?? {}
      const concern = Object.keys(known).find((name) => about.some((own) => own === name))
      return (known[concern ?? 'default'] ?? known.default)?.steps ?? []
    },
  }
}
