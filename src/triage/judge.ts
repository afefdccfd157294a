import type { Level } from '../core/assessment.ts'
import type { Atom, CompiledRules } from './compiled-rules.ts'
import type { Guards } from './guards.ts'
import type { Match, Matcher, Matches } from './match.ts'
import type { NormalText } from './normalize.ts'
import type { GuardName, JudgedRule } from './ruleset.ts'

/** A rule that fired, the words it fired on, and at which level (a past event may have a lower one). */
export interface Fired {
  readonly rule: JudgedRule
  readonly level: Level
  readonly matches: readonly Match[]
}

/** A rule that would have fired, and the guard that kept it quiet. */
export interface Guarded {
  readonly rule: JudgedRule
  readonly guard: GuardName | 'unless' | 'alone'
  readonly match: Match
}

export interface Verdict {
  readonly fired: readonly Fired[]
  readonly guarded: readonly Guarded[]
}

/** Words between facts that are joined by `&`. */
const nearWords = 18
/** Words between facts that are joined by `+`: beyond that they belong to different stories. */
const farWords = 70
/** Matches of one atom that are weighed; a longer list repeats itself. */
const weighed = 40

interface Condition {
  readonly rule: JudgedRule
  readonly near: readonly (readonly Atom[])[]
  readonly atoms: readonly Atom[]
  readonly unless: readonly Atom[]
}

export type Judge = (
  normal: NormalText,
  matches: AtomMatches,
  /** Made when first asked for: most messages need none. */
  guards: () => Guards,
  /** First word that belongs to the message itself, not to earlier fragments. */
  from: number,
  allowed: (rule: JudgedRule) => boolean,
) => Verdict

/** What was found of the atoms: keys at once, the rest when it is asked for. */
export interface AtomMatches {
  readonly groups: readonly number[]
  has(atom: Atom): boolean
  of(atom: Atom): readonly Match[]
  /** Whether each atom could stand in the text. */
  could(atoms: readonly Atom[]): boolean
  /** Says that these atoms will be asked for, so that all are searched together. */
  expect(atoms: readonly Atom[]): void
}

const none: readonly Match[] = []

/** `keys` were searched; of the rest only those atoms are searched that are asked for and could stand in the text. */
export function atomMatches(keys: Matches, rest: Matcher): AtomMatches {
  let found: Matches | undefined
  const search = (group: number): Matches | undefined => {
    if (!rest.could(group)) return undefined
    if (rest.want(group) || !found) found = rest.find()
    return found
  }
  return {
    groups: keys.groups,
    has: (atom) => (atom >= 0 ? keys.has(atom) : (search(-1 - atom)?.has(-1 - atom) ?? false)),
    of: (atom) => (atom >= 0 ? keys.of(atom) : (search(-1 - atom)?.of(-1 - atom) ?? none)),
    could(atoms) {
      for (const atom of atoms) if (atom >= 0 ? !keys.has(atom) : !rest.could(-1 - atom)) return false
      return true
    },
    expect(atoms) {
      for (const atom of atoms) if (atom < 0 && rest.could(-1 - atom)) rest.want(-1 - atom)
    },
  }
}

const nothing: Verdict = { fired: [], guarded: [] }

/** Makes the part that weighs what was found: each condition is looked at only when its first atom matched. */
export function createJudge(rules: CompiledRules): Judge {
  const byKey: (Condition[] | undefined)[] = rules.keys.groupNames.map(() => undefined)
  const stage = new Set(rules.stage)
  for (const { rule, near } of rules.conditions) {
    const condition = {
      rule: rules.rules[rule] as JudgedRule,
      near,
      atoms: near.flat(),
      unless: rules.unless[rule] as readonly Atom[],
    }
    const key = condition.atoms[0] as number
    const list = byKey[key]
    if (list) list.push(condition)
    else byKey[key] = [condition]
  }
  return (normal, matches, guards, from, allowed) => {
    if (matches.groups.length === 0) return nothing
    const possible: Condition[] = []
    for (const group of matches.groups)
      for (const condition of byKey[group] ?? [])
        if (matches.could(condition.atoms) && allowed(condition.rule)) possible.push(condition)
    if (possible.length === 0) return nothing
    for (const condition of possible) {
      matches.expect(condition.atoms)
      matches.expect(condition.unless)
    }
    const fired = new Map<JudgedRule, Fired>()
    const guarded: Guarded[] = []
    for (const condition of possible) {
      const before = fired.get(condition.rule)
      if (before && before.level === condition.rule.level) continue
      if (!hasAll(matches, condition.atoms)) continue
      const outcome = weigh(condition, stage, normal, matches, guards(), from)
      if ('guard' in outcome) guarded.push(outcome)
      else if ('level' in outcome && (!before || outcome.level === condition.rule.level))
        fired.set(condition.rule, outcome)
    }
    return { fired: [...fired.values()], guarded }
  }
}

