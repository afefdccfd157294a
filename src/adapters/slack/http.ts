import type { IncomingMessage, ServerResponse } from 'node:http'
import { HTTPModuleFunctions, isRawBodyError, isValidSlackRequest } from '@slack/bolt'

/** Slack's own limit is far below; whoever sends more is somebody else. */
const bodyLimit = '2mb'
/** How far Slack's clock and ours may lie apart, ms. */
const skewMs = 5 * 60_000

export interface HttpParts {
  readonly signingSecret: string
  readonly now: () => number
  /** Resolves to what is answered in the acknowledgement. Rejects when nothing may be acknowledged. */
  readonly handle: (body: unknown) => Promise<unknown>
  readonly report: (code: string, error?: unknown) => void
}

type Answer = { readonly status: number; readonly body?: unknown }

/**
 * Takes Slack's signed requests. Bolt's listeners are left out, for they run after the acknowledgement and a message
 * must be durable before it. Nothing that is sent makes it throw.
 */
export function createHttpListener({ signingSecret, now, handle, report }: HttpParts) {
  async function answer(request: IncomingMessage): Promise<Answer> {
    const raw = await rawBody(request)
    if (typeof raw === 'number') return { status: raw }
    const type = String(request.headers['content-type'] ?? '')
    // Slack looks whether the address has a certificate, unsigned.
    if (!type.includes('json') && new URLSearchParams(raw).get('ssl_check') === '1') return { status: 200 }
    if (!isSigned(request, raw)) return { status: 401 }
    const body = parsed(raw, type)
    if (body === undefined) return { status: 400 }
    if (body.type === 'url_verification') return { status: 200, body: { challenge: body.challenge } }
    try {
      return { status: 200, body: await handle(body) }
    } catch (error) {
      report('slack_not_taken', error)
      // Not acknowledged: Slack sends it again.
      return { status: 503 }
    }
  }

  function isSigned(request: IncomingMessage, body: string): boolean {
    const at = Number(request.headers['x-slack-request-timestamp'])
    const signature = request.headers['x-slack-signature']
    // Bolt refuses what is old; what is dated ahead would stay good for longer.
    if (typeof signature !== 'string' || at * 1_000 > now() + skewMs) return false
    const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': at }
    return isValidSlackRequest({ signingSecret, body, headers, nowMilliseconds: now() })
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request)
      .then(({ status, body }) => {
        // What was not read to its end leaves nothing behind on the connection.
        if (!request.complete) response.setHeader('connection', 'close')
        if (body === undefined || body === null) return response.writeHead(status).end()
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      })
      .catch((error: unknown) => {
        report('slack_not_answered', error)
        if (!response.headersSent) response.writeHead(500).end()
      })
  }
}

/** The body, or the status of a refusal. */
async function rawBody(request: IncomingMessage): Promise<string | number> {
  try {
    const { rawBody } = await HTTPModuleFunctions.bufferIncomingMessage(request, bodyLimit)
    return rawBody.toString()
  } catch (error) {
    return isRawBodyError(error) && error.type === 'entity.too.large' ? 413 : 400
  }
}

/** An object as Slack sends them: JSON, or a form that is one or holds one. */
function parsed(raw: string, type: string): Readonly<Record<string, unknown>> | undefined {
  try {
    let body: unknown
    if (type.includes('json')) body = JSON.parse(raw)
    else {
      const form = new URLSearchParams(raw)
      const payload = form.get('payload')
      body = payload === null ? Object.fromEntries(form) : JSON.parse(payload)
    }
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  } catch {
    return undefined
  }
}
