/**
 * Fits the weights of `src/knowledge/score-claim.ts` on the corrections' own sentences, and prints them with what they
 * are worth: each sentence is judged by a matcher made of the other five sixths of the files.
 *
 * npx tsx scripts/fit-claims.mts
 */
import { join } from 'node:path'
import { type Lexicon, loadLexicons } from '../src/knowledge/lexicon.ts'
import { loadMyths, type Myth } from '../src/knowledge/myth.ts'
import { readSaid, type Said } from '../src/knowledge/said.ts'
import { createWeigh, type Weighed } from '../src/knowledge/weigh-claim.ts'
import { wordsOf } from '../src/knowledge/words.ts'

const folds = 6
const steps = 1_500
const pull = 0.001

interface Judged {
  readonly want: Myth
  readonly spared: boolean
  readonly said: Said
  readonly weighed: readonly Weighed[]
}

interface Row {
  readonly x: Readonly<Record<string, number>>
  readonly y: number
}

const content = join(import.meta.dirname, '../content')
const myths = (await loadMyths(join(content, 'myths'))).filter(({ locale }) => locale === 'en')
const lexicon = (await loadLexicons(join(content, 'lexicon'))).get('en')
if (!lexicon) throw new Error('no lexicon')
const judged = Array.from({ length: folds }, (_, fold) => judgeFold(fold, lexicon)).flat()

const strange = Array.from({ length: folds }, (_, fold) => judgeStrange(fold, lexicon)).flat()
const topicRows = [
  ...judged.filter(({ spared }) => !spared).flatMap(({ want, weighed }) => rowsOf(weighed, want.id)),
  ...strange.flatMap(({ weighed }) => rowsOf(weighed, undefined)),
]
const beliefRows = judged
  .filter(({ said }) => !said.stance.asks && !said.stance.debunks)
  .flatMap(({ want, weighed, spared }) =>
    weighed
      .filter(({ myth }) => myth.id === want.id)
      .map(({ belief }) => ({ x: { ...belief }, y: spared ? 0 : 1 })),
  )
const topic = regress(topicRows)
const belief = regress(beliefRows)
console.log(JSON.stringify({ topic, belief }, undefined, 2))
report()

/** Leaves out the sentences of one fold, and the names that only they use. */
function judgeFold(fold: number, lexicon: Lexicon): readonly Judged[] {
  const out = (index: number) => index % folds === fold
  const rest = myths.map((myth) => {
    const kept = myth.says.filter((_, at) => !out(at)).map((text) => ` ${wordsOf(text).join(' ')} `)
    const gone = myth.says.filter((_, at) => out(at)).map((text) => ` ${wordsOf(text).join(' ')} `)
    const uses = (texts: readonly string[], phrase: string) =>
      texts.some((text) => text.includes(` ${wordsOf(phrase).join(' ')} `))
    const names = myth.names.map((group) => group.filter((name) => !uses(gone, name) || uses(kept, name)))
    return {
      ...myth,
      says: myth.says.filter((_, at) => !out(at)),
      spares: myth.spares.filter((_, at) => !out(at)),
      names: names.map((group, at) => (group.length > 0 ? group : (myth.names[at] ?? []))),
    }
  })
  const weigh = createWeigh(rest, lexicon)
  return myths.flatMap((want) =>
    [
      ...want.says.filter((_, at) => out(at)).map((text) => ({ text, spared: false })),
      ...want.spares.filter((_, at) => out(at)).map((text) => ({ text, spared: true })),
    ].map(({ text, spared }) => {
      const said = readSaid(text, lexicon)
      return { want, spared, said, weighed: weigh(said) }
    }),
  )
}

/** Sentences of claims that the matcher knows nothing of: none of those that it knows is meant. */
function judgeStrange(fold: number, lexicon: Lexicon): readonly Judged[] {
  const out = (index: number) => index % folds === fold
  const weigh = createWeigh(
    myths.filter((_, at) => !out(at)),
    lexicon,
  )
  return myths
    .filter((_, at) => out(at))
    .flatMap((want) =>
      [...want.says, ...want.spares].map((text, at) => {
        const said = readSaid(text, lexicon)
        return { want, spared: at >= want.says.length, said, weighed: weigh(said) }
      }),
    )
}

