import type { TurnContext } from '../core/turn.ts'
import { openCase } from '../handoff/open-case.ts'
import { nobodyThere } from '../handoff/staffing.ts'
import { type DialogKit, voiceOf } from './kit.ts'
import { replyOf } from './voice.ts'

/** Said when everything else fails, the phrases included. */
const lastResort =
  'Something went wrong. If you or someone near you is in danger, call your local emergency number now.'

/**
 * The reply of a turn that threw: honest, with the numbers. After repeated crashes, or when the message was an
 * alarm, a person is asked to look. Never throws.
 */
export function safeReply(kit: DialogKit) {
  return (turn: TurnContext, crashes: number): void => {
    turn.emit({ type: 'turn_failed', code: crashes > 0 ? 'crashed' : 'threw' })
    if (turn.payload.kind !== 'message') return
    try {
      const voice = voiceOf(kit, turn)
      const alert = (crashes > 0 || turn.triage.level !== 'routine') && !nobodyThere(turn.workspace)
      if (alert)
        openCase(turn, { topic: 'crashed', level: turn.triage.level, shared: true, reason: 'crashed' })
      turn.reply(
        replyOf(
          [
            voice.paragraph('general.error.safe'),
            voice.notice('urgent', 'general.error.safe_danger'),
            ...(alert ? [voice.paragraph('general.error.safe_person')] : []),
            ...voice.helpline(['crisis'], 1),
          ],
          'sender-only',
        ),
        { survivesClaim: true },
      )
    } catch {
      turn.reply(replyOf([{ kind: 'notice', tone: 'urgent', text: lastResort }], 'sender-only'), {
        survivesClaim: true,
      })
    }
  }
}
