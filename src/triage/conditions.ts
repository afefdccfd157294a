import { spellOut } from './compile.ts'
import { type Pattern, parsePattern } from './pattern.ts'
import { invalid } from './rule-file.ts'
import type { Line, Rule, RuleSet } from './ruleset.ts'

/** One condition of a rule: groups that must all match; those of one inner list in one sentence, near each other. */
export interface Condition {
  readonly rule: Rule
  readonly near: readonly (readonly string[])[]
}

export interface Prepared {
  readonly groups: ReadonlyMap<string, readonly Pattern[]>
  readonly conditions: readonly Condition[]
  readonly unless: ReadonlyMap<Rule, readonly string[]>
  /** Groups that only set the scene, from the word group `guard.stage`. */
  readonly stage: ReadonlySet<string>
}

/** Parses every pattern; each atom of a condition becomes a group, shared when two rules write the same. */
export function prepare(ruleset: RuleSet): Prepared {
  const groups = new Map<string, Pattern[]>()
  const where = new Map<string, Line>()
  const parse = (text: string, line: Line): Pattern => {
    try {
      return spellOut(parsePattern(text), ruleset.spellings)
    } catch (error) {
      throw invalid(line.file, line.line, error instanceof Error ? error.message : 'not a pattern')
    }
  }
  for (const group of ruleset.groups)
    for (const line of group.patterns) {
      const pattern = parse(line.text, line)
      const list = groups.get(group.name)
      if (list) list.push(pattern)
      else groups.set(group.name, [pattern])
      where.set(group.name, line)
    }
  const atom = (text: string, line: Line): string => {
    const pattern = parse(text, line)
    const [only] = pattern
    const name = pattern.length === 1 && only?.kind === 'group' ? only.name : `=${text}`
    if (!groups.has(name)) {
      if (name !== `=${text}`) throw invalid(line.file, line.line, `unknown word group {${name}}`)
      groups.set(name, [pattern])
      where.set(name, line)
    }
    return name
  }
  const conditions: Condition[] = []
  const unless = new Map<Rule, readonly string[]>()
  for (const rule of ruleset.rules) {
    for (const line of rule.when)
      conditions.push({
        rule,
        near: line.text.split(' + ').map((part) => part.split(' & ').map((text) => atom(text.trim(), line))),
      })
    unless.set(
      rule,
      rule.unless.map((line) => atom(line.text, line)),
    )
  }
  checkReferences(groups, where)
  return { groups, conditions, unless, stage: sceneGroups(groups) }
}

/** Groups named by `guard.stage`, and conditions that are made of nothing else. */
function sceneGroups(groups: ReadonlyMap<string, readonly Pattern[]>): ReadonlySet<string> {
  const named = new Set<string>()
  for (const pattern of groups.get('guard.stage') ?? [])
    for (const part of pattern) if (part.kind === 'group') named.add(part.name)
  const only = (pattern: Pattern): boolean =>
    pattern.every((part) => {
      if (part.kind === 'group') return named.has(part.name)
      return part.kind === 'one-of' && part.choices.every(only)
    })
  const stage = new Set(named)
  for (const [name, patterns] of groups) if (name.startsWith('=') && patterns.every(only)) stage.add(name)
  return stage
}

function checkReferences(
  groups: ReadonlyMap<string, readonly Pattern[]>,
  where: ReadonlyMap<string, Line>,
): void {
  const visit = (pattern: Pattern, name: string): void => {
    for (const part of pattern) {
      if (part.kind === 'one-of') for (const choice of part.choices) visit(choice, name)
      if (part.kind === 'group' && !groups.has(part.name)) {
        const line = where.get(name)
        throw invalid(line?.file ?? '', line?.line ?? 0, `unknown word group {${part.name}}`)
      }
    }
  }
  for (const [name, patterns] of groups) for (const pattern of patterns) visit(pattern, name)
}
