import { grown } from './text-index.ts'

/** Which phrases each symbol of a text calls, in the order in which they were added. Scratch space of a matcher. */
export class CallList {
  readonly #first: Int32Array
  readonly #last: Int32Array
  /** For each symbol: the filling in which it was added to. */
  readonly #filled: Float64Array
  #filling = 0
  #count = 0
  #phrase = new Int32Array(256)
  #next = new Int32Array(256)

  constructor(symbolCount: number) {
    this.#first = new Int32Array(symbolCount)
    this.#last = new Int32Array(symbolCount)
    this.#filled = new Float64Array(symbolCount)
  }

  clear(): void {
    this.#filling += 1
    this.#count = 0
  }

  add(symbol: number, phrase: number): void {
    const id = this.#count
    if (id === this.#phrase.length) {
      this.#phrase = grown(this.#phrase, id + 1)
      this.#next = grown(this.#next, id + 1)
    }
    this.#count += 1
    this.#phrase[id] = phrase
    this.#next[id] = -1
    if (this.#filled[symbol] === this.#filling) this.#next[this.#last[symbol] as number] = id
    else {
      this.#filled[symbol] = this.#filling
      this.#first[symbol] = id
    }
    this.#last[symbol] = id
  }

  /** The first call of a symbol, or -1. */
  first(symbol: number): number {
    return this.#filled[symbol] === this.#filling ? (this.#first[symbol] as number) : -1
  }

  /** The next call of the same symbol, or -1. */
  next(call: number): number {
    return this.#next[call] as number
  }

  phraseOf(call: number): number {
    return this.#phrase[call] as number
  }
}
