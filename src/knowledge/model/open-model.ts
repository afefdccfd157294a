import { AppError } from '../../core/errors.ts'
import { limitedFetch } from './limited-fetch.ts'

/** Which model, where, and how long it may take. */
export interface ModelSettings {
  readonly provider: 'openai' | 'ollama' | 'azure'
  /** The model's name; for Azure the deployment's. */
  readonly name: string
  readonly key?: string
  /** Absent: the provider's own address; Azure has none. */
  readonly baseUrl?: string
  /** Azure's `api-version`. */
  readonly apiVersion?: string
  /** ms until the passages are shown as they are. */
  readonly timeoutMs: number
}

/** Asks the model once and resolves to its words. Rejects when it fails, answers too much, or the signal aborts. */
export type AskModel = (system: string, user: string, signal: AbortSignal) => Promise<string>

/** More words than any shortened answer has. */
const mostTokens = 400
/** Bytes of an answer that are read: the words in it fill a hundredth. */
const mostBytes = 256_000

/**
 * The chat model through LangChain's `initChatModel`. Nothing is read from the environment by LangChain: key, address
 * and version are given. One try for each answer, nothing sent anywhere else. Loads in about half a second.
 * @throws AppError CONFIG_INVALID when LangChain refuses the settings.
 */
export async function openModel(settings: ModelSettings): Promise<AskModel> {
  const [{ initChatModel }, { HumanMessage, SystemMessage }] = await Promise.all([
    import('langchain/chat_models/universal'),
    import('@langchain/core/messages'),
  ])
  const model = await initChatModel(settings.name, {
    maxRetries: 0,
    temperature: 0,
    ...fieldsOf(settings, limitedFetch(mostBytes)),
  }).catch(() => {
    throw new AppError(
      'CONFIG_INVALID',
      'SALUS_MODEL: the model cannot be opened',
      'See docs/configuration.md.',
    )
  })
  return async (system, user, signal) => {
    const { text } = await model.invoke([new SystemMessage(system), new HumanMessage(user)], { signal })
    return text
  }
}

function fieldsOf(
  { provider, name, key, baseUrl, apiVersion }: ModelSettings,
  fetch: typeof globalThis.fetch,
) {
  // A server of one's own often wants no key; the client insists on one.
  const apiKey = key ?? 'none'
  switch (provider) {
    case 'ollama':
      return { modelProvider: 'ollama', numPredict: mostTokens, fetch, ...(baseUrl ? { baseUrl } : {}) }
    case 'openai':
      return {
        modelProvider: 'openai',
        apiKey,
        maxTokens: mostTokens,
        useResponsesApi: false,
        configuration: { fetch, ...(baseUrl ? { baseURL: baseUrl } : {}) },
      }
    case 'azure':
      return {
        modelProvider: 'azure_openai',
        azureOpenAIApiKey: apiKey,
        azureOpenAIApiDeploymentName: name,
        azureOpenAIApiVersion: apiVersion,
        azureOpenAIEndpoint: baseUrl,
        maxTokens: mostTokens,
        configuration: { fetch },
      }
  }
}
