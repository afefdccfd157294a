import { AppError } from '../core/errors.ts'

/** What the semantic leg needs of LangChain's `Embeddings`: any of its classes will do. */
export interface Embed {
  embedDocuments(texts: string[]): Promise<number[][]>
  embedQuery(text: string): Promise<number[]>
}

export interface SemanticIndex {
  /** Positions of the nearest texts by cosine, nearest first. */
  search(question: string, limit: number): Promise<readonly number[]>
}

/** Embeds texts once and finds the nearest by cosine. */
export async function createSemanticIndex(
  texts: readonly string[],
  embeddings: Embed,
): Promise<SemanticIndex> {
  const vectors = (await embeddings.embedDocuments([...texts])).map(normalise)
  return {
    async search(question, limit) {
      const asked = normalise(await embeddings.embedQuery(question))
      return vectors
        .map((vector, number) => ({ number, near: dot(vector, asked) }))
        .sort((x, y) => y.near - x.near || x.number - y.number)
        .slice(0, limit)
        .map(({ number }) => number)
    },
  }
}

/**
 * A sentence-embedding model on disk, through LangChain. `@huggingface/transformers` is not installed with Salus:
 * whoever wants this leg adds it.
 * @throws AppError CONFIG_INVALID when it is missing or the model cannot be opened.
 */
export async function openEmbeddings(model: string): Promise<Embed> {
  const { HuggingFaceTransformersEmbeddings } = await import(
    '@langchain/community/embeddings/huggingface_transformers'
  )
  const embeddings = new HuggingFaceTransformersEmbeddings({ model })
  try {
    await embeddings.embedQuery('fever')
  } catch {
    throw new AppError(
      'CONFIG_INVALID',
      'SALUS_EMBEDDINGS: the model cannot be opened',
      'Install @huggingface/transformers beside Salus and name a model folder.',
    )
  }
  return embeddings
}

function normalise(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector) || 1
  return Float32Array.from(vector, (x) => x / length)
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * (b[i] ?? 0)
  return sum
}
