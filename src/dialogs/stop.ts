import type { Dialog, DialogStep, TurnContext } from '../core/turn.ts'
import { checkBackKey } from './crisis-clocks.ts'
import { type DialogKit, isVagueYes, pickedOf, plainWords, voiceOf } from './kit.ts'
import { replyOf, type Voice } from './voice.ts'

const waitMs = 15 * 60_000

/** A sentence that mentions stopping messages gets a question; "make it stop" and "presión baja" stop nothing. */
const asksAboutStopping =
  /\b(stop|unsubscribe|quit|end|cancel|no more)\b.{0,30}\b(messages?|messaging|texting|texts|tips|reminders?|notifications?|sending)\b/

/** Ends everything that Salus starts on this account; what the person writes is still answered. */
export function stopMessages(turn: TurnContext, voice: Voice): void {
  turn.emit({ type: 'contact_changed', change: { stopped: true } })
  turn.emit({ type: 'clock_cleared', key: checkBackKey })
  turn.reply(replyOf([voice.paragraph('commands.stop.done')]))
}

/** Asks before it takes a sentence for a command. */
export function stopDialog(kit: DialogKit): Dialog {
  return {
    name: 'stop',
    begins: (turn) => turn.message.body.kind === 'text' && asksAboutStopping.test(plainWords(turn.text)),
    async begin(turn): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      const prompt = voice.say('commands.stop.ask')
      turn.reply(replyOf([{ kind: 'choices', action: 'stop', prompt, options: options(voice) }]))
      return { kind: 'wait', step: 'sure', expiresInMs: waitMs }
    },
    async resume(turn): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      if (isVagueYes(turn)) {
        const prompt = voice.say('commands.stop.ask_again')
        turn.reply(replyOf([{ kind: 'choices', action: 'stop', prompt, options: options(voice) }]))
        return { kind: 'wait', step: 'sure', expiresInMs: waitMs }
      }
      const picked = pickedOf(turn, 'stop', options(voice))
      if (picked === undefined) return { kind: 'pass' }
      if (picked === 'yes') stopMessages(turn, voice)
      else turn.reply(replyOf([voice.paragraph('commands.stop.kept')]))
      return { kind: 'done' }
    },
  }
}

function options(voice: Voice) {
  return [
    { value: 'yes', label: voice.say('commands.stop.yes') },
    { value: 'no', label: voice.say('commands.stop.no') },
  ] as const
}
