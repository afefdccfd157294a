import { z } from 'zod'
import type { TeamsPlace } from './place.ts'

const text = z.string()
const account = z.looseObject({ id: text, role: text.nullish() })

/** An activity of the Bot Framework protocol, as far as Salus reads it. */
export const activitySchema = z.looseObject({
  type: text,
  id: text.nullish(),
  name: text.nullish(),
  action: text.nullish(),
  channelId: text.nullish(),
  serviceUrl: text.nullish(),
  timestamp: text.nullish(),
  locale: text.nullish(),
  text: text.nullish(),
  textFormat: text.nullish(),
  from: account.nullish(),
  recipient: account.nullish(),
  conversation: z
    .looseObject({
      id: text,
      conversationType: text.nullish(),
      tenantId: text.nullish(),
      isGroup: z.boolean().nullish(),
    })
    .nullish(),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: text.nullish() }).nullish(),
      eventType: text.nullish(),
      team: z.looseObject({ id: text.nullish(), name: text.nullish() }).nullish(),
      channel: z.looseObject({ type: text.nullish() }).nullish(),
    })
    .nullish(),
  entities: z.array(z.looseObject({ type: text.nullish() })).nullish(),
  attachments: z.array(z.looseObject({ contentType: text.nullish() })).nullish(),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
  replyToId: text.nullish(),
  value: z.unknown().optional(),
})
export type Activity = z.infer<typeof activitySchema>

/** Where an activity happened; undefined when it does not say so. `home`: the tenant where none is named. */
export function placeIn(activity: Activity, home: string | undefined): TeamsPlace | undefined {
  const { conversation, from, recipient, serviceUrl, channelData } = activity
  const tenant = channelData?.tenant?.id ?? conversation?.tenantId ?? home
  if (!conversation || !from || !recipient || !serviceUrl || !tenant) return undefined
  return {
    tenant,
    serviceUrl,
    scope: scopeOf(activity),
    conversation: conversation.id,
    user: from.id,
    bot: recipient.id,
  }
}

/**
 * Whether it is known that only those who were added read along: a chat, or a channel that Teams calls private
 * (`standard` and `shared` are the others: `ChannelInfo.type` of botframework-schema).
 */
export function isClosed(activity: Activity): boolean {
  if (scopeOf(activity) !== 'channel') return true
  return activity.channelData?.channel?.type === 'private'
}

function scopeOf({ conversation }: Activity): TeamsPlace['scope'] {
  switch (conversation?.conversationType) {
    case 'channel':
      return 'channel'
    case 'groupChat':
      return 'group'
    case 'personal':
      return 'personal'
    default:
      // Of what is not known, nothing private may be said there.
      return conversation?.isGroup === false ? 'personal' : 'group'
  }
}

/** When it happened by Teams' clock, or `now` where it does not say. */
export function timeOf({ timestamp }: Activity, now: number): Date {
  const at = timestamp ? Date.parse(timestamp) : Number.NaN
  return new Date(Number.isNaN(at) ? now : at)
}

const clientInfo = z.looseObject({ type: z.literal('clientInfo'), locale: text.nullish() })

/** `en-GB`, where the client tells. */
export function localeOf({ locale, entities }: Activity): { readonly locale?: string } {
  const told = locale || entities?.map((one) => clientInfo.safeParse(one).data?.locale).find(Boolean)
  return told && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(told) ? { locale: told } : {}
}
