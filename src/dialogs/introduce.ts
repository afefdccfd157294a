import { isAlarm } from '../core/assessment.ts'
import type { Stage, TurnContext } from '../core/turn.ts'
import { type DialogKit, staffingLine, voiceOf } from './kit.ts'
import { replyOf } from './voice.ts'

/** First contact says in one line what Salus is, who is behind it and who may read along. It delays nothing. */
export function introduceStage(kit: DialogKit): Stage {
  return {
    name: 'introduce',
    async run(turn) {
      introduceAfter(kit, turn)
      return { kind: 'next' }
    },
  }
}

/** The same behind the first words to somebody in danger: those come first, and never in the middle of a question. */
export function introduceAfter(kit: DialogKit, turn: TurnContext): void {
  if (turn.contact.introducedAt !== undefined || turn.payload.kind !== 'message') return
  const voice = voiceOf(kit, turn)
  const text = voice.say('general.introduction', {
    staffing: staffingLine(voice, turn),
    platform: kit.platformName(turn.conversation.ref),
    privacy: turn.workspace.privacyUrl ?? 'none',
  })
  // In a shared place it goes with the fuller reply, not under the public line.
  const alarm = isAlarm(turn.triage.level)
  turn.reply(replyOf([{ kind: 'notice', tone: 'info', text }], alarm ? 'sender-only' : 'sender-preferred'), {
    standing: true,
  })
  turn.emit({ type: 'contact_changed', change: { introducedAt: turn.now } })
}
