import type { DialogFrame } from '../core/conversation.ts'
import type { JsonObject } from '../core/json.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { Dialog, DialogStep, TurnContext } from '../core/turn.ts'
import { nobodyThere } from '../handoff/staffing.ts'
import { asksSomething, type DialogKit, pickedOf, plainWords, voiceOf } from './kit.ts'
import { leadFor } from './lead.ts'
import { lossOf } from './told-loss.ts'
import { replyOf, type Voice } from './voice.ts'

const lossName = 'loss'
const waitMs = 24 * 60 * 60_000

const longAgo =
  /\b(years?|yrs) ago\b|\blast year\b|\bin (19|20)\d\d\b|\bwhen i was (young|younger|\d)|\bhace \w+ anos\b/

/** Any hint holds pregnancy and baby messages at once; it can be undone. */
export function holdForLoss(turn: TurnContext): void {
  const kind = lossOf(turn)
  if (kind) turn.emit({ type: 'contact_changed', change: { lossAt: turn.now } })
}

/** Words for a loss that was told of, and the frame that waits for "support, or quiet?". */
export function lossWords(
  turn: TurnContext,
  voice: Voice,
): { readonly elements: readonly ReplyElement[]; readonly frame: DialogFrame } | undefined {
  const kind = lossOf(turn)
  if (!kind) return undefined
  const [first, ...rest] = options(voice)
  return {
    elements: [
      voice.paragraph(`answer.loss.${kind}`),
      { kind: 'choices', action: lossName, prompt: voice.say('answer.loss.ask'), options: [first, ...rest] },
    ],
    frame: { dialog: lossName, step: 'support', data: toldBefore(turn), expiresAt: turn.now + waitMs },
  }
}

/** "quiet" after "would you like support, or quiet?" is that answer, whatever "baby" and "quiet" would mean together. */
export function answersLoss(turn: TurnContext, voice: Voice): boolean {
  const { stack } = turn.conversation
  const waits = stack.some(({ dialog, expiresAt = Infinity }) => dialog === lossName && expiresAt > turn.now)
  const said = plainWords(turn.text)
  return waits && options(voice).some(({ label }) => plainWords(label) === said)
}

/** The body first, then "I'm so sorry", then support or quiet, whichever they want. */
export function lossDialog(kit: DialogKit): Dialog {
  return {
    name: lossName,
    // A question beside it is answered, with the same words before the answer.
    begins: (turn) => lossOf(turn) !== undefined && !asksSomething(turn.text),
    async begin(turn): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      const words = lossWords(turn, voice)
      if (!words) return { kind: 'pass' }
      turn.reply(replyOf([...lead(turn, voice), ...bodyFirst(turn, voice), ...words.elements], 'sender-only'))
      return { kind: 'wait', step: 'support', data: toldBefore(turn), expiresInMs: waitMs }
    },
    async resume(turn, frame): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      switch (pickedOf(turn, lossName, options(voice))) {
        case 'support':
          turn.reply(replyOf(support(turn, voice), 'sender-only'))
          return { kind: 'done' }
        case 'quiet':
          turn.reply(replyOf([voice.paragraph('answer.loss.quiet')], 'sender-only'))
          return { kind: 'done' }
        case 'undo':
          turn.emit({ type: 'contact_changed', change: { lossAt: numberIn(frame.data.before) } })
          turn.reply(
            replyOf(
              [voice.paragraph(frame.data.before ? 'answer.loss.kept' : 'answer.loss.undone')],
              'sender-only',
            ),
          )
          return { kind: 'done' }
        default:
          return { kind: 'pass' }
      }
    },
  }
}

/** A loss told of earlier stays one when this is taken back. */
function toldBefore({ contact }: TurnContext): JsonObject {
  return contact.lossAt === undefined ? {} : { before: contact.lossAt }
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** What is urgent by its own words goes first. */
function lead(turn: TurnContext, voice: Voice): readonly ReplyElement[] {
  return turn.triage.level === 'urgent' ? leadFor(turn, voice) : []
}

/** Bleeding, pain, faintness: said before the condolence while the body may still be in danger. */
function bodyFirst(turn: TurnContext, voice: Voice): readonly ReplyElement[] {
  const kind = lossOf(turn)
  if (kind === 'child' || longAgo.test(plainWords(turn.text))) return []
  return [voice.notice('caution', 'answer.loss.body')]
}

function support(turn: TurnContext, voice: Voice): readonly ReplyElement[] {
  const person = nobodyThere(turn.workspace) ? 'answer.find_person' : 'answer.person'
  return [
    voice.paragraph('answer.loss.support'),
    ...voice.helpline(['crisis', 'medical-advice'], 3),
    { kind: 'choices', action: 'answer', options: [{ value: 'person', label: voice.say(person) }] },
  ]
}

function options(voice: Voice) {
  return [
    { value: 'support', label: voice.say('answer.loss.options.support') },
    { value: 'quiet', label: voice.say('answer.loss.options.quiet') },
    { value: 'undo', label: voice.say('answer.loss.options.undo') },
  ] as const
}
