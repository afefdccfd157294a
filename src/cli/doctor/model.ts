import type { ModelSettings } from '../../knowledge/model/open-model.ts'
import { type Check, findings } from './check.ts'

const model = findings('model')

/** Asks the language model for one word, where one is set. */
export async function checkModel(settings: ModelSettings | undefined): Promise<readonly Check[]> {
  if (!settings) return []
  const { openModel } = await import('../../knowledge/model/open-model.ts')
  const named = `${settings.provider}:${settings.name}`
  try {
    const ask = await openModel(settings)
    const limit = AbortSignal.timeout(settings.timeoutMs)
    const stopped = new Promise<never>((_, reject) => {
      limit.addEventListener('abort', () => reject(limit.reason), { once: true })
    })
    const words = await Promise.race([ask('Answer with one word.', 'Say: ready', limit), stopped])
    return words.trim() === ''
      ? [model.fail(`${named} answers with nothing.`, 'Set SALUS_MODEL to another, or unset it.')]
      : [model.ok(`${named} answers; it may shorten answers.`)]
  } catch {
    // Answers are shown as the articles have them meanwhile.
    return [model.fail(`${named} does not answer.`, 'See SALUS_MODEL in docs/configuration.md.')]
  }
}
