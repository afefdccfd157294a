import { z } from 'zod'
import type { Ignored, InboundBody } from '../../core/inbound.ts'
import { parseCommand } from './commands.ts'
import { callbacks, type Form, formOf, openedOn, pressOf, saidBy } from './forms.ts'
import type { SlackInstalled, SlackPlace } from './parse.ts'
import { replyBlock } from './render.ts'
import { plainWords } from './text.ts'

/** What a command, a press, a shortcut or a submitted form means to Salus. */
export type SlackInteraction = {
  readonly place: SlackPlace
  /** The workspace of who did it, where that is another than the one that Slack tells of. */
  readonly memberOf?: SlackInstalled
  /** Slack's own id of the interaction. */
  readonly externalId: string
  /** Where Slack takes an answer that only the person sees, for half an hour. */
  readonly answerUrl?: string
} & (
  | {
      readonly kind: 'said'
      readonly bodies: readonly InboundBody[]
      readonly private: boolean
      /** The words are those of a message that is escalated, written in that room. */
      readonly others?: true
      readonly room?: Pick<SlackPlace, 'channel' | 'thread'>
      /** By a filled form, which may show an answer of its own. */
      readonly form?: true
      /** By a slash command: Slack shows what its acknowledgement says. Anything but a form's own answer breaks a form. */
      readonly command?: true
    }
  | { readonly kind: 'case'; readonly press: CasePress; readonly caseId: string }
  | { readonly kind: 'staff_room'; readonly on: boolean }
  /** Whether the staff room shows what is written. */
  | { readonly kind: 'staff_text'; readonly on: boolean }
  | { readonly kind: 'room'; readonly setting: RoomSwitch; readonly on: boolean }
  /** "Check this claim": what somebody wrote in a room. */
  | { readonly kind: 'check'; readonly text: string }
  | { readonly kind: 'link'; readonly code: string }
  | { readonly kind: 'topics'; readonly text: string }
  | { readonly kind: 'tips' }
  /** `about`: the words of the message that it was opened on. */
  | { readonly kind: 'form'; readonly form: Form; readonly about: string; readonly trigger: string }
)
/** What a room may opt in to here. */
export type RoomSwitch = 'watch' | 'quiet' | 'sensitive'
export type CasePress = 'claim' | 'open' | 'snooze' | 'resolve'

const unread = 'application/octet-stream'

/** The picked topic of a page or of a list of topics. */
export const topicAction = 'topic'

