import { z } from 'zod'

const snowflake = z.string().regex(/^\d{15,20}$/, 'is no id of Discord')

/** Environment variables of Discord; without `DISCORD_TOKEN` it is off. */
export const discordSettings = {
  DISCORD_TOKEN: z.string().min(1).optional(),
  DISCORD_GUILD_ID: snowflake.optional(),
  DISCORD_COMMANDS: z.enum(['global', 'guild']).optional(),
  DISCORD_MESSAGE_CONTENT: z.enum(['on', 'off']).optional(),
  DISCORD_SHARDS: z.union([z.literal('auto'), z.coerce.number().int().min(1).max(1_000)]).optional(),
  DISCORD_API_URL: z.url({ protocol: /^https?$/ }).optional(),
}

type Given = z.infer<z.ZodObject<typeof discordSettings>>

export interface DiscordConfig {
  /** Of the bot. */
  readonly token: string
  /** The server that belongs to the organisation itself; absent: the first that Salus was in. */
  readonly guild?: string
  /** Where commands are registered. */
  readonly commands: 'global' | 'guild'
  /** Whether Discord may send words that are not meant for Salus: a privileged intent. */
  readonly messageContent: boolean
  /** How many connections share the servers; `auto`: as many as Discord advises. */
  readonly shards: number | 'auto'
  readonly addresses: { readonly api?: string }
}

export function discordConfig(s: Given): DiscordConfig | undefined {
  if (!s.DISCORD_TOKEN) return undefined
  return {
    token: s.DISCORD_TOKEN,
    commands: s.DISCORD_COMMANDS ?? 'global',
    messageContent: s.DISCORD_MESSAGE_CONTENT === 'on',
    shards: s.DISCORD_SHARDS ?? 1,
    addresses: s.DISCORD_API_URL ? { api: s.DISCORD_API_URL } : {},
    ...(s.DISCORD_GUILD_ID ? { guild: s.DISCORD_GUILD_ID } : {}),
  }
}
