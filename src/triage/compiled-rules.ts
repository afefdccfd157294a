import { compile, wordsOf } from './compile.ts'
import { type Prepared, prepare } from './conditions.ts'
import type { Program } from './program.ts'
import type { JudgedRule, Rule, RuleSet } from './ruleset.ts'
import { SymbolTable } from './symbols.ts'

/**
 * A group as conditions name it: 0 and above is a group of the keys, below 0 is group `-1 - atom` of the rest.
 */
export type Atom = number

/** One condition of a rule: atoms that must all match; those of one inner list in one sentence, near each other. */
export interface CompiledCondition {
  /** Place of its rule in `CompiledRules.rules`. */
  readonly rule: number
  readonly near: readonly (readonly Atom[])[]
}

/** A rule set ready to judge: plain data, so that it can be stored. */
export interface CompiledRules {
  readonly hash: string
  readonly rules: readonly JudgedRule[]
  readonly conditions: readonly CompiledCondition[]
  /** For each rule: atoms that keep it quiet. */
  readonly unless: readonly (readonly Atom[])[]
  /** Atoms that set the scene: being long ago does not make the rest past. */
  readonly stage: readonly Atom[]
  /** Words and prefixes by their symbol, for all three programs. */
  readonly symbols: readonly string[]
  /** First atoms of conditions: only when one of these stands in a message is anything else looked for. */
  readonly keys: Program
  /** All other atoms, looked for when first asked. */
  readonly rest: Program
  /** What guards look for. */
  readonly guards: Program
  /** Words that rules look for: misspelt words are corrected into these. */
  readonly sought: readonly string[]
  /** Words that are read as they stand. */
  readonly known: readonly string[]
  readonly everydayWords: readonly string[]
  readonly spellings: ReadonlyMap<string, readonly string[]>
  readonly languages: ReadonlyMap<string, readonly string[]>
}

/** Compiles every pattern. Throws `AppError` CONTENT_INVALID naming file and line of a mistake. */
export function compileRules(ruleset: RuleSet): CompiledRules {
  const prepared = prepare(ruleset)
  const { groups } = prepared
  const keyNames = new Set(prepared.conditions.map((condition) => condition.near[0]?.[0] as string))
  const otherNames = new Set(
    [
      ...prepared.conditions.flatMap((condition) => condition.near.flat()),
      ...[...prepared.unless.values()].flat(),
    ].filter((name) => !keyNames.has(name)),
  )
  const isKey = (name: string) => keyNames.has(name) || name.startsWith('context.') || name === 'guard.minor'
  const isOther = (name: string) => otherNames.has(name)
  const isGuard = (name: string) => name.startsWith('guard.') && name !== 'guard.minor'
  const table = new SymbolTable()
  const keys = compile(groups, isKey, table)
  const rest = compile(groups, isOther, table)
  const guards = compile(groups, isGuard, table)
  const keyWords = wordsOf(groups, isKey)
  return {
    hash: ruleset.hash,
    rules: ruleset.rules.map(judged),
    ...withAtoms(ruleset.rules, prepared, keyNames, keys, rest),
    symbols: table.toList(),
    keys: { ...keys, symbolCount: table.count },
    rest: { ...rest, symbolCount: table.count },
    guards: { ...guards, symbolCount: table.count },
    sought: [
      ...new Set([...keyWords.words, ...wordsOf(groups, isOther).words, ...wordsOf(groups, isGuard).words]),
    ],
    known: [...keyWords.foreignWords],
    everydayWords: ruleset.everydayWords,
    spellings: ruleset.spellings,
    languages: ruleset.languages,
  }
}

function withAtoms(
  rules: readonly Rule[],
  prepared: Prepared,
  keyNames: ReadonlySet<string>,
  keys: Program,
  rest: Program,
): Pick<CompiledRules, 'conditions' | 'unless' | 'stage'> {
  const keyIds = new Map(keys.groupNames.map((name, id) => [name, id]))
  const restIds = new Map(rest.groupNames.map((name, id) => [name, id]))
  const atom = (name: string): Atom =>
    keyNames.has(name) ? (keyIds.get(name) as number) : -1 - (restIds.get(name) as number)
  const places = new Map(rules.map((rule, place) => [rule, place]))
  return {
    conditions: prepared.conditions.map(({ rule, near }) => ({
      rule: places.get(rule) as number,
      near: near.map((part) => part.map(atom)),
    })),
    unless: rules.map((rule) => (prepared.unless.get(rule) ?? []).map(atom)),
    stage: [...prepared.stage].filter((name) => keyNames.has(name) || restIds.has(name)).map(atom),
  }
}

function judged(rule: Rule): JudgedRule {
  const { id, level, concerns, deaf, past, alone, after, about, minor, source } = rule
  return {
    id,
    level,
    concerns,
    deaf,
    past,
    ...(alone === undefined ? {} : { alone }),
    after,
    ...(about === undefined ? {} : { about }),
    minor,
    source,
  }
}
