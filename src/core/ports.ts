import type { Assess, Level, TriageAssessment } from './assessment.ts'
import type { HttpRoute, StaffSurface } from './channel-host.ts'
import type { Conversation } from './conversation.ts'
import type {
  CaseId,
  ContactId,
  ConversationKey,
  DeliveryKey,
  InboxId,
  StaffId,
  Urn,
  WorkspaceId,
} from './ids.ts'
import type { ChannelName, ConversationRef, InboundMessage } from './inbound.ts'
import type { JsonObject, NonEmpty } from './json.ts'
import type {
  AuditEntry,
  Claim,
  Delivery,
  HandoffCase,
  InboxPayload,
  SettledStatus,
  TranscriptLine,
} from './records.ts'
import type { RenderedPart, Reply } from './reply.ts'
import type { TurnInput, TurnOutcome } from './turn.ts'
import type { Workspace } from './workspace.ts'

export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Resolves after `ms`, or at once when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export interface Random {
  /** A new unguessable id of 26 lower-case base-32 characters. */
  id(): string
  /** Uniform in [0, 1). */
  fraction(): number
  bytes(length: number): Uint8Array
}

/** Encrypts for one person; erasing their key erases the text. */
export interface PersonCipher {
  seal(text: string): string
  /** Undefined when it was sealed under a key that is gone. */
  unseal(sealed: string): string | undefined
}

export interface Cipher {
  /** The person's key, made on first use. Later calls answer from memory. */
  forContact(workspace: WorkspaceId, contact: ContactId): Promise<PersonCipher>
  /** For what belongs to the workspace, not a person: staff names, routes to staff rooms. */
  forWorkspace(workspace: WorkspaceId): Promise<PersonCipher>
  /** Keyed HMAC-SHA-256, hex: finds an account without storing its address. */
  fingerprint(workspace: WorkspaceId, text: string): Promise<string>
  /** Destroys the person's key. Resolves to the epoch ms by which backups of it expire too. */
  eraseContact(workspace: WorkspaceId, contact: ContactId): Promise<number>
}

export interface Accepted {
  readonly status: 'accepted' | 'duplicate'
  readonly inboxId: InboxId
  readonly contactId: ContactId
  readonly assessment: TriageAssessment
  /** Whether an answer in public would tell others something about the person. */
  readonly visibility: 'public' | 'private'
}

/** What the store needs to accept a message: triage is handed in, so that both happen in one transaction. */
export interface AcceptRequest {
  readonly message: InboundMessage
  /** Judges with the person's recent signals and fragments, read in the same transaction. */
  readonly assess: Assess
  readonly visibility: (text: string, assessment: TriageAssessment) => 'public' | 'private'
  /** Replayed from the spill file: the person already had a fixed reply, so the row counts as overtaken. */
  readonly replayed?: boolean
}

export type CommitResult =
  | 'committed'
  /** Something the turn had read changed: reload and run again. */
  | 'conflict'
  /** An alarm of the same person overtook it: drop it, the row returns behind the alarm. */
  | 'fenced'

/**
 * What platforms and their administrators decided. `installation`: how to reach a workspace's platform. `staff_room`:
 * where its staff are alerted. `staff_account`: a platform account that belongs to a staff member. `room`: what a room
 * opted in to, and whether a staff room shows words. `staff_code`: a one-time code that links an account. `case_card`:
 * where a case is shown, and how far its words are.
 */
export type SettingKind =
  | 'installation'
  | 'staff_room'
  | 'staff_account'
  | 'staff_code'
  | 'case_card'
  | 'room'

export type PauseTarget = 'answers' | 'campaigns' | 'relay'

export interface StaffMember {
  readonly id: StaffId
  readonly workspace: WorkspaceId
  /** Name for work, as relayed: "Ana". */
  readonly name: string
  readonly role: 'volunteer' | 'clinician' | 'safeguarding_lead' | 'privacy_lead' | 'editor' | 'admin'
  /** "Clinician" is shown only where profession and registration are recorded. */
  readonly profession?: string
  readonly registration?: string
  readonly active: boolean
}

