import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import type { CompiledRules } from './compiled-rules.ts'

/** Where the build leaves the compiled rules: inside the build that will read them, so their form always fits. */
export const builtRules = fileURLToPath(new URL('../triage.compiled', import.meta.url))

/** Writes compiled rules for `readStoredRules`. */
export function storeRules(path: string, rules: CompiledRules): void {
  writeFileSync(path, serialize(rules))
}

/** The rules that were compiled from files with this hash; undefined when they are others, broken or not there. */
export function readStoredRules(path: string, hash: string): CompiledRules | undefined {
  try {
    const stored: unknown = deserialize(readFileSync(path))
    return isOf(stored, hash) ? stored : undefined
  } catch {
    // Compiling takes a second; a file that cannot be read costs no more than that.
    return undefined
  }
}

function isOf(stored: unknown, hash: string): stored is CompiledRules {
  return typeof stored === 'object' && stored !== null && 'hash' in stored && stored.hash === hash
}
