import { createHash, createVerify } from 'node:crypto'
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js'
import { z } from 'zod'
import type { Activity } from './activity.ts'

/** What Bot Framework's own services say of themselves: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
export const real = {
  metadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  issuer: 'https://api.botframework.com',
  login: 'https://login.microsoftonline.com/botframework.com',
  scope: 'https://api.botframework.com',
  oauth: 'https://token.botframework.com',
  emulator: 'https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration',
}
/** A clock may be this far off, s. */
const toleranceS = 5 * 60
/** A token that was checked is taken again for this long, ms. */
const trustMs = 5 * 60_000
const rememberedTokens = 1_000
/** The channel that a signing key must be endorsed for. */
const channel = 'msteams'

export interface AuthenticationParts {
  /** Absent: development, where nothing is checked but the address to answer at. */
  readonly app?: { readonly id: string; readonly tenant: string }
  readonly addresses: { readonly metadata?: string; readonly login?: string; readonly issuer?: string }
  readonly mayCall: (serviceUrl: string) => boolean
  readonly now: () => number
}

type Trusted = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>
type ActivityOfSdk = Parameters<ConfigurationBotFrameworkAuthentication['authenticateRequest']>[0]

/** Why an activity is not let in. `later`: it could not be checked now. */
export type Refusal = 'refused' | 'later'

const claims = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  serviceurl: z.string(),
})
const header = z.looseObject({ alg: z.literal('RS256'), kid: z.string().min(1) })

/** Lets in what the Bot Framework signed for this bot, and nothing else. */
export class Authentication {
  readonly #parts: AuthenticationParts
  readonly #sdk: ConfigurationBotFrameworkAuthentication
  readonly #keys: JwtTokenExtractor['openIdMetadata']
  readonly #trusted = new Map<string, { readonly result: Trusted; readonly until: number }>()

  constructor(parts: AuthenticationParts) {
    const { app, addresses } = parts
    const metadata = addresses.metadata ?? real.metadata
    const issuer = addresses.issuer ?? real.issuer
    this.#sdk = new ConfigurationBotFrameworkAuthentication(
      {
        MicrosoftAppId: app?.id ?? '',
        MicrosoftAppTenantId: app?.tenant ?? '',
        MicrosoftAppType: 'SingleTenant',
        // Set one and the SDK takes all as set.
        ValidateAuthority: 'true',
        ToChannelFromBotLoginUrl: addresses.login ?? real.login,
        ToChannelFromBotOAuthScope: real.scope,
        ToBotFromChannelTokenIssuer: issuer,
        OAuthUrl: real.oauth,
        ToBotFromChannelOpenIdMetadataUrl: metadata,
        ToBotFromEmulatorOpenIdMetadataUrl: real.emulator,
      },
      {
        isValidAppId: async (id) => id === app?.id,
        isAuthenticationDisabled: async () => app === undefined,
        // Answers leave through the outbox, by a connector of our own.
        createCredentials: async () => ({ signRequest: async (request) => request }),
      },
      { requiredEndorsements: [channel] },
    )
    this.#parts = parts
    this.#keys = new JwtTokenExtractor({ issuer: [issuer] }, metadata, ['RS256']).openIdMetadata
  }

  /** Runs `handle` when the activity may be trusted. Rejects when it does. */
  async admit(
    authorization: string,
    activity: Activity,
    handle: () => Promise<void>,
  ): Promise<Refusal | undefined> {
    if (!this.#parts.mayCall(activity.serviceUrl ?? '')) return 'refused'
    const given = { ...activity } as unknown as ActivityOfSdk
    const trusted = await this.#trust(authorization, activity, given)
    if (typeof trusted === 'string') return trusted
    await handle()
    return undefined
  }

  /** What the SDK makes of the token. Teams sends the same one for an hour: it is checked anew every few minutes. */
  async #trust(authorization: string, activity: Activity, given: ActivityOfSdk): Promise<Trusted | Refusal> {
    const { app, now } = this.#parts
    const id = createHash('sha256').update(`${authorization}\n${activity.serviceUrl}`).digest('base64')
    const known = this.#trusted.get(id)
    if (known && known.until > now()) return known.result
    const checked = app ? await this.#check(authorization, activity, app.id) : { until: now() + trustMs }
    if (typeof checked === 'string') return checked
    try {
      const result = await this.#sdk.authenticateRequest(given, authorization)
      if (this.#trusted.size >= rememberedTokens) this.#trusted.clear()
      this.#trusted.set(id, { result, until: Math.min(checked.until, now() + trustMs) })
      return result
    } catch (error) {
      return isOutage(error) ? 'later' : 'refused'
    }
  }

  /**
   * What the SDK does not insist on: an endorsed key, a named service address, an issuer that is no developer's tool;
   * and what it answers with 500 or writes to the console.
   */
  async #check(
    authorization: string,
    activity: Activity,
    appId: string,
  ): Promise<{ readonly until: number } | Refusal> {
    const [scheme, token = '', ...more] = authorization.split(' ')
    if (scheme !== 'Bearer' || more.length > 0) return 'refused'
    const [head = '', body = '', signature = ''] = token.split('.')
    const kind = header.safeParse(decoded(head))
    const told = claims.safeParse(decoded(body))
    if (!kind.success || !told.success) return 'refused'
    const { iss, aud, exp, serviceurl } = told.data
    if (iss !== (this.#parts.addresses.issuer ?? real.issuer) || aud !== appId) return 'refused'
    if (exp + toleranceS < this.#parts.now() / 1_000 || serviceurl !== activity.serviceUrl) return 'refused'
    try {
      const key = await this.#keys.getKey(kind.data.kid)
      if (!key?.endorsements?.includes(channel)) return 'refused'
      const good = createVerify('RSA-SHA256')
        .update(`${head}.${body}`)
        .verify(key.key, Buffer.from(signature, 'base64url'))
      return good ? { until: exp * 1_000 } : 'refused'
    } catch {
      return 'later'
    }
  }
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** The keys could not be fetched. */
function isOutage(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'FetchError' || ('statusCode' in error && error.statusCode === 500))
  )
}
