import { z } from 'zod'
import { discordSettings } from './discord-settings.ts'
import { teamsSettings } from './teams-settings.ts'

const text = z.string().min(1)
const address = z.url({ protocol: /^https?$/ })

/** Environment variables of the platforms; a platform without its token is off. Addresses default to the real services. */
export const platformSettings = {
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_BOT_TOKEN: text.optional(),
  SLACK_APP_TOKEN: text.optional(),
  SLACK_CLIENT_ID: text.optional(),
  SLACK_CLIENT_SECRET: text.optional(),
  SLACK_STATE_SECRET: text.optional(),
  SLACK_API_URL: address.optional(),
  SLACK_AUTHORIZE_URL: address.optional(),
  ...discordSettings,
  ...teamsSettings,
}

type Given = z.infer<z.ZodObject<typeof platformSettings>>

export interface SlackConfig {
  /** For HTTP. */
  readonly signingSecret?: string
  /** For Socket Mode. */
  readonly appToken?: string
  /** Of the one workspace; without it people install the app by OAuth. */
  readonly botToken?: string
  readonly oauth?: { readonly clientId: string; readonly clientSecret: string; readonly stateSecret: string }
  readonly addresses: { readonly api?: string; readonly authorize?: string }
}

/** Why the settings of a platform do not make one; undefined when they do or none is set. */
export function slackProblem(s: Given): string | undefined {
  if (!s.SLACK_BOT_TOKEN && !s.SLACK_CLIENT_ID) return undefined
  if (!s.SLACK_SIGNING_SECRET && !s.SLACK_APP_TOKEN)
    return 'SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) is needed for Slack'
  if (s.SLACK_BOT_TOKEN) return undefined
  if (!s.SLACK_CLIENT_SECRET || !s.SLACK_STATE_SECRET)
    return 'SLACK_CLIENT_ID needs SLACK_CLIENT_SECRET and SLACK_STATE_SECRET'
  return undefined
}

export function slackConfig(s: Given): SlackConfig | undefined {
  if (!s.SLACK_BOT_TOKEN && !s.SLACK_CLIENT_ID) return undefined
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = s
  return {
    addresses: {
      ...(s.SLACK_API_URL ? { api: s.SLACK_API_URL } : {}),
      ...(s.SLACK_AUTHORIZE_URL ? { authorize: s.SLACK_AUTHORIZE_URL } : {}),
    },
    ...(s.SLACK_SIGNING_SECRET ? { signingSecret: s.SLACK_SIGNING_SECRET } : {}),
    ...(s.SLACK_APP_TOKEN ? { appToken: s.SLACK_APP_TOKEN } : {}),
    ...(s.SLACK_BOT_TOKEN ? { botToken: s.SLACK_BOT_TOKEN } : {}),
    ...(clientId && clientSecret && stateSecret ? { oauth: { clientId, clientSecret, stateSecret } } : {}),
  }
}
