import type { Stage, TurnContext } from '../core/turn.ts'
import { type DialogKit, plainWords, voiceOf } from './kit.ts'
import { stopMessages } from './stop.ts'
import { replyOf, type Voice } from './voice.ts'

/** What a whole message, a slash command or a button may ask for. */
export type CommandName = 'help' | 'stop' | 'start' | 'privacy'

const words: Readonly<Record<CommandName, readonly string[]>> = {
  help: [
    'help',
    'commands',
    'what can you do',
    'what are you',
    'who are you',
    'what are u',
    'who are u',
    'are you a bot',
    'are you a real person',
    'ayuda',
  ],
  stop: [
    'stop',
    'unsubscribe',
    'stop all',
    'stopall',
    'opt out',
    'stop messages',
    'stop messaging me',
    'stop texting me',
    'parar',
    'baja',
    'cancelar',
  ],
  start: ['start', 'unstop', 'resubscribe', 'opt in', 'empezar', 'alta'],
  privacy: ['privacy', 'privacidad', 'is this private', 'who can read this'],
}

/** The command a message asks for, when the whole message is one. */
export function commandOf(turn: TurnContext): CommandName | undefined {
  const { body } = turn.message
  const said = body.kind === 'command' ? plainWords(`${body.name} ${body.args}`) : plainWords(turn.text)
  const names = Object.keys(words) as CommandName[]
  return names.find((name) => words[name].includes(said))
}

/** Commands act at once, whatever dialog is open; they come after triage and so never hide an alarm. */
export function commandsStage(kit: DialogKit): Stage {
  return {
    name: 'commands',
    async run(turn) {
      const voice = voiceOf(kit, turn)
      const command = commandOf(turn)
      switch (command) {
        case 'help':
          turn.reply(replyOf(helpElements(voice)))
          return { kind: 'handled' }
        case 'stop':
          stopMessages(turn, voice)
          return { kind: 'handled' }
        case 'start':
          turn.emit({ type: 'contact_changed', change: { stopped: false } })
          turn.reply(replyOf([voice.paragraph('commands.start.done')]))
          return { kind: 'handled' }
        case 'privacy': {
          const { routineDays: days, caseDays } = turn.workspace.retention
          turn.reply(replyOf([voice.paragraph('commands.privacy.text', { days, caseDays })]))
          return { kind: 'handled' }
        }
        case undefined:
          break
      }
      return { kind: 'next' }
    },
  }
}

function helpElements(voice: Voice) {
  const [first, ...rest] = ['question', 'person', 'others', 'data', 'report', 'settings', 'stop'].map(
    (item) => voice.say(`commands.help.items.${item}`),
  )
  return [
    voice.paragraph('commands.help.what'),
    voice.paragraph('commands.help.how'),
    { kind: 'list' as const, items: [first!, ...rest] as const },
    voice.paragraph('commands.help.danger'),
  ]
}
