import type { Level, TriageAssessment } from './assessment.ts'
import type { Contact, Conversation, DialogFrame } from './conversation.ts'
import type { DomainEvent, RoomPost } from './events.ts'
import type { ConversationKey } from './ids.ts'
import type { ConversationRef, InboundMessage } from './inbound.ts'
import type { JsonObject } from './json.ts'
import type { Delivery, HandoffCase, InboxPayload } from './records.ts'
import type { Reply } from './reply.ts'
import type { RoomSettings } from './room.ts'
import type { Workspace } from './workspace.ts'

/** What a turn is loaded with: everything it may read. */
export interface TurnInput {
  readonly payload: InboxPayload
  readonly contact: Contact
  readonly conversation: Conversation
  readonly workspace: Workspace
  /** The person's direct conversation, when this one is another and they have one. */
  readonly direct?: Conversation
  /** The person's case that is not resolved, if any. */
  readonly openCase?: HandoffCase
  /** Where none is open, the one that was closed last. */
  readonly closedCase?: HandoffCase
  /** What the room opted in to; absent in a direct conversation. */
  readonly room?: RoomSettings
  /** The person changed a message: what is known of the wording before. Absent when that never came to Salus. */
  readonly before?: EarlierWording
}

export interface EarlierWording {
  /** Empty once forgotten. */
  readonly text: string
  readonly level: Level
  /** Its turn was run, or is being run. */
  readonly answered: boolean
  /** What answered it and was sent, in the order it left; a message that was answered anew names the newest answer. */
  readonly sent: readonly {
    readonly to: ConversationKey
    readonly externalId: string
    readonly level: Level
  }[]
}

export interface ReplyOptions {
  /** Default `here`. */
  readonly place?: 'here' | 'private'
  readonly purpose?: 'turn' | 'handoff'
  /** Default: the turn's own level. */
  readonly level?: Level
  /** Default false: withdrawn when a person claims the conversation before it is sent. */
  readonly survivesClaim?: boolean
  /** Said once: it stays when the message is changed and answered anew. */
  readonly standing?: boolean
  /** Posted in a room instead. */
  readonly room?: RoomPost
}

/** One turn of one person. Dialogs read it and emit; they write nothing themselves. */
export interface TurnContext extends TurnInput {
  readonly message: InboundMessage
  /** The words, or '' when there are none. */
  readonly text: string
  readonly triage: TriageAssessment
  /** Whether an answer in public would tell others something about the person. */
  readonly visibility: 'public' | 'private'
  /** An alarm of the same person overtook an earlier run of this message: it gets no ordinary answer. */
  readonly overtaken: boolean
  readonly now: number
  /** Aborts when an alarm of the same person overtakes this turn. */
  readonly signal: AbortSignal
  /** A new id, unique for ever and the same when the turn is run again. */
  newId(): string
  emit(event: DomainEvent): void
  reply(reply: Reply, options?: ReplyOptions): void
  /** What was emitted so far. */
  readonly emitted: readonly DomainEvent[]
}

/** How a dialog leaves the conversation: finished, waiting for the person, or it was not meant for it. */
export type DialogStep =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'wait'
      readonly step: string
      readonly data?: JsonObject
      readonly expiresInMs?: number
    }
  | { readonly kind: 'pass' }

export interface Dialog {
  readonly name: string
  /** It takes almost any words for an answer: what is written elsewhere is not taken for one. */
  readonly takesAnyWords?: true
  begins(turn: TurnContext): boolean | Promise<boolean>
  begin(turn: TurnContext): Promise<DialogStep>
  resume(turn: TurnContext, frame: DialogFrame): Promise<DialogStep>
}

/** One stage of the pipeline: it handles the turn, or leaves it to the next. `frames` replaces the dialog stack. */
export type StageResult =
  | { readonly kind: 'next' }
  | { readonly kind: 'handled'; readonly stack?: readonly DialogFrame[] }
export interface Stage {
  readonly name: string
  run(turn: TurnContext): Promise<StageResult>
}

/** What the commit writes: all of it, or nothing. */
export interface TurnOutcome {
  readonly events: readonly DomainEvent[]
  readonly stack: readonly DialogFrame[]
  /** Rendered deliveries, in the order they leave. */
  readonly deliveries: readonly Delivery[]
  /** The person's direct conversation, when the turn spoke or waits there; `stack` replaces its frames. */
  readonly direct?: { readonly ref: ConversationRef; readonly stack?: readonly DialogFrame[] }
  /** Further places of the person that something is sent to: made where they are not known yet. */
  readonly also?: readonly ConversationRef[]
}
