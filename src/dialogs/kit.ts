import type { Answer, Correction, Question } from '../core/answer.ts'
import type { ContactId, PassageId, WorkspaceId } from '../core/ids.ts'
import type { ConversationRef } from '../core/inbound.ts'
import type { ChannelCapabilities, PauseTarget, StaffMember, Store } from '../core/ports.ts'
import type { TurnContext } from '../core/turn.ts'
import { honestStaffing, nobodyThere } from '../handoff/staffing.ts'
import type { FirstSteps } from './first-steps.ts'
import type { SupportGroups } from './support-groups.ts'
import type { UnreadTexts } from './unread-texts.ts'
import { createVoice, type Voice, type VoiceParts } from './voice.ts'

/** What dialogs may read: content, and a few facts of the store. They write nothing. */
export interface DialogKit extends VoiceParts {
  readonly firstSteps: FirstSteps
  /** Where people in the same situation find each other. */
  readonly supportGroups: SupportGroups
  /** Fixed text for what could not be read, in many languages. */
  readonly unread: UnreadTexts
  /** "Slack", "This site": whose owners may read along. */
  readonly platformName: (ref: ConversationRef) => string
  /** Whether a person has a direct conversation there, and whether what they write in shared places can be removed. */
  readonly reach: (ref: ConversationRef) => {
    readonly direct: boolean
    readonly removeMemberMessage: ChannelCapabilities['removeMemberMessage']
  }
  readonly received: Store['received']
  readonly wasQueued: Store['wasQueued']
  readonly answer: (question: Question, workspace: TurnContext['workspace']) => Answer | Promise<Answer>
  /** An answer in fewer words, by a model whose sentences were checked; absent: off. Rejects when the signal aborts. */
  readonly shorten?: (
    answer: Extract<Answer, { kind: 'grounded' }>,
    asked: { readonly text: string; readonly signal: AbortSignal },
  ) => Promise<Extract<Answer, { kind: 'grounded' }>>
  /** The correction that a text calls for, if any. */
  readonly correct: (
    text: string,
    asked: { readonly locale: string; readonly now: number },
    workspace: TurnContext['workspace'],
  ) => Correction | undefined
  /** The picture that belongs to a passage: under this server's address, and where platforms can fetch it. */
  readonly pictureOf: (
    passage: PassageId,
  ) => { readonly path: string; readonly alt: string; readonly url?: string } | undefined
  readonly paused: (workspace: WorkspaceId) => Promise<ReadonlySet<PauseTarget>>
  readonly staff: (workspace: WorkspaceId) => Promise<readonly StaffMember[]>
  /** Counts of what is held about a person. */
  readonly held: (contact: ContactId) => Promise<{ readonly messages: number; readonly cases: number }>
}

export function voiceOf(kit: DialogKit, turn: TurnContext): Voice {
  // A child's own line comes first from the very message that tells the age.
  return createVoice(kit, { ...turn, contact: { ...turn.contact, minor: isMinor(turn) } })
}

/** Under age, by what they said now or before. */
export function isMinor(turn: Pick<TurnContext, 'contact' | 'triage'>): boolean {
  return turn.contact.minor || turn.triage.minor === true
}

/** The one true sentence about who is behind this chat. */
export function staffingLine(voice: Voice, turn: TurnContext): string {
  const { workspace, now } = turn
  if (nobodyThere(workspace)) return voice.say('general.staffing.none')
  const staffing = honestStaffing(workspace, now)
  return voice.say(`general.staffing.${staffing}`, { count: workspace.staffCount, name: workspace.name })
}

/** A pressed button of this dialog: its value; undefined for anything else. */
export function choiceOf(turn: TurnContext, action: string): string | undefined {
  const { body } = turn.message
  return body.kind === 'choice' && body.action === action ? body.value : undefined
}

/**
 * What the person picked of the offered values: by button, by number as the plain-text rendering shows them, by
 * saying the label, or by a plain yes or no where those are values. Undefined when they wrote something else.
 */
export function pickedOf(
  turn: TurnContext,
  action: string,
  options: readonly { readonly value: string; readonly label: string }[],
): string | undefined {
  const pressed = choiceOf(turn, action)
  if (pressed !== undefined) return pressed
  const said = plainWords(turn.text)
  if (said === '') return undefined
  const byNumber = /^\d+$/.test(said) ? options[Number(said) - 1] : undefined
  const named = byNumber ?? options.find(({ label }) => plainWords(label) === said)
  return (named ?? options.find(({ value }) => value === yesOrNo(said)))?.value
}

const clearYes =
  /^(y|ye|yes|yea|yeah|yep|yup|yh|ya|si)( (yes|yeah|please|sure|ok|thanks|thank you|i am|i do|i did|i have|i want to|do it|delete it|stop|por favor))*$/
const vagueYes =
  /^(k|kk|ok|okay|okey|sure|fine|alright|all right|right|vale|bueno|i guess|i guess so|i suppose|if you want|whatever|up to you)( (k|ok|okay|then|please|thanks|thank you|fine|sure|i guess|do it|gracias))*$/
const saysNo =
  /^(n|no|nope|nah)( (no|nope|thanks|thank you|please|i'm not|im not|i am not|i don't|i dont|i didn't|i didnt|i haven't|i havent|gracias))*$/

/** A whole message that only says yes or no; nothing that hedges ("not yet") counts as either. */
export function yesOrNo(said: string): 'yes' | 'no' | undefined {
  if (clearYes.test(said) || vagueYes.test(said)) return 'yes'
  return saysNo.test(said) ? 'no' : undefined
}

/** "ok", "sure", "fine": enough for what can be undone; what cannot is asked again. */
export function isVagueYes(turn: Pick<TurnContext, 'text'>): boolean {
  return vagueYes.test(plainWords(turn.text))
}

const asking =
  /^(what|how|why|when|where|who|which|can|could|should|would|is|are|do|does|tell me|explain|signs|symptoms|que|como|cuando|donde|puedo|cual)\b/

/** Whether a person asks something, and does not only tell. */
export function asksSomething(text: string): boolean {
  return text.includes('?') || asking.test(plainWords(text))
}

/** Lower case, no accents, no punctuation at the ends: for matching whole messages. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/\s+/g, ' ')
}
