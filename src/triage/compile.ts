import type { Part, Pattern } from './pattern.ts'
import type { Anchored, Layer, Phrase, Program, Step } from './program.ts'
import type { QuantityKind } from './quantities.ts'
import { isUnspaced } from './tokenize.ts'

/**
 * Compiles the groups that `wanted` says and those they refer to. Throws an Error naming the group on an unknown
 * reference or a circle.
 */
export function compile(
  all: ReadonlyMap<string, readonly Pattern[]>,
  wanted: (name: string) => boolean,
): Program {
  const groups = reachable(all, wanted)
  const symbols = new SymbolTable()
  const plain = new Map<string, ReadonlySet<number>>()
  const groupNames = [...groups.keys()]
  const groupIds = new Map(groupNames.map((name, id) => [name, id]))
  const words = new Set<string>()
  const expanded = groups

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
  const remembered = new WeakMap<Part, ReadonlySet<number> | 'none'>()
  const symbolsOfPart = (part: Part, trail: readonly string[]): ReadonlySet<number> | undefined => {
    const known = remembered.get(part)
    if (known) return known === 'none' ? undefined : known
    const found = findSymbols(part, trail)
    remembered.set(part, found ?? 'none')
    return found
  }
  const findSymbols = (part: Part, trail: readonly string[]): ReadonlySet<number> | undefined => {
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

  const sets: (readonly number[])[] = []
  const setIds = new Map<string, number>()
  const setId = (set: ReadonlySet<number>): number => {
    const sorted = [...set].sort((a, b) => a - b)
    const key = sorted.join(' ')
    let id = setIds.get(key)
    if (id === undefined) {
      id = sets.length
      setIds.set(key, id)
      sets.push(sorted)
    }
    return id
  }
  /**
   * One pattern for each way to begin, so that a phrase is tried only for its own first word. Choices that are single
   * words stay together.
   */
  const openings = (pattern: Pattern): Pattern[] => {
    const [first, ...rest] = pattern
    if (!first) return []
    if (first.kind === 'clause-start') return openings(rest).map((each) => [first, ...each])
    if (first.kind !== 'one-of' || symbolsOfPart(first, [])) return [pattern]
    const single = first.choices.filter(
      (choice) => choice.length === 1 && symbolsOfPart(choice[0] as Part, []),
    )
    const longer = first.choices.filter((choice) => !single.includes(choice))
    return [
      ...(single.length > 0
        ? [[{ kind: 'one-of' as const, choices: single, optional: false }, ...rest]]
        : []),
      ...longer.flatMap((choice) => openings([...choice, ...rest])),
      ...(first.optional ? openings(rest) : []),
    ]
  }
  /** The least common set of words that the pattern cannot do without, and the most words that may stand before it. */
  const anchorOf = (pattern: Pattern): { symbols: ReadonlySet<number>; before: number } | undefined => {
    let best: { symbols: ReadonlySet<number>; before: number } | undefined
    let cost = Number.POSITIVE_INFINITY
    let before = 0
    for (const part of pattern) {
      const set = symbolsOfPart(part, [])
      if (set && before <= longestReach) {
        const own = symbols.commonness(set) * (1 + before / 8)
        if (own < cost) {
          best = { symbols: set, before }
          cost = own
        }
      }
      before += longest(part)
    }
    return best
  }
  /** What must stand somewhere in the message for the pattern to match at all. */
  const needs = (pattern: Pattern) => {
    const needsSets: number[] = []
    const needsGroups: number[] = []
    for (const part of pattern) {
      const set = symbolsOfPart(part, [])
      if (set) needsSets.push(setId(set))
      else if (part.kind === 'group') needsGroups.push(groupIds.get(part.name) as number)
    }
    return { needsSets, needsGroups }
  }

  const layers: {
    bySymbol: (Anchored[] | undefined)[]
    byGroup: Map<number, Phrase[]>
    byQuantity: Map<QuantityKind, Phrase[]>
  }[] = []
  for (const name of groupNames) {
    if (!wanted(name) && wordClass(name, [])) continue
    const depth = depthOf(name, [])
    for (const pattern of (expanded.get(name) ?? []).flatMap(openings)) {
      const steps: Step[] = []
      emit(pattern, steps)
      steps.push({ op: 'match' })
      const phrase: Phrase = { group: groupIds.get(name) as number, steps, ...needs(pattern) }
      while (layers.length <= depth) layers.push({ bySymbol: [], byGroup: new Map(), byQuantity: new Map() })
      const layer = layers[depth] as (typeof layers)[number]
      const first = firstSteps(steps)
      if (first.symbols.size + first.groups.size + first.quantities.size === 0)
        throw new Error(`a pattern of {${name}} has no word to begin with`)
      const anchor = first.groups.size + first.quantities.size === 0 ? anchorOf(pattern) : undefined
      for (const symbol of anchor?.symbols ?? first.symbols) {
        const list = layer.bySymbol[symbol]
        const anchored = { phrase, before: anchor?.before ?? 0 }
        if (list) list.push(anchored)
        else layer.bySymbol[symbol] = [anchored]
      }
      for (const group of first.groups) push(layer.byGroup, group, phrase)
      for (const quantity of first.quantities) push(layer.byQuantity, quantity, phrase)
    }
  }
  const foreignWords = new Set<string>()
  for (const [name, patterns] of expanded)
    for (const pattern of patterns) collectWords(pattern, name.startsWith(foreign) ? foreignWords : words)
  return {
    groupIds,
    groupNames,
    layers: layers as Layer[],
    sets,
    symbolCount: symbols.count,
    symbolsOf: symbols.lookup(),
    words,
    foreignWords,
  }
}

/** Words looked back from the calling word. */
const longestReach = 24
/** Words that one match of a nested group may have, for looking back. */
const groupReach = 14

/** The most words that a part can cover. */
function longest(part: Part): number {
  if (part.kind === 'gap') return part.most
  if (part.kind === 'group') return groupReach
  if (part.kind === 'quantity') return 3
  if (part.kind === 'one-of')
    return Math.max(...part.choices.map((choice) => choice.reduce((sum, each) => sum + longest(each), 0)))
  return part.kind === 'clause-start' || part.kind === 'clause-end' ? 0 : 1
}

/** Words of every message: a phrase called by one of these would be tried all the time. */
const commonest = new Set(
  'feel help time day days people life good back never still today right home always something anything everything need work take took make made say said says see tell told way night year years friend mom dad man woman kid child baby husband wife boyfriend girlfriend old new little lot bad long last week weeks month months after before off over down again where who could should any some by only even being them us our us every thing things them until while since here please im son daughter mother father family brother sister away keep since also most much many try trying start started come came give look first two one other person into hoy esta estoy tengo muy mas pero cuando desde hace dia dias ahora siempre mama papa hijo hija i a an the to and of in is it my me he she they we you not can do be am are was have has had with on at for that this so all no him her his their as or if from out up what how will would going get got just now about like because when then there been did does very really want know think feel more too el la los las de que y a en un una no se me mi su por con es lo le al te ya como para'.split(
    ' ',
  ),
)
const commonCost = 40

/** Groups of languages that triage does not read: their words are matched, but nothing is corrected into them. */
const foreign = 'lexicon.'

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

function push<K>(map: Map<K, Phrase[]>, key: K, phrase: Phrase): void {
  const list = map.get(key)
  if (list) list.push(phrase)
  else map.set(key, [phrase])
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
  readonly #common = new Set<number>()
  #next = 0

  get count(): number {
    return this.#next
  }

  word(word: string): number {
    return this.#number(this.#words, word)
  }

  prefix(prefix: string): number {
    return this.#number(this.#prefixes, prefix)
  }

  /** How often words of the set are to be expected, in units of a rare word. */
  commonness(set: ReadonlySet<number>): number {
    let sum = 0
    for (const symbol of set) sum += this.#common.has(symbol) ? commonCost : 1
    return sum
  }

  #number(map: Map<string, number>, key: string): number {
    const known = map.get(key)
    if (known !== undefined) return known
    map.set(key, this.#next)
    if (map === this.#words && commonest.has(key)) this.#common.add(this.#next)
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
