import { encode } from './encode.ts'
import type { Part, Pattern } from './pattern.ts'
import type { Phrase, Program, Step } from './program.ts'
import type { QuantityKind } from './quantities.ts'
import type { SymbolTable } from './symbols.ts'
import { isUnspaced } from './tokenize.ts'
import { createWordSets, type WordSets } from './word-sets.ts'

/** Words looked back from the calling word. */
const longestReach = 24
/** Groups of languages that triage does not read: their words are matched, but nothing is corrected into them. */
const foreign = 'lexicon.'

/**
 * Compiles the groups that `wanted` says and those they refer to. Programs that share a symbol table can read the
 * same text. Throws an Error naming the group on an unknown reference or a circle.
 */
export function compile(
  all: ReadonlyMap<string, readonly Pattern[]>,
  wanted: (name: string) => boolean,
  symbols: SymbolTable,
): Program {
  const groups = reachable(all, wanted)
  const sets = createWordSets(groups, symbols)
  const groupNames = [...groups.keys()]
  const groupIds = new Map(groupNames.map((name, id) => [name, id]))
  const phrases: Phrase[] = []
  for (const name of groupNames) {
    if (!wanted(name) && sets.ofGroup(name)) continue
    const layer = sets.depthOf(name)
    for (const pattern of (groups.get(name) ?? []).flatMap((each) => openings(each, sets)))
      phrases.push(toPhrase(pattern, name, layer))
  }
  const groupNeeds = groupNames.map((name) => sets.needOf({ kind: 'group', name }))
  return encode(phrases, groupNames, groupNeeds, symbols.count)

  function toPhrase(pattern: Pattern, name: string, layer: number): Phrase {
    const steps: Step[] = []
    emit(pattern, steps)
    steps.push({ op: 'match' })
    const first = firstSteps(steps)
    if (first.symbols.size + first.groups.size + first.quantities.size === 0)
      throw new Error(`a pattern of {${name}} has no word to begin with`)
    const anchor =
      first.groups.size + first.quantities.size === 0 ? anchorOf(pattern, sets, symbols) : undefined
    const callers = anchor?.symbols ?? first.symbols
    const needed = pattern
      .flatMap((part) => sets.needOf(part) ?? [])
      .sort((a, b) => symbols.commonness(a) - symbols.commonness(b))
    const onlyByWords = first.groups.size + first.quantities.size === 0
    return {
      group: groupIds.get(name) as number,
      steps,
      // What woke the phrase stands in the message: no need to look for it again.
      needsSets: onlyByWords ? needed.slice(1) : needed,
      needsGroups: pattern.flatMap((part) =>
        part.kind === 'group' && !sets.ofPart(part) ? [groupIds.get(part.name) as number] : [],
      ),
      wakers: needed[0] ?? callers,
      callers,
      before: anchor?.before ?? 0,
      callingGroups: first.groups,
      callingQuantities: first.quantities,
      layer,
    }
  }

  function emit(pattern: Pattern, steps: Step[]): void {
    for (const part of pattern) {
      const set = sets.ofPart(part)
      if (set) {
        const [only] = set
        steps.push(
          set.size === 1 && only !== undefined ? { op: 'word', symbol: only } : { op: 'words', symbols: set },
        )
      } else if (part.kind === 'gap') steps.push({ op: 'gap', most: part.most })
      else if (part.kind === 'group') steps.push({ op: 'group', group: groupIds.get(part.name) as number })
      else if (part.kind === 'quantity')
        steps.push({ op: 'quantity', quantity: part.quantity, min: part.min, max: part.max })
      else if (part.kind === 'clause-start' || part.kind === 'clause-end') steps.push({ op: part.kind })
      else if (part.kind === 'one-of') emitChoices(part.choices, part.optional, steps)
    }
  }

  function emitChoices(choices: readonly Pattern[], optional: boolean, steps: Step[]): void {
    const starts: number[] = []
    steps.push({ op: 'split', to: starts })
    const jumps: { op: 'jump'; to: number }[] = []
    for (const choice of choices) {
      starts.push(steps.length)
      emit(choice, steps)
      const jump = { op: 'jump' as const, to: 0 }
      jumps.push(jump)
      steps.push(jump)
    }
    for (const jump of jumps) jump.to = steps.length
    if (optional) starts.push(steps.length)
  }
}

