/**
 * Fits the weights of `src/knowledge/score-claim.ts` on the corrections' own sentences, each judged by a matcher that
 * had not seen it, and prints them with what they are worth.
 *
 * npx tsx scripts/fit-claims.mts
 */
import { join } from 'node:path'
import { type HeldOut, judgeHeldOut, judgeUnknown } from '../src/eval/held-out-claims.ts'
import { emptyLexicon, loadLexicons } from '../src/knowledge/lexicon.ts'
import { loadMyths } from '../src/knowledge/myth.ts'
import type { Weighed } from '../src/knowledge/weigh-claim.ts'

const folds = 6
const steps = 1_500
const pull = 0.001

interface Row {
  readonly x: Readonly<Record<string, number>>
  readonly y: number
}
type Weights = Readonly<Record<string, number>>

const content = join(import.meta.dirname, '../content')
const myths = (await loadMyths(join(content, 'myths'))).filter(({ locale }) => locale === 'en')
const lexicon = (await loadLexicons(join(content, 'lexicon'))).get('en') ?? emptyLexicon
const known = judgeHeldOut(myths, lexicon, folds)
const unknown = judgeUnknown(myths, lexicon, folds)

const topic = regress([
  ...known.filter(({ spared }) => !spared).flatMap(({ want, weighed }) => topicRows(weighed, want.id)),
  ...unknown.flatMap(({ weighed }) => topicRows(weighed, undefined)),
])
const belief = regress(
  known
    .filter((one) => !isQuiet(one))
    .flatMap(({ want, weighed, spared }) =>
      weighed
        .filter(({ myth }) => myth.id === want.id)
        .map((one) => ({ x: { ...one.belief }, y: spared ? 0 : 1 })),
    ),
)
console.log(JSON.stringify({ topic, belief }, undefined, 2))
for (const least of [-0.5, 0, 0.1, 0.25, 0.5, 0.75, 1]) report(least)

function topicRows(weighed: readonly Weighed[], want: string | undefined): readonly Row[] {
  return weighed.map((one) => ({ x: { ...one.topic }, y: one.myth.id === want ? 1 : 0 }))
}

function isQuiet({ said }: HeldOut): boolean {
  return !said.tells || said.stance.asks || said.stance.debunks
}

/** Logistic regression by gradient descent on standardised evidence. */
function regress(rows: readonly Row[]): Weights {
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
  const oddsOf = (x: readonly number[]) =>
    x.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), constant)
  for (let step = 0; step < steps; step++) {
    const slope = names.map(() => 0)
    let flat = 0
    table.forEach((x, row) => {
      const error = 1 / (1 + Math.exp(-oddsOf(x))) - (rows[row]?.y ?? 0)
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
  const loss = table.reduce(
    (sum, x, row) => sum + Math.log(1 + Math.exp(rows[row]?.y ? -oddsOf(x) : oddsOf(x))),
    0,
  )
  console.error(`mean log loss ${(loss / rows.length).toFixed(4)} over ${rows.length} rows`)
  const plain = names.map((_, at) => (weights[at] ?? 0) / (spread[at] || 1))
  const base = constant - plain.reduce((sum, weight, at) => sum + weight * (mean[at] ?? 0), 0)
  const round = (value: number) => Math.round(value * 100) / 100
  return Object.fromEntries([
    ['constant', round(base)],
    ...names.map((name, at) => [name, round(plain[at] ?? 0)] as const),
  ])
}

/** Recall and wrong corrections where belief must be at least so sure. */
function report(least: number): void {
  const score = (by: Weights, evidence: object) =>
    Object.entries(evidence).reduce((sum, [name, value]) => sum + (by[name] ?? 0) * value, by.constant ?? 0)
  const given = (one: HeldOut): string | undefined => {
    if (isQuiet(one)) return undefined
    const [best] = one.weighed.toSorted((a, b) => score(topic, b.topic) - score(topic, a.topic))
    return best && score(topic, best.topic) >= 0 && score(belief, best.belief) >= least
      ? best.myth.id
      : undefined
  }
  const says = known.filter(({ spared }) => !spared)
  const spares = known.filter(({ spared }) => spared)
  const right = says.filter((one) => given(one) === one.want.id).length
  const other = says.filter((one) => given(one) !== undefined).length - right
  console.log(
    `from ${least}: recall ${(right / says.length).toFixed(3)}, another claim ${other} of ${says.length}, ` +
      `spared but corrected ${spares.filter(given).length} of ${spares.length}, ` +
      `of unknown claims ${unknown.filter(given).length} of ${unknown.length}`,
  )
}
