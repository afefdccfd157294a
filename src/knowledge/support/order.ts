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
  const makes = ({ words }: Read) => words.findIndex((word) => /^(?:make|makes|making)$/.test(word))
  const [here, there] = [makes(said), makes(from)]
  if (here >= 0 && there >= 0) {
    const left = said.tokens.filter(({ at }) => at < here).at(-1)
    const right = said.tokens.find(({ at }) => at > here)
    const on = (token: Token | undefined, isLeft: boolean) =>
      token !== undefined &&
      from.tokens.some((one) => alike(one.term, token.term)) &&
      !from.tokens.some((one) => one.at < there === isLeft && alike(one.term, token.term))
    const swapped = from.tokens.filter(({ at }) => at < there).at(-1)
    if (on(left, true) || (swapped && right && alike(swapped.term, right.term))) return true
  }
  return said.tokens.some((relation) => {
    if (!relations.has(relation.term)) return false
    const other = from.tokens.find(({ term }) => term === relation.term)
    if (!other) return false
    const flipped = passive(said, relation) !== passive(from, other)
    const isLeft = (token: Token, of: Token) => token.at < of.at
    const onlyOn = (term: string, left: boolean) => {
      const anywhere = from.tokens.filter((one) => one !== other && alike(one.term, term))
      const near = anywhere.filter((one) => one.clause === other.clause)
      const places = near.length > 0 ? near : anywhere
      return places.length > 0 && places.every((one) => isLeft(one, other) === left)
    }
    const own = said.tokens.filter((one) => one !== relation)
    const left = own.filter((one) => isLeft(one, relation) !== flipped)
    const right = own.filter((one) => isLeft(one, relation) === flipped)
    return left.some(({ term }) => onlyOn(term, false)) && right.some(({ term }) => onlyOn(term, true))
  })
}

/** "Less often, pee": what is less, or more, than the other. */
export function comparesOther(said: Read, from: Read): boolean {
  return said.tokens.some(({ term }, at) => {
    if (term !== 'less' && term !== 'more') return false
    const next = said.tokens[at + 1]
    if (!next) return false
    const there = from.tokens.filter((one) => one.term === term)
    return (
      there.length > 0 &&
      from.tokens
        .filter((one) => alike(one.term, next.term))
        .every((one) => there.every((less) => one.at < less.at))
    )
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
  if (isList(all, from)) return false
  const steps: Token[] = []
  for (const places of all) {
    const near = places.find((one) => one.clause === steps.at(-1)?.clause) ?? places[0]
    if (near) steps.push(near)
  }
  if (!inOrder(all) && !movedWhole(steps, from)) return true
  // A later part that has a subject of its own, which the clause left out.
  const first = steps[0]
  const later = new Set(
    steps
      .slice(1)
      .map(({ clause }) => clause)
      .filter((one) => one !== first?.clause),
  )
  return [...later].some((one) => {
    const part = from.tokens.filter((token) => token.clause === one)
    const subject = part[0]
    return part.length > 1 && subject !== undefined && !clause.some(({ term }) => alike(term, subject.term))
  })
}

function inOrder(all: readonly (readonly Token[])[]): boolean {
  let last = -1
  return all.every((places) => {
    const next = places.find(({ clause }) => clause >= last)
    last = next?.clause ?? last
    return next !== undefined
  })
}

/** "With quick care, people get well": a part that goes behind the other must go whole. */
function movedWhole(steps: readonly Token[], from: Read): boolean {
  const runs: Token[][] = []
  for (const step of steps) {
    if (runs.at(-1)?.[0]?.clause === step.clause) runs.at(-1)?.push(step)
    else runs.push([step])
  }
  const own = new Set(runs.map((run) => run[0]?.clause))
  if (own.size !== runs.length) return false
  return runs.some((run, at) => {
    const moved = runs.slice(0, at).some((one) => (one[0]?.clause ?? 0) > (run[0]?.clause ?? 0))
    const whole = from.tokens.filter(({ clause }) => clause === run[0]?.clause).length <= run.length
    return moved && (whole || run.every(({ condition }) => condition !== undefined))
  })
}

/** "Water tablets, kidney problems and stress raise the risk": some of a list, and what is said of all of it. */
function isList(all: readonly (readonly Token[])[], from: Read): boolean {
  const last = all.at(-1)?.at(-1)?.clause ?? 0
  const sizes = new Map<number, number>()
  for (const { clause } of from.tokens) sizes.set(clause, (sizes.get(clause) ?? 0) + 1)
  const before = [...sizes].filter(([clause]) => clause < last)
  return before.length > 1 && before.every(([, size]) => size <= 2)
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
