import type { Part, Pattern } from './pattern.ts'
import type { SymbolTable } from './symbols.ts'

/** Larger sets are found in almost every message, and rule nothing out. */
const largestNeed = 100
/** Words that one match of a nested group may have, for looking back. */
const groupReach = 14

/** Which words a part of a pattern stands for, and how groups build on each other. */
export interface WordSets {
  /** The symbols of a part that is always one word; undefined when it may be several, none or a measure. */
  ofPart(part: Part): ReadonlySet<number> | undefined
  /** The same of a group of which every pattern is one word. */
  ofGroup(name: string): ReadonlySet<number> | undefined
  /** Words of which one stands in everything that the part matches, as rare as can be; undefined when not known. */
  needOf(part: Part): ReadonlySet<number> | undefined
  /** 0 for a group that refers to none that must be searched before it, else one more than the deepest of those. */
  depthOf(name: string): number
  /** The most words that a part can cover. */
  longest(part: Part): number
}

/** Throws an Error naming the group on an unknown reference or a circle. */
export function createWordSets(
  groups: ReadonlyMap<string, readonly Pattern[]>,
  symbols: SymbolTable,
): WordSets {
  const plain = new Map<string, ReadonlySet<number> | undefined>()
  const parts = new Map<Part, ReadonlySet<number> | undefined>()
  const depths = new Map<string, number>()
  const needs = new Map<string, ReadonlySet<number> | undefined>()

  const patternsOf = (name: string, trail: readonly string[]): readonly Pattern[] => {
    const patterns = groups.get(name)
    if (!patterns) throw new Error(`unknown word group {${name}}`)
    if (trail.includes(name)) throw new Error(`word group {${name}} refers to itself`)
    return patterns
  }
  const union = (choices: readonly Pattern[], trail: readonly string[]): ReadonlySet<number> | undefined => {
    const all = new Set<number>()
    for (const choice of choices) {
      const only = choice[0]
      const set = choice.length === 1 && only ? symbolsOf(only, trail) : undefined
      if (!set) return undefined
      for (const symbol of set) all.add(symbol)
    }
    return all
  }
  const groupSet = (name: string, trail: readonly string[]): ReadonlySet<number> | undefined => {
    const patterns = patternsOf(name, trail)
    if (plain.has(name)) return plain.get(name)
    const set = union(patterns, [...trail, name])
    plain.set(name, set)
    return set
  }
  const symbolsOf = (part: Part, trail: readonly string[]): ReadonlySet<number> | undefined => {
    if (parts.has(part)) return parts.get(part)
    let set: ReadonlySet<number> | undefined
    if (part.kind === 'word') set = new Set([symbols.word(part.word)])
    else if (part.kind === 'prefix') set = new Set([symbols.prefix(part.prefix)])
    else if (part.kind === 'group') set = groupSet(part.name, trail)
    else if (part.kind === 'one-of' && !part.optional) set = union(part.choices, trail)
    parts.set(part, set)
    return set
  }

  const rarest = (pattern: Pattern): ReadonlySet<number> | undefined => {
    let best: ReadonlySet<number> | undefined
    let cost = Number.POSITIVE_INFINITY
    for (const part of pattern) {
      const set = needOf(part)
      const own = set ? symbols.commonness(set) : Number.POSITIVE_INFINITY
      if (set && own < cost) {
        best = set
        cost = own
      }
    }
    return best
  }
  const needOfAny = (choices: readonly Pattern[]): ReadonlySet<number> | undefined => {
    const all = new Set<number>()
    for (const choice of choices) {
      const set = rarest(choice)
      if (!set) return undefined
      for (const symbol of set) all.add(symbol)
      if (all.size > largestNeed) return undefined
    }
    return all
  }
  const needOf = (part: Part): ReadonlySet<number> | undefined => {
    const own = symbolsOf(part, [])
    if (own) return own
    if (part.kind === 'one-of') return part.optional ? undefined : needOfAny(part.choices)
    if (part.kind !== 'group') return undefined
    if (!needs.has(part.name)) needs.set(part.name, needOfAny(groups.get(part.name) ?? []))
    return needs.get(part.name)
  }

  const depthOf = (name: string, trail: readonly string[]): number => {
    const known = depths.get(name)
    if (known !== undefined) return known
    const inside = [...trail, name]
    let depth = 0
    const visit = (pattern: Pattern): void => {
      for (const part of pattern) {
        if (part.kind === 'one-of') for (const choice of part.choices) visit(choice)
        if (part.kind === 'group' && !groupSet(part.name, inside))
          depth = Math.max(depth, depthOf(part.name, inside) + 1)
      }
    }
    for (const pattern of patternsOf(name, trail)) visit(pattern)
    depths.set(name, depth)
    return depth
  }

  const longest = (part: Part): number => {
    if (part.kind === 'gap') return part.most
    if (part.kind === 'group') return groupReach
    if (part.kind === 'quantity') return 3
    if (part.kind === 'one-of')
      return Math.max(...part.choices.map((choice) => choice.reduce((sum, each) => sum + longest(each), 0)))
    return part.kind === 'clause-start' || part.kind === 'clause-end' ? 0 : 1
  }

  return {
    ofPart: (part) => symbolsOf(part, []),
    ofGroup: (name) => groupSet(name, []),
    needOf,
    depthOf: (name) => depthOf(name, []),
    longest,
  }
}
