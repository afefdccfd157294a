import { webApi } from '@slack/bolt'
import { silent } from './logger.ts'
import { scopes } from './manifest.ts'

/** One finding about the app's settings at Slack. */
export interface SlackFinding {
  readonly state: 'ok' | 'warn' | 'fail'
  readonly text: string
  /** The click that puts it right. */
  readonly todo?: string
}

export interface CheckParts {
  readonly botToken?: string
  readonly appToken?: string
  readonly addresses: { readonly api?: string }
}

const timeoutMs = 10_000

/** Asks Slack whether the app could work; nothing is sent to anybody. */
export async function checkSlack(parts: CheckParts): Promise<readonly SlackFinding[]> {
  const { botToken, appToken, addresses } = parts
  const { api } = addresses
  const clientFor = (token: string) =>
    new webApi.WebClient(token, {
      ...(api ? { slackApiUrl: api } : {}),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: timeoutMs,
      logger: silent,
    })
  const unreachable: SlackFinding = {
    state: 'fail',
    text: 'slack: Slack cannot be asked.',
    todo: `Let this machine reach ${new URL(api ?? 'https://slack.com/api/').host}.`,
  }

  async function asked(
    ask: () => Promise<readonly SlackFinding[]>,
    refused: SlackFinding,
  ): Promise<readonly SlackFinding[]> {
    try {
      return await ask()
    } catch (error) {
      return [error instanceof webApi.WebAPIPlatformError ? refused : unreachable]
    }
  }

  const bot = botToken
    ? await asked(
        async () => grants((await clientFor(botToken).auth.test()).response_metadata?.scopes ?? []),
        {
          state: 'fail',
          text: 'slack: the bot token is refused.',
          todo: 'api.slack.com/apps → your app → OAuth & Permissions → Reinstall to Workspace; put the Bot User OAuth Token into SLACK_BOT_TOKEN.',
        },
      )
    : [{ state: 'ok' as const, text: 'slack: tokens come from installations, at /slack/install.' }]
  const socket = appToken
    ? await asked(
        async () => {
          await clientFor(appToken).apps.connections.open({})
          return [{ state: 'ok', text: 'slack: Socket Mode may connect.' }]
        },
        {
          state: 'fail',
          text: 'slack: the app-level token is refused.',
          todo: 'api.slack.com/apps → your app → Basic Information → App-Level Tokens → Generate, with connections:write; put it into SLACK_APP_TOKEN. Socket Mode → Enable.',
        },
      )
    : []
  return [...bot, ...socket]
}

function grants(granted: readonly string[]): readonly SlackFinding[] {
  const good: SlackFinding = { state: 'ok', text: 'slack: the bot token is good.' }
  const missing = scopes.filter((scope) => !granted.includes(scope))
  if (missing.length === 0) return [good]
  return [
    good,
    {
      state: 'fail',
      text: `slack: the bot token lacks ${missing.join(', ')}.`,
      todo: 'api.slack.com/apps → your app → OAuth & Permissions → Bot Token Scopes → add them, then Reinstall to Workspace.',
    },
  ]
}
