import { type Level, worse } from '../core/assessment.ts'
import type { ContactChange, Conversation } from '../core/conversation.ts'
import type { DomainEvent } from '../core/events.ts'
import type { CaseId, StaffId } from '../core/ids.ts'
import type { ConversationRef } from '../core/inbound.ts'
import type { JsonObject } from '../core/json.ts'
import type { Actor, AuditEntry, Claim, HandoffCase } from '../core/records.ts'
import type { TurnInput, TurnOutcome } from '../core/turn.ts'
import { moveCase } from './case-moves.ts'

/** What a turn's events change. Pure data: the commit writes it. */
export interface Projection {
  readonly contact: ContactChange
  readonly mode: Conversation['mode']
  readonly topic: Conversation['topic']
  /** The person's cases that the turn changed or opened, as they are after it. */
  readonly cases: readonly HandoffCase[]
  /** Ids that the turn gave to a case that was open already, and the open one's. */
  readonly aliases: ReadonlyMap<CaseId, CaseId>
  readonly notes: readonly { readonly caseId: CaseId; readonly staff: StaffId; readonly text: string }[]
  readonly clocks: ReadonlyMap<string, ClockSet | 'cleared'>
  readonly audit: readonly AuditEntry[]
  readonly erase: boolean
}

type ClockSet = Extract<DomainEvent, { type: 'clock_set' }>

type Draft = { -readonly [K in keyof Projection]: Projection[K] } & {
  readonly cases: HandoffCase[]
  readonly aliases: Map<CaseId, CaseId>
  readonly clocks: Map<string, ClockSet | 'cleared'>
  readonly notes: Projection['notes'][number][]
  readonly audit: AuditEntry[]
}

/** Undefined when a case was moved in a way its state does not allow: what the turn had read is no longer so. */
export function project(
  claim: Claim,
  input: TurnInput,
  { events, direct }: Pick<TurnOutcome, 'events' | 'direct'>,
  now: number,
): Projection | undefined {
  const draft: Draft = {
    contact: {},
    mode: input.conversation.mode,
    topic: input.conversation.topic,
    cases: [],
    aliases: new Map(),
    notes: [],
    clocks: new Map(),
    audit: [],
    erase: false,
  }
  const current = () => draft.cases.at(-1) ?? input.openCase
  const idOf = (id: CaseId) => draft.aliases.get(id) ?? id
  const record = (action: string, subject: string, codes: JsonObject) => {
    draft.audit.push({
      workspace: input.workspace.id,
      at: now,
      actor: actorOf(claim),
      action,
      subject,
      codes,
    })
  }
  const keep = (one: HandoffCase) => {
    if (draft.cases.at(-1)?.id === one.id) draft.cases.pop()
    draft.cases.push(one)
  }
  /** False when the event is about a case that is not the person's open one. */
  const change = (id: CaseId, after: (one: HandoffCase) => HandoffCase | undefined): boolean => {
    const one = current()
    const changed = one && one.id === idOf(id) ? after(one) : undefined
    if (changed) keep(changed)
    return changed !== undefined
  }

  for (const event of events) {
    switch (event.type) {
      case 'case_opened': {
        const open = current()
        const unresolved = open && open.status !== 'resolved'
        // Two cases for one person would be two people answering them.
        if (unresolved) {
          draft.aliases.set(event.caseId, open.id)
          keep(raised(open, event))
        } else keep(opened(input, event, direct?.ref ?? input.conversation.ref, now))
        record(unresolved ? 'case_raised' : 'case_opened', idOf(event.caseId), {
          level: event.level,
          topic: event.topic,
        })
        break
      }
      case 'case_reopened': {
        const again = input.closedCase
        if (!again || again.id !== event.caseId || current()) return undefined
        keep(reopened(again, event, direct?.ref ?? input.conversation.ref, now))
        record(event.type, again.id, { level: event.level, topic: event.topic })
        break
      }
      case 'case_raised':
        if (!change(event.caseId, (one) => raised(one, event))) return undefined
        record(event.type, idOf(event.caseId), { level: event.level, topic: event.topic })
        break
      case 'case_moved':
        if (!change(event.caseId, (one) => moveCase(one, event, now))) return undefined
        record(event.type, idOf(event.caseId), { to: event.to, staff: event.staff })
        break
      case 'case_owner_wrote':
        if (!change(event.caseId, (one) => ({ ...one, ownerWroteAt: now }))) return undefined
        break
      case 'case_waits': {
        const { answerBy } = event
        if (!change(event.caseId, (one) => ({ ...one, answerBy, waitingSince: one.waitingSince ?? now })))
          return undefined
        break
      }
      case 'case_answered':
        if (!change(event.caseId, (one) => answered(one, now))) return undefined
        record(event.type, idOf(event.caseId), {})
        break
      case 'case_shared':
        if (!change(event.caseId, (one) => ({ ...one, shared: event.shared }))) return undefined
        record(event.type, idOf(event.caseId), { shared: event.shared })
        break
      case 'case_noted':
        draft.notes.push({ caseId: idOf(event.caseId), staff: event.staff, text: event.text })
        record(event.type, idOf(event.caseId), { staff: event.staff })
        break
      case 'staff_alerted':
        // A report about a case that is closed alerts staff all the same.
        // A clock's page is not about the person's newest words: it must not hold back the next one that is.
        change(event.caseId, (one) => ({
          ...one,
          alerts: one.alerts + 1,
          ...(event.reason === 'unanswered' ? {} : { alertedAt: now }),
        }))
        record(event.type, idOf(event.caseId), {
          level: event.level,
          topic: event.topic,
          reason: event.reason,
        })
        break
      case 'contact_changed':
        draft.contact = { ...draft.contact, ...event.change }
        record(event.type, input.contact.id, { fields: Object.keys(event.change) })
        break
      case 'conversation_mode_changed':
        draft.mode = event.mode
        record(event.type, input.conversation.ref.key, { mode: event.mode })
        break
      case 'topic_changed':
        draft.topic = event.topic
        break
      case 'clock_set':
        draft.clocks.set(event.key, event)
        break
      case 'clock_cleared':
        draft.clocks.set(event.key, 'cleared')
        break
      case 'erasure_requested':
        draft.erase = true
        record(event.type, input.contact.id, {})
        break
      case 'triage_assessed':
        record(event.type, claim.inboxId, {
          level: event.level,
          concerns: event.concerns,
          rules: event.rules,
        })
        break
      case 'answer_given':
        record(event.type, claim.inboxId, {
          passages: event.citations.map((citation) => `${citation.passage}@${citation.hash}`),
        })
        break
      case 'question_unanswered':
        record(event.type, claim.inboxId, { reason: event.reason })
        break
      case 'claim_corrected':
        record(event.type, claim.inboxId, { claim: event.claim })
        break
      case 'feedback_given':
        record(event.type, event.about, { helpful: event.helpful })
        break
      case 'turn_failed':
        record(event.type, claim.inboxId, { code: event.code, crashes: claim.crashes })
        break
      case 'audited':
        record(event.action, event.subject, event.codes)
        break
      case 'removal_agreed':
        record(event.type, event.conversation, {})
        break
      case 'reply_composed':
        if (event.room) record('posted_in_room', event.room.once, {})
        break
      default:
        event satisfies never
    }
  }
  const open = current()
  const minor = draft.contact.minor ?? input.contact.minor
  if (open && minor && !open.minor && open.status !== 'resolved') keep({ ...open, minor })
  return draft
}

