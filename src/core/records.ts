import type { Level, TriageAssessment } from './assessment.ts'
import type { CaseId, ContactId, ConversationKey, DeliveryKey, InboxId, StaffId, WorkspaceId } from './ids.ts'
import type { ChannelName, InboundMessage } from './inbound.ts'
import type { JsonObject } from './json.ts'
import type { RenderedPart, Reply } from './reply.ts'

/** Everything that changes a person's state comes through one inbox. */
export type InboxPayload =
  | { readonly kind: 'message'; readonly message: InboundMessage }
  | { readonly kind: 'clock_due'; readonly clock: string; readonly data: JsonObject }
  | {
      readonly kind: 'delivery_settled'
      readonly delivery: DeliveryKey
      readonly outcome: SettledStatus
      readonly data: JsonObject
    }
  | {
      readonly kind: 'staff_action'
      readonly staff: StaffId
      readonly caseId: CaseId
      readonly action: StaffAction
    }
  | { readonly kind: 'assessment_raised'; readonly of: InboxId; readonly assessment: TriageAssessment }

export type StaffAction =
  | { readonly kind: 'claim' }
  /** `from`: written in the thread of the case in that platform's staff room; absent: on the staff page. */
  | { readonly kind: 'reply'; readonly text: string; readonly from?: ChannelName }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'snooze'; readonly until: number }
  | { readonly kind: 'resolve' }
  | { readonly kind: 'hand_back' }

/** An inbox row that a worker holds: nobody else runs this person until it is committed or the lease ends. */
export interface Claim {
  readonly inboxId: InboxId
  readonly workspace: WorkspaceId
  readonly contactId: ContactId
  readonly conversation: ConversationKey
  readonly payload: InboxPayload
  readonly assessment?: TriageAssessment
  /** Further alarms of the same person that waited: they join this turn, each already assessed. */
  readonly joined: readonly {
    readonly inboxId: InboxId
    readonly payload: InboxPayload
    readonly assessment?: TriageAssessment
  }[]
  /** Whether an answer in public would tell others something about the person; `private` for what is no message. */
  readonly visibility: 'public' | 'private'
  /** The contact's fencing number when claimed; the commit checks it. */
  readonly fence: number
  /** How often a worker died or threw on this row before. */
  readonly crashes: number
  /** True when an alarm of the same person fenced off an earlier run of this row. */
  readonly overtaken: boolean
  /** Epoch ms at which the row was accepted. */
  readonly acceptedAt: number
}

export type CaseStatus = 'waiting' | 'claimed' | 'snoozed' | 'resolved'

/** A person waiting for a person. */
export interface HandoffCase {
  readonly id: CaseId
  readonly workspace: WorkspaceId
  readonly contactId: ContactId
  readonly conversation: ConversationKey
  readonly pseudonym: string
  readonly level: Level
  /** A code such as `self_harm`, `heart`, `asked_for_person`, `harm_report`; never text. */
  readonly topic: string
  readonly status: CaseStatus
  readonly assignee?: StaffId
  readonly openedAt: number
  /** Epoch ms by which a human message must have reached the person. */
  readonly answerBy: number
  /** Epoch ms of the owner's last message to the person. */
  readonly ownerWroteAt?: number
  /** Epoch ms since when the person waits for a human word; absent once one was delivered. */
  readonly waitingSince?: number
  /** Epoch ms at which the first human message reached them. */
  readonly answeredAt?: number
  readonly snoozedUntil?: number
  readonly resolvedAt?: number
  /** How often staff were alerted (each `staff_alerted` event), and when last for what the person wrote, epoch ms. */
  readonly alerts: number
  readonly alertedAt?: number
  /** The person agreed that staff may read what was said before. */
  readonly shared: boolean
  /** The person is under age: a second staff member sees what is written to them. */
  readonly minor: boolean
  readonly revision: number
}

export type DeliveryPurpose = 'turn' | 'handoff' | 'campaign' | 'alert'
export type SettledStatus = 'sent' | 'uncertain' | 'unreachable' | 'withdrawn' | 'failed'

/** In the key of what stays when a message is changed and answered anew: `<message>/standing/…`. */
export const standing = 'standing'

/** One part of one reply on its way to one place. */
export interface Delivery {
  readonly key: DeliveryKey
  readonly workspace: WorkspaceId
  /** Absent for deliveries to staff. */
  readonly contactId?: ContactId
  /** A conversation, or `staff:<workspace>` for deliveries to staff, which have no conversation row. */
  readonly to: ConversationKey
  readonly purpose: DeliveryPurpose
  readonly level: Level
  readonly via: 'shared' | 'private'
  readonly part: RenderedPart
  /** The meaning the part was rendered from; present on the first part only. */
  readonly reply?: Reply
  /** The staff member whose act it tells of; set by the store when it is read. */
  readonly staff?: StaffId
  readonly status: 'due' | 'sending' | SettledStatus
  readonly attempts: number
  readonly nextAttemptAt: number
  /** Order within the place. */
  readonly sequence: number
  /** Sends withdrawn when a person owns the conversation, unless true (safety line, relay). */
  readonly survivesClaim: boolean
  /**
   * When set, settling this delivery puts a `delivery_settled` row for `conversation` into the inbox, in the same
   * transaction: on any outcome, or only when it could not be delivered.
   */
  readonly notify?: {
    readonly on: 'any' | 'failure'
    readonly conversation: ConversationKey
    readonly data: JsonObject
  }
}

/** Who did it: a person's id, a staff member's, or the system. */
export type Actor = `contact:${string}` | `staff:${string}` | 'system'

/** Ids and codes only, never text. Append-only. */
export interface AuditEntry {
  readonly workspace: WorkspaceId
  readonly at: number
  readonly actor: Actor
  readonly action: string
  readonly subject: string
  readonly codes: JsonObject
}

/** One line of a conversation as the case's owner reads it. */
export interface TranscriptLine {
  readonly at: number
  readonly from: 'contact' | 'bot' | 'staff' | 'system'
  readonly text: string
  readonly level?: Level
  readonly staff?: StaffId
  readonly delivery?: Delivery['status']
  /** The delivery that said it; absent for what the person wrote. */
  readonly key?: DeliveryKey
  /** The platform's id of what the person wrote. */
  readonly externalId?: string
  /** The button that was pressed: `text` is its value then. */
  readonly choice?: { readonly action: string; readonly value: string; readonly replyTo: string }
  /** Staff wrote it in the thread of the case in that platform's staff room. */
  readonly relayedFrom?: ChannelName
  /** The person deleted it: `text` is empty. */
  readonly deleted?: boolean
  /** `earlier`: they changed it afterwards, and a later line says what it says now; `edited`: that line. */
  readonly version?: 'earlier' | 'edited'
  /** Characters `[start, end)` of `text` that triage saw a sign in, at `level` or below. */
  readonly signs?: readonly (readonly [number, number])[]
}
