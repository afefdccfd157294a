import { z } from 'zod'

const text = z.string().min(1)
const address = z.url({ protocol: /^https?$/ })

/** Environment variables of Microsoft Teams; without `TEAMS_APP_ID` and without development it is off. */
export const teamsSettings = {
  TEAMS_APP_ID: text.optional(),
  TEAMS_TENANT_ID: text.optional(),
  TEAMS_APP_PASSWORD: text.optional(),
  TEAMS_CERTIFICATE_FILE: text.optional(),
  TEAMS_MANAGED_IDENTITY: z.enum(['on', 'off']).optional(),
  TEAMS_DEVELOPMENT: z.enum(['on', 'off']).optional(),
  TEAMS_SERVICE_URLS: text.optional(),
  TEAMS_OPENID_METADATA_URL: address.optional(),
  TEAMS_LOGIN_URL: address.optional(),
  TEAMS_TOKEN_ISSUER: text.optional(),
}

type Given = z.infer<z.ZodObject<typeof teamsSettings>>

/** How the bot proves who it is when it asks for a token. */
export type TeamsCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  /** Path of a PEM file that holds certificate and private key. */
  | { readonly kind: 'certificate'; readonly file: string }
  | { readonly kind: 'managed_identity' }

export interface TeamsConfig {
  /** Absent: development without any authentication. */
  readonly app?: { readonly id: string; readonly tenant: string; readonly credential: TeamsCredential }
  /** Addresses under which a service may ask to be answered, beside Microsoft's own. */
  readonly serviceUrls: readonly string[]
  readonly addresses: { readonly metadata?: string; readonly login?: string; readonly issuer?: string }
}

/** Why the settings do not make a bot; undefined when they do or none is set. */
export function teamsProblem(s: Given): string | undefined {
  const development = s.TEAMS_DEVELOPMENT === 'on'
  if (!s.TEAMS_APP_ID) {
    if (s.TEAMS_APP_PASSWORD || s.TEAMS_CERTIFICATE_FILE || s.TEAMS_MANAGED_IDENTITY === 'on')
      return 'TEAMS_APP_ID is needed beside a credential for Teams'
    return undefined
  }
  if (development) return 'TEAMS_DEVELOPMENT turns authentication off and takes no TEAMS_APP_ID'
  if (!s.TEAMS_TENANT_ID) return 'TEAMS_APP_ID needs TEAMS_TENANT_ID: the bot belongs to one tenant'
  const given = [s.TEAMS_APP_PASSWORD, s.TEAMS_CERTIFICATE_FILE, s.TEAMS_MANAGED_IDENTITY === 'on']
  if (given.filter(Boolean).length !== 1)
    return 'TEAMS_APP_ID needs one of TEAMS_APP_PASSWORD, TEAMS_CERTIFICATE_FILE and TEAMS_MANAGED_IDENTITY=on'
  const urls = addressesOf(s.TEAMS_SERVICE_URLS)
  if (urls.some((url) => !URL.canParse(url))) return 'TEAMS_SERVICE_URLS holds something that is no address'
  return undefined
}

export function teamsConfig(s: Given): TeamsConfig | undefined {
  const credential = credentialOf(s)
  const app =
    s.TEAMS_APP_ID && s.TEAMS_TENANT_ID && credential
      ? { id: s.TEAMS_APP_ID, tenant: s.TEAMS_TENANT_ID, credential }
      : undefined
  if (!app && s.TEAMS_DEVELOPMENT !== 'on') return undefined
  return {
    ...(app ? { app } : {}),
    serviceUrls: addressesOf(s.TEAMS_SERVICE_URLS),
    addresses: {
      ...(s.TEAMS_OPENID_METADATA_URL ? { metadata: s.TEAMS_OPENID_METADATA_URL } : {}),
      ...(s.TEAMS_LOGIN_URL ? { login: s.TEAMS_LOGIN_URL } : {}),
      ...(s.TEAMS_TOKEN_ISSUER ? { issuer: s.TEAMS_TOKEN_ISSUER } : {}),
    },
  }
}

function credentialOf(s: Given): TeamsCredential | undefined {
  if (s.TEAMS_APP_PASSWORD) return { kind: 'secret', secret: s.TEAMS_APP_PASSWORD }
  if (s.TEAMS_CERTIFICATE_FILE) return { kind: 'certificate', file: s.TEAMS_CERTIFICATE_FILE }
  return s.TEAMS_MANAGED_IDENTITY === 'on' ? { kind: 'managed_identity' } : undefined
}

function addressesOf(list: string | undefined): readonly string[] {
  return (list ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
