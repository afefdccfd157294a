import type { Answer } from '../core/answer.ts'
import type { Choice } from '../core/reply.ts'
import type { TurnContext } from '../core/turn.ts'
import { mindsFigures } from './eating.ts'
import { type DialogKit, isMinor } from './kit.ts'
import type { Voice } from './voice.ts'

type Grounded = Extract<Answer, { kind: 'grounded' }>

/** Nothing but the routine since this long, ms. */
const calmMs = 72 * 60 * 60_000

/**
 * Whether a model may choose the words: an ordinary question of somebody about whom nothing else is known. Never beside
 * an alarm, a sensitive matter, an open case, a loss, or to a child.
 */
export function mayShorten(turn: TurnContext): boolean {
  const { triage, contact, now } = turn
  if (triage.level !== 'routine' || triage.signals.some(({ level }) => level !== 'routine')) return false
  if (turn.openCase || isMinor(turn) || mindsFigures(turn)) return false
  if ([contact.selfHarmAt, contact.abuseAt, contact.lossAt].some((at) => at !== undefined)) return false
  return contact.recent.every(({ at, level }) => level === 'routine' || now - at > calmMs)
}

/** The answer in fewer words where a model is set and may; otherwise as it was. */
export async function shortened(
  kit: DialogKit,
  turn: TurnContext,
  text: string,
  answer: Grounded,
): Promise<Grounded> {
  if (!kit.shorten || answer.personal || answer.withheld || !mayShorten(turn)) return answer
  return kit.shorten(answer, { text, signal: turn.signal })
}

/** What stands under an answer. `all`: the whole passage, where a model had shortened it. */
export type Part = 'more' | 'all' | 'help' | 'trust'

/** The rest of a passage; of one that a model shortened, the whole as the article has it. */
export function moreChoice(voice: Voice, answer: Grounded, shown: 'short' | Part): Choice[] {
  const { passage } = answer.statements[0].support[0]
  if (answer.shortened) return [{ value: `all:${passage}`, label: voice.say('answer.in_full') }]
  if (shown === 'more' || shown === 'all' || answer.more.length === 0) return []
  return [{ value: `more:${passage}`, label: voice.say('answer.more') }]
}