/** Words that patterns of these groups name, and apart from them those of languages that triage does not read. */
export function wordsOf(
  all: ReadonlyMap<string, readonly Pattern[]>,
  wanted: (name: string) => boolean,
): { readonly words: ReadonlySet<string>; readonly foreignWords: ReadonlySet<string> } {
  const words = new Set<string>()
  const foreignWords = new Set<string>()
  const collect = (pattern: Pattern, into: Set<string>): void => {
    for (const part of pattern) {
      if (part.kind === 'word') into.add(part.word)
      if (part.kind === 'one-of') for (const choice of part.choices) collect(choice, into)
    }
  }
  for (const [name, patterns] of reachable(all, wanted))
    for (const pattern of patterns) collect(pattern, name.startsWith(foreign) ? foreignWords : words)
  return { words, foreignWords }
}

/**
 * One pattern for each way to begin, so that a phrase is tried only for its own first word. Choices that are single
 * words stay together.
 */
function openings(pattern: Pattern, sets: WordSets): Pattern[] {
  const [first, ...rest] = pattern
  if (!first) return []
  if (first.kind === 'clause-start') return openings(rest, sets).map((each) => [first, ...each])
  if (first.kind !== 'one-of' || sets.ofPart(first)) return [pattern]
  const single = first.choices.filter((choice) => choice.length === 1 && sets.ofPart(choice[0] as Part))
  const longer = first.choices.filter((choice) => !single.includes(choice))
  return [
    ...(single.length > 0 ? [[{ kind: 'one-of' as const, choices: single, optional: false }, ...rest]] : []),
    ...longer.flatMap((choice) => openings([...choice, ...rest], sets)),
    ...(first.optional ? openings(rest, sets) : []),
  ]
}

/** The least common set of words that the pattern cannot do without, and the most words that may stand before it. */
function anchorOf(
  pattern: Pattern,
  sets: WordSets,
  symbols: SymbolTable,
): { readonly symbols: ReadonlySet<number>; readonly before: number } | undefined {
  let best: { symbols: ReadonlySet<number>; before: number } | undefined
  let cost = Number.POSITIVE_INFINITY
  let before = 0
  for (const part of pattern) {
    const set = sets.ofPart(part)
    if (set && before <= longestReach) {
      const own = symbols.commonness(set) * (1 + before / 8)
      if (own < cost) {
        best = { symbols: set, before }
        cost = own
      }
    }
    before += sets.longest(part)
  }
  return best
}

function firstSteps(steps: readonly Step[]) {
  const symbols = new Set<number>()
  const groups = new Set<number>()
  const quantities = new Set<QuantityKind>()
  const visit = (at: number): void => {
    const step = steps[at]
    if (!step) return
    if (step.op === 'word') symbols.add(step.symbol)
    else if (step.op === 'words') for (const symbol of step.symbols) symbols.add(symbol)
    else if (step.op === 'group') groups.add(step.group)
    else if (step.op === 'quantity') quantities.add(step.quantity)
    else if (step.op === 'split') for (const to of step.to) visit(to)
    else if (step.op === 'jump') visit(step.to)
    else if (step.op === 'clause-start' || step.op === 'clause-end') visit(at + 1)
    else if (step.op === 'gap') throw new Error('a pattern begins with a gap')
    else throw new Error('a pattern may match nothing')
  }
  visit(0)
  return { symbols, groups, quantities }
}

function reachable(
  all: ReadonlyMap<string, readonly Pattern[]>,
  wanted: (name: string) => boolean,
): ReadonlyMap<string, readonly Pattern[]> {
  const reached = new Set<string>()
  const visit = (pattern: Pattern): void => {
    for (const part of pattern) {
      if (part.kind === 'one-of') for (const choice of part.choices) visit(choice)
      if (part.kind === 'group') reach(part.name)
    }
  }
  const reach = (name: string): void => {
    if (reached.has(name)) return
    reached.add(name)
    for (const pattern of all.get(name) ?? []) visit(pattern)
  }
  for (const name of all.keys()) if (wanted(name)) reach(name)
  return new Map([...all].filter(([name]) => reached.has(name)))
}

/** Replaces each word by what the normaliser would read it as, so that a rule may be written as people write. */
export function spellOut(pattern: Pattern, spellings: ReadonlyMap<string, readonly string[]>): Pattern {
  return pattern.flatMap((part): Part[] => {
    if (part.kind === 'one-of')
      return [{ ...part, choices: part.choices.map((choice) => spellOut(choice, spellings)) }]
    if (part.kind !== 'word' && part.kind !== 'prefix') return [part]
    const word = plainWord(part.kind === 'word' ? part.word : part.prefix)
    if (isUnspaced(word.charCodeAt(0))) return [...word].map((each) => ({ kind: 'word', word: each }))
    if (part.kind === 'prefix') return [{ kind: 'prefix', prefix: word }]
    return (spellings.get(word) ?? [word]).map((each) => ({ kind: 'word', word: each }))
  })
}

function plainWord(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mn}|['’]/gu, '')
}
