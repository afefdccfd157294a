import type { Generated } from 'kysely'
import type { Level } from '../core/assessment.ts'
import type { Conversation } from '../core/conversation.ts'
import type { ConversationRef } from '../core/inbound.ts'
import type { PauseTarget, SettingKind, StaffMember } from '../core/ports.ts'
import type { CaseStatus, Delivery, InboxPayload } from '../core/records.ts'

/**
 * The one schema of both databases. Instants are integer milliseconds, ids and JSON are text, flags are 0 or 1.
 * A column called `sealed…` holds text encrypted for the person (or, where there is none, for the workspace).
 * No column holds words, names, addresses or route tokens in the clear.
 */
export interface Tables {
  workspaces: WorkspaceRow
  accounts: AccountRow
  contacts: ContactRow
  conversations: ConversationRow
  inbox: InboxRow
  outbox: OutboxRow
  cases: CaseRow
  notes: NoteRow
  clocks: ClockRow
  staff: StaffRow
  switches: SwitchRow
  audit: AuditRow
  audit_blocks: AuditBlockRow
  leases: LeaseRow
  settings: SettingRow
  /** The two below live in the key database, never beside the others. */
  workspace_keys: { workspace: string; wrapped: string }
  person_keys: { workspace: string; contact_id: string; wrapped: string }
}

export type Flag = 0 | 1

interface WorkspaceRow {
  id: string
  sealed_config: string
  updated_at: number
}

/** Finds a contact by platform account: keyed HMAC in, random id out. */
interface AccountRow {
  fingerprint: string
  workspace: string
  contact_id: string
  sealed_urn: string
}

export interface ContactRow {
  id: string
  workspace: string
  pseudonym: string
  locale: string
  country: string | null
  minor: Flag
  stopped: Flag
  introduced_at: number | null
  self_harm_at: number | null
  crisis_script_at: number | null
  abuse_at: number | null
  loss_at: number | null
  eating_at: number | null
  /** JSON, the last 8 signals, newest first: times, levels and concerns. */
  recent: string
  /** The words of the last minutes, which triage reads together. */
  sealed_fragments: string | null
  /** Rises with every claim and every alarm: a turn commits only under the number it was claimed with. */
  fence: number
  /** The fence of the latest claim; lower than `fence` when an alarm came since. */
  claim_fence: number
  claimed_by: string | null
  /** Not null while a worker holds the person. */
  lease_until: number | null
  /** When the present count of alarms began, and how many came since. */
  alarm_since: number
  alarm_count: number
  created_at: number
  erase_requested_at: number | null
}

export interface ConversationRow {
  /** Made by the adapter, which hashes account ids: a key says nothing about the person. */
  key: string
  workspace: string
  contact_id: string
  channel: ConversationRef['channel']
  surface: ConversationRef['surface']
  sealed_route: string
  mode: Conversation['mode']
  revision: number
  sealed_stack: string | null
  topic: string | null
  created_at: number
}

export interface InboxRow {
  seq: Generated<number>
  id: string
  /** Keyed HMAC of where it came from, or the given key; unique, and all that is left after erasure. */
  source: string
  workspace: string
  contact_id: string | null
  conversation: string | null
  kind: InboxPayload['kind']
  /** The payload's words and data; null once forgotten. */
  sealed_body: string | null
  /** JSON: the parts of the payload that are ids and codes. */
  codes: string | null
  assessment: string | null
  level: Level
  rank: number
  alarm: Flag
  /** The account sends alarms without end: these stand behind other people's. */
  flood: Flag
  /** Place in the queue below crisis: time of acceptance, later by a fixed step for each rank. */
  queue_at: number
  received_at: number
  accepted_at: number
  visibility: 'public' | 'private'
  status: 'waiting' | 'claimed' | 'done'
  claim_fence: number | null
  crashes: number
  overtaken: Flag
  overtakes: number
  done_at: number | null
}

export interface OutboxRow {
  key: string
  workspace: string
  contact_id: string | null
  place: string
  purpose: Delivery['purpose']
  level: Level
  alarm: Flag
  via: Delivery['via']
  sealed_part: string | null
  sealed_reply: string | null
  status: Delivery['status']
  /** 1 while due or sending. */
  open: Flag
  attempts: number
  next_attempt_at: number
  sequence: number
  survives_claim: Flag
  notify_on: 'any' | 'failure' | null
  notify_conversation: string | null
  notify_contact: string | null
  sealed_notify: string | null
  maybe_sent: Flag
  external_id: string | null
  worker: string | null
  lease_until: number | null
  staff: string | null
  created_at: number
  settled_at: number | null
}

export interface CaseRow {
  id: string
  workspace: string
  contact_id: string
  conversation: string
  pseudonym: string
  level: Level
  rank: number
  topic: string
  status: CaseStatus
  assignee: string | null
  opened_at: number
  answer_by: number
  owner_wrote_at: number | null
  waiting_since: number | null
  answered_at: number | null
  snoozed_until: number | null
  resolved_at: number | null
  alerts: number
  alerted_at: number | null
  shared: Flag
  minor: Flag
  revision: number
}

interface NoteRow {
  seq: Generated<number>
  case_id: string
  contact_id: string
  at: number
  staff: string
  sealed_text: string
}

export interface ClockRow {
  contact_id: string
  key: string
  workspace: string
  conversation: string
  clock: string
  due_at: number
  sealed_data: string
  /** New each time the clock is set, so that each setting fires once. */
  setting: string
}

export interface StaffRow {
  id: string
  workspace: string
  role: StaffMember['role']
  sealed_details: string
  active: Flag
}

interface SwitchRow {
  workspace: string
  target: PauseTarget
  paused_at: number
  paused_by: string
}

export interface AuditRow {
  seq: Generated<number>
  workspace: string
  at: number
  actor: string
  action: string
  subject: string
  codes: string
  /** The block that sealed it; null until then. */
  block: number | null
}

interface AuditBlockRow {
  workspace: string
  number: number
  sealed_at: number
  rows: number
  newest_at: number
  /** sha256 over the block's rows, hex. */
  hash: string
  /** sha256 over the previous seal and this block's hash, hex. */
  seal: string
  pruned: Flag
}

interface SettingRow {
  workspace: string
  kind: SettingKind
  /** Keyed HMAC of the id, which is sealed with the value. */
  id: string
  sealed: string
  updated_at: number
}

interface LeaseRow {
  name: string
  holder: string
  until: number
}
