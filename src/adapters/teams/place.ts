import { createHash } from 'node:crypto'
import { asId, type ConversationKey, type Urn, type WorkspaceId } from '../../core/ids.ts'
import type { ConversationRef } from '../../core/inbound.ts'
import type { JsonObject } from '../../core/json.ts'

/** Where and by whom something was done on Teams: all that is needed to answer there, also much later. */
export interface TeamsPlace {
  readonly tenant: string
  /** Where the tenant's connector answers; verified when it was told. */
  readonly serviceUrl: string
  readonly scope: 'personal' | 'group' | 'channel'
  /** In a channel it names the thread: `19:…@thread.tacv2;messageid=…`. */
  readonly conversation: string
  /** The person's id for this bot: `29:…`. */
  readonly user: string
  /** The bot's own id: `28:…`. */
  readonly bot: string
}

/** An account, as Teams numbers it for this bot within a tenant. */
export function urnOf({ tenant, user }: Pick<TeamsPlace, 'tenant' | 'user'>): Urn {
  return asId<Urn>(`teams:${tenant}:${user}`)
}

/** Tenant and account of an urn of `urnOf`. */
export function accountOf(urn: Urn): { readonly tenant: string; readonly user: string } | undefined {
  const [, tenant, ...user] = urn.split(':')
  return tenant && user.length > 0 ? { tenant, user: user.join(':') } : undefined
}

/** The person's personal chat with Salus; it is opened, or found again, when something is sent there. */
export function directRef(
  workspace: WorkspaceId,
  { tenant, serviceUrl, user, bot }: Pick<TeamsPlace, 'tenant' | 'serviceUrl' | 'user' | 'bot'>,
): ConversationRef {
  return {
    key: keyOf(tenant, 'direct', user),
    workspace,
    channel: 'teams',
    surface: 'direct',
    route: { tenant, serviceUrl, scope: 'personal', conversation: '', user, bot },
  }
}

/** Where a message was written: the personal chat, or one person's part of a chat or thread. */
export function refOf(workspace: WorkspaceId, place: TeamsPlace): ConversationRef {
  if (place.scope === 'personal') return { ...directRef(workspace, place), route: { ...place } }
  const route: JsonObject = { ...place, room: roomOfPlace(place) }
  return {
    key: keyOf(place.tenant, place.conversation, place.user),
    workspace,
    channel: 'teams',
    surface: place.scope === 'channel' ? 'thread' : 'group',
    route,
  }
}

/** The channel of a thread, or the chat: what settings of a room are kept under. */
export function roomOfPlace({ conversation }: Pick<TeamsPlace, 'conversation'>): string {
  return conversation.replace(/;messageid=.*$/, '')
}

export function placeOf({ route }: Pick<ConversationRef, 'route'>): TeamsPlace {
  const { tenant, serviceUrl, scope, conversation, user, bot } = route
  return {
    tenant: String(tenant),
    serviceUrl: String(serviceUrl),
    scope: scope === 'group' || scope === 'channel' ? scope : 'personal',
    conversation: typeof conversation === 'string' ? conversation : '',
    user: String(user),
    bot: String(bot),
  }
}

/** Keys stand in the clear: they must name nobody. */
function keyOf(...parts: readonly string[]): ConversationKey {
  const hash = createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 32)
  return asId<ConversationKey>(`teams:${hash}`)
}
