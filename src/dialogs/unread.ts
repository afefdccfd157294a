import { isNonEmpty } from '../core/json.ts'
import type { Stage } from '../core/turn.ts'
import { type DialogKit, voiceOf } from './kit.ts'
import { replyOf } from './voice.ts'

/**
 * What cannot be read is not routine: a picture, a voice note, another language get fixed text with the numbers.
 * In a language that was recognised; otherwise in all of them, for nobody must have to guess.
 */
export function unreadStage(kit: DialogKit): Stage {
  return {
    name: 'unread',
    async run(turn) {
      const { body } = turn.message
      const voice = voiceOf(kit, turn)
      if (body.kind === 'attachment' && !body.caption) {
        turn.reply(
          replyOf(
            [
              voice.paragraph('general.unsupported.attachment'),
              voice.paragraph('general.unsupported.danger'),
            ],
            'sender-only',
          ),
        )
        return { kind: 'handled' }
      }
      if (turn.triage.level !== 'unknown') return { kind: 'next' }
      const own = kit.unread.get(turn.triage.language ?? '')
      const english = kit.unread.get('en')
      const texts = own ? [own, ...(english && english !== own ? [english] : [])] : [...kit.unread.values()]
      const items = texts.map((text) => voice.fill(text.replaceAll('{line}', '{crisis_line}')))
      if (isNonEmpty(items)) {
        turn.reply(replyOf([{ kind: 'list', items }, ...voice.helpline(['crisis'], 1)], 'sender-only'))
      }
      return { kind: 'handled' }
    },
  }
}
