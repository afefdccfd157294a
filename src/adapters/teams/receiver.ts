import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpRoute } from '../../core/channel-host.ts'
import { type Activity, activitySchema } from './activity.ts'
import type { Authentication } from './authentication.ts'

/** Where Bot Framework sends activities. */
export const messagesPath = '/api/messages'
/** More than Teams sends; the rest is refused before it is read. */
const bodyLimit = 512 * 1_024

export interface Answer {
  readonly status: number
  readonly body?: unknown
}

export interface ReceiverParts {
  readonly authentication: Authentication
  /** Whether a request without a token is worth reading. */
  readonly development: boolean
  /** Rejects when nothing may be acknowledged. An answer is for invokes; others are acknowledged. */
  readonly handle: (activity: Activity) => Promise<Answer | undefined>
  readonly report: (code: string, error?: unknown) => void
}

/** Takes what Teams sends: verified, handled, and only then acknowledged. */
export function createReceiver(parts: ReceiverParts): readonly HttpRoute[] {
  async function take(request: IncomingMessage): Promise<Answer> {
    const authorization = request.headers.authorization ?? ''
    if (!parts.development && authorization === '') return { status: 401 }
    const text = await bodyOf(request)
    if (text === undefined) return { status: 413 }
    const read = activitySchema.safeParse(parsed(text))
    // Without a type there is no knowing what to check a token against.
    if (!read.success) return { status: parts.development ? 400 : 401 }
    let answer: Answer | undefined
    const refusal = await parts.authentication.admit(authorization, read.data, async () => {
      answer = await parts.handle(read.data)
    })
    if (refusal === 'later') parts.report('teams_keys_unavailable')
    if (refusal) return { status: refusal === 'later' ? 503 : 401 }
    return answer ?? { status: 200 }
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    void take(request)
      .catch((error: unknown): Answer => {
        parts.report('teams_not_taken', error)
        return { status: 503 }
      })
      .then(({ status, body }) => {
        if (response.headersSent || response.destroyed) return
        const text = body === undefined ? '' : JSON.stringify(body)
        response.writeHead(status, {
          ...(text === '' ? {} : { 'content-type': 'application/json' }),
          ...(status === 413 ? { connection: 'close' } : {}),
        })
        response.end(text)
      })
  }
  return [{ method: 'POST', path: messagesPath, handle }]
}

/** Undefined when it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyLimit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
