import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type Concern, concerns, type Level } from '../core/assessment.ts'
import { AppError } from '../core/errors.ts'
import { spellingOf, spellingSize } from './spelling.ts'

/**
 * What `scripts/train-second-opinion.mts` writes: a support vector machine with a radial kernel over sentence points,
 * and a linear one over the spelling, whose scores are added. Each vector keeps what its example was about, so that the nearest alarms say which one a message is like.
 */
const shape = z.strictObject({
  /** From what and how it was made, and what cross-validation found. */
  made: z.record(z.string(), z.unknown()),
  gamma: z.number().positive(),
  bias: z.number(),
  /** A score above it is an alarm. */
  threshold: z.number(),
  /** What the signed bytes are multiplied by. */
  scale: z.number().positive(),
  dimensions: z.int().positive(),
  /** The linear machine: its bias, what its bytes are multiplied by, and base64 of a signed byte for each bucket. */
  spelling: z.strictObject({ bias: z.number(), scale: z.number().positive(), weights: z.string() }),
  /** Words of which a text must have one, or it is not looked at: most chatter has none. */
  words: z.array(z.string()),
  /** Base64 of signed bytes, a row for each vector. */
  vectors: z.string(),
  /** Base64 of 32-bit floats, one for each vector. */
  weights: z.string(),
  /** What the alarms among the vectors were: indices into `kinds`, -1 for the others. */
  kind: z.array(z.int()),
  kinds: z.array(z.strictObject({ level: z.enum(['emergency', 'crisis']), concern: z.enum(concerns) })),
})
export type ModelFile = z.infer<typeof shape>

/** How much the spelling counts beside the sentence point; found by cross-validation. */
const spellingShare = 0.5
/** Fewer words are too little to judge by: short cries are for the rules. */
const fewestWords = 4

/** A second kind of alarm is named, too, when the message is nearly as like it. */
const closeShare = 0.6

export interface Opinion {
  /** Above 0: an alarm. */
  readonly score: number
  readonly level: Extract<Level, 'emergency' | 'crisis'>
  /** What it is like, the likeliest first. */
  readonly concerns: readonly Concern[]
}

export interface Model {
  /** Identifies the model in an assessment. */
  readonly name: string
  /** Whether a text is long enough and has any word for which it is worth being looked at. */
  worthwhile(text: string): boolean
  /** Judges a text by its sentence point and its spelling. */
  judge(point: Float32Array, text: string): Opinion
}

/** @throws AppError CONTENT_INVALID when the file is not a model. */
export async function readModel(path: string): Promise<Model> {
  const parsed = shape.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new AppError('CONTENT_INVALID', `${path}: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  return createModel(parsed.data)
}

export function createModel(file: ModelFile): Model {
  const { dimensions, scale, gamma, kind, kinds } = file
  const vectors = new Int8Array(bytesOf(file.vectors))
  const weights = new Float32Array(bytesOf(file.weights))
  const lengths = Float64Array.from(weights, (_, row) => {
    let sum = 0
    for (let i = row * dimensions; i < (row + 1) * dimensions; i++) sum += (vectors[i] ?? 0) ** 2
    return sum * scale * scale
  })
  const letters = new Int8Array(bytesOf(file.spelling.weights))
  if (letters.length !== spellingSize) throw new AppError('CONTENT_INVALID', 'the model has another spelling')
  const sought = new Set(file.words)
  return {
    name: String(file.made.name ?? 'second-opinion'),
    worthwhile: (text) => isWorthwhile(sought, text),
    judge(point, text) {
      let spelled = 0
      for (const [bucket, value] of spellingOf(text)) spelled += value * (letters[bucket] ?? 0)
      let own = 0
      for (const value of point) own += value * value
      let score =
        spellingShare * (spelled * file.spelling.scale + file.spelling.bias) - file.bias - file.threshold
      const likeness = new Float64Array(kinds.length)
      for (let row = 0; row < weights.length; row++) {
        let product = 0
        const from = row * dimensions
        for (let i = 0; i < dimensions; i++) product += (vectors[from + i] ?? 0) * (point[i] ?? 0)
        const near = Math.exp(-gamma * (own + (lengths[row] ?? 0) - 2 * product * scale))
        const part = (weights[row] ?? 0) * near
        score += part
        const what = kind[row] ?? -1
        if (what >= 0) likeness[what] = (likeness[what] ?? 0) + part
      }
      const ranked = [...likeness.keys()].sort((a, b) => (likeness[b] ?? 0) - (likeness[a] ?? 0))
      const [first = 0, second = 0] = ranked
      const close = (likeness[second] ?? 0) >= closeShare * (likeness[first] ?? 0)
      const alike = [first, ...(close ? [second] : [])].flatMap((one) => kinds[one]?.concern ?? [])
      return { score, level: kinds[first]?.level ?? 'crisis', concerns: [...new Set(alike)] }
    },
  }
}

/** Whether a text has one of the words, and enough of them. */
export function isWorthwhile(sought: ReadonlySet<string>, text: string): boolean {
  const words = wordsOf(text)
  return words.length >= fewestWords && words.some((word) => sought.has(word))
}

/** Small letters only: the gate is coarse on purpose. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z']+/g) ?? []
}

function bytesOf(base64: string): ArrayBuffer {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}
