import { webApi } from '@slack/bolt'
import type { SendOutcome } from '../../core/ports.ts'
import { silent } from './logger.ts'

export type Client = InstanceType<typeof webApi.WebClient>

/** Workspaces whose client is kept. */
const keptClients = 1_000
const timeoutMs = 10_000

/** Clients of Slack's Web API by token, kept: making one takes as long as taking a message in. */
export function createClients(api: string | undefined) {
  const clients = new Map<string, Client>()
  return (token = ''): Client => {
    const known = clients.get(token)
    if (known) return known
    if (clients.size >= keptClients) clients.clear()
    const client = new webApi.WebClient(token === '' ? undefined : token, {
      logger: silent,
      ...(api ? { slackApiUrl: api } : {}),
      // The outbox tries again by itself, and knows for how long.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: timeoutMs,
    })
    clients.set(token, client)
    return client
  }
}

/** Errors after which no later attempt will reach the person: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
export const gone: Readonly<Record<string, Extract<SendOutcome, { kind: 'unreachable' }>['reason']>> = {
  account_inactive: 'not_installed',
  token_revoked: 'not_installed',
  invalid_auth: 'not_installed',
  invalid_refresh_token: 'not_installed',
  not_authed: 'not_installed',
  missing_scope: 'not_installed',
  team_access_not_granted: 'not_installed',
  channel_not_found: 'unknown_route',
  is_archived: 'unknown_route',
  thread_not_found: 'unknown_route',
  message_not_found: 'unknown_route',
  cant_update_message: 'unknown_route',
  edit_window_closed: 'unknown_route',
  cannot_reply_to_message: 'unknown_route',
  user_not_found: 'unknown_route',
  users_not_found: 'unknown_route',
  user_disabled: 'left',
  not_in_channel: 'left',
  cannot_dm_bot: 'closed_direct',
  messages_tab_disabled: 'closed_direct',
  user_not_visible: 'closed_direct',
  restricted_action: 'blocked',
  restricted_action_read_only_channel: 'blocked',
  restricted_action_thread_only_channel: 'blocked',
  restricted_action_non_threadable_channel: 'blocked',
}

/** Faults of the moment: https://docs.slack.dev/reference/methods/conversations.open#errors */
const passing = [
  'fatal_error',
  'internal_error',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
  'accesslimited',
]

/** Slack understood the call and will not do it, now or later, for a reason that is not told among `gone`. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof webApi.WebAPIPlatformError)) return false
  const code = error.data.error
  return !passing.includes(code) && gone[code] === undefined
}

/** How long to wait when Slack does not say, ms. */
const unsaidMs = 1_000
/** Errors of a connection that was never made: nothing can have arrived. */
const notConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']

/** What an error of a call means for what was being sent. */
export function outcomeOf(error: unknown): SendOutcome {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: 'retry', afterMs: error.retryAfter * 1_000 }
  if (error instanceof webApi.WebAPIPlatformError) {
    const reason = gone[error.data.error]
    return reason ? { kind: 'unreachable', reason } : { kind: 'retry', afterMs: unsaidMs }
  }
  // Behind a fault of Slack's own it may have arrived.
  if (error instanceof webApi.WebAPIHTTPError)
    return error.statusCode >= 500 ? { kind: 'uncertain' } : { kind: 'retry', afterMs: unsaidMs }
  if (notConnected.includes(connectionErrorOf(error))) return { kind: 'retry', afterMs: unsaidMs }
  // Asked, and no answer came: it may have arrived.
  return { kind: 'uncertain' }
}

function connectionErrorOf(error: unknown): string {
  for (let inner = error, depth = 0; inner instanceof Error && depth < 4; depth++) {
    if ('code' in inner && notConnected.includes(String(inner.code))) return String(inner.code)
    inner = 'original' in inner ? inner.original : inner.cause
  }
  return ''
}