function rowsOf(weighed: readonly Weighed[], want: string | undefined): readonly Row[] {
  return weighed.map(({ myth, topic }) => ({ x: { ...topic }, y: myth.id === want ? 1 : 0 }))
}

/** Logistic regression by gradient descent on standardised evidence. */
function regress(rows: readonly Row[]): Readonly<Record<string, number>> {
  const names = Object.keys(rows[0]?.x ?? {})
  const column = (name: string) => rows.map(({ x }) => x[name] ?? 0)
  const mean = names.map((name) => column(name).reduce((sum, value) => sum + value, 0) / rows.length)
  const spread = names.map((name, at) =>
    Math.sqrt(column(name).reduce((sum, value) => sum + (value - (mean[at] ?? 0)) ** 2, 0) / rows.length),
  )
  const table = rows.map(({ x }) =>
    names.map((name, at) => ((x[name] ?? 0) - (mean[at] ?? 0)) / (spread[at] || 1)),
  )
  const weights = names.map(() => 0)
  let constant = 0
  for (let step = 0; step < steps; step++) {
    const slope = names.map(() => 0)
    let flat = 0
    table.forEach((x, row) => {
      const sum = x.reduce((all, value, at) => all + value * (weights[at] ?? 0), constant)
      const error = 1 / (1 + Math.exp(-sum)) - (rows[row]?.y ?? 0)
      flat += error
      x.forEach((value, at) => {
        slope[at] = (slope[at] ?? 0) + error * value
      })
    })
    constant -= (2 * flat) / rows.length
    names.forEach((_, at) => {
      weights[at] = (weights[at] ?? 0) - 2 * ((slope[at] ?? 0) / rows.length + pull * (weights[at] ?? 0))
    })
  }
  const loss = table.reduce((sum, x, row) => {
    const odds = x.reduce((all, value, at) => all + value * (weights[at] ?? 0), constant)
    return sum + Math.log(1 + Math.exp(rows[row]?.y ? -odds : odds))
  }, 0)
  console.error(`mean log loss ${(loss / rows.length).toFixed(4)} over ${rows.length} rows`)
  const plain = names.map((_, at) => (weights[at] ?? 0) / (spread[at] || 1))
  const base = constant - plain.reduce((sum, weight, at) => sum + weight * (mean[at] ?? 0), 0)
  const round = (value: number) => Math.round(value * 100) / 100
  return Object.fromEntries([
    ['constant', round(base)],
    ...names.map((name, at) => [name, round(plain[at] ?? 0)] as const),
  ])
}

/** Recall and wrong corrections on sentences that no matcher had seen, at several thresholds. */
function report(): void {
  const score = (by: Readonly<Record<string, number>>, x: object) =>
    Object.entries(x).reduce((sum, [name, value]) => sum + (by[name] ?? 0) * value, by.constant ?? 0)
  const picked = judged.map(({ want, spared, said, weighed }) => {
    const ranked = weighed
      .map((one) => ({ id: one.myth.id, topic: score(topic, one.topic), belief: score(belief, one.belief) }))
      .sort((a, b) => b.topic - a.topic)
    const quiet = !said.tells || said.stance.asks || said.stance.debunks
    return { want: want.id, spared, best: quiet ? undefined : ranked[0] }
  })
  const best = (weighed: readonly Weighed[]) =>
    Math.max(
      ...weighed.map((one) => Math.min(score(topic, { ...one.topic }), score(belief, { ...one.belief }))),
    )
  const says = picked.filter(({ spared }) => !spared)
  const spares = picked.filter(({ spared }) => spared)
  const firm = strange.filter(({ said }) => !said.stance.asks && !said.stance.debunks)
  for (const least of [-0.5, 0, 0.25, 0.5, 0.75, 1]) {
    const given = ({ best }: (typeof picked)[number]) =>
      best !== undefined && Math.min(best.topic, best.belief) > least
    const right = says.filter((one) => given(one) && one.best?.id === one.want).length
    const other = says.filter((one) => given(one) && one.best?.id !== one.want).length
    console.log(
      `from ${least}: recall ${(right / says.length).toFixed(3)}, another claim ${other} of ${says.length}, ` +
        `spared but corrected ${spares.filter(given).length} of ${spares.length}, ` +
        `of unknown claims ${firm.filter(({ weighed }) => best(weighed) > least).length} of ${strange.length}`,
    )
  }
}