function actorOf(claim: Claim): Actor {
  if (claim.payload.kind === 'staff_action') return `staff:${claim.payload.staff}`
  return claim.payload.kind === 'message' ? `contact:${claim.contactId}` : 'system'
}

function opened(
  input: TurnInput,
  event: Extract<DomainEvent, { type: 'case_opened' }>,
  where: ConversationRef,
  now: number,
): HandoffCase {
  return {
    id: event.caseId,
    workspace: input.workspace.id,
    contactId: input.contact.id,
    conversation: where.key,
    pseudonym: input.contact.pseudonym,
    level: event.level,
    topic: event.topic,
    status: 'waiting',
    openedAt: now,
    answerBy: event.answerBy,
    waitingSince: now,
    alerts: 0,
    shared: event.shared,
    minor: input.contact.minor,
    revision: 0,
  }
}

/** It waits for a person again: whoever had it may take it anew. */
function reopened(
  { resolvedAt: _, assignee: __, snoozedUntil: ___, ...one }: HandoffCase,
  event: Extract<DomainEvent, { type: 'case_reopened' }>,
  where: ConversationRef,
  now: number,
): HandoffCase {
  return {
    ...one,
    conversation: where.key,
    level: event.level,
    topic: event.topic,
    status: 'waiting',
    answerBy: event.answerBy,
    waitingSince: now,
    shared: one.shared || event.shared,
  }
}

function answered({ waitingSince: _, ...one }: HandoffCase, now: number): HandoffCase {
  return { ...one, answeredAt: one.answeredAt ?? now }
}

/** A raise never lowers: the worse level, its topic, the earlier time to answer by. */
function raised(
  one: HandoffCase,
  event: { readonly level: Level; readonly topic: string; readonly answerBy: number },
): HandoffCase {
  const level = worse(one.level, event.level)
  return {
    ...one,
    level,
    topic: level === one.level ? one.topic : event.topic,
    answerBy: Math.min(one.answerBy, event.answerBy),
  }
}
