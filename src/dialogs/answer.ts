import type { Answer, Statement } from '../core/answer.ts'
import { type ArticleId, asId, type PassageId } from '../core/ids.ts'
import { isNonEmpty, type NonEmpty } from '../core/json.ts'
import type { Choice, Reply, ReplyElement } from '../core/reply.ts'
import type { Stage, StageResult, TurnContext } from '../core/turn.ts'
import { nobodyThere } from '../handoff/staffing.ts'
import { recentCrisisLines } from './crisis-reply.ts'
import { asksFigures, hasFigures, mindsFigures } from './eating.ts'
import { fitting } from './fitting.ts'
import type { HelplineKind } from './helplines.ts'
import { asksSomething, choiceOf, type DialogKit, plainWords, voiceOf, yesOrNo } from './kit.ts'
import { leadFor } from './lead.ts'
import { postChoice } from './post-choice.ts'
import { isShared, moveChoice } from './shared-place.ts'
import { moreChoice, type Part, shortened } from './shorten.ts'
import { asksForTrust, trustOf } from './trust.ts'
import { replyOf, type Voice } from './voice.ts'

/** Amounts are withheld for this long after a self-harm sign, ms. */
export const withholdMs = 72 * 60 * 60_000
/** A follow-up leans on the last answer for this long, ms. */
const topicHoldsMs = 30 * 60_000

type Grounded = Extract<Answer, { kind: 'grounded' }>

/** Answers from vetted passages, or says honestly that it cannot and offers what it does know, and a person. */
export function answerStage(kit: DialogKit): Stage {
  return {
    name: 'answer',
    async run(turn): Promise<StageResult> {
      const pressed = choiceOf(turn, 'answer')
      const said = pressed?.startsWith('ask:') ? pressed.slice(4) : turn.text
      const again = moreOf(turn, pressed)
      if (said.trim() === '' && !again) return { kind: 'next' }
      const voice = voiceOf(kit, turn)
      const paused = (await kit.paused(turn.workspace.id)).has('answers')
      if (paused) {
        turn.reply(replyOf([...leadFor(turn, voice), voice.paragraph('general.paused')]))
        return { kind: 'handled' }
      }
      if (!again && acknowledges(turn) && leadFor(turn, voice).length > 0) {
        const danger = turn.openCase?.level === 'emergency'
        const glad = danger ? [] : [voice.paragraph('crisis.glad')]
        turn.reply(replyOf([...glad, ...leadFor(turn, voice)], 'sender-only'))
        return { kind: 'handled' }
      }
      if (!again && mindsFigures(turn) && asksFigures(said)) {
        replyWithoutFigures(turn, voice)
        return { kind: 'handled' }
      }
      const crisis = recentCrisisLines(turn)
      if (crisis && pressed === undefined && !isGrave(turn) && !asksSomething(said)) {
        turn.emit({ type: 'question_unanswered', reason: 'no_match' })
        turn.reply(replyOf(listening(turn, voice, crisis), 'sender-only'))
        return { kind: 'handled' }
      }
      const found = await ask(kit, turn, said, again)
      if (again) return replyMore(kit, turn, voice, found, again.part)
      const answer = await fitting(kit, turn, found)
      if (answer.kind === 'grounded')
        replyGrounded(kit, turn, voice, await shortened(kit, turn, said, answer))
      else if (answer.reason === 'no_match' && leadFor(turn, voice).length === 0) return { kind: 'next' }
      else replyAbstained(kit, turn, voice, answer)
      return { kind: 'handled' }
    },
  }
}

/** In the middle of a crisis what is told, not asked, is no question for the articles. */
function listening(turn: TurnContext, voice: Voice, lines: readonly HelplineKind[]): ReplyElement[] {
  return [
    voice.paragraph('crisis.listening', { line: voice.line(lines) }),
    { kind: 'choices', action: 'answer', options: [personChoice(turn, voice)] },
  ]
}

/** "ok", "thanks", "I did": no question for the articles. */
function acknowledges(turn: TurnContext): boolean {
  const said = plainWords(turn.text)
  return yesOrNo(said) !== undefined || said.replace(courtesy, ' ').replace(/[ ,.!]+/g, '') === ''
}

