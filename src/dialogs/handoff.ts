import { isAlarm, rank } from '../core/assessment.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { Dialog, DialogStep, TurnContext } from '../core/turn.ts'
import { openCase } from '../handoff/open-case.ts'
import { honestStaffing, nobodyThere } from '../handoff/staffing.ts'
import { isClosed, opensAt } from '../handoff/working-hours.ts'
import { dayTime, nextTime } from './clock-time.ts'
import { isEscalated, othersTopic } from './escalated.ts'
import { choiceOf, type DialogKit, pickedOf, plainWords, voiceOf } from './kit.ts'
import { replyOf, type Voice } from './voice.ts'

const waitMs = 60 * 60_000
const escalatedStep = 'share-escalated'
const asksForPerson =
  /^(can i |could i |may i |i want to |i need to |i'd like to |id like to |let me |please |quiero |puedo )*(talk|speak|chat|hablar)( to| with| con)? (a |an |some |the |una? )?(real )?(person|human|someone|somebody|staff|nurse|doctor|clinician|volunteer|persona|alguien|enfermera|medico)( please| now| por favor)*$/
const words = ['person', 'human', 'find a person', 'talk to a person', 'agent', 'persona', 'real person']

/** "Talk to a person": asks what may be shared, opens a case, and tells the truth about who is there. */
export function handoffDialog(kit: DialogKit): Dialog {
  return {
    name: 'handoff',
    begins: (turn) => {
      const said = turn.message.body.kind === 'command' ? turn.message.body.name : plainWords(turn.text)
      return (
        choiceOf(turn, 'answer') === 'person' ||
        choiceOf(turn, 'unhelpful') === 'person' ||
        words.includes(said) ||
        asksForPerson.test(said)
      )
    },
    async begin(turn): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      if (nobodyThere(turn.workspace)) {
        sayNobody(turn, voice)
        return { kind: 'done' }
      }
      if (turn.openCase) {
        replyAlreadyInLine(turn, voice)
        return { kind: 'done' }
      }
      const staffing = honestStaffing(turn.workspace, turn.now)
      const [first, ...rest] = options(voice)
      turn.reply(
        replyOf(
          [
            voice.paragraph(`handoff.offer.${staffing}`),
            {
              kind: 'choices',
              action: 'handoff',
              prompt: voice.say('handoff.ask_share', { pseudonym: turn.contact.pseudonym }),
              options: [first!, ...rest],
            },
          ],
          'sender-only',
        ),
      )
      // What is pressed next no longer tells whose words it is about.
      return { kind: 'wait', step: isEscalated(turn) ? escalatedStep : 'share', expiresInMs: waitMs }
    },
    async resume(turn, frame): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      const picked = pickedOf(turn, 'handoff', options(voice))
      if (picked === undefined) return { kind: 'pass' }
      if (picked === 'cancel') {
        turn.reply(replyOf([voice.paragraph('handoff.cancelled')], 'sender-only'))
        return { kind: 'done' }
      }
      const level = rank(turn.triage.level) <= rank('urgent') ? turn.triage.level : 'sensitive'
      const about =
        frame.step === escalatedStep
          ? { topic: othersTopic, as: 'escalated' as const }
          : { topic: 'asked_for_person' }
      const opened = openCase(turn, { ...about, level, shared: picked === 'yes' })
      sayOpened(turn, voice, opened.answerBy)
      return { kind: 'done' }
    },
  }
}

/** When they will hear; where the team is not there now, that, when it starts, and who can talk meanwhile. */
export function sayOpened(turn: TurnContext, voice: Voice, answerBy: number): void {
  const opens = isClosed(turn.workspace, turn.now) ? opensAt(turn.workspace, turn.now) : undefined
  const elements =
    opens === undefined
      ? [voice.paragraph('handoff.opened', { time: nextTime(turn, answerBy) })]
      : [
          voice.paragraph('handoff.opened_closed', { time: dayTime(turn, opens) }),
          ...voice.helpline(['medical-advice', 'crisis']),
        ]
  turn.reply(replyOf(elements, 'sender-only'))
}

/** That the team is not there now and when it starts; nothing while it is, or where nobody said when. */
export function notHere(turn: TurnContext, voice: Voice): readonly ReplyElement[] {
  const opens = isClosed(turn.workspace, turn.now) ? opensAt(turn.workspace, turn.now) : undefined
  return opens === undefined ? [] : [voice.paragraph('handoff.closed', { time: dayTime(turn, opens) })]
}

/** Somebody who waits for a person in danger hears first whom to call: the queue is no help by itself. */
export function replyAlreadyInLine(turn: TurnContext, voice: Voice): void {
  const danger = turn.openCase !== undefined && isAlarm(turn.openCase.level)
  turn.reply(
    replyOf(
      [
        ...(danger ? [voice.notice('urgent', 'handoff.already_danger')] : []),
        voice.paragraph('handoff.already'),
        ...notHere(turn, voice),
        ...(isClosed(turn.workspace, turn.now) ? voice.helpline(['medical-advice', 'crisis']) : []),
      ],
      'sender-only',
    ),
    danger ? { survivesClaim: true, level: turn.openCase?.level ?? 'crisis' } : {},
  )
}

/** Where nobody is behind the chat, "talk to a person" becomes "find a person". */
export function sayNobody(turn: TurnContext, voice: Voice): void {
  const lines = voice.helpline(['medical-advice', 'crisis'], 4)
  turn.reply(
    replyOf(
      lines.length > 0
        ? [voice.paragraph('handoff.nobody'), ...lines]
        : [voice.paragraph('handoff.nobody_no_lines')],
      'sender-only',
    ),
  )
}

function options(voice: Voice) {
  return [
    { value: 'yes', label: voice.say('handoff.share_yes') },
    { value: 'no', label: voice.say('handoff.share_no') },
    { value: 'cancel', label: voice.say('handoff.cancel') },
  ]
}
