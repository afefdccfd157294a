import { CallList } from './call-list.ts'
import { MatchList } from './match-list.ts'
import { fields, ops, type Program, phraseSize } from './program.ts'
import { type Quantity, quantityKinds } from './quantities.ts'
import type { TextIndex } from './text-index.ts'

/** Words `[start, end)` that a group matched. */
export interface Match {
  readonly start: number
  readonly end: number
}

/** What was found in one text. Holds until the same matcher reads another text. */
export interface Matches {
  /** Groups that matched, each once, in the order in which they were found. */
  readonly groups: readonly number[]
  has(group: number): boolean
  of(group: number): readonly Match[]
  /** Elementary comparisons made: how the tests count work without a clock. */
  readonly steps: number
}

/** Searches the text that the index was filled with. */
export interface Matcher {
  /** Finds all groups; of a matcher of few, those that were wanted for this text. */
  find(): Matches
  /** Asks for a group. False when it was asked for before. */
  want(group: number): boolean
  /** Whether the text holds words without which the group cannot match: asked before anything is searched. */
  could(group: number): boolean
  /** Elementary comparisons of all searches so far: how the tests count work without a clock. */
  steps(): number
}

/** Words from the start of a phrase for which it is remembered that the rest cannot stand there. */
const remembered = 128
const mostRuns = 2 ** 31 - 1

/**
 * Makes the matcher of one program. A phrase is tried only around the words that call it, and only when the text
 * holds all else that it needs. Ways through a phrase are tried in the order in which they are written; a way that
 * failed at a place is not tried there again, so that the work is bounded by the code's length for each word.
 */
