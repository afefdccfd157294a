import { z } from 'zod'
import type { Ignored, InboundBody } from '../../core/inbound.ts'
import type { DiscordPlace } from './place.ts'
import { labelMark, replyMark } from './render.ts'
import { type RoomSwitch, roomSwitches } from './rooms.ts'
import { plainWords } from './text.ts'
import { held, wordsIn } from './written.ts'

export type CasePress = 'claim' | 'open' | 'snooze' | 'resolve'
export type FormName = 'ask' | 'person' | 'escalate'

/** What a command, a press or a submitted form means to Salus. */
export type DiscordInteraction = {
  readonly id: string
  readonly token: string
  readonly place: DiscordPlace
  readonly locale?: string
  /** Whether the member may manage the server. */
  readonly manages: boolean
  /** Whether the member may manage what others write in the channel. */
  readonly moderates: boolean
  /** Where it was done: a message that only the person sees is their private place in that channel. */
  readonly in: 'direct' | 'ephemeral' | 'thread'
} & (
  | {
      readonly kind: 'said'
      readonly body: InboundBody
      /** `press`: nothing is shown while it is worked on. */
      readonly by: 'command' | 'press'
      /** "Check this claim": the message of somebody else that it stands in. */
      readonly checks?: string
      /** The words are those of a message that is escalated: its id where it stands in a room. */
      readonly others?: { readonly message?: string }
      /** It may be answered for everybody where the room allows that. */
      readonly mayBeOpen?: boolean
    }
  | { readonly kind: 'complete'; readonly text: string }
  | { readonly kind: 'topics'; readonly article?: string }
  | { readonly kind: 'tips' }
  | { readonly kind: 'form'; readonly form: FormName }
  | { readonly kind: 'case'; readonly press: CasePress; readonly caseId: string }
  | { readonly kind: 'staff_room'; readonly on: boolean }
  | { readonly kind: 'staff_text'; readonly on: boolean }
  /** Without a setting: shows what is switched on. */
  | { readonly kind: 'room'; readonly setting?: RoomSwitch; readonly on: boolean }
  | { readonly kind: 'languages' }
  | { readonly kind: 'link'; readonly code: string }
)

const id = z.string().regex(/^\d{1,20}$/)
const text = z.string()
interface Option {
  readonly name: string
  readonly value?: string | number | boolean | undefined
  readonly focused?: boolean | undefined
  readonly options?: readonly Option[] | undefined
}
const option: z.ZodType<Option> = z.lazy(() =>
  z.looseObject({
    name: text,
    value: z.union([text, z.number(), z.boolean()]).optional(),
    focused: z.boolean().optional(),
    options: z.array(option).optional(),
  }),
)
const interaction = z.looseObject({
  id,
  token: text.min(1),
  type: z.number(),
  guild_id: id.nullish(),
  channel_id: id.nullish(),
  channel: z.looseObject({ id, type: z.number().optional(), parent_id: id.nullish() }).nullish(),
  user: z.looseObject({ id, bot: z.boolean().optional() }).optional(),
  member: z
    .looseObject({
      user: z.looseObject({ id, bot: z.boolean().optional() }),
      permissions: text.optional(),
    })
    .optional(),
  locale: text.optional(),
  message: z
    .looseObject({ id, flags: z.number().optional(), components: z.array(z.unknown()).optional() })
    .nullish(),
  data: z.looseObject({}).optional(),
})
const commandData = z.looseObject({
  name: text,
  type: z.number().optional(),
  options: z.array(option).optional(),
  target_id: text.optional(),
  resolved: z.looseObject({ messages: z.record(text, z.looseObject(held)).optional() }).optional(),
})
const pressData = z.looseObject({ custom_id: text, values: z.array(text).optional() })

/** `ADMINISTRATOR` and `MANAGE_GUILD`: https://docs.discord.com/developers/topics/permissions */
const managing = 0x8n | 0x20n
/** `ADMINISTRATOR` and `MANAGE_MESSAGES` */
const moderating = 0x8n | 0x2000n
const ephemeralFlag = 1 << 6
const threadTypes = new Set([10, 11, 12])
/** `GROUP_DM` */
const groupType = 3

const unread = 'application/octet-stream'

/** Ids of forms; the field is always the same. */
export const formMark = 'form:'
export const formField = 'text'

