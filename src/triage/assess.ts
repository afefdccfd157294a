import {
  type Assess,
  type Concern,
  isAlarm,
  type Level,
  rank,
  type Signal,
  type TriageContext,
} from '../core/assessment.ts'
import { compile } from './compile.ts'
import { prepare } from './conditions.ts'
import { createContextRules } from './context.ts'
import { joinTexts } from './fragments.ts'
import { createGuards } from './guards.ts'
import { atomMatches, createJudge, keyAtoms, type Verdict } from './judge.ts'
import { createReading } from './language.ts'
import { createLexicon } from './lexicon.ts'
import { createFindMatches, type Match } from './match.ts'
import { createNormalize, type NormalText, toText } from './normalize.ts'
import { readQuantities } from './quantities.ts'
import type { Rule, RuleSet, RuleSource } from './ruleset.ts'

/** Why a text was judged as it was: for people who test the rules. */
export interface Explanation {
  readonly level: Level
  readonly normalised: string
  readonly fired: readonly {
    readonly rule: string
    readonly level: Level
    readonly words: readonly string[]
    readonly source: string
  }[]
  readonly held: readonly { readonly rule: string; readonly guard: string; readonly words: string }[]
}
export type Why = (text: string, context?: TriageContext) => Explanation

/** A message with nothing before it. */
export const noContext: TriageContext = { now: 0, recent: [], fragments: [] }

/** Compiles the rules once; what comes back is pure and synchronous. */
export function createTriage(ruleset: RuleSet): { readonly assess: Assess; readonly why: Why } {
  const prepared = prepare(ruleset)
  const isGuard = (name: string) => name.startsWith('guard.') && name !== 'guard.minor'
  const keys = keyAtoms(prepared)
  const others = new Set(
    [
      ...prepared.conditions.flatMap((condition) => condition.near.flat()),
      ...[...prepared.unless.values()].flat(),
    ].filter((name) => !keys.has(name)),
  )
  const program = compile(
    prepared.groups,
    (name) => keys.has(name) || name.startsWith('context.') || name === 'guard.minor',
  )
  const restProgram = compile(prepared.groups, (name) => others.has(name))
  const guardProgram = compile(prepared.groups, isGuard)
  const lexicon = createLexicon({
    sought: [...program.words, ...restProgram.words, ...guardProgram.words],
    known: [...ruleset.everydayWords, ...program.foreignWords],
    spellings: ruleset.spellings,
  })
  const normalize = createNormalize(lexicon)
  const findMatches = createFindMatches(program)
  const findRest = createFindMatches(restProgram)
  const guardsOf = createGuards(guardProgram)
  const judge = createJudge(prepared, program, restProgram)
  const read = createReading(ruleset.languages, ruleset.everydayWords)
  const inContext = createContextRules(program)
  const minorGroup = program.groupIds.get('guard.minor') ?? -1

  const examine = (text: string, context: TriageContext) => {
    const own = normalize(text)
    const { normal, from } = joinTexts(context.fragments, own, normalize)
    const quantities = readQuantities(normal.tokens)
    const matches = findMatches(normal.tokens, quantities)
    const guards = guardsOf(normal, quantities)
    const allowed = (rule: Rule) => rule.after.length === 0 || inContext.recently(rule.after, context)
    const atoms = atomMatches(matches, () => findRest(normal.tokens, quantities))
    const verdict = judge(normal, atoms, guards, from, allowed)
    return { own, normal, from, matches, guards, verdict }
  }

  const assess: Assess = (text, context) => {
    const seen = examine(text, context)
    const fired = ownFirst(seen.verdict.fired, seen.from)
    const signals = toSignals(fired, seen.normal, seen.from)
    const reading = read(text, seen.own)
    if (!reading.readable && !signals.some((signal) => rank(signal.level) <= rank('unknown')))
      signals.push({ rule: 'unreadable', level: 'unknown', concerns: ['unreadable'], span: [0, text.length] })
    const carried = inContext.carry(signals, seen.matches, seen.from, context, text.length)
    if (carried) signals.push(carried)
    signals.sort((a, b) => rank(a.level) - rank(b.level))
    const worst = fired.reduce<Verdict['fired'][number] | undefined>(
      (best, each) => (!best || rank(each.level) < rank(best.level) ? each : best),
      undefined,
    )
    const minor =
      seen.verdict.fired.some((each) => each.rule.minor) ||
      seen.matches.of(minorGroup).some((match) => match.end > seen.from)
    return {
      level: signals[0]?.level ?? 'routine',
      concerns: concernsOf(signals, minor),
      about: worst ? (worst.rule.about ?? seen.guards.about(lastOf(worst.matches))) : 'self',
      ruleset: ruleset.hash,
      signals,
      ...(reading.language === undefined ? {} : { language: reading.language }),
      ...(minor ? { minor: true } : {}),
    }
  }

  const why: Why = (text, context = noContext) => {
    const seen = examine(text, context)
    const words = (match: Match) =>
      seen.normal.tokens
        .slice(match.start, match.end)
        .map((token) => token.text)
        .join(' ')
    return {
      level: assess(text, context).level,
      normalised: toText(seen.normal),
      fired: seen.verdict.fired.map((each) => ({
        rule: each.rule.id,
        level: each.level,
        words: each.matches.map(words),
        source: sourceLine(each.rule.source),
      })),
      held: seen.verdict.guarded.map((each) => ({
        rule: each.rule.id,
        guard: each.guard,
        words: words(each.match),
      })),
    }
  }
  return { assess, why }
}

/** The judgement alone, for those who need no explanation. */
export function createAssess(ruleset: RuleSet): Assess {
  return createTriage(ruleset).assess
}

function sourceLine(source: RuleSource): string {
  return 'none' in source
    ? `no source: ${source.none}`
    : `${source.publisher}, ${source.title}, ${source.url}`
}

function lastOf(matches: readonly Match[]): Match {
  return matches[0] as Match
}

/**
 * Of two signs alike in level, what this message says by itself chooses the words and whom it is about: an earlier
 * line that only makes a sign together with it ("my baby", then "I can't breathe") comes behind.
 */
function ownFirst(fired: Verdict['fired'], from: number): Verdict['fired'] {
  const own = (each: Verdict['fired'][number]) => each.matches.every((match) => match.start >= from)
  return [...fired.filter(own), ...fired.filter((each) => !own(each))]
}

function toSignals(all: Verdict['fired'], normal: NormalText, from: number): Signal[] {
  return all.map((fired) => {
    let start = Number.MAX_SAFE_INTEGER
    let end = 0
    for (const match of fired.matches)
      for (let place = Math.max(from, match.start); place < match.end; place += 1) {
        start = Math.min(start, normal.tokens[place]?.start ?? start)
        end = Math.max(end, normal.tokens[place]?.end ?? end)
      }
    return { rule: fired.rule.id, level: fired.level, concerns: fired.rule.concerns, span: [start, end] }
  })
}

/** Concerns of the worst signals first; what a routine signal is about is not a concern. */
function concernsOf(signals: readonly Signal[], minor: boolean): Concern[] {
  const all = new Set<Concern>()
  for (const signal of signals)
    if (signal.level !== 'routine') for (const concern of signal.concerns) all.add(concern)
  if (minor && signals.some((signal) => isAlarm(signal.level) || signal.level === 'sensitive'))
    all.add('minor')
  return [...all]
}