function hasAll(matches: AtomMatches, atoms: readonly Atom[]): boolean {
  for (const atom of atoms) if (!matches.has(atom)) return false
  return true
}

function weigh(
  condition: Condition,
  stage: ReadonlySet<Atom>,
  normal: NormalText,
  matches: AtomMatches,
  guards: Guards,
  from: number,
): Fired | Guarded | { none: true } {
  const { rule } = condition
  const unless = keptQuiet(condition, normal, matches)
  if (unless) return { rule, guard: 'unless', match: unless }
  const clear = new Map<number, readonly Match[]>()
  const past = new Map<number, readonly Match[]>()
  let stopped: Guarded | undefined
  for (const atom of condition.atoms) {
    if (clear.has(atom)) continue
    const open: Match[] = []
    const gone: Match[] = []
    for (const match of matches.of(atom)) {
      if (open.length >= weighed) break
      const guard = guards.covering(match, rule, stage.has(atom))
      if (guard === undefined) open.push(match)
      else if (guard === 'past') gone.push(match)
      if (guard !== undefined) stopped ??= { rule, guard, match }
    }
    clear.set(atom, open)
    past.set(atom, [...open, ...gone])
  }
  const found = combine(condition, normal, clear, from)
  if (found) {
    if (rule.alone !== undefined && otherWords(found, normal, from) > rule.alone)
      return { rule, guard: 'alone', match: found[0] as Match }
    return { rule, level: rule.level, matches: found }
  }
  if (rule.past.level) {
    const before = combine(condition, normal, past, from)
    if (before) return { rule, level: rule.past.level, matches: before }
  }
  return stopped ?? { none: true }
}

/**
 * The first word of `unless` that stands in a sentence with one of the rule's own words: what is said elsewhere ("lol",
 * an order to the machine) takes nothing back. A rule that looks at how little else is said looks at all of it.
 */
function keptQuiet(condition: Condition, normal: NormalText, matches: AtomMatches): Match | undefined {
  const sentenceOf = (match: Match) => normal.tokens[match.start]?.sentence
  let sentences: Set<number | undefined> | undefined
  for (const group of condition.unless) {
    for (const match of matches.of(group)) {
      sentences ??= new Set(condition.atoms.flatMap((atom) => matches.of(atom).map(sentenceOf)))
      if (condition.rule.alone !== undefined || sentences.has(sentenceOf(match))) return match
    }
  }
  return undefined
}

/** One match for each atom, near ones near, at least one of them in the message itself. */
function combine(
  condition: Condition,
  normal: NormalText,
  matches: ReadonlyMap<number, readonly Match[]>,
  from: number,
): readonly Match[] | undefined {
  const parts: (readonly (readonly Match[])[])[] = []
  for (const part of condition.near) {
    const ways =
      part.length === 1
        ? (matches.get(part[0] as number) ?? []).map((match) => [match])
        : nearWays(part, normal, matches)
    if (ways.length === 0) return undefined
    parts.push(ways)
  }
  const fresh = (way: readonly Match[]) => way.some((match) => match.end > from)
  const [first, ...rest] = parts as [readonly (readonly Match[])[], ...(readonly (readonly Match[])[])[]]
  for (const way of first) {
    const chosen = [...way]
    let ok = true
    for (const ways of rest) {
      const place = (way[0] as Match).start
      const close = ways.filter(
        (other) => Math.abs((other[0] as Match).start - place) <= farWords && apart(other, chosen),
      )
      const pick = close.find(fresh) ?? close[0]
      if (!pick) {
        ok = false
        break
      }
      chosen.push(...pick)
    }
    if (ok && fresh(chosen)) return chosen
  }
  return undefined
}

function nearWays(
  part: readonly number[],
  normal: NormalText,
  matches: ReadonlyMap<number, readonly Match[]>,
): readonly (readonly Match[])[] {
  const sentence = (match: Match) => normal.tokens[match.start]?.sentence
  const ways: Match[][] = []
  for (const first of matches.get(part[0] as number) ?? []) {
    const way = [first]
    for (const atom of part.slice(1)) {
      const next = (matches.get(atom) ?? []).find(
        (match) =>
          sentence(match) === sentence(first) &&
          Math.abs(match.start - first.start) <= nearWords &&
          apart([match], way),
      )
      if (!next) break
      way.push(next)
    }
    if (way.length === part.length) ways.push(way)
  }
  return ways
}

/** Two facts need words of their own: one phrase is not two signs. */
function apart(some: readonly Match[], others: readonly Match[]): boolean {
  return some.every((one) => others.every((other) => one.start >= other.end || one.end <= other.start))
}

function otherWords(found: readonly Match[], normal: NormalText, from: number): number {
  const covered = new Set<number>()
  for (const match of found) for (let place = match.start; place < match.end; place += 1) covered.add(place)
  let others = 0
  for (let place = from; place < normal.tokens.length; place += 1) if (!covered.has(place)) others += 1
  return others
}