/** Reads an interaction. Nothing makes it throw. */
export function parseInteraction(data: unknown): DiscordInteraction | Ignored {
  const read = interaction.safeParse(data)
  if (!read.success) return { ignored: 'unsupported' }
  const given = read.data
  const user = given.member?.user ?? given.user
  const channel = given.channel_id ?? given.channel?.id
  if (!user || !channel) return { ignored: 'unsupported' }
  if (user.bot) return { ignored: 'other_bot' }
  const guild = given.guild_id ?? undefined
  // A conversation of several people outside a server is nobody's direct one; Salus offers nothing there.
  if (guild === undefined && given.channel?.type === groupType) return { ignored: 'unsupported' }
  const inThread = guild !== undefined && threadTypes.has(given.channel?.type ?? -1)
  const onPublic = given.type === 3 && guild !== undefined && !((given.message?.flags ?? 0) & ephemeralFlag)
  const place: DiscordPlace = {
    channel,
    user: user.id,
    ...(guild ? { guild } : {}),
    ...(onPublic ? { thread: inThread || !given.message ? channel : given.message.id } : {}),
    ...(guild ? { room: (inThread ? given.channel?.parent_id : undefined) ?? channel } : {}),
  }
  const of = {
    id: given.id,
    token: given.token,
    place,
    manages: permits(given.member?.permissions, managing),
    moderates: permits(given.member?.permissions, moderating),
    in: guild ? (onPublic ? 'thread' : 'ephemeral') : 'direct',
    ...(given.locale ? { locale: given.locale } : {}),
  } as const
  switch (given.type) {
    case 2:
      return parseCommand(given.data, of)
    case 3:
      return parsePress(given.data, given.message?.components ?? [], of)
    case 4:
      return parseAutocomplete(given.data, of)
    case 5:
      return parseForm(given.data, of)
    default:
      return { ignored: 'unsupported' }
  }
}

type Of = Pick<DiscordInteraction, 'id' | 'token' | 'place' | 'locale' | 'manages' | 'moderates' | 'in'>

function permits(permissions: string | undefined, any: bigint): boolean {
  return permissions !== undefined && /^\d+$/.test(permissions) && (BigInt(permissions) & any) !== 0n
}

function parseCommand(data: unknown, of: Of): DiscordInteraction | Ignored {
  const read = commandData.safeParse(data)
  if (!read.success) return { ignored: 'unsupported' }
  const { name, type = 1, options = [], target_id, resolved } = read.data
  if (type === 3) {
    const words = wordsIn(resolved?.messages?.[target_id ?? ''] ?? {})
    const inRoom = of.place.guild !== undefined && target_id !== undefined && /^\d{1,20}$/.test(target_id)
    if (name === 'Escalate to staff')
      return {
        ...said(of, 'command', { kind: 'command', name: 'person', args: words }),
        others: inRoom ? { message: target_id } : {},
      }
    if (name !== 'Check this claim') return { ignored: 'unsupported' }
    const checked = said(
      of,
      'command',
      // A picture, a voice: it is said that it cannot be read.
      words === '' ? { kind: 'attachment', mime: unread } : { kind: 'text', text: words },
    )
    return inRoom ? { ...checked, checks: target_id } : checked
  }
  const [sub] = options
  if (!sub) return { ignored: 'unsupported' }
  const value = (option: string) => {
    const found = sub.options?.find((one) => one.name === option)?.value
    return found === undefined ? undefined : String(found).trim()
  }
  if (name === 'health-admin') {
    const on = value('show') !== 'off'
    const setting = roomSwitches.find((one) => one === value('setting'))
    switch (sub.name) {
      case 'staff-room':
        return { ...of, kind: 'staff_room', on }
      case 'staff-text':
        return { ...of, kind: 'staff_text', on }
      case 'room':
        return { ...of, kind: 'room', on, ...(setting ? { setting } : {}) }
      case 'languages':
        return { ...of, kind: 'languages' }
      default:
        return { ignored: 'unsupported' }
    }
  }
  if (name !== 'health') return { ignored: 'unsupported' }
  switch (sub.name) {
    case 'ask': {
      const question = plainWords(value('question') ?? '')
      return question === ''
        ? { ...of, kind: 'form', form: 'ask' }
        : { ...said(of, 'command', { kind: 'text', text: question }), mayBeOpen: true }
    }
    case 'topics': {
      const article = value('topic')
      return { ...of, kind: 'topics', ...(article ? { article } : {}) }
    }
    case 'tips':
      return { ...of, kind: 'tips' }
    case 'mydata': {
      const erase = value('do') === 'delete'
      return said(of, 'command', { kind: 'text', text: erase ? 'delete my data' : 'my data' })
    }
    case 'person':
      return said(of, 'command', { kind: 'command', name: 'person', args: '' })
    case 'language':
      return said(of, 'command', { kind: 'command', name: 'language', args: value('language') ?? '' })
    case 'stop':
    case 'help':
      return said(of, 'command', { kind: 'command', name: sub.name, args: '' })
    case 'link':
      return { ...of, kind: 'link', code: value('code') ?? '' }
    default:
      return { ignored: 'unsupported' }
  }
}

