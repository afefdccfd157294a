import type { Stage, TurnContext } from '../core/turn.ts'
import { openCase } from '../handoff/open-case.ts'
import { nobodyThere } from '../handoff/staffing.ts'
import { choiceOf, type DialogKit, plainWords, voiceOf } from './kit.ts'
import { replyOf, type Voice } from './voice.ts'

const unhelpful = ['wrong_topic', 'too_hard', 'not_enough'] as const
const reportWords = [
  'wrong or harmful',
  'this was wrong',
  'that was wrong',
  'this is wrong',
  'that is wrong',
  "that's wrong",
  'this was harmful',
  'that was harmful',
  'report',
]
const wrongs = ['wrong', 'harmful', 'upset', 'other'] as const

/**
 * "This helped", "not helpful", and the way that every reply carries to say that it was wrong or harmful:
 * the last opens a safety case, beside any case with a person.
 */
export function feedbackStage(kit: DialogKit): Stage {
  return {
    name: 'feedback',
    async run(turn) {
      const voice = voiceOf(kit, turn)
      const answer = choiceOf(turn, 'answer')
      const about = turn.message.body.kind === 'choice' ? turn.message.body.replyTo : ''
      if (answer === 'helpful' || answer === 'unhelpful') {
        turn.emit({ type: 'feedback_given', helpful: answer === 'helpful', about })
        if (answer === 'helpful') turn.reply(replyOf([voice.paragraph('general.feedback.helpful')]))
        else turn.reply(replyOf([askWhy(voice)]))
        return { kind: 'handled' }
      }
      const why = choiceOf(turn, 'unhelpful')
      if (why !== undefined && why !== 'person') {
        turn.emit({
          type: 'audited',
          action: 'feedback_reason',
          subject: about,
          codes: { why: known(unhelpful, why) },
        })
        turn.reply(replyOf([voice.paragraph('general.feedback.noted')]))
        return { kind: 'handled' }
      }
      const report = reportOf(turn)
      if (report === undefined) return { kind: 'next' }
      if (report === '') turn.reply(replyOf([askWrong(voice, about)], 'sender-only'))
      else
        openSafetyCase(turn, voice, known(wrongs, report.split('|')[0] ?? ''), report.split('|')[1] ?? about)
      return { kind: 'handled' }
    },
  }
}

/** The chosen kind of harm, '' when the person only pressed "wrong or harmful", undefined for other messages. */
function reportOf(turn: TurnContext): string | undefined {
  const pressed = choiceOf(turn, 'report')
  if (pressed !== undefined) return pressed === 'ask' ? '' : pressed
  const { body } = turn.message
  if (body.kind === 'command' && (body.name === 'report' || body.name === 'wrong')) return ''
  if (reportWords.includes(plainWords(turn.text))) return ''
  return undefined
}

function openSafetyCase(turn: TurnContext, voice: Voice, kind: string, about: string): void {
  const level = kind === 'harmful' ? ('urgent' as const) : ('sensitive' as const)
  turn.emit({ type: 'audited', action: 'harm_reported', subject: about, codes: { kind } })
  openCase(turn, { topic: 'harm_report', level, shared: true, reason: 'report' })
  const key = nobodyThere(turn.workspace) ? 'general.report.thanks_nobody' : 'general.report.thanks_people'
  turn.reply(replyOf([voice.paragraph(key)], 'sender-only'))
}

function askWhy(voice: Voice) {
  return {
    kind: 'choices' as const,
    action: 'unhelpful',
    prompt: voice.say('general.feedback.unhelpful'),
    options: [
      ...unhelpful.map((value) => ({
        value,
        label: voice.say(`general.feedback.unhelpful_options.${value}`),
      })),
      { value: 'person', label: voice.say('general.feedback.unhelpful_options.person') },
    ] as unknown as readonly [{ value: string; label: string }],
  }
}

function askWrong(voice: Voice, about: string) {
  const [first, ...rest] = wrongs.map((value) => ({
    value: `${value}|${about}`,
    label: voice.say(`general.report.${value}`),
  }))
  return {
    kind: 'choices' as const,
    action: 'report',
    prompt: voice.say('general.report.prompt'),
    options: [first!, ...rest] as const,
  }
}

/** Only values that were offered are recorded: what a client makes up is not. */
function known(offered: readonly string[], value: string): string {
  return offered.includes(value) ? value : 'other'
}
