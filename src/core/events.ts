import type { Citation } from './answer.ts'
import type { Concern, Level } from './assessment.ts'
import type { ContactChange, Conversation } from './conversation.ts'
import type { CaseId, ConversationKey, DeliveryKey, StaffId } from './ids.ts'
import type { ConversationRef } from './inbound.ts'
import type { JsonObject } from './json.ts'
import type { CaseStatus, DeliveryPurpose } from './records.ts'
import type { Reply } from './reply.ts'

/** A reply that a moderator has posted. `ref`: their own conversation in that room. */
export interface RoomPost {
  readonly ref: ConversationRef
  readonly once: DeliveryKey
}

/**
 * What happened in a turn. Dialogs emit events and write nothing; the store turns them into
 * rows in the one commit. Past tense; no event holds a person's words except a reply or a note.
 */
export type DomainEvent =
  | {
      readonly type: 'triage_assessed'
      readonly level: Level
      readonly concerns: readonly Concern[]
      readonly rules: readonly string[]
    }
  /** Goes to the person. `private` finds a place that only the person reads. */
  | {
      readonly type: 'reply_composed'
      readonly reply: Reply
      readonly purpose: DeliveryPurpose
      readonly level: Level
      readonly place: 'here' | 'private'
      readonly survivesClaim: boolean
      readonly staff?: StaffId
      /** Stays when the message is changed and answered anew. */
      readonly standing?: boolean
      /** Posted in that room for everybody, once under this key whoever asks for it. */
      readonly room?: RoomPost
    }
  /** The person agreed that what they wrote in a shared place is removed. */
  | {
      readonly type: 'removal_agreed'
      readonly conversation: ConversationKey
      readonly externalId: string
    }
  /** Goes to the staff of the workspace: pseudonym, level and topic, never text. */
  | {
      readonly type: 'staff_alerted'
      readonly caseId: CaseId
      readonly level: Level
      readonly topic: string
      readonly reason: AlertReason
      /** Who is rung at an address of their own, beside the staff rooms and pages. */
      readonly rings?: readonly Rung[]
    }
  | { readonly type: 'contact_changed'; readonly change: ContactChange }
  | { readonly type: 'conversation_mode_changed'; readonly mode: Conversation['mode'] }
  | { readonly type: 'topic_changed'; readonly topic: NonNullable<Conversation['topic']> }
  | { readonly type: 'answer_given'; readonly citations: readonly Citation[] }
  | { readonly type: 'question_unanswered'; readonly reason: string }
  /** The id of the claim; never what was written. */
  | { readonly type: 'claim_corrected'; readonly claim: string }
  | { readonly type: 'feedback_given'; readonly helpful: boolean; readonly about: string }
  | {
      readonly type: 'case_opened'
      readonly caseId: CaseId
      readonly level: Level
      readonly topic: string
      readonly answerBy: number
      readonly shared: boolean
    }
  /** What was closed a short while ago goes on, with all that was said in it. */
  | {
      readonly type: 'case_reopened'
      readonly caseId: CaseId
      readonly level: Level
      readonly topic: string
      readonly answerBy: number
      readonly shared: boolean
    }
  | {
      readonly type: 'case_raised'
      readonly caseId: CaseId
      readonly level: Level
      readonly topic: string
      readonly answerBy: number
    }
  | {
      readonly type: 'case_moved'
      readonly caseId: CaseId
      readonly to: CaseStatus
      readonly staff?: StaffId
      readonly until?: number
    }
  | { readonly type: 'case_noted'; readonly caseId: CaseId; readonly staff: StaffId; readonly text: string }
  | { readonly type: 'case_owner_wrote'; readonly caseId: CaseId }
  /** The person waits for a human word from now on, if they did not already. */
  | { readonly type: 'case_waits'; readonly caseId: CaseId; readonly answerBy: number }
  /** A human message was delivered. */
  | { readonly type: 'case_answered'; readonly caseId: CaseId }
  | { readonly type: 'case_shared'; readonly caseId: CaseId; readonly shared: boolean }
  /** Fires once at `dueAt` as a `clock_due` inbox row; setting the same key again moves it. */
  | {
      readonly type: 'clock_set'
      readonly key: string
      readonly clock: string
      readonly dueAt: number
      readonly data: JsonObject
    }
  | { readonly type: 'clock_cleared'; readonly key: string }
  | { readonly type: 'erasure_requested' }
  | { readonly type: 'turn_failed'; readonly code: string }
  /** An audit entry with no other effect. */
  | {
      readonly type: 'audited'
      readonly action: string
      readonly subject: string
      readonly codes: JsonObject
    }

/** Whoever is on call, the lead, and the organisation's own last address. */
export type Rung = 'on_call' | 'lead' | 'outside'

export type AlertReason =
  | 'opened'
  | 'raised'
  | 'repeated'
  | 'unanswered'
  | 'unreachable'
  | 'report'
  | 'crashed'
  | 'erased'
  | 'escalated'