export function createMatcher(program: Program, index: TextIndex, of: 'all' | 'wanted'): Matcher {
  const fewOnly = of === 'wanted'
  const { code, numbers, setStarts, setItems, phrases, needs } = program
  const layers = program.layers.map((layer) => ({
    byWaker: listsOf(layer.wakers, program.symbolCount),
    byGroup: listsOf(layer.groupCallers, program.groupNames.length),
    byQuantity: listsOf(layer.quantityCallers, quantityKinds.length),
  }))
  const setAsked = new Float64Array(setStarts.length)
  const setFound = new Uint8Array(setStarts.length)
  const failed = new Int32Array(program.longestCode * remembered)
  const found = new MatchList(program.groupNames.length)
  const { symbolSeen } = index
  const wanted = new Float64Array(program.groupNames.length)
  const asked = new Float64Array(phrases.length / phraseSize)
  const awake = new Int32Array(phrases.length / phraseSize)
  const calls = new CallList(program.symbolCount)
  let awakeCount = 0
  let stamp = 0
  let run = 0
  let steps = 0
  let total = 0
  /** What is being tried: where its code begins, its first word, the end of its sentence. */
  let base = 0
  let origin = 0
  let limit = 0
  let { symbolStarts, symbols, clauses } = index

  /** Whether the text holds a word of the set. */
  const holds = (set: number): boolean => {
    if (setAsked[set] !== index.text) {
      setAsked[set] = index.text
      setFound[set] = 0
      const end = setStarts[set + 1] as number
      for (let i = setStarts[set] as number; i < end; i += 1) {
        steps += 1
        if (symbolSeen[setItems[i] as number] === index.text) {
          setFound[set] = 1
          break
        }
      }
    }
    return setFound[set] === 1
  }
  const possible = (phrase: number): boolean => {
    const at = phrase * phraseSize
    if (fewOnly && wanted[phrases[at + fields.group] as number] !== index.text) return false
    const from = phrases[at + fields.needs] as number
    const sets = from + (phrases[at + fields.sets] as number)
    const groups = sets + (phrases[at + fields.groups] as number)
    for (let i = from; i < sets; i += 1) if (!holds(needs[i] as number)) return false
    for (let i = sets; i < groups; i += 1) if (!found.has(needs[i] as number)) return false
    return true
  }
  const isWord = (place: number, symbol: number): boolean => {
    if (place >= limit) return false
    const end = symbolStarts[place + 1] as number
    for (let i = symbolStarts[place] as number; i < end; i += 1) if (symbols[i] === symbol) return true
    return false
  }
  const isIn = (place: number, set: number): boolean => {
    if (place >= limit) return false
    const end = symbolStarts[place + 1] as number
    for (let i = symbolStarts[place] as number; i < end; i += 1) {
      let low = setStarts[set] as number
      let high = (setStarts[set + 1] as number) - 1
      const symbol = symbols[i] as number
      while (low <= high) {
        const middle = (low + high) >> 1
        const item = setItems[middle] as number
        if (item === symbol) return true
        if (item < symbol) low = middle + 1
        else high = middle - 1
      }
    }
    return false
  }
  /** Whether the code may go on at this word: most cannot, and need not be run. */
  const opens = (pc: number, place: number): boolean => {
    steps += 1
    switch (code[pc]) {
      case ops.word:
        return isWord(place, code[pc + 1] as number)
      case ops.words:
        return isIn(place, code[pc + 1] as number)
      case ops.split: {
        const set = code[pc + 1] as number
        return set < 0 || isIn(place, set)
      }
      case ops.group:
        return found.at(place, code[pc + 1] as number) >= 0
      default:
        return true
    }
  }
  /** Where the phrase ends when the code at `pc` stands at `place`; -1 when it does not. */
  const follow = (at: number, from: number): number => {
    let pc = at
    let place = from
    for (;;) {
      steps += 1
      switch (code[pc]) {
        case ops.match:
          return place
        case ops.word:
          if (!isWord(place, code[pc + 1] as number)) return -1
          place += 1
          pc += 2
          break
        case ops.words:
          if (!isIn(place, code[pc + 1] as number)) return -1
          place += 1
          pc += 2
          break
        case ops.jump:
          pc = code[pc + 1] as number
          break
        case ops.clauseStart:
          if (place > 0 && place < index.count && clauses[place - 1] === clauses[place]) return -1
          pc += 1
          break
        case ops.clauseEnd:
          if (place > 0 && place < index.count && clauses[place - 1] === clauses[place]) return -1
          pc += 1
          break
        default:
          return branch(pc, place)
      }
    }
  }
  const branch = (pc: number, place: number): number => {
    const offset = place - origin
    const key = offset < remembered ? (pc - base) * remembered + offset : -1
    if (key >= 0 && failed[key] === run) return -1
    const end = tryBranch(pc, place)
    if (end < 0 && key >= 0) failed[key] = run
    return end
  }
  const tryBranch = (pc: number, place: number): number => {
    switch (code[pc]) {
      case ops.gap: {
        const last = Math.min(limit, place + (code[pc + 1] as number))
        for (let next = place; next <= last; next += 1) {
          if (!opens(pc + 2, next)) continue
          const end = follow(pc + 2, next)
          if (end >= 0) return end
        }
        return -1
      }
      case ops.split: {
        const set = code[pc + 1] as number
        if (set >= 0 && !isIn(place, set)) return -1
        const ways = pc + 3 + (code[pc + 2] as number)
        for (let way = pc + 3; way < ways; way += 1) {
          const to = code[way] as number
          if (!opens(to, place)) continue
          const end = follow(to, place)
          if (end >= 0) return end
        }
        return -1
      }
      case ops.group: {
        for (let id = found.at(place, code[pc + 1] as number); id >= 0; id = found.nextAt(id)) {
          steps += 1
          if (found.endOf(id) > limit) continue
          const end = follow(pc + 2, found.endOf(id))
          if (end >= 0) return end
        }
        return -1
      }
      default:
        return tryQuantities(pc, place)
    }
  }
  const tryQuantities = (pc: number, place: number): number => {
    const { quantities } = index
    if (place >= limit || quantities.length === 0) return -1
    const kind = quantityKinds[code[pc + 1] as number]
    const least = numbers[code[pc + 2] as number] as number
    const most = numbers[(code[pc + 2] as number) + 1] as number
    for (let i = index.quantityStarts[place] as number; i >= 0 && i < quantities.length; i += 1) {
      const quantity = quantities[i] as Quantity
      steps += 1
      if (quantity.start !== place) break
      if (quantity.kind !== kind || quantity.value < least || quantity.value > most) continue
      const end = follow(pc + 3, Math.min(quantity.end, limit))
      if (end >= 0) return end
    }
    return -1
  }
  const tryAt = (phrase: number, place: number): void => {
    base = phrases[phrase * phraseSize + fields.code] as number
    origin = place
    if (run === mostRuns) {
      failed.fill(0)
      run = 0
    }
    run += 1
    const end = follow(base, place)
    if (end > place) found.add(phrases[phrase * phraseSize + fields.group] as number, place, end)
  }
  const tryAround = (phrase: number, place: number): void => {
    const at = phrase * phraseSize
    const pc = phrases[at + fields.code] as number
    const first = Math.max(0, place - (phrases[at + fields.before] as number))
    limit = index.sentenceEnds[place] as number
    for (let start = place; start >= first; start -= 1) {
      if (index.sentenceEnds[start] !== limit) break
      if (opens(pc, start)) tryAt(phrase, start)
    }
  }
  /** Lists the phrases that the text can hold by the symbols that call them, in the order of the phrases. */
  const wake = (byWaker: Lists): void => {
    awakeCount = 0
    stamp += 1
    calls.clear()
    for (let i = 0; i < index.distinctCount; i += 1) {
      const symbol = index.distinct[i] as number
      const to = byWaker.ends[symbol] as number
      for (let k = byWaker.starts[symbol] as number; k < to; k += 1) {
        const phrase = byWaker.items[k] as number
        steps += 1
        if (asked[phrase] === stamp) continue
        asked[phrase] = stamp
        if (!possible(phrase)) continue
        awake[awakeCount] = phrase
        awakeCount += 1
      }
    }
    if (awakeCount > 1) awake.subarray(0, awakeCount).sort()
    for (let i = 0; i < awakeCount; i += 1) {
      const phrase = awake[i] as number
      const from = phrases[phrase * phraseSize + fields.callers] as number
      const to = from + (phrases[phrase * phraseSize + fields.callerCount] as number)
      for (let k = from; k < to; k += 1) {
        const symbol = program.callers[k] as number
        steps += 1
        if (symbolSeen[symbol] === index.text) calls.add(symbol, phrase)
      }
    }
  }
  const tryCalled = (): void => {
    for (let place = 0; place < index.count; place += 1) {
      const end = symbolStarts[place + 1] as number
      for (let i = symbolStarts[place] as number; i < end; i += 1)
        for (let call = calls.first(symbols[i] as number); call >= 0; call = calls.next(call)) {
          steps += 1
          tryAround(calls.phraseOf(call), place)
        }
    }
  }
  const tryAll = (callers: Lists, key: number, place: number): void => {
    const to = callers.ends[key] as number
    limit = index.sentenceEnds[place] as number
    for (let i = callers.starts[key] as number; i < to; i += 1) {
      const phrase = callers.items[i] as number
      steps += 1
      if (possible(phrase)) tryAt(phrase, place)
    }
  }

  const find = (): Matches => {
    found.clear(index.count)
    total += steps
    steps = 0
    ;({ symbolStarts, symbols, clauses } = index)
    for (const { byWaker, byGroup, byQuantity } of layers) {
      if (byGroup.items.length > 0) {
        const known = found.groupCount
        for (let i = 0; i < known; i += 1) {
          const group = found.groupAt(i)
          if (byGroup.starts[group] === byGroup.ends[group]) continue
          let before = -1
          for (let id = found.firstOf(group); id >= 0; id = found.nextOf(id)) {
            const start = found.startOf(id)
            if (start !== before) tryAll(byGroup, group, start)
            before = start
          }
        }
      }
      wake(byWaker)
      if (awakeCount > 0) tryCalled()
      if (byQuantity.items.length > 0)
        for (const quantity of index.quantities) {
          const kind = quantityKinds.indexOf(quantity.kind)
          tryAll(byQuantity, kind, quantity.start)
        }
    }
    return found.result(steps)
  }
  return {
    find,
    want(group) {
      if (wanted[group] === index.text) return false
      const end = program.useStarts[group + 1] as number
      for (let i = program.useStarts[group] as number; i < end; i += 1)
        wanted[program.useItems[i] as number] = index.text
      return true
    },
    could(group) {
      const set = program.groupNeeds[group] as number
      return set < 0 || holds(set)
    },
    steps: () => total + steps,
  }
}

/** Lists by key: those of `k` are `items[starts[k] .. ends[k]]`, in the order in which they were written. */
interface Lists {
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly items: Int32Array
}

/** Sorts pairs (key, item) by their key, keeping their order. */
function listsOf(pairs: Int32Array, keys: number): Lists {
  const starts = new Int32Array(keys)
  const ends = new Int32Array(keys)
  const items = new Int32Array(pairs.length / 2)
  for (let i = 0; i < pairs.length; i += 2) (ends[pairs[i] as number] as number) += 1
  let next = 0
  for (let key = 0; key < keys; key += 1) {
    starts[key] = next
    next += ends[key] as number
    ends[key] = starts[key] as number
  }
  for (let i = 0; i < pairs.length; i += 2) {
    const key = pairs[i] as number
    items[ends[key] as number] = pairs[i + 1] as number
    ;(ends[key] as number) += 1
  }
  return { starts, ends, items }
}