function said(of: Of, by: 'command' | 'press', body: InboundBody) {
  return { ...of, kind: 'said', by, body } as const
}

function parseAutocomplete(data: unknown, of: Of): DiscordInteraction | Ignored {
  const read = commandData.safeParse(data)
  const focused = read.data?.options?.[0]?.options?.find((one) => one.focused)
  return focused ? { ...of, kind: 'complete', text: String(focused.value ?? '') } : { ignored: 'unsupported' }
}

function parsePress(data: unknown, components: readonly unknown[], of: Of): DiscordInteraction | Ignored {
  const read = pressData.safeParse(data)
  if (!read.success) return { ignored: 'unsupported' }
  const { custom_id: pressed, values } = read.data
  const [, press, caseId] = /^case:(claim|open|snooze|resolve):(.+)$/.exec(pressed) ?? []
  if (press && caseId) return { ...of, kind: 'case', press: press as CasePress, caseId }
  if (!pressed.startsWith(replyMark)) return { ignored: 'unsupported' }
  const [, replyTo = '', code = ''] = /^say:([^:]*):(.*)$/s.exec(pressed) ?? []
  const picked = values?.[0] ?? code
  if (picked.startsWith(labelMark)) {
    const label = labelOf(components, values?.[0] ?? pressed)
    return label ? said(of, 'press', { kind: 'text', text: label }) : { ignored: 'unsupported' }
  }
  const [, action = '', value = ''] = /^([^|]+)\|(.*)$/s.exec(picked) ?? []
  if (action === '') return { ignored: 'unsupported' }
  return said(of, 'press', { kind: 'choice', action, value, replyTo })
}

/** What stands on the button or option with this id, somewhere among the components of a message. */
function labelOf(components: readonly unknown[], pressed: string): string | undefined {
  const drawn = z.looseObject({
    custom_id: text.optional(),
    value: text.optional(),
    label: text.optional(),
    components: z.array(z.unknown()).optional(),
    options: z.array(z.unknown()).optional(),
  })
  for (const one of components) {
    const read = drawn.safeParse(one)
    if (!read.success) continue
    const { custom_id, value, label, components: inner = [], options = [] } = read.data
    if (label !== undefined && (custom_id === pressed || value === pressed)) return label
    const found = labelOf([...inner, ...options], pressed)
    if (found !== undefined) return found
  }
  return undefined
}

function parseForm(data: unknown, of: Of): DiscordInteraction | Ignored {
  const read = z.looseObject({ custom_id: text, components: z.array(z.unknown()).optional() }).safeParse(data)
  if (!read.success || !read.data.custom_id.startsWith(formMark)) return { ignored: 'unsupported' }
  const words = fieldOf(read.data.components ?? [])?.trim() ?? ''
  switch (read.data.custom_id.slice(formMark.length)) {
    case 'ask':
      return words === '' ? { ignored: 'empty' } : said(of, 'command', { kind: 'text', text: words })
    case 'person':
    case 'escalate':
      return said(of, 'command', { kind: 'command', name: 'person', args: words })
    default:
      return { ignored: 'unsupported' }
  }
}

/** The text of our field, in a row or under a label. */
function fieldOf(components: readonly unknown[]): string | undefined {
  const field = z.looseObject({
    custom_id: text.optional(),
    value: text.nullish(),
    component: z.unknown().optional(),
    components: z.array(z.unknown()).optional(),
  })
  for (const one of components) {
    const read = field.safeParse(one)
    if (!read.success) continue
    const { custom_id, value, component, components: inner = [] } = read.data
    if (custom_id === formField) return value ?? ''
    const found = fieldOf(component === undefined ? inner : [component, ...inner])
    if (found !== undefined) return found
  }
  return undefined
}
