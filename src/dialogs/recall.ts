import { isAlarm } from '../core/assessment.ts'
import type { DialogFrame } from '../core/conversation.ts'
import { asId, type PassageId } from '../core/ids.ts'
import type { JsonObject } from '../core/json.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { Stage, StageResult, TurnContext } from '../core/turn.ts'
import { sourcesOf, spoken, withholdMs } from './answer.ts'
import { type DialogKit, voiceOf } from './kit.ts'
import { recallName } from './memory.ts'
import { replyOf } from './voice.ts'

/** In the middle of a crisis, or while a person owns the conversation, a correction waits so long, ms. */
const waitMs = 24 * 60 * 60_000
/** Whoever said stop reads it when they next write, within this time, ms. */
const heldMs = 365 * 24 * 60 * 60_000
/** Corrected passages that one message shows. */
const mostShown = 3

export const recallClock = 'content_recall'

/**
 * An article was corrected or withdrawn after somebody was told of it: they hear so once, privately. Nobody who said
 * stop, or told of abuse, is written to: they read it when they next write.
 */
export function recallStage(kit: DialogKit): Stage {
  return {
    name: 'recall',
    async run(turn): Promise<StageResult> {
      if (turn.payload.kind !== 'clock_due' || turn.payload.clock !== recallClock) return { kind: 'next' }
      const { data } = turn.payload
      if (mustWait(turn)) {
        const key = `recall/${String(data.article)}`
        turn.emit({ type: 'clock_set', key, clock: recallClock, dueAt: turn.now + waitMs, data })
        return { kind: 'handled' }
      }
      const { stopped, abuseAt } = turn.contact
      if (stopped || abuseAt !== undefined) {
        const frame: DialogFrame = {
          dialog: recallName,
          step: 'waits',
          data,
          expiresAt: turn.now + heldMs,
        }
        return { kind: 'handled', stack: [frame, ...turn.conversation.stack] }
      }
      await say(kit, turn, data)
      return { kind: 'handled' }
    },
  }
}

/** The correction that waited until its reader wrote again, behind the answer to what they wrote. */
export async function withRecall(
  kit: DialogKit,
  turn: TurnContext,
  run: () => Promise<StageResult>,
): Promise<StageResult> {
  const result = await run()
  const waiting = turn.conversation.stack.filter(({ dialog }) => dialog === recallName)
  if (waiting.length === 0 || result.kind !== 'handled') return result
  const others = (result.stack ?? turn.conversation.stack).filter(({ dialog }) => dialog !== recallName)
  // Whatever a dialog did to the stack: what was not read yet still waits.
  if (turn.payload.kind !== 'message' || mustWait(turn)) {
    const added = (result.stack ?? []).filter(
      (frame) => frame.dialog === recallName && !waiting.includes(frame),
    )
    return { kind: 'handled', stack: [...added, ...waiting, ...others] }
  }
  for (const { data } of waiting) await say(kit, turn, data)
  return { kind: 'handled', stack: others }
}

function mustWait({ conversation, openCase, triage, contact, now }: TurnContext): boolean {
  if (conversation.mode === 'staff' || isAlarm(triage.level)) return true
  if (openCase && isAlarm(openCase.level)) return true
  return contact.selfHarmAt !== undefined && now - contact.selfHarmAt < withholdMs
}

async function say(kit: DialogKit, turn: TurnContext, data: JsonObject): Promise<void> {
  const voice = voiceOf(kit, turn)
  const title = String(data.title)
  const date = new Date(Number(data.at)).toISOString().slice(0, 10)
  const passages = (Array.isArray(data.passages) ? data.passages : []).map(String).slice(0, mostShown)
  const elements: ReplyElement[] = [voice.paragraph('answer.recall.lead', { title, date })]
  let shown = 0
  for (const passage of passages) {
    const answer = await kit.answer(
      {
        text: '',
        passage: asId<PassageId>(passage),
        locale: turn.contact.locale,
        now: turn.now,
        withholdQuantities: false,
      },
      turn.workspace,
    )
    if (answer.kind !== 'grounded') continue
    shown++
    elements.push(...spoken(voice, answer.statements), sourcesOf(voice, answer))
    turn.emit({
      type: 'answer_given',
      citations: answer.statements.flatMap(({ support }) => support),
    })
  }
  if (shown === 0) elements.push(voice.paragraph('answer.recall.gone'))
  elements.push(voice.paragraph('answer.recall.ask'))
  turn.reply(replyOf(elements, 'sender-only', 'neutral'), { place: 'private', level: 'routine' })
}