const courtesy =
  /\b(ok|okay|thanks|thank you|thx|ty|cheers|gracias|i will|i did|i called|calling (now|them)|they are coming|i'?m (still )?here|so much|a lot|very much)\b/g

function replyWithoutFigures(turn: TurnContext, voice: Voice): void {
  turn.reply(
    replyOf(
      [
        ...(isGrave(turn) ? leadFor(turn, voice) : [voice.paragraph('answer.sensitive.eating')]),
        voice.paragraph('answer.figures_asked'),
        ...voice.helpline(['eating', 'crisis'], 3),
        { kind: 'choices', action: 'answer', options: [personChoice(turn, voice)] },
      ],
      'sender-only',
    ),
  )
}

interface MoreAsked {
  readonly part: Part
  readonly passage?: string | undefined
}

/** What stands under an answer: of the passage that the button names, whoever presses it, and when. */
function moreOf(turn: TurnContext, pressed: string | undefined): MoreAsked | undefined {
  const { topic } = turn.conversation
  const [, part, passage] = /^(more|all|help|trust)(?::(.+))?$/.exec(pressed ?? '') ?? []
  if (part) return { part: part as Part, passage: passage ?? topic?.passage }
  return topic && pressed === undefined && asksForTrust(turn.text)
    ? { part: 'trust', passage: topic.passage }
    : undefined
}

function ask(kit: DialogKit, turn: TurnContext, text: string, again: MoreAsked | undefined) {
  const { topic } = turn.conversation
  const fresh = topic && turn.now - topic.at < topicHoldsMs
  return kit.answer(
    {
      text,
      locale: turn.contact.locale,
      now: turn.now,
      withholdQuantities:
        turn.contact.selfHarmAt !== undefined && turn.now - turn.contact.selfHarmAt < withholdMs,
      ...(fresh ? { topic: asId<ArticleId>(topic.article) } : {}),
      ...(again?.passage ? { passage: asId<PassageId>(again.passage) } : {}),
    },
    turn.workspace,
  )
}

/**
 * In a shared place a follow-up says nothing personal by itself ("how is it treated?"), but its answer names what was
 * asked about in private before.
 */
function tellsOfPrivate(turn: TurnContext, answer: Answer): boolean {
  const { topic } = turn.conversation
  if (!topic?.private || !isShared(turn)) return false
  return answer.kind === 'grounded'
    ? answer.statements[0].support[0].article === topic.article
    : turn.now - topic.at < topicHoldsMs
}

/** Everybody's where it was asked, unless it tells of what was private. */
function saidOf(turn: TurnContext, answer: Answer, elements: readonly ReplyElement[]): Reply {
  return replyOf(elements, tellsOfPrivate(turn, answer) ? 'sender-only' : 'sender-preferred')
}

function replyGrounded(kit: DialogKit, turn: TurnContext, voice: Voice, answer: Grounded): void {
  const [support] = answer.statements[0].support
  const shown = shownOf(turn, answer.statements)
  const also = answer.also ?? []
  const isPrivate = isShared(turn) && (turn.visibility === 'private' || tellsOfPrivate(turn, answer))
  turn.reply(
    saidOf(turn, answer, [
      ...leadFor(turn, voice),
      ...(answer.assumed ?? []).map(({ from, to }) => voice.paragraph('answer.assumed', { from, to })),
      ...(answer.personal ? [voice.paragraph('answer.abstained.personal_advice')] : []),
      ...spoken(voice, shown),
      ...pictured(kit, shown),
      ...(shown.length < answer.statements.length ? [voice.paragraph('answer.figures_withheld')] : []),
      ...(answer.withheld ? [voice.paragraph('answer.withheld')] : []),
      ...(answer.shortened ? [voice.paragraph('answer.shortened')] : []),
      sourcesOf(voice, answer),
      choices(kit, turn, voice, answer, 'short'),
      ...postChoice(turn, voice),
    ]),
  )
  note(turn, [...shown, ...also.flatMap(({ statements }) => shownOf(turn, statements))])
  turn.emit({
    type: 'topic_changed',
    topic: {
      article: support.article,
      passage: support.passage,
      at: turn.now,
      ...(isPrivate ? { private: true } : {}),
    },
  })
}

function replyMore(kit: DialogKit, turn: TurnContext, voice: Voice, answer: Answer, part: Part): StageResult {
  if (answer.kind !== 'grounded') {
    replyAbstained(kit, turn, voice, answer)
    return { kind: 'handled' }
  }
  if (part === 'trust') {
    turn.reply(saidOf(turn, answer, [...trustOf(voice, answer), choices(kit, turn, voice, answer, part)]))
    return { kind: 'handled' }
  }
  const parts = { more: answer.more, all: [...answer.statements, ...answer.more], help: answer.help }
  const statements = shownOf(turn, parts[part])
  const words = isNonEmpty(statements) ? spoken(voice, statements) : [voice.paragraph('answer.nothing_more')]
  turn.reply(
    saidOf(turn, answer, [...words, sourcesOf(voice, answer), choices(kit, turn, voice, answer, part)]),
  )
  note(turn, statements)
  return { kind: 'handled' }
}

/** Without weights, calories and targets for somebody who showed signs of an eating disorder. */
function shownOf(turn: TurnContext, statements: readonly Statement[]): readonly Statement[] {
  return mindsFigures(turn) ? statements.filter((one) => !hasFigures(one)) : statements
}

export function replyAbstained(
  kit: DialogKit,
  turn: TurnContext,
  voice: Voice,
  answer: Extract<Answer, { kind: 'abstained' }>,
): void {
  const { pointer } = answer
  const crisis = recentCrisisLines(turn)
  // Somebody who grieves is not offered pregnancy or baby topics.
  const suggestions = turn.triage.concerns.includes('loss') || crisis ? [] : answer.suggestions
  const key =
    answer.reason === 'personal_advice' && suggestions.length === 0 ? 'personal_only' : answer.reason
  const lead = leadFor(turn, voice)
  const text = pointer
    ? voice.paragraph('answer.abstained.expired', { title: pointer.title, url: pointer.url })
    : voice.paragraph(`answer.abstained.${key}`)
  // Somebody who tells of something hard asked no question: "I don't know that" would be the wrong word.
  const unknown = answer.reason === 'no_match' || answer.reason === 'out_of_scope'
  const told = isGrave(turn) && unknown
  // Nor in the middle of a crisis: what they write then is no question for the articles.
  const inCrisis = unknown && crisis !== undefined
  const options: Choice[] = [
    ...suggestions.slice(0, 4).map(({ title }) => ({ value: `ask:${title}`, label: title })),
    personChoice(turn, voice),
    ...(tellsOfPrivate(turn, answer) ? [] : moveChoice(kit, turn, voice)),
  ]
  turn.emit({ type: 'question_unanswered', reason: answer.reason })
  turn.reply(
    saidOf(turn, answer, [
      ...(inCrisis ? [] : lead),
      ...(inCrisis
        ? [voice.paragraph('crisis.listening', { line: voice.line(crisis) })]
        : told
          ? []
          : [text]),
      {
        kind: 'choices',
        action: 'answer',
        ...(suggestions.length > 0 ? { prompt: voice.say('answer.abstained.suggestions') } : {}),
        options: options as unknown as NonEmpty<Choice>,
      },
    ]),
  )
}

/** What is easier seen than read. */
function pictured(kit: DialogKit, statements: readonly Statement[]): ReplyElement[] {
  for (const { support } of statements) {
    const picture = kit.pictureOf(support[0].passage)
    if (picture) return [{ kind: 'image', ...picture }]
  }
  return []
}

export function spoken(voice: Voice, statements: readonly Statement[]): ReplyElement[] {
  return statements.flatMap(({ text }) => blocks(voice.fill(text)))
}

/** A passage is paragraphs and lists as the article has them. */
function blocks(text: string): ReplyElement[] {
  return text.split(/\n\s*\n/).flatMap((block): ReplyElement[] => {
    const lines = block.split('\n').map((line) => line.trim())
    const items = lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2))
    const prose = lines.filter((line) => line !== '' && !line.startsWith('- ')).join(' ')
    return [
      ...(prose ? [{ kind: 'paragraph' as const, text: prose }] : []),
      ...(isNonEmpty(items) ? [{ kind: 'list' as const, items }] : []),
    ]
  })
}

