import { type Layer, ops, type Phrase, type Program, type Step } from './program.ts'
import { quantityKinds } from './quantities.ts'

/** Writes phrases as integers: one array of code, sets of words kept once, and for each layer what calls its phrases. */
export function encode(
  phrases: readonly Phrase[],
  groupNames: readonly string[],
  groupNeeds: readonly (ReadonlySet<number> | undefined)[],
  symbolCount: number,
): Program {
  const code: number[] = []
  const numbers: number[] = []
  const sets = new SetList()
  const table: number[] = []
  const needs: number[] = []
  const callers: number[] = []
  let longestCode = 0
  for (const phrase of phrases) {
    const start = code.length
    const { needsSets, needsGroups, before } = phrase
    table.push(phrase.group, start, needs.length, needsSets.length, needsGroups.length)
    table.push(callers.length, phrase.callers.size, before)
    callers.push(...phrase.callers)
    for (const set of needsSets) needs.push(sets.add(set))
    needs.push(...needsGroups)
    encodeSteps(phrase.steps, code, numbers, sets)
    longestCode = Math.max(longestCode, code.length - start)
  }
  const needOfGroups = Int32Array.from(groupNeeds.map((set) => (set ? sets.add(set) : -1)))
  const deepest = Math.max(-1, ...phrases.map((phrase) => phrase.layer))
  return {
    groupNames,
    symbolCount,
    code: Int32Array.from(code),
    numbers: Float64Array.from(numbers),
    setStarts: Int32Array.from(sets.starts),
    setItems: Int32Array.from(sets.items),
    phrases: Int32Array.from(table),
    needs: Int32Array.from(needs),
    callers: Int32Array.from(callers),
    layers: Array.from({ length: deepest + 1 }, (_, layer) => layerOf(phrases, layer)),
    groupNeeds: needOfGroups,
    ...usesOf(phrases, groupNames.length),
    longestCode,
  }
}

function layerOf(phrases: readonly Phrase[], layer: number): Layer {
  const wakers: number[] = []
  const groupCallers: number[] = []
  const quantityCallers: number[] = []
  for (const [id, phrase] of phrases.entries()) {
    if (phrase.layer !== layer) continue
    if (phrase.callers.size > 0) for (const symbol of phrase.wakers) wakers.push(symbol, id)
    for (const group of phrase.callingGroups) groupCallers.push(group, id)
    for (const kind of phrase.callingQuantities) quantityCallers.push(quantityKinds.indexOf(kind), id)
  }
  return {
    wakers: Int32Array.from(wakers),
    groupCallers: Int32Array.from(groupCallers),
    quantityCallers: Int32Array.from(quantityCallers),
  }
}

/** For each group all groups that its phrases refer to, and those refer to, and so on. */
function usesOf(phrases: readonly Phrase[], groupCount: number): Pick<Program, 'useStarts' | 'useItems'> {
  const direct = Array.from({ length: groupCount }, () => new Set<number>())
  for (const { group, steps } of phrases)
    for (const step of steps) if (step.op === 'group') direct[group]?.add(step.group)
  const starts = [0]
  const items: number[] = []
  for (let group = 0; group < groupCount; group += 1) {
    const all = new Set([group])
    for (const each of all) for (const used of direct[each] ?? []) all.add(used)
    items.push(...all)
    starts.push(items.length)
  }
  return { useStarts: Int32Array.from(starts), useItems: Int32Array.from(items) }
}

function encodeSteps(steps: readonly Step[], code: number[], numbers: number[], sets: SetList): void {
  const places: number[] = []
  let next = code.length
  for (const step of steps) {
    places.push(next)
    next += widthOf(step)
  }
  const placeOf = (step: number) => places[step] as number
  for (const step of steps) {
    if (step.op === 'word') code.push(ops.word, step.symbol)
    else if (step.op === 'words') code.push(ops.words, sets.add(step.symbols))
    else if (step.op === 'gap') code.push(ops.gap, step.most)
    else if (step.op === 'group') code.push(ops.group, step.group)
    else if (step.op === 'quantity') {
      code.push(ops.quantity, quantityKinds.indexOf(step.quantity), numbers.length)
      numbers.push(step.min, step.max)
    } else if (step.op === 'split') {
      const first = firstWords(steps, step.to)
      code.push(ops.split, first ? sets.add(first) : -1, step.to.length, ...step.to.map(placeOf))
    } else if (step.op === 'jump') code.push(ops.jump, placeOf(step.to))
    else if (step.op === 'clause-start') code.push(ops.clauseStart)
    else if (step.op === 'clause-end') code.push(ops.clauseEnd)
    else code.push(ops.match)
  }
}

function widthOf(step: Step): number {
  switch (step.op) {
    case 'word':
    case 'words':
    case 'gap':
    case 'group':
    case 'jump':
      return 2
    case 'quantity':
      return 3
    case 'split':
      return 3 + step.to.length
    default:
      return 1
  }
}

/** The words one of which must come next on every way; undefined when a way may go on with something else. */
function firstWords(steps: readonly Step[], ways: readonly number[]): ReadonlySet<number> | undefined {
  const found = new Set<number>()
  const visit = (at: number): boolean => {
    const step = steps[at] as Step
    if (step.op === 'word') found.add(step.symbol)
    else if (step.op === 'words') for (const symbol of step.symbols) found.add(symbol)
    else if (step.op === 'split') return step.to.every(visit)
    else if (step.op === 'jump') return visit(step.to)
    else if (step.op === 'clause-start' || step.op === 'clause-end') return visit(at + 1)
    else return false
    return true
  }
  return ways.every(visit) ? found : undefined
}

/** Sets of symbols, equal ones once. */
class SetList {
  readonly starts: number[] = [0]
  readonly items: number[] = []
  readonly #ids = new Map<string, number>()
  readonly #known = new Map<ReadonlySet<number>, number>()

  add(set: ReadonlySet<number>): number {
    const known = this.#known.get(set)
    if (known !== undefined) return known
    const sorted = [...set].sort((a, b) => a - b)
    const key = sorted.join(' ')
    let id = this.#ids.get(key)
    if (id === undefined) {
      id = this.starts.length - 1
      this.#ids.set(key, id)
      this.items.push(...sorted)
      this.starts.push(this.items.length)
    }
    this.#known.set(set, id)
    return id
  }
}
