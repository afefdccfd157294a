import { z } from 'zod'
import type { Ignored, InboundBody } from '../../core/inbound.ts'
import { type Activity, isClosed, localeOf, placeIn, timeOf } from './activity.ts'
import { cardType } from './cards.ts'
import type { TeamsPlace } from './place.ts'
import { choiceMark } from './render.ts'
import { type Mention, plainWords } from './text.ts'

/** What an activity means to Salus, when Teams waits for nothing but the acknowledgement. */
export type TeamsEvent =
  | {
      readonly kind: 'message'
      readonly place: TeamsPlace
      readonly externalId: string
      readonly at: Date
      readonly locale?: string
      readonly body: InboundBody
      /**
       * `thread`: only when Salus talks with this person there already; `no`: it was written to others. Either is for the
       * room's safety watch and for the threads of a staff room alone.
       */
      readonly addressed: 'yes' | 'thread' | 'no'
    }
  /** `closed`: it is known that nobody else reads along there. */
  | {
      readonly kind: 'staff_room' | 'staff_text'
      readonly place: TeamsPlace
      readonly on: boolean
      readonly closed: boolean
    }
  | {
      readonly kind: 'room'
      readonly place: TeamsPlace
      readonly setting: 'watch' | 'quiet' | 'sensitive'
      readonly on: boolean
    }
  | { readonly kind: 'link'; readonly place: TeamsPlace; readonly code: string }
  | { readonly kind: 'installed'; readonly place: TeamsPlace; readonly locale?: string }
  | { readonly kind: 'removed'; readonly place: TeamsPlace }

export interface ParseOptions {
  /** The tenant that counts where none is named. */
  readonly home?: string
  readonly now: number
}

const mention = z.looseObject({
  type: z.literal('mention'),
  mentioned: z.looseObject({ id: z.string() }),
  text: z.string().nullish(),
})
const choice = z.looseObject({
  salus: z.literal(choiceMark),
  action: z.string().min(1),
  value: z.string().optional(),
  input: z.string().optional(),
  replyTo: z.string().min(1),
})

/** Reads an activity that is not an invoke. Nothing makes it throw. */
export function parseActivity(activity: Activity, options: ParseOptions): TeamsEvent | Ignored {
  const place = placeIn(activity, options.home)
  if (activity.channelId !== 'msteams' || !place) return { ignored: 'unsupported' }
  switch (activity.type) {
    case 'message':
      return parseMessage(activity, place, options)
    case 'messageUpdate':
    case 'messageDelete':
      return parseChange(activity, place, options)
    case 'installationUpdate':
      return parseInstallation(activity, place)
    case 'conversationUpdate':
      return parseMembers(activity, place)
    default:
      return { ignored: 'unsupported' }
  }
}

function parseMessage(activity: Activity, place: TeamsPlace, { now }: ParseOptions): TeamsEvent | Ignored {
  const bot = sentByBot(activity, place)
  if (bot) return bot
  if (!activity.id) return { ignored: 'unsupported' }
  const of = {
    kind: 'message',
    place,
    externalId: activity.id,
    at: timeOf(activity, now),
    ...localeOf(activity),
  } as const
  const pressed = choice.safeParse(activity.value)
  if (pressed.success) {
    const { action, replyTo, value, input } = pressed.data
    const picked = value ?? (input === undefined ? undefined : pressed.data[input])
    if (typeof picked !== 'string' || picked === '') return { ignored: 'empty' }
    return { ...of, body: { kind: 'choice', action, value: picked, replyTo }, addressed: 'yes' }
  }
  if (activity.value !== undefined && activity.value !== null && !activity.text)
    return { ignored: 'unsupported' }
  const { mentioned, words } = wordsOf(activity, place)
  const personal = place.scope === 'personal'
  const mime = attachmentOf(activity)
  // Called by name and nothing else: they want to know what can be asked.
  if (words === '' && mime === undefined && mentioned && !personal)
    return { ...of, body: { kind: 'command', name: 'help', args: '' }, addressed: 'yes' }
  if (words === '' && mime === undefined) return { ignored: personal ? 'empty' : 'unaddressed' }
  const addressed = personal || mentioned
  const asked = addressed ? settingOf(words, place, isClosed(activity)) : undefined
  if (asked) return asked
  const body: InboundBody =
    mime === undefined
      ? { kind: 'text', text: words }
      : { kind: 'attachment', mime, ...(words === '' ? {} : { caption: words }) }
  // A chat without threads has no place of one person's own: there only a mention speaks to Salus.
  return { ...of, body, addressed: addressed ? 'yes' : place.scope === 'channel' ? 'thread' : 'no' }
}

