import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Concern, concerns } from '../core/assessment.ts'
import { AppError } from '../core/errors.ts'
import { parseYaml } from '../knowledge/parse-yaml.ts'
import type { Patient } from './patient.ts'

const source = z.object({ publisher: z.string(), title: z.string(), url: z.url() })
const steps = z.array(z.string()).min(1).max(3)
const entry = z
  .strictObject({
    steps: steps.optional(),
    self: steps.optional(),
    other: steps.optional(),
    child: steps.optional(),
    baby: steps.optional(),
    source,
    also: z.array(source).optional(),
  })
  .refine(({ steps, self, other, baby }) => steps ?? self ?? other ?? baby, 'has no steps')
const file = z.record(z.string(), entry)
type Entry = z.infer<typeof entry>

/** Up to three things to do while waiting for an ambulance, by concern and by who needs them, each sourced. */
export interface FirstSteps {
  /** The steps of the concern that stands first in the file and has some for this patient; else those of `default`. */
  steps(locale: string, about: readonly Concern[], patient: Patient): readonly string[]
}

/** Reads `<dir>/<locale>.yaml`. Throws `CONTENT_INVALID` naming file and entry. */
export async function loadFirstSteps(dir: string): Promise<FirstSteps> {
  const byLocale = new Map<string, Readonly<Record<string, Entry>>>()
  for (const name of (await readdir(dir)).sort()) {
    if (!name.endsWith('.yaml')) continue
    const path = join(dir, name)
    const known = parseYaml(path, await readFile(path, 'utf8'), file)
    for (const key of Object.keys(known)) {
      if (key !== 'default' && !(concerns as readonly string[]).includes(key)) {
        throw new AppError('CONTENT_INVALID', `${path}: "${key}" is not a concern`)
      }
    }
    if (!known.default?.steps) throw new AppError('CONTENT_INVALID', `${path}: "default" has no steps`)
    byLocale.set(name.replace(/\.yaml$/, ''), known)
  }
  return {
    steps(locale, about, patient) {
      const known =
        byLocale.get(locale) ?? byLocale.get(locale.split('-')[0] ?? '') ?? byLocale.get('en') ?? {}
      for (const [name, one] of Object.entries(known)) {
        const fitting = about.some((own) => own === name) ? stepsFor(one, patient) : undefined
        if (fitting) return fitting
      }
      return (known.default && (stepsFor(known.default, patient) ?? known.default.steps)) ?? []
    },
  }
}

/** What is missing falls to the next wider; nothing that is done to somebody else is told to who lies there. */
function stepsFor(one: Entry, patient: Patient): readonly string[] | undefined {
  switch (patient) {
    case 'self':
      return one.self ?? one.steps
    case 'unknown':
      return one.steps ?? one.other ?? one.self
    case 'other':
      return one.other ?? one.steps
    case 'child':
      return one.child ?? one.other ?? one.steps
    case 'baby':
      return one.baby ?? one.child ?? one.other ?? one.steps
  }
}
