import type { Stage } from '../core/turn.ts'
import { replyAbstained } from './answer.ts'
import { replyAlreadyInLine } from './handoff.ts'
import { type DialogKit, plainWords, voiceOf } from './kit.ts'
import { replyOf } from './voice.ts'

const hello =
  /^(hi|hello|hey|hiya|good (morning|afternoon|evening)|hola|buenos dias|buenas)( there| salus| all| everyone)*$/
const thanks =
  /^(ok |okay |great |cool )*(thanks|thank you|thx|ty|cheers|gracias|muchas gracias)( so much| a lot| very much| salus)*$/

/** Last stage: greets, takes thanks, and says honestly that it has no answer. */
export function repairStage(kit: DialogKit): Stage {
  return {
    name: 'repair',
    async run(turn) {
      if (turn.payload.kind !== 'message') return { kind: 'handled' }
      const voice = voiceOf(kit, turn)
      const said = plainWords(turn.text)
      const { kind } = turn.message.body
      if (kind === 'joined' || kind === 'left' || kind === 'deleted') return { kind: 'handled' }
      if (hello.test(said)) turn.reply(replyOf([voice.paragraph('general.repair.hello')]))
      else if (thanks.test(said)) turn.reply(replyOf([voice.paragraph('general.repair.thanks')]))
      else if (said === '') turn.reply(replyOf([voice.paragraph('general.repair.nothing')]))
      else if (turn.openCase?.status === 'waiting') replyAlreadyInLine(turn, voice)
      else replyAbstained(kit, turn, voice, { kind: 'abstained', reason: 'no_match', suggestions: [] })
      return { kind: 'handled' }
    },
  }
}
