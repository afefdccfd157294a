import type { Correction } from '../core/answer.ts'
import { isAlarm, rank, type TriageAssessment } from '../core/assessment.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { Stage, TurnContext } from '../core/turn.ts'
import { personChoice, sourcesOf } from './answer.ts'
import { recentCrisisLines } from './crisis-reply.ts'
import { choiceOf, type DialogKit, voiceOf } from './kit.ts'
import { postChoice } from './post-choice.ts'
import { replyOf, type Voice } from './voice.ts'

/** Somebody tells of themselves or of somebody they know. */
const lived =
  /\b(i|i'?ve|i'?m|me|my|mine|we|our|us|(?:my|a|our) (?:\w+ )?(?:son|daughter|child|kid|baby|cousin|friend|mum|mom|dad|wife|husband|partner|neighbou?r|aunt|uncle|sister|brother|nan|gran))\b/i

/**
 * Corrects a false claim that somebody repeats: the fact first, kindly, with sources, for their eyes alone. Never for
 * somebody who grieves, is in danger or tells of something hard; danger was answered before this stage.
 */
export function correctClaimStage(kit: DialogKit): Stage {
  return {
    name: 'correct-claim',
    async run(turn) {
      if (turn.text.trim() === '' || choiceOf(turn, 'answer') !== undefined || mustNot(turn))
        return { kind: 'next' }
      const { locale } = turn.contact
      const correction = kit.correct(turn.text, { locale, now: turn.now }, turn.workspace)
      if (!correction || (await kit.paused(turn.workspace.id)).has('answers')) return { kind: 'next' }
      reply(turn, voiceOf(kit, turn), correction)
      return { kind: 'handled' }
    },
  }
}

/** Whether what triage found leaves no room for a correction: danger, grief, or something hard in these very words. */
export function isHeldBack({ level, concerns, signals }: TriageAssessment): boolean {
  const danger = isAlarm(level) || rank(level) <= rank('urgent')
  const grave = signals.some(
    (signal) => !signal.carried && (signal.level === 'urgent' || signal.level === 'sensitive'),
  )
  return danger || grave || concerns.includes('loss')
}

function mustNot(turn: TurnContext): boolean {
  return isHeldBack(turn.triage) || turn.contact.lossAt !== undefined || recentCrisisLines(turn) !== undefined
}

function reply(turn: TurnContext, voice: Voice, correction: Correction): void {
  turn.emit({ type: 'claim_corrected', claim: correction.id })
  turn.reply(
    replyOf(
      [
        ...(lived.test(turn.text) ? [voice.paragraph('claims.lived')] : []),
        ...corrected(voice, correction),
        {
          kind: 'choices',
          action: 'answer',
          options: [
            {
              value: `ask:${correction.article.replaceAll('-', ' ')}`,
              label: voice.say('claims.explain'),
            },
            personChoice(turn, voice),
            { value: 'helpful', label: voice.say('answer.helpful') },
            { value: 'unhelpful', label: voice.say('answer.unhelpful') },
          ],
        },
        ...postChoice(turn, voice),
      ],
      'sender-only',
    ),
  )
}

/** Fact, claim, why it is believed, fact again, sources. */
export function corrected(voice: Voice, correction: Correction): readonly ReplyElement[] {
  const { claim, verdict, truth, why, instead } = correction
  return [
    {
      kind: 'correction',
      claim,
      verdict: voice.say(`claims.verdict.${verdict.replaceAll(' ', '_')}`),
      truth: voice.fill(truth),
    },
    { kind: 'paragraph', text: voice.fill(why) },
    { kind: 'paragraph', text: voice.fill(instead) },
    sourcesOf(voice, correction),
  ]
}
