import {
  type Assess,
  type Concern,
  isAlarm,
  type Level,
  rank,
  type Signal,
  type TriageContext,
} from '../core/assessment.ts'
import type { CompiledRules } from './compiled-rules.ts'
import { createContextRules } from './context.ts'
import { createJoinFragments } from './fragments.ts'
import { createGuards, type Guards } from './guards.ts'
import { atomMatches, createJudge, type Verdict } from './judge.ts'
import { createReading } from './language.ts'
import { createLexicon } from './lexicon.ts'
import { createMatcher, type Match } from './match.ts'
import { createNormalize, type NormalText, toText } from './normalize.ts'
import { readQuantities } from './quantities.ts'
import type { JudgedRule, RuleSource } from './ruleset.ts'
import { createSymbolsOf } from './symbols.ts'
import { createTextIndex } from './text-index.ts'

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

export interface TriageParts {
  readonly assess: Assess
  readonly why: Why
  /** Elementary comparisons made for all texts so far: how the tests count work without a clock. */
  readonly steps: () => number
}

/** Puts the parts together once; what comes back is pure and synchronous. */
export function createTriage(rules: CompiledRules): TriageParts {
  const lexicon = createLexicon({
    sought: rules.sought,
    known: [...rules.everydayWords, ...rules.known],
    spellings: rules.spellings,
  })
  const normalize = createNormalize(lexicon, createSymbolsOf(rules.symbols))
  const join = createJoinFragments(normalize)
  const index = createTextIndex(rules.symbols.length)
  const keys = createMatcher(rules.keys, index, 'all')
  const rest = createMatcher(rules.rest, index, 'wanted')
  const cues = createMatcher(rules.guards, index, 'all')
  const guardsOf = createGuards(rules.guards, cues)
  const judge = createJudge(rules)
  const read = createReading(rules.languages, rules.everydayWords)
  const inContext = createContextRules(rules.keys)
  const minorGroup = rules.keys.groupNames.indexOf('guard.minor')

  const examine = (text: string, context: TriageContext) => {
    const own = normalize(text)
    const { normal, from } = join(context.fragments, own)
    const quantities = readQuantities(normal.tokens)
    index.fill(normal.tokens, quantities)
    const matches = keys.find()
    let made: Guards | undefined
    const guards = () => {
      made ??= guardsOf(normal, quantities)
      return made
    }
    const allowed = (rule: JudgedRule) => rule.after.length === 0 || inContext.recently(rule.after, context)
    const verdict = judge(normal, atomMatches(matches, rest), guards, from, allowed)
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
      about: worst ? (worst.rule.about ?? seen.guards().about(lastOf(worst.matches))) : 'self',
      ruleset: rules.hash,
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
  return { assess, why, steps: () => keys.steps() + rest.steps() + cues.steps() }
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
