import type { Stage } from '../core/turn.ts'
import { type DialogKit, staffingLine, voiceOf } from './kit.ts'
import { replyOf } from './voice.ts'

/** First contact says in one line what Salus is, who is behind it and who may read along. It delays nothing. */
export function introduceStage(kit: DialogKit): Stage {
  return {
    name: 'introduce',
    async run(turn) {
      if (turn.contact.introducedAt !== undefined || turn.payload.kind !== 'message') return { kind: 'next' }
      const voice = voiceOf(kit, turn)
      const text = voice.say('general.introduction', {
        staffing: staffingLine(voice, turn),
        platform: kit.platformName(turn.conversation.ref),
        privacy: turn.workspace.privacyUrl ?? 'none',
      })
      turn.reply(replyOf([{ kind: 'notice', tone: 'info', text }], 'sender-preferred'))
      turn.emit({ type: 'contact_changed', change: { introducedAt: turn.now } })
      return { kind: 'next' }
    },
  }
}
