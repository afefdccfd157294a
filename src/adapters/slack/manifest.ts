import { callbacks } from './forms.ts'
import { eventsPath, redirectPath } from './paths.ts'

/** What the bot may do, each with why: docs/channels.md lists them for whoever consents. */
export const scopes = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'users:read',
] as const

/** What the adapter listens to. */
export const events = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'assistant_thread_started',
  'member_joined_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'tokens_revoked',
] as const

export interface ManifestParts {
  readonly publicUrl: string
  /** Socket Mode: nothing of Salus is reached from outside. */
  readonly socket: boolean
  /** Installed by OAuth in many workspaces. Tokens then rotate; a token in the configuration must not. */
  readonly many: boolean
}

/** The app as Slack's configuration page takes it; `slack/manifest.yaml` is written from it. */
export function manifest({ publicUrl, socket, many }: ManifestParts) {
  const url = `${publicUrl.replace(/\/+$/, '')}${eventsPath}`
  const reached = socket ? {} : { request_url: url }
  return {
    _metadata: { major_version: 2 },
    display_information: {
      name: 'Salus',
      description: 'Sourced health answers, and a person for whoever needs one.',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      assistant_view: { assistant_description: 'Ask a health question. Answers come from sourced articles.' },
      bot_user: { display_name: 'Salus', always_online: true },
      shortcuts: [
        {
          name: 'Ask privately',
          type: 'global',
          callback_id: callbacks.ask,
          description: 'Ask Salus a health question that only you see.',
        },
        {
          name: 'Escalate to a clinician',
          type: 'message',
          callback_id: callbacks.escalate,
          description: 'Ask the team behind Salus to look at this message.',
        },
        {
          name: 'Check this claim',
          type: 'message',
          callback_id: callbacks.check,
          description: 'See what sourced articles say. Only you see the answer.',
        },
      ],
      slash_commands: [
        {
          command: '/health',
          ...(socket ? {} : { url }),
          description: 'Ask a health question in private',
          usage_hint: '[your question], topics, person, mydata, settings, stop, help',
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      ...(many ? { redirect_urls: [`${publicUrl.replace(/\/+$/, '')}${redirectPath}`] } : {}),
      scopes: { bot: [...scopes] },
    },
    settings: {
      event_subscriptions: { ...reached, bot_events: [...events] },
      interactivity: { is_enabled: true, ...reached },
      org_deploy_enabled: many,
      socket_mode_enabled: socket,
      token_rotation_enabled: many,
    },
  }
}