/** What somebody was told of one article, where, and when. */
export interface Told {
  readonly contact: ContactId
  readonly pseudonym: string
  readonly conversation: ConversationKey
  readonly at: number
  /** `hash` is that of the words as they were shown. */
  readonly passages: readonly { readonly passage: string; readonly hash: string }[]
}

/** A routine question that got no answer. */
export interface Unanswered {
  readonly contact: ContactId
  readonly at: number
  /** Why, as in `question_unanswered`. */
  readonly reason: string
  /** The person's words as they wrote them. */
  readonly text: string
}

/** When a case was opened, claimed first, answered first and closed, epoch ms. */
export interface CaseTimes
  extends Pick<HandoffCase, 'level' | 'status' | 'openedAt' | 'answeredAt' | 'resolvedAt'> {
  readonly claimedAt?: number
}

/** A delivery that is now `sending`, and where it goes; deliveries to staff have no conversation. */
export interface DueDelivery {
  readonly delivery: Delivery
  readonly conversation?: Conversation
  /** True when an earlier attempt may have arrived: look before sending again where the platform lets us. */
  readonly maybeSent: boolean
}

/** The durable state. Implementations keep every promise of the contract suite in `test/contracts/store.ts`. */
export interface Store {
  // Workspaces
  workspace(id: WorkspaceId): Promise<Workspace | undefined>
  saveWorkspace(workspace: Workspace): Promise<void>
  workspaces(): Promise<readonly Workspace[]>
  /** Of these, the workspaces that know the account, the one where it last began a conversation first. */
  workspacesOf(urn: Urn, among: readonly WorkspaceId[]): Promise<readonly WorkspaceId[]>
  /** Who is behind an account; undefined when it never wrote. */
  contactOf(workspace: WorkspaceId, urn: Urn): Promise<ContactId | undefined>
  setting(workspace: WorkspaceId, kind: SettingKind, id: string): Promise<JsonObject | undefined>
  settings(
    workspace: WorkspaceId,
    kind: SettingKind,
  ): Promise<readonly { readonly id: string; readonly value: JsonObject }[]>
  /** `undefined` removes it. */
  saveSetting(
    workspace: WorkspaceId,
    kind: SettingKind,
    id: string,
    value: JsonObject | undefined,
  ): Promise<void>

  // Inbox
  /** Durable and de-duplicated when it resolves. An alarm bumps the contact's fencing number. */
  accept(request: AcceptRequest): Promise<Accepted>
  /**
   * Of these conversations, the one that took in the message which the platform calls so, in whatever wording it came
   * first, and also after its words are forgotten; undefined when none did.
   */
  tookIn<Ref extends Pick<ConversationRef, 'channel' | 'workspace' | 'key'>>(
    among: readonly Ref[],
    externalId: string,
  ): Promise<Ref | undefined>
  /** Puts a clock, settled delivery, staff action or raised assessment into the inbox; false when the key was there. */
  enqueue(item: {
    readonly key: string
    readonly conversation: ConversationKey
    readonly payload: Exclude<InboxPayload, { kind: 'message' }>
    readonly level: Level
    readonly at: number
  }): Promise<boolean>
  /**
   * Takes the worst row whose contact nobody holds; age lifts a row at most to just below crisis.
   * `lane`: `alarms` takes alarms only, `oldest` takes the oldest below crisis first.
   */
  claimNext(request: {
    readonly worker: string
    readonly now: number
    readonly leaseMs: number
    readonly lane: 'any' | 'alarms' | 'oldest'
  }): Promise<Claim | undefined>
  loadTurn(claim: Claim): Promise<TurnInput>
  /** The one atomic write: state, outbox, cases, audit, inbox done. */
  commit(claim: Claim, input: TurnInput, outcome: TurnOutcome, now: number): Promise<CommitResult>
  /**
   * Gives a row back: `crashed` counts the crash; `overtaken` by an alarm puts it behind the alarm; `abandoned` ends it,
   * answered as far as it could be.
   */
  release(claim: Claim, why: 'crashed' | 'overtaken' | 'abandoned', now: number): Promise<void>
  /** What a person sent, by the row that took it in; undefined when it is forgotten or was no message. */
  received(
    id: InboxId,
  ): Promise<{ readonly contactId: ContactId; readonly message: InboundMessage } | undefined>
  /** How many rows wait or are held. */
  backlog(): Promise<number>

