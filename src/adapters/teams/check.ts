import { z } from 'zod'
import { real } from './authentication.ts'
import { messagesPath } from './receiver.ts'
import { createTokens, type TokenParts, TokenRefused } from './tokens.ts'

/** One finding about the bot's settings at Microsoft. */
export interface TeamsFinding {
  readonly state: 'ok' | 'warn' | 'fail'
  readonly text: string
  /** The click that puts it right. */
  readonly todo?: string
}

export interface CheckParts {
  /** Absent: development. */
  readonly app?: TokenParts['app']
  readonly addresses: { readonly metadata?: string; readonly login?: string; readonly issuer?: string }
  readonly publicUrl: string
  readonly now: () => number
  readonly id: () => string
}

const timeoutMs = 10_000

/** What Microsoft's login says, and what to do: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const remedies: Readonly<Record<string, string>> = {
  AADSTS7000215:
    'Azure portal → App registrations → your app → Certificates & secrets → New client secret; put its Value, not its ID, into TEAMS_APP_PASSWORD.',
  AADSTS7000222:
    'The secret has expired: Azure portal → App registrations → your app → Certificates & secrets → New client secret; put its Value into TEAMS_APP_PASSWORD.',
  AADSTS700016:
    'Azure portal → App registrations → your app → Overview: copy Application (client) ID into TEAMS_APP_ID and Directory (tenant) ID into TEAMS_TENANT_ID.',
  AADSTS90002: 'Azure portal → Microsoft Entra ID → Overview: copy Tenant ID into TEAMS_TENANT_ID.',
  AADSTS700027:
    'Azure portal → App registrations → your app → Certificates & secrets → Certificates → Upload the certificate of TEAMS_CERTIFICATE_FILE.',
  AADSTS7000112:
    'Azure portal → Enterprise applications → your app → Properties → Enabled for users to sign in: Yes.',
}

/** Asks Microsoft's services whether the bot could work; nothing is sent to anybody. */
export async function checkTeams(parts: CheckParts): Promise<readonly TeamsFinding[]> {
  if (!parts.app) {
    return [
      {
        state: 'warn',
        text: 'teams: development without authentication.',
        todo: 'For people, unset TEAMS_DEVELOPMENT and set TEAMS_APP_ID.',
      },
    ]
  }
  const [token, keys] = await Promise.all([checkToken(parts, parts.app), checkKeys(parts)])
  return [token, keys, endpoint(parts.publicUrl)]
}

async function checkToken(parts: CheckParts, app: TokenParts['app']): Promise<TeamsFinding> {
  const { login } = parts.addresses
  try {
    await createTokens({ ...parts, app, ...(login ? { login } : {}) }).bearer()
    return { state: 'ok', text: 'teams: Microsoft gives the bot a token.' }
  } catch (error) {
    if (!(error instanceof TokenRefused)) {
      const file = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      return file
        ? { state: 'fail', text: 'teams: TEAMS_CERTIFICATE_FILE is not there.', todo: 'Put its full path.' }
        : {
            state: 'fail',
            text: 'teams: no token could be asked for.',
            todo: 'Let this machine reach login.microsoftonline.com, or look at the certificate or identity.',
          }
    }
    return {
      state: 'fail',
      text: `teams: Microsoft refuses the bot a token (${error.reason}).`,
      todo: remedies[error.reason] ?? 'Azure portal → App registrations → your app: compare ids and secret.',
    }
  }
}

const metadata = z.looseObject({ jwks_uri: z.url() })
const directory = z.looseObject({
  keys: z.array(z.looseObject({ endorsements: z.array(z.string()).optional() })),
})

async function checkKeys({ addresses }: CheckParts): Promise<TeamsFinding> {
  try {
    const read = async (url: string): Promise<unknown> => {
      const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
      return response.json()
    }
    const { jwks_uri } = metadata.parse(await read(addresses.metadata ?? real.metadata))
    const { keys } = directory.parse(await read(jwks_uri))
    if (keys.some(({ endorsements }) => endorsements?.includes('msteams')))
      return { state: 'ok', text: 'teams: the keys that sign messages can be read.' }
    return {
      state: 'fail',
      text: 'teams: no key is endorsed for Teams.',
      todo: 'Unset TEAMS_OPENID_METADATA_URL.',
    }
  } catch {
    return {
      state: 'fail',
      text: 'teams: the keys that sign messages cannot be read, so that every message would be refused.',
      todo: `Let this machine reach ${new URL(addresses.metadata ?? real.metadata).host}.`,
    }
  }
}

function endpoint(publicUrl: string): TeamsFinding {
  const url = `${publicUrl.replace(/\/+$/, '')}${messagesPath}`
  if (!url.startsWith('https:'))
    return {
      state: 'fail',
      text: 'teams: Microsoft reaches the bot over https alone.',
      todo: 'Put a TLS proxy in front and set SALUS_PUBLIC_URL.',
    }
  return {
    state: 'ok',
    text: `teams: in the Azure portal, your bot → Configuration → Messaging endpoint must be ${url}`,
  }
}
