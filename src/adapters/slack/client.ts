import { webApi } from '@slack/bolt'
import type { SendOutcome } from '../../core/ports.ts'

export type Client = InstanceType<typeof webApi.WebClient>

/** Errors after which no later attempt will reach the person: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const gone: Readonly<Record<string, Extract<SendOutcome, { kind: 'unreachable' }>['reason']>> = {
  account_inactive: 'not_installed',
  token_revoked: 'not_installed',
  invalid_auth: 'not_installed',
  not_authed: 'not_installed',
  missing_scope: 'not_installed',
  channel_not_found: 'unknown_route',
  is_archived: 'unknown_route',
  user_not_found: 'unknown_route',
  user_disabled: 'left',
  not_in_channel: 'left',
  cannot_dm_bot: 'closed_direct',
  messages_tab_disabled: 'closed_direct',
  restricted_action: 'blocked',
}

/** How long to wait when Slack does not say, ms. */
const unsaidMs = 1_000

/** What an error of a call means for what was being sent. */
export function outcomeOf(error: unknown): SendOutcome {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: 'retry', afterMs: error.retryAfter * 1_000 }
  if (error instanceof webApi.WebAPIPlatformError) {
    const reason = gone[error.data.error]
    return reason ? { kind: 'unreachable', reason } : { kind: 'retry', afterMs: unsaidMs }
  }
  if (error instanceof webApi.WebAPIHTTPError) return { kind: 'retry', afterMs: unsaidMs }
  // Asked, and no answer came: it may have arrived.
  return { kind: 'uncertain' }
}
