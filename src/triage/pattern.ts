import { type QuantityKind, quantityKinds } from './quantities.ts'

/**
 * The pattern language of the rules. A pattern is words in order:
 *
 * - `chest pain`        these words, one after the other
 * - `chok*`             any word that begins so
 * - `(jaw|left arm)`    one of these
 * - `[my|the]`          one of these or nothing; `(a|b)?` and `word?` say the same
 * - `~3`                up to three words of any kind
 * - `{severe}`          anything in the word group "severe"
 * - `#temp>=39`         a number that measures this (see quantities.ts; ages take w, m or y); `#for=2..24` is a range
 * - `^` and `$`         beginning and end of a clause
 *
 * A pattern never reaches over the end of a sentence.
 */
export type Pattern = readonly Part[]
export type Part =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'one-of'; readonly choices: readonly Pattern[]; readonly optional: boolean }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'quantity'; readonly quantity: QuantityKind; readonly min: number; readonly max: number }
  | { readonly kind: 'clause-start' }
  | { readonly kind: 'clause-end' }

const lexeme =
  /\s*(?:([\p{L}\p{M}\p{N}'’]+)(\*?)|~(\d+)|\{([\w.-]+)\}|#(\w+)(<=|>=|<|>|=)([\d.]+)([wmy]?)|([()[\]|^$?]))/uy

/** Largest gap that a pattern may leave between two words. */
const widestGap = 16

/** Reads one pattern. Throws an Error whose message says what is wrong, without a place: the loader adds it. */
export function parsePattern(source: string): Pattern {
  lexeme.lastIndex = 0
  const parts = sequence(source)
  if (lexeme.lastIndex < source.trimEnd().length)
    throw new Error(`unexpected "${source.slice(lexeme.lastIndex).trim()}"`)
  if (parts.length === 0) throw new Error('empty pattern')
  return parts
}

function sequence(source: string): Part[] {
  const parts: Part[] = []
  for (;;) {
    const at = lexeme.lastIndex
    const found = lexeme.exec(source)
    if (!found) {
      lexeme.lastIndex = at
      return parts
    }
    const [, word, star, gap, group, quantity, op, number, unit, sign] = found
    if (word !== undefined) parts.push(star ? { kind: 'prefix', prefix: word } : { kind: 'word', word })
    else if (gap !== undefined) {
      if (Number(gap) > widestGap) throw new Error(`a gap of more than ${widestGap} words`)
      parts.push({ kind: 'gap', most: Number(gap) })
    } else if (group !== undefined) parts.push({ kind: 'group', name: group })
    else if (quantity !== undefined) parts.push(measure(quantity, op as string, number as string, unit ?? ''))
    else if (sign === '^') parts.push({ kind: 'clause-start' })
    else if (sign === '$') parts.push({ kind: 'clause-end' })
    else if (sign === '(' || sign === '[') parts.push(choices(source, sign))
    else if (sign === '?') {
      const last = parts.pop()
      if (!last) throw new Error('"?" stands after nothing')
      parts.push({ kind: 'one-of', choices: [[last]], optional: true })
    } else {
      lexeme.lastIndex = at
      return parts
    }
  }
}

function choices(source: string, open: '(' | '['): Part {
  const close = open === '(' ? ')' : ']'
  const all: Pattern[] = []
  for (;;) {
    const choice = sequence(source)
    if (choice.length === 0) throw new Error(`an empty choice in ${open}${close}`)
    all.push(choice)
    const found = lexeme.exec(source)
    const sign = found?.[9]
    if (sign === close) return { kind: 'one-of', choices: all, optional: open === '[' }
    if (sign !== '|') throw new Error(`"${open}" is not closed`)
  }
}

function measure(name: string, op: string, digits: string, unit: string): Part {
  const quantity = quantityKinds.find((kind) => kind === name)
  if (!quantity) throw new Error(`unknown quantity "#${name}" (known: ${quantityKinds.join(', ')})`)
  const scaled = (number: number) => (unit === 'y' ? number * 12 : unit === 'w' ? number / 4.35 : number)
  const [low, high] = digits.split('..').map((part) => scaled(Number(part)))
  const value = low as number
  if (op === '=' && high !== undefined) return { kind: 'quantity', quantity, min: value, max: high }
  const tiny = 1e-9
  if (op === '<') return { kind: 'quantity', quantity, min: -Infinity, max: value - tiny }
  if (op === '<=') return { kind: 'quantity', quantity, min: -Infinity, max: value }
  if (op === '>') return { kind: 'quantity', quantity, min: value + tiny, max: Infinity }
  if (op === '>=') return { kind: 'quantity', quantity, min: value, max: Infinity }
  return { kind: 'quantity', quantity, min: value, max: value }
}
