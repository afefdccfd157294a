import { createHash, createPrivateKey, createSign, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder'
import { z } from 'zod'

/** What the connector wants a token for. */
const audience = 'https://api.botframework.com'
const realLogin = 'https://login.microsoftonline.com'
/** A token is renewed this long before it ends, ms. */
const marginMs = 5 * 60_000
const timeoutMs = 10_000

/** How the bot proves who it is. */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly file: string }
  | { readonly kind: 'managed_identity' }

export interface TokenParts {
  readonly app: { readonly id: string; readonly tenant: string; readonly credential: Credential }
  /** Address of the login service, with or without the tenant. */
  readonly login?: string
  readonly now: () => number
  /** An unguessable id, for signed assertions. */
  readonly id: () => string
}

/** Why no token was given; holds no secret. */
export class TokenRefused extends Error {
  readonly status: number
  readonly reason: string
  constructor(status: number, reason: string) {
    super(`token refused: ${status} ${reason}`)
    this.status = status
    this.reason = reason
  }
}

export interface Tokens {
  bearer(): Promise<string>
  /** The one that was given was refused. */
  drop(): void
}

/**
 * Tokens for the connector. The SDK's own way to ask for one takes no address but https, so that no stand-in could be
 * asked; managed identities, which live on the machine, go through it.
 */
export function createTokens(parts: TokenParts): Tokens {
  let held: { readonly token: string; readonly until: number } | undefined
  let asking: Promise<string> | undefined

  async function ask(): Promise<string> {
    const { credential } = parts.app
    if (credential.kind === 'managed_identity') return fromMachine(parts)
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: parts.app.id,
      scope: `${audience}/.default`,
      ...(credential.kind === 'secret'
        ? { client_secret: credential.secret }
        : {
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            client_assertion: await assertion(parts, credential.file),
          }),
    })
    const response = await fetch(tokenUrl(parts), {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const answer: unknown = await response.json().catch(() => undefined)
    const given = granted.safeParse(answer)
    if (!response.ok || !given.success) throw new TokenRefused(response.status, reasonOf(answer))
    held = {
      token: given.data.access_token,
      until: parts.now() + given.data.expires_in * 1_000 - marginMs,
    }
    return given.data.access_token
  }

  return {
    async bearer() {
      if (held && held.until > parts.now()) return held.token
      asking ??= ask().finally(() => {
        asking = undefined
      })
      return asking
    },
    drop() {
      held = undefined
    },
  }
}

const granted = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(3_600),
})

/** `AADSTS7000215`: says what is wrong and nothing else. */
function reasonOf(answer: unknown): string {
  const told = z
    .looseObject({ error: z.string(), error_description: z.string().optional() })
    .safeParse(answer)
  if (!told.success) return 'unreadable'
  return /AADSTS\d+/.exec(told.data.error_description ?? '')?.[0] ?? told.data.error.replace(/[^\w.-]/g, '')
}

export function tokenUrl({ login, app }: Pick<TokenParts, 'login' | 'app'>): string {
  const base = new URL(login ?? realLogin)
  const path = base.pathname.replace(/\/+$/, '')
  if (path.endsWith('/token')) return base.href
  return `${base.origin}${path === '' ? `/${app.tenant}` : path}/oauth2/v2.0/token`
}

/** https://learn.microsoft.com/entra/identity-platform/certificate-credentials */
async function assertion(parts: TokenParts, file: string): Promise<string> {
  const pem = await readFile(file, 'utf8')
  const certificate = new X509Certificate(pem)
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const at = Math.floor(parts.now() / 1_000)
  const head = encoded({
    alg: 'PS256',
    typ: 'JWT',
    'x5t#S256': createHash('sha256').update(certificate.raw).digest('base64url'),
  })
  const body = encoded({
    aud: tokenUrl(parts),
    iss: parts.app.id,
    sub: parts.app.id,
    jti: parts.id(),
    nbf: at - 60,
    exp: at + 600,
  })
  // RSA-PSS with a salt as long as the hash: https://www.rfc-editor.org/rfc/rfc7518#section-3.5
  const key = { key: createPrivateKey(pem), padding: 6, saltLength: 32 }
  const signature = createSign('sha256').update(`${head}.${body}`).sign(key).toString('base64url')
  return `${head}.${body}.${signature}`
}

async function fromMachine({ app }: TokenParts): Promise<string> {
  const factory = new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: app.id,
    MicrosoftAppTenantId: app.tenant,
    MicrosoftAppType: 'UserAssignedMsi',
  })
  const credentials = await factory.createCredentials(app.id, audience, realLogin, true)
  return z
    .object({ getToken: z.custom<() => Promise<string>>() })
    .parse(credentials)
    .getToken.call(credentials)
}
