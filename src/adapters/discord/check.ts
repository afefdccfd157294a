import { REST } from 'discord.js'
import { z } from 'zod'
import { hasStatus } from './outcome.ts'

/** One finding about the bot's settings at Discord. */
export interface DiscordFinding {
  readonly state: 'ok' | 'warn' | 'fail'
  readonly text: string
  /** The click that puts it right. */
  readonly todo?: string
}

export interface CheckParts {
  readonly token: string
  readonly guild?: string
  readonly messageContent: boolean
  readonly addresses: { readonly api?: string }
}

const timeoutMs = 10_000
const administrator = 1n << 3n
/** What Salus needs in a server: https://docs.discord.com/developers/topics/permissions */
const needed: readonly (readonly [bigint, string])[] = [
  [1n << 10n, 'View Channels'],
  [1n << 11n, 'Send Messages'],
  [1n << 35n, 'Create Public Threads'],
  [1n << 38n, 'Send Messages in Threads'],
  [1n << 16n, 'Read Message History'],
]
/** `GATEWAY_MESSAGE_CONTENT` and its limited kind, of bots in few servers. */
const messageContentFlags = (1 << 18) | (1 << 19)

const application = z.looseObject({ id: z.string(), flags: z.number().optional() })
const guilds = z.array(z.looseObject({ id: z.string(), permissions: z.string().optional() }))

/** Where the bot is added to a server, with what it needs. */
export function inviteUrl(id: string): string {
  const permissions = needed.reduce((all, [bit]) => all | bit, 0n)
  return `https://discord.com/oauth2/authorize?client_id=${id}&scope=bot+applications.commands&permissions=${permissions}`
}

/** Asks Discord whether the bot could work; nothing is sent to anybody. */
export async function checkDiscord(parts: CheckParts): Promise<readonly DiscordFinding[]> {
  const { api } = parts.addresses
  const options = {
    version: '10',
    retries: 0,
    timeout: timeoutMs,
    ...(api ? { api: api.replace(/\/$/, '') } : {}),
  }
  const rest = new REST(options).setToken(parts.token)
  try {
    const me = application.parse(await rest.get('/applications/@me'))
    const places = guilds.parse(await rest.get('/users/@me/guilds'))
    return [
      { state: 'ok', text: 'discord: the token is good.' },
      ...intents(parts, me),
      ...places.map((place) => permissions(place, me.id)),
      ...servers(parts, places, me.id),
    ]
  } catch (error) {
    if (hasStatus(error, 401))
      return [
        {
          state: 'fail',
          text: 'discord: the token is refused.',
          todo: 'discord.com/developers → your application → Bot → Reset Token; put it into DISCORD_TOKEN.',
        },
      ]
    const host = new URL(api ?? 'https://discord.com/api').host
    return [
      { state: 'fail', text: 'discord: Discord cannot be asked.', todo: `Let this machine reach ${host}.` },
    ]
  } finally {
    rest.clearHandlerSweeper()
    rest.clearHashSweeper()
  }
}

function intents({ messageContent }: CheckParts, me: z.infer<typeof application>): readonly DiscordFinding[] {
  if (!messageContent) return []
  if (((me.flags ?? 0) & messageContentFlags) !== 0)
    return [{ state: 'ok', text: 'discord: the message-content intent is granted.' }]
  return [
    {
      state: 'fail',
      text: 'discord: the message-content intent is asked for and not granted: the gateway would refuse the bot.',
      todo: 'discord.com/developers → your application → Bot → Message Content Intent: on; or unset DISCORD_MESSAGE_CONTENT.',
    },
  ]
}

function permissions(place: z.infer<typeof guilds>[number], id: string): DiscordFinding {
  const has = BigInt(place.permissions ?? '0')
  const missing = (has & administrator) !== 0n ? [] : needed.filter(([bit]) => (has & bit) === 0n)
  if (missing.length === 0) return { state: 'ok', text: `discord: server ${place.id} grants what is needed.` }
  const names = missing.map(([, name]) => name).join(', ')
  return {
    state: 'warn',
    text: `discord: server ${place.id} lacks ${names}.`,
    todo: `Open ${inviteUrl(id)} and add it again, or Server Settings → Roles → the bot's role.`,
  }
}

function servers(
  { guild }: CheckParts,
  places: z.infer<typeof guilds>,
  id: string,
): readonly DiscordFinding[] {
  const todo = `Open ${inviteUrl(id)} and choose the server.`
  if (places.length === 0) return [{ state: 'warn', text: 'discord: the bot is in no server.', todo }]
  if (guild === undefined || places.some((place) => place.id === guild)) return []
  return [{ state: 'fail', text: 'discord: the bot is not in the server that DISCORD_GUILD_ID names.', todo }]
}
