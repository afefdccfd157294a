import { webApi } from '@slack/bolt'
import type { Client } from './client.ts'
import { gone } from './client.ts'
import type { InstallationId, Installations, Installed } from './installations.ts'
import type { SlackPlace } from './parse.ts'

/** Looked up again after this: another process may have renewed or removed an installation, ms. */
const freshMs = 60_000
/** A token is renewed when it would expire within this time, ms; Slack's live for twelve hours. */
const renewBeforeMs = 2 * 60 * 60_000
/** After a failure Slack is asked again no sooner, ms. */
const pauseMs = 15_000

export type Tenant = Pick<SlackPlace, 'team' | 'enterprise'>

export interface TokenParts {
  /** Of the organisation's own workspace. */
  readonly botToken?: string
  /** Present when others may install the app. */
  readonly oauth?: { readonly clientId: string; readonly clientSecret: string }
  readonly installations: Installations
  readonly clientFor: (token?: string) => Client
  readonly now: () => number
  readonly report: (code: string, error?: unknown) => void
}

/** Whose the configured token is. */
interface Home {
  readonly team: string | undefined
  readonly enterprise: string | undefined
  readonly whole: boolean
  readonly bot: string | undefined
}
interface Known {
  readonly at: number
  readonly installed: Installed | undefined
}

/** The token for a workspace, and which workspace is the organisation's own. */
export function createTokens(parts: TokenParts) {
  const { botToken, oauth, installations, now } = parts
  const known = new Map<InstallationId, Known>()
  const renewing = new Map<InstallationId, Promise<Installed>>()
  let home: Home | undefined
  let asking: Promise<Home | undefined> | undefined
  let askedAt = Number.NEGATIVE_INFINITY

  /** Asks whose the configured token is; remembers the answer. */
  async function homeOf(): Promise<Home | undefined> {
    if (home || botToken === undefined) return home
    if (!asking && now() - askedAt < pauseMs) return undefined
    askedAt = now()
    asking ??= parts
      .clientFor(botToken)
      .auth.test()
      .then((me) => {
        home = {
          team: me.team_id,
          enterprise: me.enterprise_id,
          whole: me.is_enterprise_install === true,
          bot: me.user_id,
        }
        return home
      })
      .catch((error: unknown) => {
        parts.report('slack_token_refused', error)
        return undefined
      })
      .finally(() => {
        asking = undefined
      })
    return asking
  }

  /** Whether a place is in the workspace of the configured token. */
  async function isHome({ team, enterprise }: Tenant): Promise<boolean> {
    if (botToken === undefined) return false
    // One token and no other way in: until Slack says whose it is, it is this one's.
    const { team: own, enterprise: org, whole = false } = (await homeOf()) ?? {}
    if (own === undefined && org === undefined) return oauth === undefined || !(await installed([team]))
    return own === team || (whole && org !== undefined && org === enterprise)
  }

  async function installed(ids: readonly InstallationId[]): Promise<Installed | undefined> {
    for (const id of ids) {
      const found = await lookUp(id)
      if (found) return found
    }
    return undefined
  }

  async function lookUp(id: InstallationId): Promise<Installed | undefined> {
    const before = known.get(id)
    if (before && now() - before.at < freshMs) return current(id, before.installed)
    try {
      const found = await installations.find(id)
      known.set(id, { at: now(), installed: found })
      return await current(id, found)
    } catch (error) {
      // The database is away: who was known stays known, for then the fixed reply can still be sent.
      if (!before) throw error
      return before.installed
    }
  }

  /** The installation with a token that lasts. */
  async function current(id: InstallationId, one: Installed | undefined): Promise<Installed | undefined> {
    if (!one?.bot?.refreshToken || !expiresWithin(one, renewBeforeMs)) return one
    try {
      let work = renewing.get(id)
      if (!work) {
        work = renew(id, one).finally(() => renewing.delete(id))
        renewing.set(id, work)
      }
      return await work
    } catch (error) {
      parts.report('slack_token_not_renewed', error)
      if (!expiresWithin(one, 0)) return one
      if (error instanceof webApi.WebAPIPlatformError && gone[error.data.error]) return undefined
      throw error
    }
  }

  async function renew(id: InstallationId, before: Installed): Promise<Installed> {
    // A refresh token is good once: another process may have used it already.
    const one = (await installations.find(id)) ?? before
    if (!one.bot?.refreshToken || !expiresWithin(one, renewBeforeMs)) {
      known.set(id, { at: now(), installed: one })
      return one
    }
    const told = await parts.clientFor().oauth.v2.access({
      client_id: oauth?.clientId ?? '',
      client_secret: oauth?.clientSecret ?? '',
      grant_type: 'refresh_token',
      refresh_token: one.bot.refreshToken,
    })
    if (!told.access_token) throw new Error('no token')
    const renewed: Installed = {
      ...one,
      bot: {
        ...one.bot,
        token: told.access_token,
        refreshToken: told.refresh_token ?? one.bot.refreshToken,
        expiresAt: Math.floor(now() / 1_000) + (told.expires_in ?? 0),
      },
    }
    known.set(id, { at: now(), installed: renewed })
    await installations.save(id, renewed)
    return renewed
  }

  function expiresWithin(one: Installed, ms: number): boolean {
    const { expiresAt } = one.bot ?? {}
    return expiresAt !== undefined && expiresAt * 1_000 - now() <= ms
  }

  const idsOf = ({ team, enterprise }: Tenant) => (enterprise ? [enterprise, team] : [team])
  return {
    homeOf,
    isHome,
    /** Undefined when nobody installed the app there. Rejects when that cannot be told now. */
    async tokenOf(place: Tenant): Promise<string | undefined> {
      if (await isHome(place)) return botToken
      return oauth ? (await installed(idsOf(place)))?.bot?.token : undefined
    },
    /** The bot's own account in a workspace. */
    async botOf(place: Tenant): Promise<string | undefined> {
      if (await isHome(place)) return home?.bot
      return oauth ? (await installed(idsOf(place)))?.bot?.userId : undefined
    },
    forget(id: InstallationId): void {
      known.delete(id)
    },
  }
}
