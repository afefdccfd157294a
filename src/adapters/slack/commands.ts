import { z } from 'zod'
import type { InboundBody } from '../../core/inbound.ts'
import type { RoomSwitch, SlackInteraction } from './interact.ts'
import type { SlackPlace } from './parse.ts'
import { plainWords } from './text.ts'

const text = z.string()
const commandBody = z.looseObject({
  command: text,
  text: text.optional(),
  user_id: text,
  team_id: text,
  channel_id: text,
  trigger_id: text,
  response_url: text.optional(),
  enterprise_id: text.nullish(),
  is_enterprise_install: z.union([z.boolean(), text]).nullish(),
})

/** Words after the command that are one of these alone are said to Salus as its command of that name. */
const said: Readonly<Record<string, readonly [name: string, args?: string]>> = {
  help: ['help'],
  stop: ['stop'],
  start: ['start'],
  privacy: ['privacy'],
  person: ['person'],
  mydata: ['my data'],
  'my data': ['my data'],
  'mydata delete': ['delete my data'],
  'delete my data': ['delete my data'],
  language: ['language'],
  country: ['country'],
}

/** What may follow the command, as docs/channels.md and the manifest name it. */
export const subcommands = [
  'ask',
  'topics',
  'tips',
  'person',
  'mydata',
  'settings',
  'language',
  'country',
  'stop',
  'help',
  'link',
  'staff-room',
  'watch',
  'quiet',
  'sensitive',
] as const

/** Reads the body of a slash command; undefined when it is none. */
export function parseCommand(body: unknown): SlackInteraction | undefined {
  const read = commandBody.safeParse(body)
  if (!read.success) return undefined
  const { team_id, user_id, channel_id, trigger_id, enterprise_id, is_enterprise_install } = read.data
  const whole = enterprise_id && String(is_enterprise_install) === 'true'
  const place: SlackPlace = {
    team: team_id,
    user: user_id,
    channel: channel_id,
    ...(whole ? { enterprise: enterprise_id } : {}),
  }
  const { response_url: answerUrl } = read.data
  const of = { place, externalId: trigger_id, ...(answerUrl ? { answerUrl } : {}) }
  const words = plainWords(read.data.text ?? '')
  const plain = words.toLowerCase()
  const says = (...bodies: readonly InboundBody[]): SlackInteraction => ({
    ...of,
    kind: 'said',
    bodies,
    private: true,
    command: true,
  })
  const room = /^staff-room(?: (on|off))?$/.exec(plain)
  if (room) return { ...of, kind: 'staff_room', on: room[1] !== 'off' }
  const shown = /^staff-room text (on|off)$/.exec(plain)
  if (shown) return { ...of, kind: 'staff_text', on: shown[1] === 'on' }
  const opted = /^(watch|quiet|sensitive) (on|off)$/.exec(plain)
  if (opted) return { ...of, kind: 'room', setting: opted[1] as RoomSwitch, on: opted[2] === 'on' }
  const link = /^link (\S+)$/i.exec(words)
  if (link?.[1]) return { ...of, kind: 'link', code: link[1] }
  if (plain === 'ask') return { ...of, kind: 'form', form: 'ask', about: '', trigger: trigger_id }
  if (plain === 'settings') return { ...of, kind: 'form', form: 'settings', about: '', trigger: trigger_id }
  if (plain === 'tips') return { ...of, kind: 'tips' }
  const topics = /^topics(?: (.+))?$/.exec(plain)
  if (topics) return { ...of, kind: 'topics', text: topics[1] ?? '' }
  const set = /^(language|country) (.{1,60})$/i.exec(words)
  if (set?.[1] && set[2]) return says({ kind: 'command', name: set[1].toLowerCase(), args: set[2] })
  const [name, args = ''] = words === '' ? ['help'] : (said[plain] ?? [])
  if (name !== undefined) return says({ kind: 'command', name, args })
  return says({ kind: 'text', text: words.replace(/^ask\s+/i, '') })
}
