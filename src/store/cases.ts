import { sql } from 'kysely'
import { rank } from '../core/assessment.ts'
import {
  asId,
  type CaseId,
  type ContactId,
  type ConversationKey,
  type StaffId,
  type WorkspaceId,
} from '../core/ids.ts'
import type { Store } from '../core/ports.ts'
import type { HandoffCase } from '../core/records.ts'
import type { StoreParts } from './parts.ts'
import { prepared, type Session } from './query.ts'
import type { CaseRow, Flag } from './schema.ts'

type CaseValues = {
  [K in keyof CaseRow]: CaseRow[K]
}

const insert = prepared<CaseValues>()((db, given) =>
  db
    .insertInto('cases')
    .values(columns(given))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
)
const update = prepared<CaseValues & { readonly expected: number }>()((db, given) =>
  db
    .updateTable('cases')
    .set(columns(given))
    .where('id', '=', given.id)
    .where('revision', '=', given.expected)
    .returning('id'),
)
/** The open case of a person, else the one closed last. */
export const latestCaseOf = prepared<{ contact: string }>()((db, given) =>
  db
    .selectFrom('cases')
    .selectAll()
    .where('contact_id', '=', given.contact)
    .orderBy(sql`case when status = 'resolved' then 1 else 0 end`)
    .orderBy('resolved_at', 'desc')
    .limit(1),
)
const caseBy = prepared<{ id: string }>()((db, given) =>
  db.selectFrom('cases').selectAll().where('id', '=', given.id),
)
const notesOf = prepared<{ id: string }>()((db, given) =>
  db.selectFrom('notes').selectAll().where('case_id', '=', given.id).orderBy('seq'),
)
export const insertNote = prepared<{
  case_id: string
  contact_id: string
  at: number
  staff: string
  sealed_text: string
}>()((db, given) =>
  db.insertInto('notes').values({
    case_id: given.case_id,
    contact_id: given.contact_id,
    at: given.at,
    staff: given.staff,
    sealed_text: given.sealed_text,
  }),
)

function columns(given: CaseValues): CaseValues {
  return {
    id: given.id,
    workspace: given.workspace,
    contact_id: given.contact_id,
    conversation: given.conversation,
    pseudonym: given.pseudonym,
    level: given.level,
    rank: given.rank,
    topic: given.topic,
    status: given.status,
    assignee: given.assignee,
    opened_at: given.opened_at,
    answer_by: given.answer_by,
    owner_wrote_at: given.owner_wrote_at,
    waiting_since: given.waiting_since,
    answered_at: given.answered_at,
    snoozed_until: given.snoozed_until,
    resolved_at: given.resolved_at,
    alerts: given.alerts,
    alerted_at: given.alerted_at,
    shared: given.shared,
    minor: given.minor,
    revision: given.revision,
  }
}

/** Writes a new case, or the next revision of one; false when another was quicker. */
export async function saveCase(session: Session, after: HandoffCase, before?: HandoffCase): Promise<boolean> {
  const row = { ...toRow(after), revision: before ? before.revision + 1 : 0 }
  const rows = before
    ? await update(session, { ...row, expected: before.revision })
    : await insert(session, row)
  return rows.length > 0
}

function toRow(one: HandoffCase): CaseValues {
  return {
    id: one.id,
    workspace: one.workspace,
    contact_id: one.contactId,
    conversation: one.conversation,
    pseudonym: one.pseudonym,
    level: one.level,
    rank: rank(one.level),
    topic: one.topic,
    status: one.status,
    assignee: one.assignee ?? null,
    opened_at: one.openedAt,
    answer_by: one.answerBy,
    owner_wrote_at: one.ownerWroteAt ?? null,
    waiting_since: one.waitingSince ?? null,
    answered_at: one.answeredAt ?? null,
    snoozed_until: one.snoozedUntil ?? null,
    resolved_at: one.resolvedAt ?? null,
    alerts: one.alerts,
    alerted_at: one.alertedAt ?? null,
    shared: (one.shared ? 1 : 0) satisfies Flag,
    minor: (one.minor ? 1 : 0) satisfies Flag,
    revision: one.revision,
  }
}

export function toCase(row: CaseRow): HandoffCase {
  return {
    id: asId<CaseId>(row.id),
    workspace: asId<WorkspaceId>(row.workspace),
    contactId: asId<ContactId>(row.contact_id),
    conversation: asId<ConversationKey>(row.conversation),
    pseudonym: row.pseudonym,
    level: row.level,
    topic: row.topic,
    status: row.status,
    openedAt: row.opened_at,
    answerBy: row.answer_by,
    alerts: row.alerts,
    shared: row.shared === 1,
    minor: row.minor === 1,
    revision: row.revision,
    ...(row.assignee === null ? {} : { assignee: asId<StaffId>(row.assignee) }),
    ...(row.owner_wrote_at === null ? {} : { ownerWroteAt: row.owner_wrote_at }),
    ...(row.waiting_since === null ? {} : { waitingSince: row.waiting_since }),
    ...(row.answered_at === null ? {} : { answeredAt: row.answered_at }),
    ...(row.snoozed_until === null ? {} : { snoozedUntil: row.snoozed_until }),
    ...(row.alerted_at === null ? {} : { alertedAt: row.alerted_at }),
    ...(row.resolved_at === null ? {} : { resolvedAt: row.resolved_at }),
  }
}

export function createCases({ database, cipher }: StoreParts): Pick<Store, 'cases' | 'case' | 'caseNotes'> {
  return {
    async cases(workspace, filter) {
      let query = database.read.db.selectFrom('cases').selectAll().where('workspace', '=', workspace)
      if (filter?.status?.length === 0) return []
      if (filter?.status) query = query.where('status', 'in', [...filter.status])
      // Said as the partial indexes say it, or each case there ever was would be looked at.
      if (filter?.status && !filter.status.includes('resolved')) {
        query = query.where('status', '<>', sql.lit('resolved'))
      } else if (filter?.status?.length === 1) query = query.where('status', '=', sql.lit('resolved'))
      const rows =
        filter?.newest === undefined
          ? await query.orderBy('rank').orderBy('opened_at').orderBy('id').execute()
          : await query.orderBy('resolved_at', 'desc').orderBy('id').limit(filter.newest).execute()
      return rows.map(toCase)
    },
    async case(id) {
      const [row] = await caseBy(database.read, { id })
      return row && toCase(row)
    },
    async caseNotes(id) {
      const [row] = await caseBy(database.read, { id })
      if (!row) return []
      const person = await cipher.forContact(
        asId<WorkspaceId>(row.workspace),
        asId<ContactId>(row.contact_id),
      )
      const notes = await notesOf(database.read, { id })
      return notes.flatMap((note) => {
        const text = person.unseal(note.sealed_text)
        return text === undefined ? [] : [{ at: note.at, staff: asId<StaffId>(note.staff), text }]
      })
    },
  }
}
