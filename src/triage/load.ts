import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { Assess } from '../core/assessment.ts'
import { createTriage, type Why } from './assess.ts'
import { compileRules } from './compiled-rules.ts'
import { readRuleFile } from './rule-file.ts'
import type { Line, Rule, RuleSet } from './ruleset.ts'

export interface Triage {
  readonly assess: Assess
  readonly why: Why
  readonly ruleset: RuleSet
}

/**
 * Reads the triage folder: every `*.yaml` under it holds rules, word groups or spellings, every `*.txt` everyday
 * words. Throws `AppError` CONTENT_INVALID naming file, line and what is wrong.
 */
export function loadTriage(folder: string): Triage {
  const ruleset = readRuleSet(folder)
  return { ...createTriage(compileRules(ruleset)), ruleset }
}

/** Reads and checks the folder without compiling it. */
export function readRuleSet(folder: string): RuleSet {
  const groups = new Map<string, Line[]>()
  const rules: Rule[] = []
  const spellings = new Map<string, readonly string[]>()
  const languages = new Map<string, string[]>()
  const everydayWords: string[] = []
  const hash = createHash('sha256')
  for (const file of filesUnder(folder)) {
    const content = readFileSync(file, 'utf8')
    const name = relative(folder, file)
    hash.update(name).update('\0').update(content).update('\0')
    if (file.endsWith('.txt')) {
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
    hash: hash.digest('hex').slice(0, 16),
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
