/** How many words are remembered between messages, so that common ones are looked up once. */
const memoryLimit = 30_000
/** Characters of a word that is remembered: longer ones do not come again. */
const longestRemembered = 40

/** Words of every message: a phrase called by one of these would be tried all the time. */
const commonest = new Set(
  'feel help time day days people life good back never still today right home always something anything everything need work take took make made say said says see tell told way night year years friend mom dad man woman kid child baby husband wife boyfriend girlfriend old new little lot bad long last week weeks month months after before off over down again where who could should any some by only even being them us our us every thing things them until while since here please im son daughter mother father family brother sister away keep since also most much many try trying start started come came give look first two one other person into hoy esta estoy tengo muy mas pero cuando desde hace dia dias ahora siempre mama papa hijo hija i a an the to and of in is it my me he she they we you not can do be am are was have has had with on at for that this so all no him her his their as or if from out up what how will would going get got just now about like because when then there been did does very really want know think feel more too el la los las de que y a en un una no se me mi su por con es lo le al te ya como para'.split(
    ' ',
  ),
)
const commonCost = 40

/** Gives every word and every prefix that patterns name a number, so that texts are compared as integers. */
export class SymbolTable {
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

  /** All words and prefixes (`chok*`) in the order of their numbers: enough to make the table again. */
  toList(): string[] {
    const list = new Array<string>(this.#next)
    for (const [word, number] of this.#words) list[number] = word
    for (const [prefix, number] of this.#prefixes) list[number] = `${prefix}*`
    return list
  }

  #number(map: Map<string, number>, key: string): number {
    const known = map.get(key)
    if (known !== undefined) return known
    map.set(key, this.#next)
    if (map === this.#words && commonest.has(key)) this.#common.add(this.#next)
    this.#next += 1
    return this.#next - 1
  }
}

/** Symbols of a word: its own and those of the prefixes it has, shortest first. */
export type SymbolsOf = (word: string) => readonly number[]

/** Looks words up in a list that `SymbolTable.toList` wrote. What it remembers is only ever a function of the word. */
export function createSymbolsOf(list: readonly string[]): SymbolsOf {
  const words = new Map<string, number>()
  const prefixes = new Map<string, number>()
  let longest = 0
  for (let symbol = 0; symbol < list.length; symbol += 1) {
    const written = list[symbol] as string
    if (!written.endsWith('*')) words.set(written, symbol)
    else {
      prefixes.set(written.slice(0, -1), symbol)
      longest = Math.max(longest, written.length - 1)
    }
  }
  const memory = new Map<string, readonly number[]>()
  return (word) => {
    const known = memory.get(word)
    if (known) return known
    const found: number[] = []
    const own = words.get(word)
    if (own !== undefined) found.push(own)
    for (let length = 1; length <= Math.min(longest, word.length); length += 1) {
      const prefix = prefixes.get(word.slice(0, length))
      if (prefix !== undefined) found.push(prefix)
    }
    if (word.length > longestRemembered) return found
    if (memory.size >= memoryLimit) memory.clear()
    memory.set(word, found)
    return found
  }
}
