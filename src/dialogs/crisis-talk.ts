import type { DialogFrame } from '../core/conversation.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { Dialog, DialogStep, TurnContext } from '../core/turn.ts'
import { openCase } from '../handoff/open-case.ts'
import { nobodyThere } from '../handoff/staffing.ts'
import { mayOfferCheckBack, promiseCheckBack, waitForWord } from './crisis-clocks.ts'
import { replyToEmergency } from './emergency.ts'
import { type DialogKit, isMinor, isVagueYes, pickedOf, plainWords, voiceOf } from './kit.ts'
import { replyOf, type Voice } from './voice.ts'

/** The dialog that asks the two questions. */
export const crisisTalkName = 'crisis-talk'
const thinking = `${crisisTalkName}:thinking`
const done = `${crisisTalkName}:done`
const checkBack = `${crisisTalkName}:check-back`
/** The frame is forgotten after a day: a new day is a new conversation. */
const frameMs = 24 * 60 * 60_000

/** "jk", "leave me alone", a false alarm: no answer lowers a level, but the questions end. */
const takesBack =
  /\b(j\/?k|((i was|im|i'm|just|only) )*(kidding|joking)|(it was|it's|its) a joke|joke|false alarm|leave me( alone)?|go away|((im|i'm|i am) )(really |totally )?(fine|ok|okay|alright|good|safe)|forget (it|about it|i said (that|anything))|nvm|never ?mind|stop asking( me)?|((i )?(didn't|didnt|did not) mean (it|that))|wrong (chat|person|window)|sent by mistake|no quiero hablar|dejame en paz|(era|es) broma|estoy bien|falsa alarma)(?![\w'])/g
const fillers =
  /\b(lol|lmao|haha+|no|nah|omg|ok|okay|please|pls|now|really|honestly|thanks|thank you|sorry|it's ok|its ok|oh|um|sorry about that|i swear|just|it was|that was|bro|dude|perdon|gracias)(?![\w'])/g

/** Whether the whole message takes it back or asks to be left alone. */
export function isBackingOff(turn: Pick<TurnContext, 'text'>): boolean {
  const said = plainWords(turn.text).replace(/[,.!…]+/g, ' ')
  const rest = said.replace(takesBack, ' ')
  return rest !== said && rest.replace(fillers, ' ').trim() === ''
}

/**
 * Takes a withdrawal kindly and stops asking; false for anything else. The case stays open, and after a sign that
 * something was done the number stays in sight.
 */
export function replyToBackingOff(turn: TurnContext, voice: Voice): boolean {
  if (!isBackingOff(turn)) return false
  const emergency = turn.triage.level === 'emergency' || turn.openCase?.level === 'emergency'
  turn.reply(
    replyOf(
      [
        voice.paragraph('crisis.self_harm.backed_off'),
        ...(emergency ? [voice.notice('urgent', 'crisis.self_harm.backed_off_danger')] : []),
      ],
      'sender-only',
    ),
    { survivesClaim: true },
  )
  return true
}

/** Said outright: whoever has just said it is not asked whether they think about it. */
const saidOutright =
  /\b(kill(ing)? my ?self|suicid(e|al|io|arme)|end(ing)? my (own )?life|tak(e|ing) my (own )?life|matarme|quitarme la vida|acabar con mi vida)\b/

/** The question that comes first, and the frame that waits for its answer. */
export function askAtFirst(turn: TurnContext, voice: Voice): { question: ReplyElement; frame: DialogFrame } {
  const { about, signals } = turn.triage
  const own = signals.some(({ rule, carried }) => !carried && isAboutWish.test(rule))
  const told = about === 'self' && own && saidOutright.test(plainWords(turn.text))
  const frame = { dialog: crisisTalkName, data: {}, expiresAt: turn.now + frameMs }
  if (!told) {
    return {
      question: question(voice, thinking, 'crisis.self_harm.ask_thinking'),
      frame: { ...frame, step: 'thinking' },
    }
  }
  // No clock yet: many write this and then put the phone away. Silence counts after a sign, or once they answered.
  return { question: question(voice, done, 'crisis.self_harm.ask_done'), frame: { ...frame, step: 'done' } }
}

/** Rules of a person's own wish; questions about amounts and worry about others are none. */
const isAboutWish = /^(es\.)?suicide\./

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
      switch (frame.step) {
        case 'thinking':
          return afterThinking(turn, voice)
        case 'done':
        case 'done-again':
          return afterDone(kit, turn, voice, frame.step === 'done')
        case 'check-back':
          return afterCheckBack(turn, voice)
        default:
          return { kind: 'pass' }
      }
    },
  }
}

