import type { Part, Pattern } from './pattern.ts'
import type { Layer, Phrase, Program, Step } from './program.ts'
import type { QuantityKind } from './quantities.ts'

/** Compiles named groups of patterns. Throws an Error naming the group on an unknown reference or a circle. */
export function compile(
  groups: ReadonlyMap<string, readonly Pattern[]>,
  spellings: ReadonlyMap<string, readonly string[]>,
): Program {
  const symbols = new SymbolTable()
  const plain = new Map<string, ReadonlySet<number>>()
  const groupNames = [...groups.keys()]
  const groupIds = new Map(groupNames.map((name, id) => [name, id]))
  const words = new Set<string>()
  const expanded = new Map<string, readonly Pattern[]>()
  for (const [name, patterns] of groups)
    expanded.set(
      name,
      patterns.map((pattern) => spellOut(pattern, spellings)),
    )

  const wordClass = (name: string, trail: readonly string[]): ReadonlySet<number> | undefined => {
    const known = plain.get(name)
    if (known) return known
    const patterns = expanded.get(name)
    if (!patterns) throw new Error(`unknown word group {${name}}`)
    if (trail.includes(name)) throw new Error(`word group {${name}} refers to itself`)
    const all = new Set<number>()
    for (const pattern of patterns) {
      const part = pattern[0]
      if (pattern.length !== 1 || !part) return undefined
      const set = symbolsOfPart(part, [...trail, name])
      if (!set) return undefined
      for (const symbol of set) all.add(symbol)
    }
    plain.set(name, all)
    return all
  }
  const symbolsOfPart = (part: Part, trail: readonly string[]): ReadonlySet<number> | undefined => {
    if (part.kind === 'word') return new Set([symbols.word(part.word)])
    if (part.kind === 'prefix') return new Set([symbols.prefix(part.prefix)])
    if (part.kind === 'group') return wordClass(part.name, trail)
    if (part.kind !== 'one-of' || part.optional) return undefined
    const all = new Set<number>()
    for (const choice of part.choices) {
      const only = choice[0]
      if (choice.length !== 1 || !only) return undefined
      const set = symbolsOfPart(only, trail)
      if (!set) return undefined
      for (const symbol of set) all.add(symbol)
    }
    return all
  }

  const depths = new Map<string, number>()
  const depthOf = (name: string, trail: readonly string[]): number => {
    const known = depths.get(name)
    if (known !== undefined) return known
    if (trail.includes(name)) throw new Error(`word group {${name}} refers to itself`)
    let depth = 0
    const visit = (pattern: Pattern): void => {
      for (const part of pattern) {
        if (part.kind === 'one-of') for (const choice of part.choices) visit(choice)
        if (part.kind === 'group' && !wordClass(part.name, [...trail, name]))
          depth = Math.max(depth, depthOf(part.name, [...trail, name]) + 1)
      }
    }
    for (const pattern of expanded.get(name) ?? []) visit(pattern)
    depths.set(name, depth)
    return depth
  }

  const emit = (pattern: Pattern, steps: Step[]): void => {
    for (const part of pattern) {
      const set = symbolsOfPart(part, [])
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
  const emitChoices = (choices: readonly Pattern[], optional: boolean, steps: Step[]): void => {
    const starts: number[] = []
    const split = { op: 'split' as const, to: starts }
    steps.push(split)
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

  const layers: {
    bySymbol: (Phrase[] | undefined)[]
    byGroup: Map<number, Phrase[]>
    byQuantity: Map<QuantityKind, Phrase[]>
  }[] = []
  for (const name of groupNames) {
    const depth = depthOf(name, [])
    for (const pattern of expanded.get(name) ?? []) {
      const steps: Step[] = []
      emit(pattern, steps)
      steps.push({ op: 'match' })
      const phrase: Phrase = { group: groupIds.get(name) as number, steps }
      while (layers.length <= depth) layers.push({ bySymbol: [], byGroup: new Map(), byQuantity: new Map() })
      const layer = layers[depth] as (typeof layers)[number]
      const first = firstSteps(steps)
      if (first.symbols.size + first.groups.size + first.quantities.size === 0)
        throw new Error(`a pattern of {${name}} has no word to begin with`)
      for (const symbol of first.symbols) (layer.bySymbol[symbol] ??= []).push(phrase)
      for (const group of first.groups) push(layer.byGroup, group, phrase)
      for (const quantity of first.quantities) push(layer.byQuantity, quantity, phrase)
    }
  }
  for (const [name, patterns] of expanded)
    if (!name.startsWith(foreign)) for (const pattern of patterns) collectWords(pattern, words)
  return { groupIds, groupNames, layers: layers as Layer[], symbolsOf: symbols.lookup(), words }
}

/** Groups of languages that triage does not read: their words are matched, but nothing is corrected into them. */
const foreign = 'lexicon.'

function push<K>(map: Map<K, Phrase[]>, key: K, phrase: Phrase): void {
  const list = map.get(key)
  if (list) list.push(phrase)
  else map.set(key, [phrase])
}

/** Replaces each word by what the normaliser would read it as, so that a rule may be written as people write. */
function spellOut(pattern: Pattern, spellings: ReadonlyMap<string, readonly string[]>): Pattern {
  return pattern.flatMap((part): Part[] => {
    if (part.kind === 'one-of')
      return [{ ...part, choices: part.choices.map((choice) => spellOut(choice, spellings)) }]
    if (part.kind === 'prefix') return [{ kind: 'prefix', prefix: plainWord(part.prefix) }]
    if (part.kind !== 'word') return [part]
    const word = plainWord(part.word)
    return (spellings.get(word) ?? [word]).map((each) => ({ kind: 'word', word: each }))
  })
}

function plainWord(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mn}|['’]/gu, '')
}

function collectWords(pattern: Pattern, words: Set<string>): void {
  for (const part of pattern) {
    if (part.kind === 'word') words.add(part.word)
    if (part.kind === 'one-of') for (const choice of part.choices) collectWords(choice, words)
  }
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

const memoryLimit = 30_000

/** Gives every word and every prefix that patterns name a number. */
class SymbolTable {
  readonly #words = new Map<string, number>()
  readonly #prefixes = new Map<string, number>()
  #next = 0

  word(word: string): number {
    return this.#number(this.#words, word)
  }

  prefix(prefix: string): number {
    return this.#number(this.#prefixes, prefix)
  }

  #number(map: Map<string, number>, key: string): number {
    const known = map.get(key)
    if (known !== undefined) return known
    map.set(key, this.#next)
    this.#next += 1
    return this.#next - 1
  }

  lookup(): (word: string) => readonly number[] {
    const memory = new Map<string, readonly number[]>()
    const longest = Math.max(0, ...[...this.#prefixes.keys()].map((prefix) => prefix.length))
    return (word) => {
      const known = memory.get(word)
      if (known) return known
      const found: number[] = []
      const own = this.#words.get(word)
      if (own !== undefined) found.push(own)
      for (let length = 1; length <= Math.min(longest, word.length); length += 1) {
        const prefix = this.#prefixes.get(word.slice(0, length))
        if (prefix !== undefined) found.push(prefix)
      }
      if (memory.size >= memoryLimit) memory.clear()
      memory.set(word, found)
      return found
    }
  }
}
