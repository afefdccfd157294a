import { join, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from './core/errors.ts'
import { type DiscordConfig, discordConfig } from './discord-settings.ts'
import type { ModelSettings } from './knowledge/model/open-model.ts'
import { modelConfig, modelProblem, modelSettings } from './model-settings.ts'
import { platformSettings, type SlackConfig, slackConfig, slackProblem } from './platform-settings.ts'
import { type TeamsConfig, teamsConfig, teamsProblem } from './teams-settings.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const text = z.string().min(1)

/** Every environment variable that Salus reads. `docs/configuration.md` explains each; a test holds the two together. */
export const settings = z.object({
  SALUS_DATA_DIR: text.default('data'),
  SALUS_CONTENT_DIR: text.default('content'),
  SALUS_HOST: text.default('127.0.0.1'),
  SALUS_PORT: port.default(8080),
  SALUS_PUBLIC_URL: z.url().optional(),
  SALUS_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  SALUS_WORKERS: z.coerce.number().int().min(1).max(64).default(16),
  SALUS_MASTER_KEY: text.optional(),
  SALUS_TRUST_PROXY: z.coerce.number().int().min(0).max(8).default(0),
  SALUS_WEBHOOK_SECRET: z.string().min(16).optional(),
  SALUS_EMBEDDINGS: text.optional(),
  SALUS_SECOND_OPINION: z.enum(['on', 'off']).default('on'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  ...modelSettings,
  ...platformSettings,
})

export interface Config {
  /** Absolute path of the folder that holds database, keys and spill file. */
  readonly dataDir: string
  readonly contentDir: string
  readonly host: string
  readonly port: number
  /** Where members and staff reach the server; default: host and port. */
  readonly publicUrl: string
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  readonly workers: number
  /** Base64url of 32 bytes; absent: the key file in the data folder. */
  readonly masterKey?: string
  /** How many proxies stand in front, for the address that rate limits see. */
  readonly trustProxy: number
  /** Signs webhooks that ring staff; absent: none are sent. */
  readonly webhookSecret?: string
  /** Folder of a sentence-embedding model for the semantic leg; absent: off. */
  readonly embeddings?: string
  /** Whether a trained model may raise what the triage rules did not. */
  readonly secondOpinion: boolean
  /** A language model that may shorten answers; absent: off. */
  readonly model?: ModelSettings
  /** `postgres://…`; absent: a SQLite file in the data folder. */
  readonly databaseUrl?: string
  readonly redisUrl?: string
  /** Absent: Slack is off. */
  readonly slack?: SlackConfig
  /** Absent: Discord is off. */
  readonly discord?: DiscordConfig
  /** Absent: Microsoft Teams is off. */
  readonly teams?: TeamsConfig
}

/** Reads the environment once. Throws `CONFIG_INVALID` naming the variable and what is wrong, never its value. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new AppError(
      'CONFIG_INVALID',
      `${issue?.path.join('.')}: ${issue?.message}`,
      'See docs/configuration.md.',
    )
  }
  const s = parsed.data
  if (s.REDIS_URL && !s.DATABASE_URL) {
    throw new AppError(
      'CONFIG_INVALID',
      'REDIS_URL without DATABASE_URL',
      'Several replicas share PostgreSQL, not a file: set DATABASE_URL, or unset REDIS_URL.',
    )
  }
  const unfit = modelProblem(s, given)
  if (unfit) throw new AppError('CONFIG_INVALID', unfit, 'See docs/configuration.md.')
  const problem = slackProblem(s) ?? teamsProblem(s)
  if (problem) throw new AppError('CONFIG_INVALID', problem, 'See docs/channels.md.')
  const slack = slackConfig(s)
  const discord = discordConfig(s)
  const model = modelConfig(s)
  const teams = teamsConfig(s)
  return {
    dataDir: resolve(s.SALUS_DATA_DIR),
    contentDir: resolve(s.SALUS_CONTENT_DIR),
    host: s.SALUS_HOST,
    port: s.SALUS_PORT,
    publicUrl: s.SALUS_PUBLIC_URL ?? `http://${s.SALUS_HOST}:${s.SALUS_PORT}`,
    logLevel: s.SALUS_LOG_LEVEL,
    workers: s.SALUS_WORKERS,
    trustProxy: s.SALUS_TRUST_PROXY,
    secondOpinion: s.SALUS_SECOND_OPINION === 'on',
    ...(s.SALUS_MASTER_KEY ? { masterKey: s.SALUS_MASTER_KEY } : {}),
    ...(s.SALUS_WEBHOOK_SECRET ? { webhookSecret: s.SALUS_WEBHOOK_SECRET } : {}),
    ...(s.SALUS_EMBEDDINGS ? { embeddings: s.SALUS_EMBEDDINGS } : {}),
    ...(model ? { model } : {}),
    ...(s.DATABASE_URL ? { databaseUrl: s.DATABASE_URL } : {}),
    ...(s.REDIS_URL ? { redisUrl: s.REDIS_URL } : {}),
    ...(slack ? { slack } : {}),
    ...(discord ? { discord } : {}),
    ...(teams ? { teams } : {}),
  }
}

/** The SQLite file of a data folder. */
export function databaseFile(config: Pick<Config, 'dataDir'>): string {
  return join(config.dataDir, 'salus.db')
}