export function sourcesOf(voice: Voice, answer: Pick<Grounded, 'review' | 'sources'>): ReplyElement {
  const { review } = answer
  const label =
    review.kind === 'unreviewed'
      ? voice.say('answer.review.unreviewed')
      : voice.say(`answer.review.${review.kind}`, { ...review })
  return { kind: 'sources', label, items: answer.sources }
}

function choices(
  kit: DialogKit,
  turn: TurnContext,
  voice: Voice,
  answer: Grounded,
  shown: 'short' | Part,
): ReplyElement {
  const person = personChoice(turn, voice)
  const { passage } = answer.statements[0].support[0]
  return {
    kind: 'choices',
    action: 'answer',
    options: [
      person,
      ...moreChoice(voice, answer, shown),
      ...(shown !== 'help' && answer.help.length > 0
        ? [{ value: `help:${passage}`, label: voice.say('answer.help') }]
        : []),
      ...(tellsOfPrivate(turn, answer) ? [] : moveChoice(kit, turn, voice, passage)),
      { value: 'helpful', label: voice.say('answer.helpful') },
      { value: 'unhelpful', label: voice.say('answer.unhelpful') },
      ...(shown === 'trust' ? [] : [{ value: `trust:${passage}`, label: voice.say('answer.trust.ask') }]),
    ],
  }
}

export function personChoice(turn: TurnContext, voice: Voice): Choice {
  const key = nobodyThere(turn.workspace) ? 'answer.find_person' : 'answer.person'
  return { value: 'person', label: voice.say(key) }
}

function note(turn: TurnContext, statements: readonly Statement[]): void {
  turn.emit({ type: 'answer_given', citations: statements.flatMap(({ support }) => support) })
}

/** Urgent or sensitive by its own words: then the lead has said what matters. */
export function isGrave(turn: TurnContext): boolean {
  return turn.triage.signals.some(
    ({ level, carried }) => !carried && (level === 'urgent' || level === 'sensitive'),
  )
}
