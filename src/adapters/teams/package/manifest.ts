import { commands } from '../invoke.ts'

export interface PackageParts {
  /** Application id of the bot; the app bears the same. */
  readonly appId: string
  /** Of the release. */
  readonly version: string
  /** As people see it. */
  readonly organisation: string
  /** Where Salus is reached, https. */
  readonly publicUrl: string
  readonly privacyUrl?: string
  /**
   * Ask owners, when they add the app to a team or chat, to let it read messages that do not mention it: needed for the
   * safety watch and for answering in the threads of a staff room without a mention.
   */
  readonly readsRooms?: boolean
}

/** Longest that Teams takes: https://learn.microsoft.com/microsoft-365/extensibility/schema/ */
export const manifestLimits = {
  developerName: 32,
  shortName: 30,
  fullName: 100,
  shortDescription: 80,
  fullDescription: 4_000,
  commandTitle: 32,
  commandDescription: 128,
} as const

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-messages-with-rsc */
const roomPermissions = [
  { name: 'ChannelMessage.Read.Group', type: 'Application' },
  { name: 'ChatMessage.Read.Chat', type: 'Application' },
] as const

/** The app as Teams' admin centre takes it. */
export function manifest(parts: PackageParts) {
  const { appId, publicUrl, organisation } = parts
  const privacy = parts.privacyUrl ?? `${publicUrl}/`
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json',
    manifestVersion: '1.19',
    version: parts.version,
    id: appId,
    developer: {
      name: cut(organisation, manifestLimits.developerName),
      websiteUrl: `${publicUrl}/`,
      privacyUrl: privacy,
      termsOfUseUrl: privacy,
    },
    name: { short: 'Salus', full: cut(`Salus for ${organisation}`, manifestLimits.fullName) },
    description: {
      short: 'Sourced health answers, and a person for whoever needs one.',
      full: 'Ask a health question and get a short answer from sourced articles. Salus is an automated assistant, not a clinician: it does not diagnose or watch for emergencies. In a room it answers what is addressed to it, and anything personal goes to your personal chat. In danger, call your emergency number.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1F6F5C',
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [
          {
            scopes: ['personal'],
            commands: [
              { title: 'help', description: 'What Salus can do' },
              { title: 'talk to a person', description: 'Ask for somebody of the team, or find a line' },
              { title: 'privacy', description: 'Who can read this, and what is kept' },
              { title: 'delete my data', description: 'Have everything about you removed' },
              { title: 'language', description: 'Choose your language' },
              { title: 'stop', description: 'No message that you did not ask for' },
            ],
          },
          {
            scopes: ['team', 'groupChat'],
            commands: [{ title: 'help', description: 'What Salus can do' }],
          },
        ],
      },
    ],
    composeExtensions: [
      {
        botId: appId,
        commands: [
          {
            id: commands.search,
            type: 'query',
            title: 'Health topics',
            description: 'Find a sourced article and insert it as a card',
            context: ['compose', 'commandBox'],
            initialRun: true,
            parameters: [{ name: 'text', title: 'Topic', description: 'Such as fever in children' }],
          },
          {
            id: commands.ask,
            type: 'action',
            title: 'Ask privately',
            description: 'Ask a health question that only you see answered',
            context: ['compose', 'commandBox'],
            fetchTask: true,
          },
          {
            id: commands.escalate,
            type: 'action',
            title: 'Escalate to a clinician',
            description: 'Ask the team behind Salus to look at this message',
            context: ['message'],
            fetchTask: true,
          },
          {
            id: commands.check,
            type: 'action',
            title: 'Check this claim',
            description: 'See what sourced articles say; only you see the answer',
            context: ['message'],
            fetchTask: true,
          },
        ],
      },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [new URL(publicUrl).host],
    ...(parts.readsRooms
      ? {
          webApplicationInfo: { id: appId, resource: `${publicUrl}/` },
          authorization: { permissions: { resourceSpecific: roomPermissions } },
        }
      : {}),
  }
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).trimEnd()}…`
}
