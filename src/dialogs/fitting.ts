import type { Answer } from '../core/answer.ts'
import { type ArticleId, asId, type PassageId } from '../core/ids.ts'
import type { TurnContext } from '../core/turn.ts'
import { asksSomething, type DialogKit } from './kit.ts'

const aboutEating = asId<ArticleId>('eating-disorders')
/** Sections that say what to do now. */
const urgentSection = /#(?:get-help-today|emergency|q-)/

/**
 * An answer that fits what triage saw. With a sign of an eating disorder no other article speaks: what helps a slow gut
 * or a heavy body harms here. To somebody who tells of what must be seen today, and asks nothing, the article says when
 * to get help, not what the illness is.
 */
export async function fitting(kit: DialogKit, turn: TurnContext, answer: Answer): Promise<Answer> {
  if (answer.kind !== 'grounded') return answer
  const { article, passage } = answer.statements[0].support[0]
  if (turn.triage.concerns.includes('eating_disorder') && article !== aboutEating)
    return { kind: 'abstained', reason: 'no_match', suggestions: [] }
  if (turn.triage.level !== 'urgent' || asksSomething(turn.text) || urgentSection.test(passage)) return answer
  const help = await kit.answer(
    {
      text: '',
      passage: asId<PassageId>(`${article}#get-help-today`),
      locale: turn.contact.locale,
      now: turn.now,
      withholdQuantities: false,
    },
    turn.workspace,
  )
  return help.kind === 'grounded'
    ? { ...help, ...(answer.assumed ? { assumed: answer.assumed } : {}) }
    : answer
}
