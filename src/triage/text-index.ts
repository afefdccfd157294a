import type { Quantity } from './quantities.ts'
import type { Token } from './tokenize.ts'

/**
 * One text as integers, for all matchers that share a symbol table. It is filled anew for every text and holds
 * nothing else between texts; arrays grow to the longest text seen.
 */
export interface TextIndex {
  /** Number of the text: what is marked with another number belongs to an earlier one. */
  text: number
  /** Words in the text. */
  count: number
  /** Symbols of word `w`: `symbols[symbolStarts[w] .. symbolStarts[w + 1]]`. */
  symbolStarts: Int32Array
  symbols: Int32Array
  clauses: Int32Array
  /** For each word: the first word after its sentence. */
  sentenceEnds: Int32Array
  /** For each symbol: the last text that held it. */
  readonly symbolSeen: Float64Array
  /** The symbols of the text, each once. */
  readonly distinct: Int32Array
  distinctCount: number
  quantities: readonly Quantity[]
  /** For each word: the first quantity that begins there, or -1. */
  quantityStarts: Int32Array
  fill(tokens: readonly Token[], quantities: readonly Quantity[]): void
}

export function createTextIndex(symbolCount: number): TextIndex {
  const first = 512
  return {
    text: 0,
    count: 0,
    symbolStarts: new Int32Array(first + 1),
    symbols: new Int32Array(first * 4),
    clauses: new Int32Array(first),
    sentenceEnds: new Int32Array(first),
    symbolSeen: new Float64Array(symbolCount),
    distinct: new Int32Array(symbolCount),
    distinctCount: 0,
    quantities: [],
    quantityStarts: new Int32Array(first + 1),
    fill(tokens, quantities) {
      this.text += 1
      this.distinctCount = 0
      const count = tokens.length
      this.count = count
      if (count > this.clauses.length) {
        const size = count * 2
        this.symbolStarts = new Int32Array(size + 1)
        this.clauses = new Int32Array(size)
        this.sentenceEnds = new Int32Array(size)
        this.quantityStarts = new Int32Array(size + 1)
      }
      let next = 0
      for (let place = 0; place < count; place += 1) {
        const token = tokens[place] as Token
        this.symbolStarts[place] = next
        this.clauses[place] = token.clause
        const own = token.symbols
        if (next + own.length > this.symbols.length) this.symbols = grown(this.symbols, next + own.length)
        for (let i = 0; i < own.length; i += 1) {
          const symbol = own[i] as number
          this.symbols[next] = symbol
          if (this.symbolSeen[symbol] !== this.text) {
            this.symbolSeen[symbol] = this.text
            this.distinct[this.distinctCount] = symbol
            this.distinctCount += 1
          }
          next += 1
        }
      }
      this.symbolStarts[count] = next
      let end = count
      for (let place = count - 1; place >= 0; place -= 1) {
        if (place + 1 < count && (tokens[place + 1] as Token).sentence !== (tokens[place] as Token).sentence)
          end = place + 1
        this.sentenceEnds[place] = end
      }
      this.quantities = quantities
      if (quantities.length > 0) {
        this.quantityStarts.fill(-1, 0, count + 1)
        for (let i = quantities.length - 1; i >= 0; i -= 1)
          this.quantityStarts[(quantities[i] as Quantity).start] = i
      }
    },
  }
}

/** A longer array with the same beginning. */
export function grown(array: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(Math.max(array.length * 2, least))
  longer.set(array)
  return longer
}
