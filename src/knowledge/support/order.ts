import { alike } from './alike.ts'
import type { Figure } from './figures.ts'
import { isPeople } from './retained.ts'
import type { Read, Token } from './tokens.ts'

/** What stands left of these is not what stands right of them. */
const relations = new Set(
  'cause caused_by trigger raise lower prevent treat cure than before after instead help spread protect kill replace follow need affect worsen improve ease'.split(
    ' ',
  ),
)

/** Whether two sides were exchanged: "A causes B" and "B causes A". */
export function exchanged(said: Read, from: Read): boolean {
  return said.tokens.some((relation) => {
    if (!relations.has(relation.term)) return false
    const other = from.tokens.find(({ term }) => term === relation.term)
    if (!other) return false
    const flipped = passive(said, relation) !== passive(from, other)
    const isLeft = (token: Token, of: Token) => token.at < of.at
    const onlyOn = (term: string, left: boolean) => {
      const places = from.tokens.filter((one) => one !== other && alike(one.term, term))
      return places.length > 0 && places.every((one) => isLeft(one, other) === left)
    }
    const own = said.tokens.filter((one) => one !== relation)
    const left = own.filter((one) => isLeft(one, relation) !== flipped)
    const right = own.filter((one) => isLeft(one, relation) === flipped)
    return left.some(({ term }) => onlyOn(term, false)) && right.some(({ term }) => onlyOn(term, true))
  })
}

function passive({ words }: Read, { at }: Token): boolean {
  return words[at + 1] === 'by' || words[at + 2] === 'by'
}

/** Whether a clause of several parts took the subject of one and told what another does. */
export function mixed(clause: readonly Token[], from: Read): boolean {
  const placed = clause.map(({ term, denied }) =>
    from.tokens.filter((one) => one.denied === denied && alike(one.term, term)),
  )
  const all = placed.filter((places) => places.length > 0)
  const clauses = [...new Set(from.tokens.map((one) => one.clause))]
  if (clauses.some((one) => all.every((places) => places.some((place) => place.clause === one)))) return false
  let last = -1
  for (const places of all) {
    const next = places.find(({ at }) => at >= last)
    if (!next) return true
    last = next.at
  }
  // A later part that has a subject of its own, which the clause left out.
  const first = all[0]?.[0]
  const later = new Set(
    all
      .slice(1)
      .map(([place]) => place?.clause)
      .filter((one) => one !== first?.clause),
  )
  return [...later].some((one) => {
    const part = from.tokens.filter((token) => token.clause === one)
    const subject = part[0]
    return (
      part.length > 1 &&
      subject !== undefined &&
      !clause.some(({ term }) => alike(term, subject.term)) &&
      part.filter((token) => clause.some(({ term }) => alike(term, token.term))).length < part.length
    )
  })
}

/** Whether a number went to another thing: "6 weeks in adults, 4 in children". */
export function misbound(
  said: { readonly read: Read; readonly figures: readonly Figure[] },
  from: { readonly read: Read; readonly figures: readonly Figure[] },
): boolean {
  if (from.figures.length < 2) return false
  return said.read.tokens.some((token) => {
    if (isTopicless(token, from.read)) return false
    const own = nearest(token.at, said.figures, said.read)
    const there = from.read.tokens.filter(({ term }) => alike(term, token.term))
    if (!own || there.length !== 1 || !from.figures.some(({ key }) => key === own.key)) return false
    const [place] = there
    const other =
      place &&
      nearest(
        place.at,
        from.figures.filter(({ unit }) => unit === own.unit),
        from.read,
      )
    return (
      other !== undefined &&
      other.key !== own.key &&
      (isPeople(token.term) || follows(place?.at ?? 0, other.at))
    )
  })
}

function isTopicless({ term }: Token, from: Read): boolean {
  return from.tokens[0]?.term === term
}

/** "6 weeks in adults": what comes next to a figure belongs to it. */
function follows(at: number, figure: number): boolean {
  return at > figure && at - figure <= 4
}

/** The nearest figure; what stands behind a comma, "and" or "or" is further away. */
function nearest(at: number, figures: readonly Figure[], { words }: Read): Figure | undefined {
  const distance = (one: Figure) => {
    const between = words.slice(Math.min(at, one.at) + 1, Math.max(at, one.at))
    return between.length + 6 * between.filter((word) => /^(?:,|;|and|or|but)$/.test(word)).length
  }
  return [...figures].sort((x, y) => distance(x) - distance(y))[0]
}

/** Whether "or" became "and" between two things. */
export function joinsChoice(said: Read, from: Read): boolean {
  const pairs = (read: Read, word: string) =>
    read.words.flatMap((one, at) => (one === word ? [`${read.words[at - 1]} ${read.words[at + 1]}`] : []))
  const choices = new Set(pairs(from, 'or').flatMap((pair) => [pair, pair.split(' ').reverse().join(' ')]))
  return pairs(said, 'and').some((pair) => choices.has(pair))
}
