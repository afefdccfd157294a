import type { StaffId } from '../core/ids.ts'
import type { StaffMember } from '../core/ports.ts'
import type { Stage, TurnContext } from '../core/turn.ts'
import { mayMove } from '../handoff/case.ts'
import { expectFirstAnswer } from '../handoff/expect-answer.ts'
import { answerClockKey, setAnswerClock } from '../handoff/open-case.ts'
import { answerBy } from '../handoff/working-hours.ts'
import { closing, waitingForAnswer } from './after-case.ts'
import { leaveSilence } from './crisis-clocks.ts'
import { type DialogKit, voiceOf } from './kit.ts'
import { replyOf, type Voice } from './voice.ts'

/**
 * What staff do to a case, as turns of the person it is about: claims have one winner because turns of one person
 * never overlap. A move that came too late changes nothing and is recorded.
 */
export function staffActionStage(kit: DialogKit): Stage {
  return {
    name: 'staff-action',
    async run(turn) {
      if (turn.payload.kind !== 'staff_action') return { kind: 'next' }
      const { staff: staffId, caseId, action } = turn.payload
      const open = turn.openCase
      const member = (await kit.staff(turn.workspace.id)).find(({ id }) => id === staffId)
      if (!open || open.id !== caseId || !member?.active) return refuse(turn, staffId, 'case_moved_on')
      const mine = open.assignee === staffId
      const voice = voiceOf(kit, turn)
      const who = nameForWork(voice, member)
      switch (action.kind) {
        case 'claim':
          if (open.status === 'claimed' || !mayMove(open.status, 'claimed'))
            return refuse(turn, staffId, 'claimed_by_another')
          take(turn, staffId)
          // Nor is anything sent first after a sign of abuse: whoever helps says their name when they write.
          if (turn.contact.abuseAt === undefined) tell(turn, voice, 'handoff.joined', who)
          break
        case 'reply':
          if (open.status === 'claimed' && !mine) return refuse(turn, staffId, 'not_the_owner')
          // Whoever writes takes the case: words that come a moment after it was given back are not thrown away.
          if (open.status !== 'claimed') take(turn, staffId)
          turn.emit({ type: 'case_owner_wrote', caseId })
          turn.emit({
            type: 'reply_composed',
            reply: {
              ...replyOf(
                [{ kind: 'paragraph', text: voice.say('handoff.relay', { who, text: action.text }) }],
                'sender-only',
                previewOf(turn),
              ),
              ...(action.from ? { relayedFrom: action.from } : {}),
            },
            purpose: 'handoff',
            level: open.level,
            place: 'here',
            survivesClaim: true,
            staff: staffId,
          })
          break
        case 'note':
          turn.emit({ type: 'case_noted', caseId, staff: staffId, text: action.text })
          break
        case 'snooze':
          if (!mayMove(open.status, 'snoozed')) return refuse(turn, staffId, 'illegal_move')
          turn.emit({ type: 'case_moved', caseId, to: 'snoozed', staff: staffId, until: action.until })
          turn.emit({ type: 'conversation_mode_changed', mode: 'bot' })
          setAnswerClock(turn, caseId, action.until)
          break
        case 'resolve':
          if (!mine) return refuse(turn, staffId, 'not_the_owner')
          turn.emit({ type: 'case_moved', caseId, to: 'resolved', staff: staffId })
          turn.emit({ type: 'conversation_mode_changed', mode: 'bot' })
          turn.emit({ type: 'clock_cleared', key: answerClockKey(caseId) })
          // No resolve notice after a sign of abuse: nothing is sent that the person did not ask for.
          if (turn.contact.abuseAt !== undefined) return { kind: 'handled', stack: [] }
          turn.reply(
            replyOf([voice.paragraph('handoff.resolved', { who }), ...closing(turn, voice)], 'sender-only'),
            { purpose: 'handoff', survivesClaim: true },
          )
          return { kind: 'handled', stack: [waitingForAnswer(turn)] }
        case 'hand_back':
          if (!mine) return refuse(turn, staffId, 'not_the_owner')
          turn.emit({ type: 'case_moved', caseId, to: 'waiting', staff: staffId })
          turn.emit({ type: 'conversation_mode_changed', mode: 'bot' })
          setAnswerClock(turn, caseId, answerBy(turn.workspace, open.level, turn.now))
          if (turn.contact.abuseAt === undefined) tell(turn, voice, 'handoff.handed_back', who)
          break
      }
      return { kind: 'handled' }
    },
  }
}

/** The case is theirs, the bot is silent, and they have to answer. */
function take(turn: TurnContext, staff: StaffId): void {
  const caseId = turn.openCase?.id
  if (caseId === undefined) return
  turn.emit({ type: 'case_moved', caseId, to: 'claimed', staff })
  turn.emit({ type: 'conversation_mode_changed', mode: 'staff' })
  expectFirstAnswer(turn)
  leaveSilence(turn)
}

/** "Ana, volunteer, not a clinician". "Clinician" needs a recorded profession and registration. */
export function nameForWork(voice: Voice, member: StaffMember): string {
  if (member.role === 'clinician' && member.profession && member.registration) {
    return voice.say('handoff.role.clinician', { name: member.name, profession: member.profession })
  }
  if (member.role === 'volunteer' || member.role === 'clinician') {
    return voice.say('handoff.role.volunteer', { name: member.name })
  }
  return voice.say('handoff.role.team', {
    name: member.name,
    role: voice.say(`handoff.roles.${member.role}`),
  })
}

function tell(turn: TurnContext, voice: Voice, key: string, who: string): void {
  turn.reply(replyOf([voice.paragraph(key, { who })], 'sender-only', previewOf(turn)), {
    purpose: 'handoff',
    survivesClaim: true,
  })
}

function previewOf(turn: TurnContext): 'neutral' | undefined {
  return turn.contact.abuseAt === undefined ? undefined : 'neutral'
}

function refuse(turn: TurnContext, staff: string, why: string) {
  turn.emit({ type: 'audited', action: 'staff_action_refused', subject: staff, codes: { why } })
  return { kind: 'handled' as const }
}
