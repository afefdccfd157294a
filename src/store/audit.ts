import { createHash } from 'node:crypto'
import { asId, type WorkspaceId } from '../core/ids.ts'
import type { JsonObject } from '../core/json.ts'
import type { Store } from '../core/ports.ts'
import type { Actor } from '../core/records.ts'
import { insertAudit } from './audit-rows.ts'
import type { StoreParts } from './parts.ts'
import { prepared, type Session } from './query.ts'
import type { AuditRow } from './schema.ts'

/** Rows of one block at most. */
const blockLimit = 1_000
/** What the first block of a workspace is linked to. */
const origin = '0'.repeat(64)

type Row = Omit<AuditRow, 'seq'> & { readonly seq: number }

const newest = prepared<{ workspace: string; limit: number }>()((db, given) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('workspace', '=', given.workspace)
    .orderBy('seq', 'desc')
    .limit(given.limit),
)
const workspacesToSeal = prepared<Record<never, never>>()((db) =>
  db.selectFrom('audit').select('workspace').distinct().where('block', 'is', null).orderBy('workspace'),
)
const unsealed = prepared<{ workspace: string; limit: number }>()((db, given) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('workspace', '=', given.workspace)
    .where('block', 'is', null)
    .orderBy('seq')
    .limit(given.limit),
)
const lastBlock = prepared<{ workspace: string }>()((db, given) =>
  db
    .selectFrom('audit_blocks')
    .select(['number', 'seal'])
    .where('workspace', '=', given.workspace)
    .orderBy('number', 'desc')
    .limit(1),
)
const mark = prepared<{ seqs: string; block: number }>()((db, given, dialect) =>
  db
    .updateTable('audit')
    .set({ block: given.block })
    .where((eb) => eb(eb.cast<string>('seq', 'text'), 'in', dialect.listed(given.seqs))),
)
const blocksOf = prepared<{ workspace: string }>()((db, given) =>
  db.selectFrom('audit_blocks').selectAll().where('workspace', '=', given.workspace).orderBy('number'),
)
const rowsOfBlock = prepared<{ workspace: string; block: number }>()((db, given) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('workspace', '=', given.workspace)
    .where('block', '=', given.block)
    .orderBy('seq'),
)
const lockSeals = prepared<Record<never, never>>()((db, _given, dialect) =>
  dialect.lock(db.selectFrom('leases').select('name').where('name', '=', 'audit')),
)

/** What is wrong with a trail; `block` is the first that does not hold. */
export type AuditVerdict =
  | { readonly intact: true; readonly blocks: number }
  | { readonly intact: false; readonly block: number; readonly reason: 'rows_changed' | 'chain_broken' }

export function createAudit({ database }: StoreParts): Pick<Store, 'audit' | 'appendAudit' | 'sealAudit'> & {
  verifyAudit(workspace: WorkspaceId): Promise<AuditVerdict>
} {
  return {
    async audit(workspace, limit = 1_000) {
      const rows = await newest(database.read, { workspace, limit })
      return rows
        .map((row) => ({
          workspace: asId<WorkspaceId>(row.workspace),
          at: row.at,
          actor: row.actor as Actor,
          action: row.action,
          subject: row.subject,
          codes: JSON.parse(row.codes) as JsonObject,
        }))
        .reverse()
    },
    async appendAudit(entry) {
      await database.write((session) => insertAudit(session, [entry]))
    },
    async sealAudit(now) {
      let sealed = 0
      for (const { workspace } of await workspacesToSeal(database.read, {})) {
        for (;;) {
          const rows = await database.write((session) => sealBlock(session, workspace, now))
          sealed += rows
          if (rows < blockLimit) break
        }
      }
      return sealed
    },
    async verifyAudit(workspace) {
      let previous = origin
      const blocks = await blocksOf(database.read, { workspace })
      for (const [index, block] of blocks.entries()) {
        const rows = await rowsOfBlock(database.read, { workspace, block: block.number })
        // Pruned rows are gone by rule; their seal still holds the chain together.
        const changed = block.pruned === 0 && hashOf(rows) !== block.hash
        if (changed) return { intact: false, block: block.number, reason: 'rows_changed' }
        const broken = block.number !== index + 1 || sealOf(previous, block.hash) !== block.seal
        if (broken) return { intact: false, block: block.number, reason: 'chain_broken' }
        previous = block.seal
      }
      return { intact: true, blocks: blocks.length }
    },
  }
}

/** Seals the oldest unsealed rows of a workspace into one block. Resolves to how many. */
async function sealBlock(session: Session, workspace: string, now: number): Promise<number> {
  await lockSeals(session, {})
  const rows = await unsealed(session, { workspace, limit: blockLimit })
  if (rows.length === 0) return 0
  const [last] = await lastBlock(session, { workspace })
  const number = (last?.number ?? 0) + 1
  const hash = hashOf(rows)
  await session.db
    .insertInto('audit_blocks')
    .values({
      workspace,
      number,
      sealed_at: now,
      rows: rows.length,
      newest_at: Math.max(...rows.map((row) => row.at)),
      hash,
      seal: sealOf(last?.seal ?? origin, hash),
      pruned: 0,
    })
    .execute()
  await mark(session, { seqs: JSON.stringify(rows.map((row) => String(row.seq))), block: number })
  return rows.length
}

function hashOf(rows: readonly Row[]): string {
  const hash = createHash('sha256')
  for (const row of rows) {
    hash.update(
      JSON.stringify([row.seq, row.workspace, row.at, row.actor, row.action, row.subject, row.codes]),
    )
  }
  return hash.digest('hex')
}

function sealOf(previous: string, hash: string): string {
  return createHash('sha256').update(previous).update(hash).digest('hex')
}
