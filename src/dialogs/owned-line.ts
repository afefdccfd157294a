import { isAlarm, type Level, rank } from '../core/assessment.ts'
import type { DialogFrame } from '../core/conversation.ts'
import type { StaffMember } from '../core/ports.ts'
import type { HandoffCase } from '../core/records.ts'
import type { StageResult, TurnContext } from '../core/turn.ts'
import { expectAnswer } from '../handoff/expect-answer.ts'
import { openCase } from '../handoff/open-case.ts'
import { isMemory, safetyLineName } from './memory.ts'
import { replyOf, type Voice } from './voice.ts'

/** The owner counts as away when they have not written for this long, ms. */
const ownerSilentMs = 60_000
/** A rise is forgotten with the day. */
const frameMs = 24 * 60 * 60_000

/**
 * An alarm in a conversation that a person owns gets one fixed line at once, in two parts so that each is true when it
 * is said: the numbers now, and "I have alerted …" by the turn that the delivered alert starts.
 */
export function sayOwnedLine(turn: TurnContext, voice: Voice): StageResult {
  const { level, concerns } = turn.triage
  const topic = concerns[0] ?? level
  openCase(turn, { topic, level, shared: true })
  expectAnswer(turn)
  if (!lineDue(turn, level)) return { kind: 'handled' }
  turn.reply(replyOf([voice.notice('urgent', 'crisis.staff_owned.numbers')], 'sender-only'), {
    survivesClaim: true,
  })
  const frame: DialogFrame = {
    dialog: safetyLineName,
    step: 'said',
    data: { at: turn.now },
    expiresAt: turn.now + frameMs,
  }
  return { kind: 'handled', stack: [frame, ...withoutLine(turn)] }
}

/** The second part of the line, once the alert was really delivered. */
export function sayOwnerAlerted(
  turn: TurnContext,
  voice: Voice,
  open: HandoffCase,
  staff: readonly StaffMember[],
): void {
  const said = turn.conversation.stack.some(({ dialog }) => dialog === safetyLineName)
  if (!isAlarm(open.level) || !said) return
  const owner = voice.say(`handoff.owner.${roleOf(staff.find(({ id }) => id === open.assignee))}`)
  turn.reply(replyOf([voice.paragraph('crisis.staff_owned.alerted', { owner })], 'sender-only'), {
    survivesClaim: true,
    level: open.level,
  })
}

/** "Clinician" needs a recorded profession and registration. */
function roleOf(member: StaffMember | undefined): 'volunteer' | 'clinician' | 'team' {
  if (member?.role === 'clinician')
    return member.profession && member.registration ? 'clinician' : 'volunteer'
  return member?.role === 'volunteer' ? 'volunteer' : 'team'
}

/** The innermost frame that is no mere memory. */
export function frameBelow(turn: TurnContext): DialogFrame | undefined {
  return turn.conversation.stack.filter((frame) => !isMemory(frame)).at(-1)
}

function withoutLine(turn: TurnContext): readonly DialogFrame[] {
  return turn.conversation.stack.filter(({ dialog }) => dialog !== safetyLineName)
}

function rises(turn: TurnContext, level: Level): boolean {
  return turn.openCase === undefined || rank(level) < rank(turn.openCase.level)
}

/** Once per rise: an owner who stays silent hears of it again only when it rises, or after they wrote. */
function lineDue(turn: TurnContext, level: Level): boolean {
  const open = turn.openCase
  if (!open || rises(turn, level)) return true
  const ownerWroteAt = open.ownerWroteAt ?? open.openedAt
  if (turn.now - ownerWroteAt < ownerSilentMs) return false
  const frame = turn.conversation.stack.find(({ dialog }) => dialog === safetyLineName)
  return Number(frame?.data.at ?? Number.NEGATIVE_INFINITY) < ownerWroteAt
}
