import { DateTime } from 'luxon'
import { isNonEmpty } from '../core/json.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { Dialog, DialogStep, TurnContext } from '../core/turn.ts'
import { withholdMs } from './answer.ts'
import { type DialogKit, isVagueYes, pickedOf, plainWords, voiceOf } from './kit.ts'
import { replyOf, type Voice } from './voice.ts'

const knowWords = [
  'what do you know about me',
  'what do you have on me',
  'show my data',
  'my data',
  'export my data',
  'que sabes de mi',
  'mis datos',
]
const eraseWords = [
  'delete my data',
  'delete me',
  'erase my data',
  'forget me',
  'delete everything',
  'leave',
  'borra mis datos',
  'borrar mis datos',
  'olvidame',
]
/** A sentence that asks to have something of theirs deleted; what is deleted is asked before. */
const asksToDelete =
  /\b(delete|erase|remove|wipe|get rid of|forget|clear)\b.{0,30}\b(everything|all of (it|this|that)|it all|my (data|info|information|messages?|chats?|history|account|conversations?|texts?|words)|(this|our|the) (chat|conversation|messages?|history)|(what|everything|anything) i('ve| have)? (said|wrote|written|told|typed|sent)|(you|u) (know|have|hold|store|keep|kept|stored|saved) (about|on) me)\b|\b(borra|borrar|borres|elimina|eliminar|elimines)\b.{0,30}\b(todo|mis (datos|mensajes)|esta (conversacion|charla)|lo que (he dicho|dije|escribi))\b/
const waitMs = 15 * 60_000

/** "What do you know about me": shown only after asking whether anybody else sees the screen. */
export function knowDialog(kit: DialogKit): Dialog {
  return {
    name: 'know',
    begins: (turn) => asks(turn, knowWords),
    async begin(turn): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      turn.reply(replyOf([question(voice, 'know')], 'sender-only'))
      return { kind: 'wait', step: 'screen', expiresInMs: waitMs }
    },
    async resume(turn): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      const picked = pickedOf(turn, 'know', options(voice, 'know'))
      if (picked === undefined) return { kind: 'pass' }
      if (picked === 'yes')
        turn.reply(replyOf([voice.paragraph('commands.know.later')], 'sender-only', 'neutral'))
      else await show(kit, turn, voice)
      return { kind: 'done' }
    },
  }
}

async function show(kit: DialogKit, turn: TurnContext, voice: Voice): Promise<void> {
  const { contact, workspace } = turn
  const held = await kit.held(contact.id)
  const items = [
    voice.say('commands.know.name', { pseudonym: contact.pseudonym }),
    voice.say('commands.know.language', { language: contact.locale }),
    voice.say('commands.know.country', { country: contact.country ?? 'none' }),
    voice.say('commands.know.messages', { count: held.messages, days: workspace.retention.routineDays }),
    voice.say('commands.know.case', { count: held.cases }),
    voice.say('commands.know.stopped', { stopped: contact.stopped ? 'yes' : 'no' }),
  ]
  if (!isNonEmpty(items)) return
  turn.emit({ type: 'audited', action: 'data_shown', subject: contact.id, codes: {} })
  turn.reply(
    replyOf(
      [
        voice.paragraph('commands.know.intro'),
        { kind: 'list', items },
        voice.paragraph('commands.know.copy'),
      ],
      'sender-only',
    ),
  )
}

/** "Delete my data": asked once more, then done; what stays is said. */
export function eraseDialog(kit: DialogKit): Dialog {
  return {
    name: 'erase',
    begins: (turn) =>
      asks(turn, eraseWords) ||
      (turn.message.body.kind === 'text' && asksToDelete.test(plainWords(turn.text))),
    async begin(turn): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      turn.reply(replyOf([...lineStays(turn, voice), question(voice, 'erase')], 'sender-only'))
      return { kind: 'wait', step: 'sure', expiresInMs: waitMs }
    },
    async resume(turn): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      if (isVagueYes(turn)) {
        // It cannot be undone: "ok" may be an answer to something else.
        turn.reply(replyOf([...lineStays(turn, voice), question(voice, 'erase', 'ask_again')], 'sender-only'))
        return { kind: 'wait', step: 'sure', expiresInMs: waitMs }
      }
      const picked = pickedOf(turn, 'erase', options(voice, 'erase'))
      if (picked === undefined) return { kind: 'pass' }
      if (picked !== 'yes') {
        turn.reply(
          replyOf([voice.paragraph('commands.erase.kept'), ...lineStays(turn, voice)], 'sender-only'),
        )
        return { kind: 'done' }
      }
      if (turn.openCase) {
        const { id: caseId, level, topic } = turn.openCase
        turn.emit({ type: 'staff_alerted', caseId, level, topic, reason: 'erased' })
      }
      const date =
        DateTime.fromMillis(turn.now + keyBackupDays * 86_400_000, { zone: 'utc' }).toISODate() ?? ''
      turn.reply(
        replyOf(
          [
            voice.paragraph('commands.erase.done', { date }),
            ...(turn.openCase ? [voice.paragraph('commands.erase.open_case')] : []),
            ...lineStays(turn, voice),
          ],
          'sender-only',
        ),
        { survivesClaim: true },
      )
      turn.emit({ type: 'erasure_requested' })
      return { kind: 'done' }
    },
  }
}

/** After a sign of self-harm every message keeps the line, these too: the last may be what the person still reads. */
function lineStays(turn: TurnContext, voice: Voice): readonly ReplyElement[] {
  const { selfHarmAt } = turn.contact
  const recent = selfHarmAt !== undefined && turn.now - selfHarmAt < withholdMs
  return recent ? [voice.notice('info', 'crisis.line_stays')] : []
}

/** Days for which backups of keys are kept at most; then erased is erased everywhere. */
export const keyBackupDays = 7

function asks(turn: TurnContext, words: readonly string[]): boolean {
  const { body } = turn.message
  const said = body.kind === 'command' ? plainWords(`${body.name} ${body.args}`) : plainWords(turn.text)
  return words.includes(said)
}

function options(voice: Voice, about: 'know' | 'erase') {
  return [
    { value: 'yes', label: voice.say(`commands.${about}.yes`) },
    { value: 'no', label: voice.say(`commands.${about}.no`) },
  ]
}

function question(voice: Voice, about: 'know' | 'erase', key: 'ask' | 'ask_again' = 'ask') {
  const [first, ...rest] = options(voice, about)
  return {
    kind: 'choices' as const,
    action: about,
    prompt: voice.say(`commands.${about}.${key}`),
    options: [first!, ...rest] as const,
  }
}
