import { isAlarm } from '../core/assessment.ts'
import type { DialogFrame } from '../core/conversation.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { Dialog, DialogStep, TurnContext } from '../core/turn.ts'
import { openCase } from '../handoff/open-case.ts'
import { nobodyThere } from '../handoff/staffing.ts'
import { checkBackKey, mayOfferCheckBack, promiseCheckBack } from './crisis-clocks.ts'
import { sayNobody, sayOpened } from './handoff.ts'
import { afterCase } from './how-are-you.ts'
import { choiceOf, type DialogKit, pickedOf, voiceOf } from './kit.ts'
import { replyOf, type Voice } from './voice.ts'

/** For so long a typed "yes" or "no" is taken for its answer, ms. */
const waitMs = 24 * 60 * 60_000

/**
 * What follows the word that a case is closed: one question, and after a crisis the promise of a word tomorrow, which
 * one tap takes back. Emits the promise.
 */
export function closing(turn: TurnContext, voice: Voice): readonly ReplyElement[] {
  const checks = turn.openCase !== undefined && isAlarm(turn.openCase.level) && mayOfferCheckBack(turn)
  if (checks) promiseCheckBack(turn, 'case')
  return [
    ...(checks ? [voice.paragraph('handoff.after.check')] : []),
    {
      kind: 'choices',
      action: afterCase,
      prompt: voice.say('handoff.after.ask'),
      options: [
        { value: 'yes', label: voice.say('handoff.after.yes') },
        { value: 'no', label: voice.say('handoff.after.no') },
        { value: 'again', label: voice.say('handoff.after.again') },
        ...(checks ? [{ value: 'no_check', label: voice.say('handoff.after.no_check') }] : []),
      ],
    },
  ]
}

export function waitingForAnswer(turn: TurnContext): DialogFrame {
  return { dialog: afterCase, step: 'asked', data: {}, expiresAt: turn.now + waitMs }
}

/** Takes the answers: at any time by their buttons, for a day in words. */
export function afterCaseDialog(kit: DialogKit): Dialog {
  const take = (turn: TurnContext, picked: string): DialogStep => {
    const voice = voiceOf(kit, turn)
    const say = (key: string) => turn.reply(replyOf([voice.paragraph(`handoff.after.${key}`)], 'sender-only'))
    switch (picked) {
      case 'yes':
      case 'no':
        turn.emit({
          type: 'audited',
          action: 'case_helped',
          subject: turn.closedCase?.id ?? '',
          codes: { helped: picked === 'yes' },
        })
        say(picked === 'yes' ? 'thanks' : 'sorry')
        break
      case 'no_check':
        turn.emit({ type: 'clock_cleared', key: checkBackKey })
        say('not_checked')
        break
      case 'again':
        again(turn, voice)
        break
      default:
        say('glad')
    }
    return { kind: 'done' }
  }
  return {
    name: afterCase,
    begins: (turn) => choiceOf(turn, afterCase) !== undefined,
    begin: async (turn) => take(turn, choiceOf(turn, afterCase) ?? ''),
    async resume(turn): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      const options = (['yes', 'no'] as const).map((value) => ({
        value,
        label: voice.say(`handoff.after.${value}`),
      }))
      const picked = choiceOf(turn, afterCase) ?? pickedOf(turn, afterCase, options)
      return picked === undefined ? { kind: 'pass' } : take(turn, picked)
    },
  }
}

/** The same matter goes on; after a crisis it does not wait for tomorrow's office. */
function again(turn: TurnContext, voice: Voice): void {
  if (nobodyThere(turn.workspace)) {
    sayNobody(turn, voice)
    return
  }
  const level = turn.closedCase && isAlarm(turn.closedCase.level) ? 'urgent' : 'sensitive'
  const topic = turn.closedCase?.topic ?? 'asked_for_person'
  sayOpened(turn, voice, openCase(turn, { topic, level, shared: turn.closedCase?.shared ?? false }).answerBy)
}
