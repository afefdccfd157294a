import type { Match, Matches } from './match.ts'
import { grown } from './text-index.ts'

const none: readonly Match[] = []

/** Matches of one group that begin at one word: more than a few are other readings of the same words. */
const readingsPerPlace = 4

/**
 * The matches of one text, chained by the word at which they begin and by their group. Kept from text to text as
 * scratch space, so that a text without matches makes no garbage.
 */
export class MatchList {
  readonly #first: Int32Array
  readonly #last: Int32Array
  /** For each group: the text in which it matched last. */
  readonly #seen: Float64Array
  readonly #made: (readonly Match[] | undefined)[]
  #text = 0
  #placeFirst = new Int32Array(512)
  #placeLast = new Int32Array(512)
  #group = new Int32Array(256)
  #start = new Int32Array(256)
  #end = new Int32Array(256)
  #nextHere = new Int32Array(256)
  #nextOfGroup = new Int32Array(256)
  #count = 0
  #groups: number[] = []

  constructor(groupCount: number) {
    this.#first = new Int32Array(groupCount)
    this.#last = new Int32Array(groupCount)
    this.#seen = new Float64Array(groupCount)
    this.#made = new Array<readonly Match[] | undefined>(groupCount).fill(undefined)
  }

  clear(places: number): void {
    if (places >= this.#placeFirst.length) {
      this.#placeFirst = new Int32Array(places * 2)
      this.#placeLast = new Int32Array(places * 2)
    }
    this.#placeFirst.fill(-1, 0, places + 1)
    this.#text += 1
    this.#count = 0
    if (this.#groups.length > 0) this.#groups = []
  }

  add(group: number, start: number, end: number): void {
    let readings = 0
    for (let id = this.at(start, group); id >= 0; id = this.nextAt(id)) {
      if (this.#end[id] === end) return
      readings += 1
    }
    if (readings >= readingsPerPlace) return
    const id = this.#count
    if (id === this.#group.length) this.#grow()
    this.#count += 1
    this.#group[id] = group
    this.#start[id] = start
    this.#end[id] = end
    this.#nextHere[id] = -1
    this.#nextOfGroup[id] = -1
    if (this.#placeFirst[start] === -1) this.#placeFirst[start] = id
    else this.#nextHere[this.#placeLast[start] as number] = id
    this.#placeLast[start] = id
    if (this.#seen[group] === this.#text) this.#nextOfGroup[this.#last[group] as number] = id
    else {
      this.#seen[group] = this.#text
      this.#first[group] = id
      this.#groups.push(group)
      this.#made[group] = undefined
    }
    this.#last[group] = id
  }

  has(group: number): boolean {
    return this.#seen[group] === this.#text
  }

  /** The first match of the group that begins at this word, or -1. */
  at(place: number, group: number): number {
    if (this.#seen[group] !== this.#text) return -1
    let id = this.#placeFirst[place] as number
    while (id >= 0 && this.#group[id] !== group) id = this.#nextHere[id] as number
    return id
  }

  /** The next match of the same group at the same word, or -1. */
  nextAt(id: number): number {
    const group = this.#group[id]
    let next = this.#nextHere[id] as number
    while (next >= 0 && this.#group[next] !== group) next = this.#nextHere[next] as number
    return next
  }

  startOf(id: number): number {
    return this.#start[id] as number
  }

  endOf(id: number): number {
    return this.#end[id] as number
  }

  get groupCount(): number {
    return this.#groups.length
  }

  groupAt(place: number): number {
    return this.#groups[place] as number
  }

  firstOf(group: number): number {
    return this.has(group) ? (this.#first[group] as number) : -1
  }

  nextOf(id: number): number {
    return this.#nextOfGroup[id] as number
  }

  result(steps: number): Matches {
    return {
      groups: this.#groups,
      has: (group) => this.has(group),
      of: (group) => this.#matchesOf(group),
      steps,
    }
  }

  #matchesOf(group: number): readonly Match[] {
    if (!this.has(group)) return none
    const known = this.#made[group]
    if (known) return known
    const made: Match[] = []
    for (let id = this.#first[group] as number; id >= 0; id = this.#nextOfGroup[id] as number)
      made.push({ start: this.#start[id] as number, end: this.#end[id] as number })
    this.#made[group] = made
    return made
  }

  #grow(): void {
    const size = this.#group.length * 2
    this.#group = grown(this.#group, size)
    this.#start = grown(this.#start, size)
    this.#end = grown(this.#end, size)
    this.#nextHere = grown(this.#nextHere, size)
    this.#nextOfGroup = grown(this.#nextOfGroup, size)
  }
}
