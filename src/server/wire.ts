import type { Level } from '../core/assessment.ts'
import type { CaseStatus } from '../core/records.ts'
import type { Line, ReplyElement } from '../core/reply.ts'

/** What the pages and the server say to each other, as JSON. The pages import these types and nothing else of the server. */

/** One bubble of the chat page. */
export interface ChatEntry {
  /** The delivery that said it, or `me/<id>` for what the person did. */
  readonly key: string
  /** `person`: a staff member wrote it. */
  readonly from: 'me' | 'salus' | 'person'
  /** Epoch ms. */
  readonly at: number
  readonly text: string
  readonly elements?: readonly ReplyElement[]
  /** The button that was pressed; `text` is its label. */
  readonly choice?: ChosenButton
  /** Emergency, crisis or urgent: announced at once. */
  readonly urgent?: boolean
  /** Order of what was sent; the stream resumes after it. */
  readonly sequence?: number
}

export interface ChosenButton {
  readonly action: string
  readonly value: string
  readonly replyTo: string
}

/** What the first screen tells: who runs this, who is there, whom to call. */
export interface ChatAbout {
  readonly name: string
  readonly demo: boolean
  readonly country: string
  readonly emergency?: string
  readonly lines: readonly Line[]
  /** The one true sentence about who is behind this chat. */
  readonly staffing: string
  readonly privacyUrl?: string
}

export interface ChatHistory {
  readonly about: ChatAbout
  readonly entries: readonly ChatEntry[]
}

export type ChatPost =
  | { readonly id: string; readonly text: string }
  | { readonly id: string; readonly choice: ChosenButton }
  | { readonly id: string; readonly command: string }

/** 202: durable. */
export interface PostReceipt {
  readonly accepted: true
  /** Fixed words to show at once: the database is away, or the person writes faster than can be answered. */
  readonly say?: string
  readonly tone?: 'info' | 'urgent'
  /** Seconds to wait before the next message. */
  readonly waitSeconds?: number
}

/** Any answer from 400 up. */
export interface Refusal {
  readonly error: string
  /** What to tell the person, in words. */
  readonly say?: string
}

/** A case as the list shows it: no words of the person. */
export interface CaseItem {
  readonly id: string
  readonly pseudonym: string
  readonly level: Level
  readonly topic: string
  readonly status: CaseStatus
  readonly openedAt: number
  readonly answerBy: number
  readonly owner?: { readonly id: string; readonly name: string }
  readonly snoozedUntil?: number
  /** Since when the person waits for a human word, epoch ms; absent once one was delivered. */
  readonly waitingSince?: number
  /** When the first human word reached them. */
  readonly answeredAt?: number
  readonly tags?: readonly string[]
}

export interface CaseList {
  readonly me: { readonly id: string; readonly name: string; readonly role: string }
  readonly workspace: { readonly name: string; readonly demo: boolean }
  /** Server's clock, epoch ms: waiting times are counted from it. */
  readonly now: number
  /** Names this state of the list: the stream goes on from it. */
  readonly at: string
  readonly cases: readonly CaseItem[]
}

/** Closed cases, the newest first. */
export interface ClosedCases {
  readonly now: number
  readonly cases: readonly CaseItem[]
}

/** What became different in the list of open cases. */
export interface InboxChange {
  /** Names the state after it. */
  readonly at: string
  /** New ones, and those that look different now. */
  readonly cases: readonly CaseItem[]
  /** Closed or erased. */
  readonly gone: readonly string[]
}

/** A group of cases. `count` is null where there are some, but too few to be told; times are then absent. */
export interface Timed {
  readonly key: string
  readonly count: number | null
  readonly medianMs?: number
  readonly p90Ms?: number
}

/** Figures of the last days. Null: fewer than 5. */
export interface Figures {
  readonly days: number
  readonly total: number | null
  readonly open: number | null
  readonly longestWaitMs?: number
  readonly reached: number | null
  /** Closed, and no person's word ever arrived. */
  readonly neverReached: number | null
  readonly toClaim: { readonly byLevel: readonly Timed[]; readonly byHour: readonly Timed[] }
  readonly toAnswer: { readonly byLevel: readonly Timed[]; readonly byHour: readonly Timed[] }
  /** `key` is the ISO date. */
  readonly byDay: readonly Timed[]
}

/** A stretch of text: as written, a sign that triage saw, or a detail that is masked. */
export interface Stretch {
  readonly kind: 'plain' | 'sign' | 'hidden'
  readonly text: string
}

export interface CaseLine {
  /** Names the line when its hidden details are asked for. */
  readonly id: string
  readonly at: number
  readonly from: 'contact' | 'bot' | 'staff' | 'system'
  readonly stretches: readonly Stretch[]
  readonly level?: Level
  /** Sent by Salus but not delivered, and why. */
  readonly undelivered?: string
  /** The person deleted it, and its words are gone; or changed it: what stood before, and what stands there now. */
  readonly change?: 'deleted' | 'earlier' | 'edited'
}

/** A case opened: what its owner needs, and no more. */
export interface CaseView {
  readonly now: number
  readonly item: CaseItem
  /** Whether the person agreed that what they wrote before may be read. */
  readonly shared: boolean
  /** Under age. */
  readonly minor: boolean
  /** The alarming words and the last message, as written. */
  readonly summary: { readonly raisedBy?: CaseLine; readonly last?: CaseLine }
  readonly lines: readonly CaseLine[]
  readonly notes: readonly { readonly at: number; readonly by: string; readonly text: string }[]
  /** The owner of an urgent or worse case may uncover masked details, audited. */
  readonly mayReveal: boolean
}

export type CaseAction =
  | { readonly id: string; readonly kind: 'claim' | 'resolve' | 'hand_back' }
  | { readonly id: string; readonly kind: 'reply' | 'note'; readonly text: string }
  | { readonly id: string; readonly kind: 'snooze'; readonly minutes: number }

/** An alarm on its way to staff; the page says `seen` once it shows it. */
export interface StaffAlert {
  readonly id: string
  /** Absent for an alarm that no case could be opened for: the database was away. */
  readonly caseId?: string
  readonly pseudonym: string
  readonly level: Level
  readonly topic: string
  readonly reason: string
}
