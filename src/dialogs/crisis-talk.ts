import type { DialogFrame } from '../core/conversation.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { Dialog, DialogStep, TurnContext } from '../core/turn.ts'
import { openCase } from '../handoff/open-case.ts'
import { nobodyThere } from '../handoff/staffing.ts'
import { replyToEmergency } from './emergency.ts'
import { type DialogKit, pickedOf, plainWords, voiceOf } from './kit.ts'
import { replyOf, type Voice } from './voice.ts'

/** The dialog that asks the two questions. */
export const crisisTalkName = 'crisis-talk'
const thinking = `${crisisTalkName}:thinking`
const done = `${crisisTalkName}:done`
/** The frame is forgotten after a day: a new day is a new conversation. */
const frameMs = 24 * 60 * 60_000

/** "jk", "leave me alone", a false alarm: no answer lowers a level, but the questions end. */
const backsOff =
  /^(lol )?(jk|j\/k|just kidding|kidding|only joking|was joking|i was joking|im joking|i'm joking|joke|false alarm|leave me alone|go away|im fine|i'm fine|im ok|i'm ok|i am fine|i am ok|forget it|nvm|nevermind|never mind|stop asking|no quiero hablar|dejame en paz|era broma|es broma|estoy bien)( lol| haha+| please| now)*$/

/** Takes a withdrawal kindly and stops asking; false for anything else. The case stays open. */
export function replyToBackingOff(turn: TurnContext, voice: Voice): boolean {
  if (!backsOff.test(plainWords(turn.text))) return false
  turn.reply(replyOf([voice.paragraph('crisis.self_harm.backed_off')], 'sender-only'), {
    survivesClaim: true,
  })
  return true
}

/** The frame that waits for the first question's answer. */
export function beginCrisisTalk(turn: TurnContext): DialogFrame {
  return { dialog: crisisTalkName, step: 'thinking', data: {}, expiresAt: turn.now + frameMs }
}

/** The first of the two questions that change what Salus says; each can be skipped. */
export function askThinking(voice: Voice): ReplyElement[] {
  return [question(voice, thinking, 'crisis.self_harm.ask_thinking')]
}

/**
 * Two direct questions, one a message, every message standing alone with the line. Plan, means and timing are for
 * people to ask.
 */
export function crisisTalk(kit: DialogKit): Dialog {
  return {
    name: crisisTalkName,
    begins: () => false,
    begin: async () => ({ kind: 'pass' }),
    async resume(turn, frame): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      if (replyToBackingOff(turn, voice)) return { kind: 'done' }
      const answer =
        pickedOf(turn, frame.step === 'thinking' ? thinking : done, options(voice)) ?? hedged(turn, frame)
      if (answer === undefined) return { kind: 'pass' }
      if (frame.step === 'thinking') {
        turn.reply(
          replyOf(
            [
              voice.paragraph('crisis.self_harm.thanks'),
              voice.notice('urgent', 'crisis.self_harm.reach'),
              question(voice, done, 'crisis.self_harm.ask_done'),
            ],
            'sender-only',
          ),
          { survivesClaim: true },
        )
        return { kind: 'wait', step: 'done', expiresInMs: frameMs }
      }
      if (answer === 'yes') {
        const emergency = {
          ...turn,
          triage: { ...turn.triage, level: 'emergency' as const, concerns: ['self_harm' as const] },
        }
        if (!nobodyThere(turn.workspace))
          openCase(turn, { topic: 'self_harm', level: 'emergency', shared: true })
        replyToEmergency(kit, emergency, voice)
        return { kind: 'done' }
      }
      turn.reply(
        replyOf(
          [
            voice.paragraph('crisis.self_harm.thanks'),
            voice.notice('urgent', 'crisis.self_harm.still'),
            voice.paragraph('crisis.self_harm.stay'),
            ...voice.helpline(['crisis']),
          ],
          'sender-only',
        ),
        { survivesClaim: true },
      )
      return { kind: 'done' }
    },
  }
}

/** No plain yes or no, yet an answer: "not yet" to the second question means that it is near. */
const nearly =
  /^(not yet|almost|nearly|soon|about to|i'm about to|im about to|i am about to|i have|i did|i am|i do|already)$/
const unsure =
  /^(maybe|perhaps|possibly|idk|i don't know|i dont know|dunno|not sure|i'm not sure|im not sure|kind of|kinda|sort of|sometimes|a little|a bit|skip)$/

function hedged(turn: TurnContext, frame: DialogFrame): 'yes' | 'skip' | undefined {
  const said = plainWords(turn.text)
  if (nearly.test(said)) return frame.step === 'thinking' ? 'skip' : 'yes'
  return unsure.test(said) ? 'skip' : undefined
}

function options(voice: Voice) {
  return [
    { value: 'yes', label: voice.say('crisis.self_harm.yes') },
    { value: 'no', label: voice.say('crisis.self_harm.no') },
    { value: 'skip', label: voice.say('crisis.self_harm.skip') },
  ]
}

function question(voice: Voice, action: string, key: string): ReplyElement {
  const [first, ...rest] = options(voice)
  return { kind: 'choices', action, prompt: voice.say(key), options: [first!, ...rest] }
}
