import type { Anchored, Phrase, Program, Step } from './program.ts'
import type { Quantity } from './quantities.ts'
import type { Token } from './tokenize.ts'

/** Words `[start, end)` that a group matched. */
export interface Match {
  readonly start: number
  readonly end: number
}

/** What was found in one text. */
export interface Matches {
  /** Groups that matched, each once. */
  readonly groups: readonly number[]
  of(group: number): readonly Match[]
  /** Elementary comparisons made: how the tests count work without a clock. */
  readonly steps: number
}

const none: readonly Match[] = []
const positionBits = 13

/** Matches of one group that begin at one word: more than a few are other readings of the same words. */
const readingsPerPlace = 4

export type FindMatches = (tokens: readonly Token[], quantities: readonly Quantity[]) => Matches

/**
 * Makes the matcher. Each phrase is tried only where a word of its beginning stands, and only when the message holds
 * all else that it needs. What is kept between messages is scratch space, marked with the number of the message.
 */
export function createFindMatches(program: Program): FindMatches {
  const scratch = {
    message: 0,
    symbolSeen: new Int32Array(program.symbolCount),
    setAsked: new Int32Array(program.sets.length),
    setFound: new Uint8Array(program.sets.length),
  }
  return (tokens, quantities) => findMatches(program, scratch, tokens, quantities)
}

interface Scratch {
  message: number
  readonly symbolSeen: Int32Array
  readonly setAsked: Int32Array
  readonly setFound: Uint8Array
}

