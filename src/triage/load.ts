import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { createTriage, type TriageParts } from './assess.ts'
import { compileRules } from './compiled-rules.ts'
import { readRuleFile } from './rule-file.ts'
import type { Line, Rule, RuleSet } from './ruleset.ts'
import { builtRules, readStoredRules, storeRules } from './stored-rules.ts'

export interface Triage extends TriageParts {
  /** First 16 hex digits of the SHA-256 of the files; on every assessment. */
  readonly hash: string
  /** The rules as their files say them, read when first asked for: judging does not need them. */
  readonly ruleset: RuleSet
}

/**
 * Reads the triage folder: every `*.yaml` under it holds rules, word groups or spellings, every `*.txt` everyday
 * words. What the build compiled is used when it was compiled from these very files. Throws `AppError`
 * CONTENT_INVALID naming file, line and what is wrong.
 */
export function loadTriage(folder: string, stored: string = builtRules): Triage {
  const files = readFiles(folder)
  const hash = hashOf(files)
  let ruleset: RuleSet | undefined
  const read = () => {
    ruleset ??= readAll(files)
    return ruleset
  }
  const rules = readStoredRules(stored, hash) ?? compileRules(read())
  return {
    ...createTriage(rules),
    hash,
    get ruleset() {
      return read()
    },
  }
}

/** Compiles the folder and stores the result at `path`, for the build. Throws like `loadTriage`. */
export function storeTriage(folder: string, path: string): void {
  storeRules(path, compileRules(readRuleSet(folder)))
}

/** Reads and checks the folder without compiling it. */
export function readRuleSet(folder: string): RuleSet {
  return readAll(readFiles(folder))
}

interface ContentFile {
  readonly name: string
  readonly content: string
}

function readFiles(folder: string): ContentFile[] {
  return filesUnder(folder).map((file) => ({
    name: relative(folder, file),
    content: readFileSync(file, 'utf8'),
  }))
}

function hashOf(files: readonly ContentFile[]): string {
  const hash = createHash('sha256')
  for (const { name, content } of files) hash.update(name).update('\0').update(content).update('\0')
  return hash.digest('hex').slice(0, 16)
}

function readAll(files: readonly ContentFile[]): RuleSet {
  const groups = new Map<string, Line[]>()
  const rules: Rule[] = []
  const spellings = new Map<string, readonly string[]>()
  const languages = new Map<string, string[]>()
  const everydayWords: string[] = []
  for (const { name, content } of files) {
    if (name.endsWith('.txt')) {
      for (const word of content.split('\n'))
        if (word !== '' && !word.startsWith('#')) everydayWords.push(word)
      continue
    }
    const read = readRuleFile(name, content)
    for (const group of read.groups) {
      const lines = groups.get(group.name)
      if (lines) lines.push(...group.patterns)
      else groups.set(group.name, [...group.patterns])
    }
    for (const [from, to] of read.spellings) spellings.set(from, to)
    for (const [tag, words] of read.languages) languages.set(tag, [...(languages.get(tag) ?? []), ...words])
    rules.push(...read.rules)
  }
  return {
    groups: [...groups].map(([name, patterns]) => ({ name, patterns })),
    rules,
    spellings,
    everydayWords,
    languages,
    hash: hashOf(files),
  }
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) return filesUnder(path)
      return /\.(yaml|txt)$/.test(basename(path)) ? [path] : []
    })
}
