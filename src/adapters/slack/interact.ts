import { z } from 'zod'
import type { Ignored, InboundBody } from '../../core/inbound.ts'
import type { SlackPlace } from './parse.ts'
import { replyBlock } from './render.ts'
import { plainWords } from './text.ts'

/** What a command, a press, a shortcut or a submitted form means to Salus. */
export type SlackInteraction = {
  readonly place: SlackPlace
  /** Slack's own id of the interaction. */
  readonly externalId: string
} & (
  | { readonly kind: 'said'; readonly body: InboundBody; readonly private: boolean }
  | { readonly kind: 'case'; readonly press: CasePress; readonly caseId: string }
  | { readonly kind: 'staff_room'; readonly on: boolean }
  | { readonly kind: 'link'; readonly code: string }
  | { readonly kind: 'ask_form'; readonly trigger: string }
)
export type CasePress = 'claim' | 'open' | 'snooze' | 'resolve'

/** Callback ids of the shortcuts and forms, as the manifest registers them. */
export const callbacks = {
  ask: 'ask_privately',
  escalate: 'escalate',
  check: 'check_claim',
  askForm: 'ask_privately_form',
} as const
export const questionInput = { block: 'question', action: 'text' } as const

const text = z.string()
const grid = { enterprise_id: text.nullish(), is_enterprise_install: z.union([z.boolean(), text]).optional() }
const commandBody = z.looseObject({
  command: text,
  text: text.optional(),
  user_id: text,
  team_id: text,
  channel_id: text,
  trigger_id: text,
  ...grid,
})
const interaction = z.looseObject({
  type: text,
  user: z.looseObject({ id: text, team_id: text.optional() }),
  team: z.looseObject({ id: text }).nullish(),
  enterprise: z.looseObject({ id: text }).nullish(),
  is_enterprise_install: z.boolean().optional(),
  trigger_id: text.optional(),
  callback_id: text.optional(),
  channel: z.looseObject({ id: text }).optional(),
  message: z.looseObject({ ts: text, thread_ts: text.optional(), text: text.optional() }).optional(),
  actions: z
    .array(
      z.looseObject({
        action_id: text,
        block_id: text.optional(),
        value: text.optional(),
        selected_option: z.looseObject({ value: text }).nullish(),
        action_ts: text.optional(),
      }),
    )
    .optional(),
  view: z
    .looseObject({
      id: text,
      callback_id: text.optional(),
      hash: text.optional(),
      state: z
        .looseObject({ values: z.record(text, z.record(text, z.looseObject({ value: text.nullish() }))) })
        .optional(),
    })
    .optional(),
})

/** Reads the body of a slash command or an interaction. Nothing makes it throw. */
export function parseInteraction(body: unknown): SlackInteraction | Ignored {
  const command = commandBody.safeParse(body)
  if (command.success) return parseCommand(command.data)
  const read = interaction.safeParse(body)
  if (!read.success) return { ignored: 'unsupported' }
  const { type, user, team, enterprise, channel, message, view } = read.data
  const teamId = team?.id ?? user.team_id
  if (teamId === undefined) return { ignored: 'unsupported' }
  const place: SlackPlace = {
    team: teamId,
    user: user.id,
    channel: channel?.id ?? '',
    ...(enterprise && read.data.is_enterprise_install ? { enterprise: enterprise.id } : {}),
    ...(message && channel && !channel.id.startsWith('D') ? { thread: message.thread_ts ?? message.ts } : {}),
  }
  const of = { place, externalId: read.data.trigger_id ?? `${view?.id ?? ''}/${view?.hash ?? ''}` }
  switch (type) {
    case 'block_actions':
      return parsePress(read.data, of)
    case 'message_action':
    case 'shortcut':
      return parseShortcut(read.data, of)
    case 'view_submission': {
      const asked = view?.state?.values[questionInput.block]?.[questionInput.action]?.value?.trim()
      if (view?.callback_id !== callbacks.askForm) return { ignored: 'unsupported' }
      return asked
        ? { ...of, kind: 'said', body: { kind: 'text', text: asked }, private: true }
        : { ignored: 'empty' }
    }
    default:
      return { ignored: 'unsupported' }
  }
}

function parseCommand(body: z.infer<typeof commandBody>): SlackInteraction {
  const { enterprise_id, is_enterprise_install } = body
  const whole = enterprise_id && String(is_enterprise_install) === 'true'
  const place: SlackPlace = {
    team: body.team_id,
    user: body.user_id,
    channel: body.channel_id,
    ...(whole ? { enterprise: enterprise_id } : {}),
  }
  const of = { place, externalId: body.trigger_id }
  const said = plainWords(body.text ?? '')
  const room = /^staff-room(?: (on|off))?$/i.exec(said)
  if (room) return { ...of, kind: 'staff_room', on: room[1]?.toLowerCase() !== 'off' }
  const link = /^link (\S+)$/i.exec(said)
  if (link?.[1]) return { ...of, kind: 'link', code: link[1] }
  const asked: InboundBody =
    said === '' ? { kind: 'command', name: 'help', args: '' } : { kind: 'text', text: said }
  return { ...of, kind: 'said', body: asked, private: true }
}

type Read = z.infer<typeof interaction>
type Of = Pick<SlackInteraction, 'place' | 'externalId'>

function parsePress(body: Read, of: Of): SlackInteraction | Ignored {
  const [action] = body.actions ?? []
  if (!action) return { ignored: 'unsupported' }
  const value = action.selected_option?.value ?? action.value ?? ''
  const press = /^case\.(claim|open|snooze|resolve)$/.exec(action.action_id)?.[1]
  if (press) return { ...of, kind: 'case', press: press as CasePress, caseId: value }
  const replyTo = new RegExp(`^${replyBlock}(?:\\.\\d+)?:(.+)$`).exec(action.block_id ?? '')?.[1]
  const [name, ...rest] = value.split('\n')
  if (!replyTo || !name || rest.length === 0) return { ignored: 'unsupported' }
  const choice: InboundBody = { kind: 'choice', action: name, value: rest.join('\n'), replyTo }
  return { ...of, kind: 'said', body: choice, private: false }
}

function parseShortcut(body: Read, of: Of): SlackInteraction | Ignored {
  const words = plainWords(body.message?.text ?? '')
  switch (body.callback_id) {
    case callbacks.ask:
      return body.trigger_id
        ? { ...of, kind: 'ask_form', trigger: body.trigger_id }
        : { ignored: 'unsupported' }
    case callbacks.escalate:
      return { ...of, kind: 'said', body: { kind: 'command', name: 'person', args: words }, private: true }
    case callbacks.check:
      return words === ''
        ? { ignored: 'empty' }
        : { ...of, kind: 'said', body: { kind: 'text', text: words }, private: true }
    default:
      return { ignored: 'unsupported' }
  }
}