  // Outbox
  /** Marks up to `limit` due deliveries `sending`, in order within a place, only an alarm overtaking; committed before it resolves. */
  takeDue(request: {
    readonly now: number
    readonly limit: number
    readonly worker: string
    readonly leaseMs: number
  }): Promise<readonly DueDelivery[]>
  /**
   * Takes back what a dead worker held: claims (each counts a crash) and `sending` rows, which become `due` again
   * with `maybeSent` set, or `uncertain` for good when their purpose is `campaign`.
   * `all`: this is the only process, so everything found held is dead; else only expired leases.
   */
  recover(request: { readonly now: number; readonly all: boolean }): Promise<number>
  /** Whether a delivery of this key was ever put into the outbox. */
  wasQueued(key: DeliveryKey): Promise<boolean>
  settle(
    key: DeliveryKey,
    result:
      | { readonly status: SettledStatus; readonly externalId?: string }
      | {
          readonly status: 'due'
          readonly nextAttemptAt: number
          readonly maybeSent?: boolean
          /** Whoever waits for a failure is told of one already. */
          readonly late?: boolean
        },
    now: number,
  ): Promise<void>
  /** Epoch ms of the next due delivery or clock. */
  nextDueAt(): Promise<number | undefined>
  /** Fires due clocks into the inbox, once each, under one lease. */
  fireClocks(request: {
    readonly worker: string
    readonly now: number
    readonly leaseMs: number
  }): Promise<number>

  // What was answered
  /** Who was told what of an article, oldest first; erased people are not among them. */
  told(workspace: WorkspaceId, article: string): Promise<readonly Told[]>
  /** Routine questions since then that got no answer and are not forgotten yet, newest first. */
  unanswered(
    workspace: WorkspaceId,
    request: { readonly since: number; readonly limit: number },
  ): Promise<readonly Unanswered[]>

  // Conversations, cases, staff
  conversation(key: ConversationKey): Promise<Conversation | undefined>
  /** What was said, oldest first; texts unsealed for the reader who may see them. */
  transcript(conversation: ConversationKey): Promise<readonly TranscriptLine[]>
  /** Deliveries of a conversation after a sequence number, for surfaces that show history (web). */
  deliveriesSince(conversation: ConversationKey, sequence: number): Promise<readonly Delivery[]>
  cases(
    workspace: WorkspaceId,
    filter?: {
      readonly status?: readonly HandoffCase['status'][]
      /** At most so many, those closed last first. */
      readonly newest?: number
    },
  ): Promise<readonly HandoffCase[]>
  case(id: CaseId): Promise<HandoffCase | undefined>
  /** Of all cases opened since then, oldest first. */
  caseTimes(workspace: WorkspaceId, since: number): Promise<readonly CaseTimes[]>
  caseNotes(
    id: CaseId,
  ): Promise<readonly { readonly at: number; readonly staff: StaffId; readonly text: string }[]>
  staff(workspace: WorkspaceId): Promise<readonly StaffMember[]>
  saveStaff(member: StaffMember): Promise<void>

  // Switches, audit, privacy
  pause(workspace: WorkspaceId, target: PauseTarget, paused: boolean, by: string, now: number): Promise<void>
  paused(workspace: WorkspaceId): Promise<ReadonlySet<PauseTarget>>
  audit(workspace: WorkspaceId, limit?: number): Promise<readonly AuditEntry[]>
  appendAudit(entry: AuditEntry): Promise<void>
  contacts(workspace: WorkspaceId): Promise<readonly ContactId[]>
  /** Counts of what is held about a person, for "what do you know about me". */
  held(contact: ContactId): Promise<{ readonly messages: number; readonly cases: number }>
  /** Everything held about a person, as JSON they can read. */
  exportContact(contact: ContactId): Promise<JsonObject>
  /** Deletes rows and key. Resolves to what was removed and when key backups expire. */
  eraseContact(
    contact: ContactId,
    now: number,
  ): Promise<{ readonly removed: JsonObject; readonly keyBackupsExpireAt: number }>
  /** Forgets what its purpose is served for, by each workspace's retention. Resolves to counts by table. */
  forget(now: number): Promise<JsonObject>
  /** Seals the audit rows since the last block with a hash of the block and of the previous seal. */
  sealAudit(now: number): Promise<number>
  close(): Promise<void>
}

