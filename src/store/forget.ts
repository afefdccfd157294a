import { type SqlBool, sql } from 'kysely'
import type { JsonObject } from '../core/json.ts'
import type { Workspace } from '../core/workspace.ts'
import type { Erasure } from './erase.ts'
import type { StoreParts } from './parts.ts'
import type { Session } from './query.ts'
import type { createWorkspaces } from './workspaces.ts'

const dayMs = 24 * 60 * 60_000
/** Rows forgotten in one transaction, so that none holds the event loop for long. */
const batch = 500

/** Forgets what has served its purpose, by each workspace's retention. */
export function createForget(
  { database }: StoreParts,
  workspaces: ReturnType<typeof createWorkspaces>,
  erasure: Erasure,
): (now: number) => Promise<JsonObject> {
  async function repeat(step: (session: Session) => Promise<number>): Promise<number> {
    for (let total = 0; ; ) {
      const some = await database.write(step)
      total += some
      if (some < batch) return total
    }
  }

  return async (now) => {
    const counts = { messages: 0, deliveries: 0, people: 0, cases: 0, auditRows: 0, erased: 0 }
    for (const workspace of await workspaces.all()) {
      const limits = limitsOf(workspace, now)
      counts.messages += await repeat((session) => forgetMessages(session, limits))
      counts.deliveries += await repeat((session) => forgetDeliveries(session, limits))
      counts.people += await repeat((session) => forgetSignals(session, limits))
      counts.cases += await repeat((session) => forgetCases(session, limits))
      counts.auditRows += await database.write((session) => pruneAudit(session, limits))
    }
    counts.erased = await erasure.finishAll(now)
    return counts
  }
}

interface Limits {
  readonly workspace: string
  /** What is older is forgotten, epoch ms. */
  readonly routine: number
  readonly cases: number
  readonly audit: number
}

function limitsOf({ id, retention }: Workspace, now: number): Limits {
  return {
    workspace: id,
    routine: now - retention.routineDays * dayMs,
    cases: now - retention.caseDays * dayMs,
    audit: now - retention.auditDays * dayMs,
  }
}

/** What was said from a day before a case was opened is kept as long as the case. */
function withoutCase(contact: string, at: string, limits: Limits) {
  return sql<SqlBool>`not exists (select 1 from cases where cases.contact_id = ${sql.ref(contact)}
    and cases.opened_at - ${dayMs} <= ${sql.ref(at)}
    and (cases.resolved_at is null or cases.resolved_at >= ${limits.cases}))`
}

async function forgetMessages({ db }: Session, limits: Limits): Promise<number> {
  const rows = await db
    .updateTable('inbox')
    .set({ sealed_body: null, codes: null, assessment: null })
    .where('seq', 'in', (eb) =>
      eb
        .selectFrom('inbox as old')
        .select('old.seq')
        .where('old.workspace', '=', limits.workspace)
        .where('old.status', '=', 'done')
        .where('old.accepted_at', '<', limits.routine)
        .where((one) =>
          one.or([one('old.sealed_body', 'is not', null), one('old.assessment', 'is not', null)]),
        )
        .where(withoutCase('old.contact_id', 'old.accepted_at', limits))
        .orderBy('old.seq')
        .limit(batch),
    )
    .returning('id')
    .execute()
  return rows.length
}

async function forgetDeliveries({ db }: Session, limits: Limits): Promise<number> {
  const rows = await db
    .updateTable('outbox')
    .set({ sealed_part: null, sealed_reply: null, sealed_notify: null })
    .where('key', 'in', (eb) =>
      eb
        .selectFrom('outbox as old')
        .select('old.key')
        .where('old.workspace', '=', limits.workspace)
        .where('old.open', '=', 0)
        .where('old.created_at', '<', limits.routine)
        .where('old.sealed_part', 'is not', null)
        .where(withoutCase('old.contact_id', 'old.created_at', limits))
        .orderBy('old.key')
        .limit(batch),
    )
    .returning('key')
    .execute()
  return rows.length
}

/** Signals of people who have not written since; their contact, consent and stop stay. */
async function forgetSignals({ db }: Session, limits: Limits): Promise<number> {
  const rows = await db
    .updateTable('contacts')
    .set({ recent: '[]', sealed_fragments: null })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('contacts as old')
        .select('old.id')
        .where('old.workspace', '=', limits.workspace)
        .where((one) => one.or([one('old.recent', '<>', '[]'), one('old.sealed_fragments', 'is not', null)]))
        .where((one) =>
          one.not(
            one.exists(
              one
                .selectFrom('inbox')
                .select('inbox.id')
                .whereRef('inbox.contact_id', '=', 'old.id')
                .where('inbox.accepted_at', '>=', limits.routine),
            ),
          ),
        )
        .orderBy('old.id')
        .limit(batch),
    )
    .returning('id')
    .execute()
  return rows.length
}

async function forgetCases({ db }: Session, limits: Limits): Promise<number> {
  const rows = await db
    .deleteFrom('cases')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('cases as old')
        .select('old.id')
        .where('old.workspace', '=', limits.workspace)
        .where('old.resolved_at', 'is not', null)
        .where('old.resolved_at', '<', limits.cases)
        .orderBy('old.id')
        .limit(batch),
    )
    .returning('id')
    .execute()
  const ids = rows.map((row) => row.id)
  if (ids.length > 0) await db.deleteFrom('notes').where('case_id', 'in', ids).execute()
  return rows.length
}

/** Whole blocks only: their seals stay, so that the chain can be followed past them. */
async function pruneAudit({ db }: Session, limits: Limits): Promise<number> {
  const blocks = await db
    .updateTable('audit_blocks')
    .set({ pruned: 1 })
    .where('workspace', '=', limits.workspace)
    .where('pruned', '=', 0)
    .where('newest_at', '<', limits.audit)
    .returning('number')
    .execute()
  const numbers = blocks.map((block) => block.number)
  if (numbers.length === 0) return 0
  const rows = await db
    .deleteFrom('audit')
    .where('workspace', '=', limits.workspace)
    .where('block', 'in', numbers)
    .returning('seq')
    .execute()
  return rows.length
}