/** What staff type to set a place up; no turn comes of it. */
function settingOf(words: string, place: TeamsPlace, closed: boolean): TeamsEvent | undefined {
  const room = /^staff-room(?: (on|off))?$/i.exec(words)
  if (room && place.scope !== 'personal')
    return { kind: 'staff_room', place, on: room[1]?.toLowerCase() !== 'off', closed }
  const text = /^staff-room text (on|off)$/i.exec(words)
  if (text?.[1] && place.scope !== 'personal')
    return { kind: 'staff_text', place, on: text[1].toLowerCase() === 'on', closed }
  const setting = /^(watch|quiet|sensitive) (on|off)$/i.exec(words)
  if (setting?.[1] && place.scope !== 'personal') {
    const name = setting[1].toLowerCase() as 'watch' | 'quiet' | 'sensitive'
    return { kind: 'room', place, setting: name, on: setting[2]?.toLowerCase() === 'on' }
  }
  const link = /^link (\S{6,64})$/i.exec(words)
  if (link?.[1] && place.scope === 'personal') return { kind: 'link', place, code: link[1] }
  return undefined
}

function parseChange(activity: Activity, place: TeamsPlace, { now }: ParseOptions): TeamsEvent | Ignored {
  const bot = sentByBot(activity, place)
  if (bot) return bot
  const told = activity.channelData?.eventType
  if (!activity.id) return { ignored: 'unsupported' }
  const { words, mentioned } = wordsOf(activity, place)
  const changed = activity.type === 'messageUpdate' && mentioned
  const addressed = place.scope === 'personal' || changed ? 'yes' : 'thread'
  const of = { kind: 'message', place, ...localeOf(activity), at: timeOf(activity, now), addressed } as const
  if (activity.type === 'messageDelete' && (told === undefined || told === 'softDeleteMessage')) {
    return {
      ...of,
      externalId: `${activity.id}/deleted`,
      body: { kind: 'deleted', externalId: activity.id },
    }
  }
  if (activity.type !== 'messageUpdate' || (told !== undefined && told !== 'editMessage'))
    return { ignored: 'unsupported' }
  if (!activity.timestamp) return { ignored: 'no_edit_time' }
  if (words === '') return { ignored: 'empty' }
  // Of a chat without threads nothing tells whether the message was for Salus, but its mention.
  if (place.scope === 'group' && !mentioned) return { ignored: 'unaddressed' }
  return {
    ...of,
    externalId: `${activity.id}/${activity.timestamp}`,
    body: { kind: 'edited', externalId: activity.id, text: words },
  }
}

function parseInstallation(activity: Activity, place: TeamsPlace): TeamsEvent | Ignored {
  if (activity.action === 'add') return { kind: 'installed', place, ...localeOf(activity) }
  if (activity.action?.startsWith('remove')) return { kind: 'removed', place }
  return { ignored: 'unsupported' }
}

function parseMembers(activity: Activity, place: TeamsPlace): TeamsEvent | Ignored {
  if (activity.membersAdded?.some(({ id }) => id === place.bot))
    return { kind: 'installed', place, ...localeOf(activity) }
  if (activity.membersRemoved?.some(({ id }) => id === place.bot)) return { kind: 'removed', place }
  return { ignored: 'unsupported' }
}

function sentByBot(activity: Activity, place: TeamsPlace): Ignored | undefined {
  if (place.user === place.bot) return { ignored: 'own_message' }
  const other = activity.from?.role === 'bot' || place.user.startsWith('28:')
  return other ? { ignored: 'other_bot' } : undefined
}

function wordsOf(activity: Activity, place: TeamsPlace) {
  const mentions = (activity.entities ?? []).flatMap((one): readonly Mention[] => {
    const read = mention.safeParse(one)
    return read.success ? [{ id: read.data.mentioned.id, text: read.data.text ?? '' }] : []
  })
  const xml = activity.textFormat === 'xml' || activity.textFormat === 'html'
  return {
    mentioned: mentions.some(({ id }) => id === place.bot),
    words: plainWords(activity.text ?? '', mentions, place.bot, xml),
  }
}

/** The kind of what was attached; rich text and cards are how Teams writes words. */
function attachmentOf({ attachments }: Activity): string | undefined {
  const types = (attachments ?? []).map(({ contentType, content }) => {
    // A picture that stands among the words: a sticker, a moving one.
    const drawn = contentType === 'text/html' && typeof content === 'string' && /<img\b/i.test(content)
    return drawn ? 'image/unknown' : (contentType ?? 'application/octet-stream')
  })
  return types.find((type) => type !== 'text/html' && type !== cardType && !type.startsWith('text/plain'))
}