/** Wake-ups and live events between the parts of one process, or of several through Redis. */
export interface Bus {
  publish(topic: BusTopic, data?: JsonObject): void
  subscribe(topic: BusTopic, listener: (data: JsonObject) => void): () => void
  close(): Promise<void>
}
export type BusTopic = 'inbox' | 'outbox' | 'alarm' | 'case' | 'delivered'

export type SendOutcome =
  | { readonly kind: 'sent'; readonly externalId: string }
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'uncertain' }
  | {
      readonly kind: 'unreachable'
      readonly reason: 'blocked' | 'left' | 'not_installed' | 'closed_direct' | 'unknown_route'
    }

/** Documented facts about a platform. No code outside `adapters/` asks which channel it is on: it asks these. */
export interface ChannelCapabilities {
  /** As named to a person who asks who may read along: "Slack", "This site". */
  readonly displayName: string
  readonly privateReply: 'persistent' | 'transient' | 'interaction-only' | 'none'
  readonly openDirect: 'always' | 'shared-space' | 'installed'
  readonly threads: boolean
  /** The platform's deadline for an acknowledgement; 0 when it has none. */
  readonly ackWithinMs: number
  readonly maxChoices: number
  readonly maxTextChars: number
  /** The platform refuses a second send with the same key, or lets us look for the first. */
  readonly idempotentSend: 'enforced' | 'lookup' | 'none'
  /** What Salus sent can be replaced afterwards: `ChannelAdapter.editSent`. */
  readonly editSent: boolean
  /** Whether Salus may remove what a member wrote in a shared place: `ChannelAdapter.removeMessage`. */
  readonly removeMemberMessage: 'with-permission' | 'none'
}

/**
 * What became of an arrival. `spilled`: the database is down; the adapter sends the fixed safety reply itself,
 * by the level, once per source key in 30 minutes. A rejected promise means: do not acknowledge.
 */
export type Arrival =
  | (Accepted & { readonly kind: 'stored' })
  | { readonly kind: 'spilled'; readonly assessment: TriageAssessment }

export type Receive = (message: InboundMessage) => Promise<Arrival>

export interface ChannelAdapter {
  readonly name: ChannelName
  readonly capabilities: ChannelCapabilities
  /** Paths that the platform calls. */
  readonly routes?: readonly HttpRoute[]
  /** Staff rooms of the platform. */
  readonly staff?: StaffSurface
  start(receive: Receive): Promise<void>
  stop(): Promise<void>
  /** Fits a reply to the platform's limits; pure. */
  render(reply: Reply): NonEmpty<RenderedPart>
  send(
    to: ConversationRef,
    part: RenderedPart,
    via: 'shared' | 'private',
    key: DeliveryKey,
  ): Promise<SendOutcome>
  /**
   * Replaces what was sent before. `sent` with the id of what stands there now; `unreachable` when it cannot be replaced
   * (any more): the part is then sent anew. Present where `capabilities.editSent`.
   */
  editSent?(
    to: ConversationRef,
    externalId: string,
    part: RenderedPart,
    key: DeliveryKey,
  ): Promise<SendOutcome>
  /**
   * Removes what the person wrote in a shared place; they agreed. `sent` also when it was gone already; `unreachable`
   * without the permission. Present where `capabilities.removeMemberMessage` is `with-permission`.
   */
  removeMessage?(of: ConversationRef, externalId: string): Promise<SendOutcome>
  /** After a lost answer: whether the part arrived. `unknown` where the platform cannot tell. */
  find?(
    to: ConversationRef,
    key: DeliveryKey,
  ): Promise<{ readonly externalId: string } | 'absent' | 'unknown'>
  /**
   * The person's direct conversation, for what is not said in the shared or vanishing place `of`; undefined where the
   * platform has none. Pure: the place is opened when something is sent there.
   */
  directOf?(of: ConversationRef): ConversationRef | undefined
  openDirect(urn: Urn): Promise<ConversationRef | undefined>
}
