import { botUser, eventBody, room, team } from './slack-double.ts'
import type { SlackPerson } from './slack-person.ts'

/** Bytes as they arrive, and what they are said to be. */
export interface Arrived {
  readonly type: string
  readonly text: string
}
interface Body {
  readonly form: boolean
  readonly given: Readonly<Record<string, unknown>>
}

/** One of everything that Slack sends, harmless, in the shapes of the samples in slackapi/java-slack-sdk. */
export function bodies(ana: SlackPerson): readonly Body[] {
  const said = ana.message(ana.direct, 'hello')
  const changed = {
    ...said,
    subtype: 'message_changed',
    message: { ...said, edited: { user: ana.id, ts: '1.1' } },
  }
  const deleted = { ...said, subtype: 'message_deleted', deleted_ts: said.ts, previous_message: said }
  const events = [
    said,
    { ...said, type: 'app_mention', channel: room, text: `<@${botUser}> hello` },
    changed,
    deleted,
    { ...said, files: [{ id: 'F1', mimetype: 'image/png' }] },
    { type: 'app_home_opened', user: ana.id, channel: ana.direct, tab: 'home' },
    {
      type: 'assistant_thread_started',
      assistant_thread: { user_id: ana.id, channel_id: ana.direct, thread_ts: '1.1' },
    },
    { type: 'member_joined_channel', user: ana.id, channel: room },
    { type: 'tokens_revoked', tokens: { oauth: [ana.id], bot: [] } },
  ]
  const press = {
    type: 'block_actions',
    user: { id: ana.id, team_id: team },
    team: { id: team },
    trigger_id: 'trigger',
    channel: { id: ana.direct },
    message: { ts: '1.1' },
    actions: [{ type: 'button', action_id: 'choose.0', block_id: 'reply.1:nothing', value: 'nothing\nyes' }],
  }
  const submitted = {
    type: 'view_submission',
    user: { id: ana.id, team_id: team },
    team: { id: team },
    trigger_id: 'trigger-2',
    view: {
      id: 'V1',
      hash: '1',
      callback_id: 'form.ask',
      private_metadata: '',
      state: { values: { text: { text: { type: 'plain_text_input', value: 'hello' } } } },
    },
  }
  const shortcut = {
    type: 'message_action',
    callback_id: 'check_claim',
    user: { id: ana.id, team_id: team },
    team: { id: team },
    trigger_id: 'trigger-3',
    channel: { id: room },
    message: { ts: '1.1', text: 'hello' },
  }
  const command = {
    command: '/health',
    text: 'hello',
    user_id: ana.id,
    team_id: team,
    channel_id: room,
    trigger_id: 'trigger-4',
  }
  return [
    ...events.map((event) => ({ form: false, given: eventBody(event) })),
    ...[press, submitted, shortcut, { ...shortcut, type: 'a_future_one' }].map((payload) => ({
      form: true,
      given: { payload: JSON.stringify(payload) },
    })),
    { form: true, given: command },
  ]
}

/** What may stand where something else was expected. */
const odd = [undefined, null, 7, '', [], {}, 'x\u0000y', 'Z'.repeat(50_000), [[[[]]]], true]

/** The body, and the body with one thing in it changed, for every thing and every change. */
export function mutants({ form, given }: Body): readonly Arrived[] {
  if (form && typeof given.payload === 'string') {
    return changes(JSON.parse(given.payload)).map((payload) =>
      written(true, { payload: JSON.stringify(payload) }),
    )
  }
  return changes(given).map((one) => written(form, one as Readonly<Record<string, unknown>>))
}

function written(form: boolean, given: Readonly<Record<string, unknown>>): Arrived {
  if (!form) return { type: 'application/json', text: JSON.stringify(given) }
  const fields = Object.entries(given).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() }
}

/** Every value of a tree changed once: two of the changes each, in turn, for all of them would be thousands. */
function changes(whole: unknown): readonly unknown[] {
  const paths: (readonly (string | number)[])[] = []
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      paths.push([...path, key])
      walk(inner, [...path, key])
    }
  }
  walk(whole, [])
  return [
    whole,
    ...paths.flatMap((path, index) =>
      [odd[index % odd.length], odd[(index * 3 + 1) % odd.length]].map((value) =>
        replaced(whole, path, value),
      ),
    ),
  ]
}

function replaced(whole: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value
  const copy = (Array.isArray(whole) ? [...whole] : { ...(whole as object) }) as Record<
    string | number,
    unknown
  >
  copy[key] = replaced(copy[key], rest, value)
  return copy
}