/** Whatever is answered, the second question follows: no answer to the first makes anybody safe. */
function afterThinking(turn: TurnContext, voice: Voice): DialogStep {
  const said = plainWords(turn.text)
  const answered =
    pickedOf(turn, thinking, options(voice)) ?? (nearly.test(said) || unsure.test(said) ? 'skip' : undefined)
  if (answered === undefined) return { kind: 'pass' }
  return askDone(turn, voice, 'crisis.self_harm.thanks', 'done')
}

function askDone(turn: TurnContext, voice: Voice, opening: string, step: string): DialogStep {
  turn.reply(
    replyOf(
      [
        voice.paragraph(opening),
        voice.notice('urgent', 'crisis.self_harm.reach'),
        question(voice, done, 'crisis.self_harm.ask_done'),
      ],
      'sender-only',
    ),
    { survivesClaim: true },
  )
  waitForWord(turn, 'question')
  return { kind: 'wait', step, expiresInMs: frameMs }
}

/** Only a clear no, or a wish not to say, is not taken for a yes; "ok" is asked once more. */
function afterDone(kit: DialogKit, turn: TurnContext, voice: Voice, first: boolean): DialogStep {
  const said = plainWords(turn.text)
  const vague = isVagueYes(turn)
  if (vague && first) return askDone(turn, voice, 'crisis.self_harm.unclear', 'done-again')
  const unclear = vague || nearly.test(said) || hedges.test(said)
  const answer = unclear
    ? 'yes'
    : (pickedOf(turn, done, options(voice)) ?? (unsure.test(said) ? 'skip' : undefined))
  if (answer === undefined) return { kind: 'pass' }
  if (answer === 'yes') {
    const emergency = {
      ...turn,
      triage: {
        ...turn.triage,
        level: 'emergency' as const,
        about: 'self' as const,
        concerns: ['self_harm' as const],
        signals: [],
      },
    }
    if (!nobodyThere(turn.workspace)) openCase(turn, { topic: 'self_harm', level: 'emergency', shared: true })
    replyToEmergency(kit, emergency, voice, { patient: 'self' })
    waitForWord(turn, 'emergency')
    return { kind: 'done' }
  }
  const offers = mayOfferCheckBack(turn)
  turn.reply(
    replyOf(
      [
        voice.paragraph('crisis.self_harm.thanks'),
        voice.notice('urgent', 'crisis.self_harm.still'),
        voice.paragraph(isMinor(turn) ? 'crisis.self_harm.stay_minor' : 'crisis.self_harm.stay'),
        ...voice.helpline(['crisis']),
        ...(offers ? [checkBackQuestion(voice)] : []),
      ],
      'sender-only',
    ),
    { survivesClaim: true },
  )
  return offers ? { kind: 'wait', step: 'check-back', expiresInMs: frameMs } : { kind: 'done' }
}

function afterCheckBack(turn: TurnContext, voice: Voice): DialogStep {
  const picked = pickedOf(turn, checkBack, checkBackOptions(voice))
  if (picked === undefined) return { kind: 'pass' }
  if (picked === 'yes') promiseCheckBack(turn)
  const key = picked === 'yes' ? 'crisis.check_back.promised' : 'crisis.check_back.declined'
  turn.reply(replyOf([voice.paragraph(key)], 'sender-only'), { survivesClaim: true })
  return { kind: 'done' }
}

/** No plain yes or no, yet an answer: "not yet" to the second question means that it is near. */
const nearly =
  /^(not yet|almost|nearly|soon|about to|i'm about to|im about to|i am about to|i have|i did|i am|i do|already|todavia no|casi|pronto)$/
/** Half a yes to "have you done something": the safer side is taken. */
const hedges =
  /^(maybe|perhaps|possibly|kind of|kinda|sort of|a little|a bit|i think so|probably|tal vez|quizas?|un poco)$/
const unsure =
  /^(maybe|perhaps|possibly|idk|i don't know|i dont know|dunno|not sure|i'm not sure|im not sure|kind of|kinda|sort of|sometimes|a little|a bit|i think so|probably|skip|rather not say|i'd rather not|id rather not|no se|tal vez|quizas?|a veces)$/

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

function checkBackOptions(voice: Voice) {
  return [
    { value: 'yes', label: voice.say('crisis.check_back.yes') },
    { value: 'no', label: voice.say('crisis.check_back.no') },
  ] as const
}

function checkBackQuestion(voice: Voice): ReplyElement {
  const prompt = voice.say('crisis.check_back.ask')
  return { kind: 'choices', action: checkBack, prompt, options: checkBackOptions(voice) }
}