function findMatches(
  program: Program,
  scratch: Scratch,
  tokens: readonly Token[],
  quantities: readonly Quantity[],
): Matches {
  scratch.message += 1
  const { message, symbolSeen, setAsked, setFound } = scratch
  const byGroup = new Map<number, Match[]>()
  const byPlace = new Map<number, Match[]>()
  const quantityAt = new Map<number, Quantity[]>()
  for (const quantity of quantities) {
    const list = quantityAt.get(quantity.start)
    if (list) list.push(quantity)
    else quantityAt.set(quantity.start, [quantity])
  }
  const symbols = tokens.map((token) => program.symbolsOf(token.text))
  for (const here of symbols) for (const symbol of here) symbolSeen[symbol] = message
  const sentenceEnds = endsOfSentences(tokens)
  let steps = 0

  const add = (group: number, start: number, end: number): void => {
    const key = group * 2 ** positionBits + start
    const here = byPlace.get(key)
    if (here) {
      if (here.length >= readingsPerPlace || here.some((match) => match.end === end)) return
      const match = { start, end }
      here.push(match)
      byGroup.get(group)?.push(match)
      return
    }
    const match = { start, end }
    byPlace.set(key, [match])
    const all = byGroup.get(group)
    if (all) all.push(match)
    else byGroup.set(group, [match])
  }

  const holdsSet = (id: number): boolean => {
    if (setAsked[id] !== message) {
      setAsked[id] = message
      setFound[id] = 0
      const set = program.sets[id] as readonly number[]
      for (let i = 0; i < set.length; i += 1)
        if (symbolSeen[set[i] as number] === message) {
          setFound[id] = 1
          break
        }
    }
    return setFound[id] === 1
  }
  const possible = (phrase: Phrase): boolean => {
    const { needsSets, needsGroups } = phrase
    for (let i = 0; i < needsSets.length; i += 1) if (!holdsSet(needsSets[i] as number)) return false
    for (let i = 0; i < needsGroups.length; i += 1) if (!byGroup.has(needsGroups[i] as number)) return false
    return true
  }

  let code: readonly Step[] = []
  let limit = 0
  const run = (at: number, from: number): number => {
    let pc = at
    let place = from
    for (;;) {
      steps += 1
      const step = code[pc] as Step
      switch (step.op) {
        case 'match':
          return place
        case 'word': {
          if (place >= limit || !(symbols[place] as readonly number[]).includes(step.symbol)) return -1
          place += 1
          pc += 1
          break
        }
        case 'words': {
          if (place >= limit || !anyOf(symbols[place] as readonly number[], step.symbols)) return -1
          place += 1
          pc += 1
          break
        }
        case 'gap': {
          for (let skip = 0; skip <= step.most && place + skip <= limit; skip += 1) {
            const end = run(pc + 1, place + skip)
            if (end >= 0) return end
          }
          return -1
        }
        case 'group': {
          const here = byPlace.get(step.group * 2 ** positionBits + place)
          if (!here) return -1
          for (let k = 0; k < here.length; k += 1) {
            const match = here[k] as Match
            if (match.end > limit) continue
            const end = run(pc + 1, match.end)
            if (end >= 0) return end
          }
          return -1
        }
        case 'quantity': {
          const here = quantityAt.get(place)
          if (!here || place >= limit) return -1
          for (const quantity of here) {
            if (quantity.kind !== step.quantity || quantity.value < step.min || quantity.value > step.max)
              continue
            const end = run(pc + 1, Math.min(quantity.end, limit))
            if (end >= 0) return end
          }
          return -1
        }
        case 'split': {
          for (const to of step.to) {
            const end = run(to, place)
            if (end >= 0) return end
          }
          return -1
        }
        case 'jump':
          pc = step.to
          break
        case 'clause-start':
          if (place > 0 && tokens[place - 1]?.clause === tokens[place]?.clause) return -1
          pc += 1
          break
        case 'clause-end':
          if (place < tokens.length && tokens[place - 1]?.clause === tokens[place]?.clause) return -1
          pc += 1
          break
      }
    }
  }
  const tryAll = (phrases: readonly Phrase[], place: number): void => {
    for (let i = 0; i < phrases.length; i += 1) {
      const phrase = phrases[i] as Phrase
      steps += 1
      if (!possible(phrase)) continue
      code = phrase.steps
      limit = sentenceEnds[place] as number
      const end = run(0, place)
      if (end > place) add(phrase.group, place, end)
    }
  }

  /** Whether a phrase that begins with this step can begin at this word: most cannot, and need not be run. */
  const opens = (first: Step, start: number): boolean => {
    steps += 1
    if (first.op === 'word') return (symbols[start] as readonly number[]).includes(first.symbol)
    if (first.op === 'words') return anyOf(symbols[start] as readonly number[], first.symbols)
    return true
  }
  const tryAround = (anchored: readonly Anchored[], place: number): void => {
    for (let i = 0; i < anchored.length; i += 1) {
      const { phrase, before } = anchored[i] as Anchored
      steps += 1
      if (!possible(phrase)) continue
      code = phrase.steps
      limit = sentenceEnds[place] as number
      for (let start = place; start >= 0 && start >= place - before; start -= 1) {
        if (sentenceEnds[start] !== limit) break
        if (!opens(code[0] as Step, start)) continue
        const end = run(0, start)
        if (end > start) add(phrase.group, start, end)
      }
    }
  }

  for (const layer of program.layers) {
    if (layer.byGroup.size > 0) {
      for (const [group, matches] of [...byGroup]) {
        const phrases = layer.byGroup.get(group)
        if (!phrases) continue
        let before = -1
        for (const match of [...matches]) {
          if (match.start !== before) tryAll(phrases, match.start)
          before = match.start
        }
      }
    }
    for (let place = 0; place < tokens.length; place += 1) {
      for (const symbol of symbols[place] as readonly number[]) {
        const anchored = layer.bySymbol[symbol]
        if (anchored) tryAround(anchored, place)
      }
    }
    if (layer.byQuantity.size > 0)
      for (const quantity of quantities) {
        const phrases = layer.byQuantity.get(quantity.kind)
        if (phrases) tryAll(phrases, quantity.start)
      }
  }
  return { groups: [...byGroup.keys()], of: (group) => byGroup.get(group) ?? none, steps }
}

function anyOf(symbols: readonly number[], set: ReadonlySet<number>): boolean {
  for (let i = 0; i < symbols.length; i += 1) if (set.has(symbols[i] as number)) return true
  return false
}

function endsOfSentences(tokens: readonly Token[]): readonly number[] {
  const ends = new Array<number>(tokens.length)
  let end = tokens.length
  for (let i = tokens.length - 1; i >= 0; i -= 1) {
    if (tokens[i + 1] && tokens[i + 1]?.sentence !== tokens[i]?.sentence) end = i + 1
    ends[i] = end
  }
  return ends
}