const text = z.string()
const interaction = z.looseObject({
  type: text,
  user: z.looseObject({ id: text, team_id: text.nullish() }),
  team: z.looseObject({ id: text }).nullish(),
  enterprise: z.looseObject({ id: text }).nullish(),
  is_enterprise_install: z.union([z.boolean(), text]).nullish(),
  trigger_id: text.optional(),
  response_url: text.optional(),
  callback_id: text.optional(),
  channel: z.looseObject({ id: text }).nullish(),
  message: z.looseObject({ ts: text, thread_ts: text.optional(), text: text.optional() }).nullish(),
  actions: z
    .array(
      z.looseObject({
        action_id: text,
        block_id: text.optional(),
        value: text.nullish(),
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
      private_metadata: text.optional(),
      state: z
        .looseObject({
          values: z.record(
            text,
            z.record(
              text,
              z.looseObject({
                value: text.nullish(),
                selected_option: z.looseObject({ value: text }).nullish(),
              }),
            ),
          ),
        })
        .nullish(),
    })
    .nullish(),
})
type Read = z.infer<typeof interaction>
export type Of = Pick<SlackInteraction, 'place' | 'memberOf' | 'externalId' | 'answerUrl'>

/** Reads the body of a slash command or an interaction. Nothing makes it throw. */
export function parseInteraction(body: unknown): SlackInteraction | Ignored {
  const command = parseCommand(body)
  if (command) return command
  const read = interaction.safeParse(body)
  if (!read.success) return { ignored: 'unsupported' }
  const { type, user, team, enterprise, is_enterprise_install, channel, message, view } = read.data
  // Where an organisation installed the app the workspace is told with the person.
  const teamId = team?.id ?? user.team_id
  if (!teamId) return { ignored: 'unsupported' }
  const whole = enterprise && String(is_enterprise_install) === 'true'
  const thread = message?.thread_ts ?? (channel?.id.startsWith('D') ? undefined : message?.ts)
  const place: SlackPlace = {
    team: teamId,
    user: user.id,
    channel: channel?.id ?? '',
    ...(whole ? { enterprise: enterprise.id } : {}),
    ...(channel && thread ? { thread } : {}),
  }
  const { trigger_id = `${view?.id ?? ''}/${view?.hash ?? ''}`, response_url: answerUrl } = read.data
  const memberOf = user.team_id && user.team_id !== teamId ? { memberOf: { team: user.team_id } } : {}
  const of = { place, ...memberOf, externalId: trigger_id, ...(answerUrl ? { answerUrl } : {}) }
  switch (type) {
    case 'block_actions':
      return parsePress(read.data, of)
    case 'message_action':
    case 'shortcut':
      return parseShortcut(read.data, of)
    case 'view_submission': {
      const form = formOf(view?.callback_id)
      if (!form) return { ignored: 'unsupported' }
      const { about, room } = openedOn(view?.private_metadata ?? '')
      const bodies = saidBy(form, fieldsOf(view), about)
      const others = form === 'escalate' ? ({ others: true, ...(room ? { room } : {}) } as const) : {}
      return bodies.length > 0
        ? { ...of, kind: 'said', bodies, private: true, form: true, ...others }
        : { ignored: 'empty' }
    }
    default:
      return { ignored: 'unsupported' }
  }
}

function parsePress(body: Read, of: Of): SlackInteraction | Ignored {
  const [action] = body.actions ?? []
  if (!action) return { ignored: 'unsupported' }
  const value = action.selected_option?.value ?? action.value ?? ''
  const press = /^case\.(claim|open|snooze|resolve)$/.exec(action.action_id)?.[1]
  if (press) return { ...of, kind: 'case', press: press as CasePress, caseId: value }
  const own = pressOf(action.action_id)
  if (own && 'form' in own) {
    const trigger = body.trigger_id
    return trigger ? { ...of, kind: 'form', form: own.form, about: '', trigger } : { ignored: 'unsupported' }
  }
  if (own) return { ...of, kind: 'said', bodies: [own.says], private: true }
  if (action.action_id.split('.')[0] === topicAction) {
    const bodies: InboundBody[] = [{ kind: 'text', text: value }]
    return value === '' ? { ignored: 'empty' } : { ...of, kind: 'said', bodies, private: true }
  }
  const replyTo = new RegExp(`^${replyBlock}(?:\\.\\d+)?:(.+)$`).exec(action.block_id ?? '')?.[1]
  const [name, ...rest] = value.split('\n')
  if (!replyTo || !name || rest.length === 0) return { ignored: 'unsupported' }
  const choice: InboundBody = { kind: 'choice', action: name, value: rest.join('\n'), replyTo }
  return { ...of, kind: 'said', bodies: [choice], private: false }
}

function parseShortcut(body: Read, of: Of): SlackInteraction | Ignored {
  const words = plainWords(body.message?.text ?? '')
  const { trigger_id: trigger } = body
  switch (body.callback_id) {
    case callbacks.ask:
      return trigger ? { ...of, kind: 'form', form: 'ask', about: '', trigger } : { ignored: 'unsupported' }
    case callbacks.escalate:
      return trigger
        ? { ...of, kind: 'form', form: 'escalate', about: words, trigger }
        : { ignored: 'unsupported' }
    case callbacks.check:
      if (words !== '') return { ...of, kind: 'check', text: words }
      // A picture, a voice: it is said that it cannot be read.
      return { ...of, kind: 'said', bodies: [{ kind: 'attachment', mime: unread }], private: true }
    default:
      return { ignored: 'unsupported' }
  }
}

/** What was filled in, by the name of its field. */
function fieldsOf(view: Read['view']): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {}
  for (const inputs of Object.values(view?.state?.values ?? {})) {
    for (const [name, { value, selected_option }] of Object.entries(inputs))
      fields[name] = (selected_option?.value ?? value ?? '').trim()
  }
  return fields
}
