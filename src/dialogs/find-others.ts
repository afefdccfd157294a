import { isNonEmpty, type NonEmpty } from '../core/json.ts'
import type { Choice, ReplyElement } from '../core/reply.ts'
import type { Dialog, DialogStep, TurnContext } from '../core/turn.ts'
import { asksForOthers, withoutSeeking } from './asks-for-others.ts'
import { recentCrisisLines } from './crisis-reply.ts'
import { asksSomething, choiceOf, type DialogKit, isMinor, pickedOf, voiceOf } from './kit.ts'
import { leadFor } from './lead.ts'
import { knowsOthers, othersFor } from './others-reply.ts'
import { replyOf, type Voice } from './voice.ts'

const action = 'others'
const somethingElse = 'else'
const waitMs = 30 * 60_000
/** Asked about when nothing else is known of the person: what most people look for company in. */
const common = ['cancer', 'diabetes', 'mental-health', 'grief', 'carers']
const choicesAtMost = 5

/**
 * "Find others like me": the community's own channels, groups of the person's country and of many countries, and the
 * house rules. In a crisis there are lines instead, and what needs a clinician today is answered as that.
 */
export function findOthersDialog(kit: DialogKit): Dialog {
  return {
    name: 'find-others',
    takesAnyWords: true,
    begins: (turn) =>
      choiceOf(turn, action) !== undefined || (asksForOthers(turn.text) && !needsClinician(turn)),
    async begin(turn): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      const pressed = choiceOf(turn, action)
      const topic = pressed === undefined ? topicIn(kit, turn, voice) : known(kit, pressed)
      const lines = recentCrisisLines(turn)
      if (lines) {
        turn.reply(
          replyOf(
            [
              ...leadFor(turn, voice),
              voice.paragraph('others.in_crisis', { line: voice.line(lines) }),
              ...voice.helpline(lines),
            ],
            'sender-only',
          ),
        )
        return { kind: 'done' }
      }
      if (!topic) {
        ask(kit, turn, voice)
        return { kind: 'wait', step: 'topic', expiresInMs: waitMs }
      }
      answer(kit, turn, voice, topic)
      return { kind: 'done' }
    },
    async resume(turn): Promise<DialogStep> {
      if (needsClinician(turn)) return { kind: 'pass' }
      const voice = voiceOf(kit, turn)
      const picked = pickedOf(turn, action, options(kit, turn, voice))
      const topic = picked === undefined ? topicIn(kit, turn, voice) : known(kit, picked)
      if (picked === somethingElse) {
        turn.reply(replyOf([voice.paragraph('others.about_words')]))
        return { kind: 'wait', step: 'topic', expiresInMs: waitMs }
      }
      // A question is a question, and no topic to find others for.
      if (
        picked === undefined &&
        (turn.text === '' || (asksSomething(turn.text) && !asksForOthers(turn.text)))
      )
        return { kind: 'pass' }
      if (topic) answer(kit, turn, voice, topic)
      else if (asksForOthers(turn.text)) {
        ask(kit, turn, voice)
        return { kind: 'wait', step: 'topic', expiresInMs: waitMs }
      } else if (turn.text.length > 60) return { kind: 'pass' }
      else turn.reply(replyOf([voice.paragraph('others.unknown')], 'sender-only'))
      return { kind: 'done' }
    },
  }
}

function needsClinician(turn: TurnContext): boolean {
  return turn.triage.level === 'urgent' && turn.triage.signals.some(({ carried }) => !carried)
}

/** "I feel alone, does anyone else have Crohn's": of what they name, that for which something is known. */
function topicIn(kit: DialogKit, turn: TurnContext, voice: Voice): string | undefined {
  return kit.supportGroups.topics.in(withoutSeeking(turn.text), (topic) =>
    knowsOthers(kit, turn, voice, topic),
  )
}

function known(kit: DialogKit, topic: string): string | undefined {
  return kit.supportGroups.topics.named(topic) ? topic : undefined
}

function answer(kit: DialogKit, turn: TurnContext, voice: Voice, topic: string): void {
  const hidden = kit.supportGroups.topics.isPrivate(topic) || isMinor(turn) || tellsOfPrivate(turn, topic)
  turn.reply(
    replyOf(
      [...leadFor(turn, voice), ...othersFor(kit, turn, voice, topic)],
      hidden ? 'sender-only' : 'sender-preferred',
    ),
  )
}

/** What was talked about in private stays there, though the button was pressed in a shared place. */
function tellsOfPrivate({ conversation: { topic } }: TurnContext, asked: string): boolean {
  return topic?.private === true && topic.article === asked
}

function ask(kit: DialogKit, turn: TurnContext, voice: Voice): void {
  const list = options(kit, turn, voice)
  // What stands first may be what they asked about in private.
  const hidden = turn.conversation.topic?.private === true
  const choices: ReplyElement = {
    kind: 'choices',
    action,
    prompt: voice.say('others.about'),
    options: list,
  }
  turn.reply(replyOf([...leadFor(turn, voice), choices], hidden ? 'sender-only' : 'sender-preferred'))
}

/** The last topic of the talk first, then those the community has channels for, then what is common. */
function options(kit: DialogKit, turn: TurnContext, voice: Voice): NonEmpty<Choice> {
  const { topics } = kit.supportGroups
  const { conversation, workspace } = turn
  const ids = [
    ...(conversation.topic ? [conversation.topic.article] : []),
    ...(workspace.communityChannels ?? []).map(({ topic }) => topic),
    ...common,
  ].filter((id) => topics.named(id))
  const offered = [...new Set(ids)].slice(0, choicesAtMost)
  const list = offered.map((id): Choice => ({ value: id, label: topics.title(id) }))
  const rest: Choice = { value: somethingElse, label: voice.say('others.something_else') }
  return isNonEmpty(list) ? ([...list, rest] as unknown as NonEmpty<Choice>) : [rest]
}
