import type { ChannelHost } from '../../core/channel-host.ts'
import type { JsonObject } from '../../core/json.ts'
import { limits } from './limits.ts'
import { roomSwitches } from './rooms.ts'
import { clip } from './text.ts'

/** `MANAGE_GUILD` */
const manageServer = 0x20
/** In servers and in direct messages with Salus. */
const everywhere = { contexts: [0, 1], integration_types: [0] }

/** Names on the context menus of messages: they tell the commands apart. */
export const menuNames = { escalate: 'Escalate to staff', check: 'Check this claim' } as const

/** Names as Spanish speakers see them; what has no other name here keeps the English one. */
const spanish: Readonly<Record<string, string>> = {
  health: 'salud',
  ask: 'preguntar',
  topics: 'temas',
  tips: 'consejos',
  mydata: 'misdatos',
  person: 'persona',
  language: 'idioma',
  stop: 'parar',
  help: 'ayuda',
  link: 'vincular',
  question: 'pregunta',
  topic: 'tema',
  do: 'hacer',
  code: 'codigo',
  'health-admin': 'salud-admin',
  'staff-room': 'sala-equipo',
  'staff-text': 'texto-equipo',
  room: 'canal',
  languages: 'idiomas',
  setting: 'ajuste',
  show: 'mostrar',
  [menuNames.escalate]: 'Avisar al equipo',
  [menuNames.check]: 'Comprobar esta afirmación',
}

/** Every command of Salus, described in English and named in Spanish, too. */
export function commandsOf(say: ChannelHost['say']): readonly JsonObject[] {
  const described = (key: string) => ({
    description: clip(say(`channel.discord.${key}`), limits.commandDescription),
  })
  const named = (name: string) => {
    const own = spanish[name]
    return { name, ...(own ? { name_localizations: { 'es-ES': own, 'es-419': own } } : {}) }
  }
  const sub = (name: string, options: readonly JsonObject[] = []): JsonObject => ({
    type: 1,
    ...named(name),
    ...described(name),
    ...(options.length > 0 ? { options: [...options] } : {}),
  })
  const input = (name: string, more: JsonObject = {}): JsonObject => ({
    type: 3,
    ...named(name),
    ...described(`option.${name}`),
    ...more,
  })
  const choice = (value: string, key: string) => ({ name: say(`channel.discord.${key}`), value })
  const onOrOff = input('show', { choices: [choice('on', 'on'), choice('off', 'off')] })
  return [
    {
      type: 1,
      ...named('health'),
      ...described('health'),
      ...everywhere,
      options: [
        sub('ask', [input('question', { max_length: 2_000 })]),
        sub('topics', [input('topic', { autocomplete: true })]),
        sub('tips'),
        sub('mydata', [input('do', { choices: [choice('show', 'show'), choice('delete', 'delete')] })]),
        sub('person'),
        sub('language', [input('language')]),
        sub('stop'),
        sub('help'),
        sub('link', [input('code', { required: true })]),
      ],
    },
    {
      type: 1,
      ...named('health-admin'),
      ...described('admin'),
      contexts: [0],
      integration_types: [0],
      default_member_permissions: manageServer,
      options: [
        sub('staff-room', [onOrOff]),
        sub('staff-text', [onOrOff]),
        sub('room', [
          input('setting', { choices: roomSwitches.map((one) => choice(one, `setting.${one}`)) }),
          onOrOff,
        ]),
        sub('languages'),
      ],
    },
    { type: 3, ...named(menuNames.escalate), contexts: [0], integration_types: [0] },
    { type: 3, ...named(menuNames.check), ...everywhere },
  ]
}

/** Whether what is registered says all that we would register: Discord adds fields of its own. */
export function isRegistered(wanted: unknown, found: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      wanted.length === found.length &&
      wanted.every((one, index) => isRegistered(one, found[index]))
    )
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof found !== 'object' || found === null) return false
    const there = found as Readonly<Record<string, unknown>>
    return Object.entries(wanted).every(([key, value]) => isRegistered(value, there[key]))
  }
  // Permissions are written as a number and read back as digits.
  return wanted === found || (typeof wanted === 'number' && String(wanted) === found)
}

/** Commands in the order of their names and kinds, as the two lists are compared. */
export function inOrder(commands: readonly unknown[]): readonly unknown[] {
  const keyOf = (one: unknown) => {
    const { type, name } = one as { type?: number; name?: string }
    return `${type ?? 1} ${name}`
  }
  return [...commands].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}
