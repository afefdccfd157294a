import type { AuditEntry } from '../core/records.ts'
import { preparedInsert, type Session } from './query.ts'

const insert = preparedInsert('audit', ['workspace', 'at', 'actor', 'action', 'subject', 'codes'])

/** Plain inserts: a job seals them later, so that the trail costs a turn next to nothing. */
export async function insertAudit(session: Session, entries: readonly AuditEntry[]): Promise<void> {
  await insert(
    session,
    entries.map((entry) => ({
      workspace: entry.workspace,
      at: entry.at,
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject,
      codes: JSON.stringify(entry.codes),
    })),
  )
}
