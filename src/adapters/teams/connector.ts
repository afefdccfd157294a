import { z } from 'zod'
import type { SendOutcome } from '../../core/ports.ts'
import type { TeamsPlace } from './place.ts'
import type { Tokens } from './tokens.ts'

/** Gives up waiting for the connector after this, ms. The outbox gives up after 15 s. */
const timeoutMs = 12_000
/** How long to wait when the connector does not say, ms. */
const unsaidMs = 1_000
/** Personal chats whose id is remembered. */
const rememberedChats = 20_000

type Failed = Exclude<SendOutcome, { kind: 'sent' }>
type Call = { readonly answer: unknown } | { readonly failed: Failed }

export interface ConnectorParts {
  /** Absent in development without authentication. */
  readonly tokens?: Tokens
  readonly mayCall: (serviceUrl: string) => boolean
  readonly now: () => number
}

/** Codes after which no later attempt will reach the person: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#error-responses */
const gone: Readonly<Record<string, Extract<SendOutcome, { kind: 'unreachable' }>['reason']>> = {
  BotNotInConversationRoster: 'left',
  BotDisabledByAdmin: 'not_installed',
  BotNotRegistered: 'not_installed',
  BotNotInstalled: 'not_installed',
  ConversationBlockedByUser: 'blocked',
  MessageWritesBlocked: 'blocked',
  ForbiddenOperationException: 'closed_direct',
  ConversationNotFound: 'unknown_route',
  ActivityNotFoundInConversation: 'unknown_route',
  UserNotFound: 'left',
}

/** Calls the connector of a tenant: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-send-and-receive-messages */
export function createConnector(parts: ConnectorParts) {
  const chats = new Map<string, string>()

  async function call(
    method: 'POST' | 'PUT' | 'DELETE',
    serviceUrl: string,
    path: readonly string[],
    body?: unknown,
  ): Promise<Call> {
    // A route of long ago, or of another configuration: nothing is sent where it may not go.
    if (!parts.mayCall(serviceUrl)) return { failed: { kind: 'unreachable', reason: 'unknown_route' } }
    let token: string | undefined
    try {
      token = await parts.tokens?.bearer()
    } catch {
      return { failed: { kind: 'retry', afterMs: 5 * unsaidMs } }
    }
    const url = `${serviceUrl.replace(/\/+$/, '')}/${path.map(encodeURIComponent).join('/')}`
    try {
      const response = await fetch(url, {
        method,
        redirect: 'error',
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      const answer: unknown = await response.json().catch(() => undefined)
      return response.ok ? { answer } : { failed: failureOf(response, answer) }
    } catch (error) {
      return { failed: lost(error) }
    }
  }

  function failureOf(response: Response, answer: unknown): Failed {
    const { status } = response
    if (status === 401) parts.tokens?.drop()
    if (status === 429) return { kind: 'retry', afterMs: waitOf(response.headers.get('retry-after')) }
    const code = errorBody.safeParse(answer).data?.error.code ?? ''
    const reason = gone[code]
    if (reason) return { kind: 'unreachable', reason }
    if (status === 403) return { kind: 'unreachable', reason: 'closed_direct' }
    if (status === 404) return { kind: 'unreachable', reason: 'unknown_route' }
    return { kind: 'retry', afterMs: waitOf(response.headers.get('retry-after')) }
  }

  /** Seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
  function waitOf(told: string | null): number {
    if (told === null) return unsaidMs
    const seconds = Number(told)
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000)
    const date = Date.parse(told)
    return Number.isNaN(date) ? unsaidMs : Math.max(0, date - parts.now())
  }

  /** The personal chat with somebody; asked for again it is the same one. */
  async function openChat(
    place: Pick<TeamsPlace, 'tenant' | 'serviceUrl' | 'user' | 'bot'>,
  ): Promise<string | Failed> {
    const key = `${place.tenant}:${place.user}`
    const known = chats.get(key)
    if (known !== undefined) return known
    const result = await call('POST', place.serviceUrl, ['v3', 'conversations'], {
      bot: { id: place.bot },
      members: [{ id: place.user }],
      isGroup: false,
      tenantId: place.tenant,
      channelData: { tenant: { id: place.tenant } },
    })
    // Nothing was said yet: it may be asked for again.
    if ('failed' in result)
      return result.failed.kind === 'uncertain' ? { kind: 'retry', afterMs: unsaidMs } : result.failed
    const opened = resource.safeParse(result.answer)
    if (!opened.success) return { kind: 'retry', afterMs: unsaidMs }
    remember(place, opened.data.id)
    return opened.data.id
  }

  function remember({ tenant, user }: Pick<TeamsPlace, 'tenant' | 'user'>, conversation: string): void {
    if (chats.size >= rememberedChats) chats.clear()
    chats.set(`${tenant}:${user}`, conversation)
  }

  return {
    openChat,
    remember,
    forget: ({ tenant, user }: Pick<TeamsPlace, 'tenant' | 'user'>): void => {
      chats.delete(`${tenant}:${user}`)
    },
    async send(serviceUrl: string, conversation: string, activity: object): Promise<SendOutcome> {
      const path = ['v3', 'conversations', conversation, 'activities']
      const result = await call('POST', serviceUrl, path, { type: 'message', ...activity })
      if ('failed' in result) return result.failed
      return { kind: 'sent', externalId: resource.safeParse(result.answer).data?.id ?? '' }
    },
    async update(
      serviceUrl: string,
      conversation: string,
      id: string,
      activity: object,
    ): Promise<SendOutcome> {
      const path = ['v3', 'conversations', conversation, 'activities', id]
      const result = await call('PUT', serviceUrl, path, { type: 'message', id, ...activity })
      return 'failed' in result ? result.failed : { kind: 'sent', externalId: id }
    },
  }
}
export type Connector = ReturnType<typeof createConnector>

const resource = z.looseObject({ id: z.string().min(1) })
const errorBody = z.looseObject({ error: z.looseObject({ code: z.string() }) })

/** Nobody was there to take it, or it is not known whether it arrived. */
function lost(error: unknown): Failed {
  const code = error instanceof Error && error.cause instanceof Error && 'code' in error.cause
  const never = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']
  if (code && never.includes(String((error.cause as Error & { code: unknown }).code)))
    return { kind: 'retry', afterMs: unsaidMs }
  return { kind: 'uncertain' }
}
