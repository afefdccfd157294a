import { read } from './tokens.ts'

/** A sentence of a passage, with what it stands under. */
export interface Unit {
  readonly text: string
  /** The line that introduces its list. */
  readonly intro?: string
  readonly isItem: boolean
  /** It begins a paragraph. */
  readonly isFirst?: true
}

/** One sentence of a window, and what "it" stands for in it. */
export interface Placed {
  readonly text: string
  readonly isItem: boolean
  /** The line that introduces the items behind it. */
  readonly isIntro?: true
  /** It begins with "It", "They", "This": the sentence before may be meant. */
  readonly leans: boolean
  /** The last sentence before it that names what it speaks of; absent: the topic. */
  readonly antecedent?: string
}

/** What a sentence may be drawn from: one unit of a passage, or neighbours. */
export type Window = readonly Placed[]

const pronoun = /\b(?:it|they|them)\b/i
/** "Genes and age", "Vaccines": no "it" looks back to them. */
const plural =
  /^(?:many|most|some|other)? ?people\b|^(?:many|some|others)\b|^(?:\S+ ){0,4}and\b|^\S+(?<![sui'])s\b/i
const leaning = /^(?:it|its|they|this|these|those|that|both|there)\b/i

/** The sentences of a passage in order; a list's items carry the line before them. */
export function unitsOf(text: string): readonly Unit[] {
  const units: Unit[] = []
  let intro: string | undefined
  for (const block of plain(text).split(/\n\s*\n/)) {
    let isFirst = true
    for (const line of joinedLines(block)) {
      const isItem = line.startsWith('- ')
      if (!isItem) intro = undefined
      for (const sentence of sentencesOf(isItem ? line.slice(2) : line)) {
        units.push({
          text: sentence,
          isItem,
          ...(isFirst ? { isFirst } : {}),
          ...(isItem && intro ? { intro } : {}),
        })
        isFirst = false
        if (!isItem && sentence.endsWith(':')) intro = sentence
      }
    }
  }
  return units
}

/** Sentences, a question joined to the one that answers it: "Not sure? Call." */
export function sentencesOf(text: string): readonly string[] {
  const found = plain(text)
    .split(/(?<=[.!?:]["”’)]?)\s+(?=["“‘(]?[\p{Lu}{\d])/u)
    .map((one) => one.trim())
    .filter((one) => one !== '')
  const joined: string[] = []
  for (const one of found) {
    const before = joined.at(-1)
    if (before?.endsWith('?')) joined[joined.length - 1] = `If ${before.slice(0, -1)}, ${one}`
    else joined.push(one)
  }
  return joined
}

/** One unit, two neighbours, an item with its introduction, or a plain list as a whole. */
export function windowsOf(units: readonly Unit[]): readonly Window[] {
  const placed = units.map((unit, at) => place(units, unit, at))
  const intro = ({ intro }: Unit): Window =>
    intro ? [{ text: intro, isItem: false, isIntro: true, leans: false }] : []
  return [
    ...units.flatMap((unit, at): Window[] => {
      const [own, next] = [placed[at], placed[at + 1]]
      if (!own) return []
      const alone = [...intro(unit), own]
      return next && units[at + 1]?.intro === unit.intro ? [alone, [...alone, next]] : [alone]
    }),
    ...listsOf(units).map((list) => [
      ...(list[0] ? intro(list[0]) : []),
      ...list.map(({ text }) => ({ text, isItem: true, leans: false })),
    ]),
  ]
}

function place(units: readonly Unit[], { text, isItem, isFirst }: Unit, at: number): Placed {
  const single = /\bit\b/i.test(text)
  const named = units
    .slice(0, at)
    .findLast(
      (one) => !leaning.test(one.text) && !pronoun.test(one.text) && !(single && plural.test(one.text)),
    )
  return { text, isItem, leans: leaning.test(text), ...(named && !isFirst ? { antecedent: named.text } : {}) }
}

function listsOf(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const lists: Unit[][] = []
  units.forEach((unit, at) => {
    if (!unit.isItem) return
    const before = units[at - 1]
    if (before?.isItem && before.intro === unit.intro) lists.at(-1)?.push(unit)
    else lists.push([unit])
  })
  // Only names of things: what forbids, depends or counts stays in a sentence of its own.
  const telling = /\b(?:not|no|never|if|unless|only|without|until|avoid|stop|do|call)\b|\d/i
  return lists.filter(
    (list) => list.length > 2 && list.every(({ text }) => !telling.test(text) && !read(text).advises),
  )
}

function joinedLines(block: string): readonly string[] {
  const lines: string[] = []
  for (const line of block
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)) {
    if (line.startsWith('- ') || lines.length === 0 || /^\d+\. /.test(line))
      lines.push(line.replace(/^\d+\. /, '- '))
    else lines[lines.length - 1] += ` ${line}`
  }
  return lines
}

function plain(text: string): string {
  return text.replace(/\*\*|__/g, '').replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
}
