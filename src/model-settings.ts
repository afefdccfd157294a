import { z } from 'zod'
import type { ModelSettings } from './knowledge/model/open-model.ts'

const text = z.string().min(1)
const address = z.url({ protocol: /^https?$/ })

/** Environment variables of the optional model; without `SALUS_MODEL` it is off. */
export const modelSettings = {
  SALUS_MODEL: z
    .string()
    .regex(/^(?:openai|ollama|azure):\S+$/, 'must be openai:MODEL, ollama:MODEL or azure:DEPLOYMENT')
    .optional(),
  // A worker holds a person for 30 s, and a turn may be run again.
  SALUS_MODEL_SECONDS: z.coerce.number().min(0.1).max(20).default(8),
  OPENAI_API_KEY: text.optional(),
  OPENAI_BASE_URL: address.optional(),
  OLLAMA_BASE_URL: address.optional(),
  AZURE_OPENAI_API_KEY: text.optional(),
  AZURE_OPENAI_ENDPOINT: address.optional(),
  AZURE_OPENAI_API_VERSION: text.default('2024-10-21'),
}

type Given = z.infer<z.ZodObject<typeof modelSettings>>

/** LangChain reads these by itself and would send what people write, or its own log of it, elsewhere. */
const tracing = [
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING_V2',
  'LANGSMITH_TRACING',
  'LANGCHAIN_TRACING',
  'LANGCHAIN_VERBOSE',
]

/** Why the settings do not make a model; undefined when they do or none is set. */
export function modelProblem(
  s: Given,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (!s.SALUS_MODEL) return undefined
  const traced = tracing.find((name) => env[name] === 'true')
  if (traced) return `${traced} would send people's words to a tracing service: unset it, or SALUS_MODEL`
  if (s.SALUS_MODEL.startsWith('openai:') && !s.OPENAI_API_KEY && !s.OPENAI_BASE_URL)
    return 'SALUS_MODEL=openai:… needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own'
  if (s.SALUS_MODEL.startsWith('azure:') && !(s.AZURE_OPENAI_API_KEY && s.AZURE_OPENAI_ENDPOINT))
    return 'SALUS_MODEL=azure:… needs AZURE_OPENAI_API_KEY and AZURE_OPENAI_ENDPOINT'
  return undefined
}

export function modelConfig(s: Given): ModelSettings | undefined {
  const [, provider, name = ''] = /^(openai|ollama|azure):(.+)$/.exec(s.SALUS_MODEL ?? '') ?? []
  const timeoutMs = s.SALUS_MODEL_SECONDS * 1000
  const where = (key: string | undefined, baseUrl: string | undefined) => ({
    name,
    timeoutMs,
    ...(key ? { key } : {}),
    ...(baseUrl ? { baseUrl } : {}),
  })
  if (provider === 'openai') return { provider, ...where(s.OPENAI_API_KEY, s.OPENAI_BASE_URL) }
  if (provider === 'ollama') return { provider, ...where(undefined, s.OLLAMA_BASE_URL) }
  if (provider === 'azure')
    return {
      provider,
      ...where(s.AZURE_OPENAI_API_KEY, s.AZURE_OPENAI_ENDPOINT),
      apiVersion: s.AZURE_OPENAI_API_VERSION,
    }
  return undefined
}
