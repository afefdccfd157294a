import type { PauseTarget, Store } from '../core/ports.ts'
import { insertAudit } from './audit-rows.ts'
import type { StoreParts } from './parts.ts'
import { prepared } from './query.ts'

const set = prepared<{ workspace: string; target: string; now: number; by: string }>()((db, given) =>
  db
    .insertInto('switches')
    .values({
      workspace: given.workspace,
      target: given.target as PauseTarget,
      paused_at: given.now,
      paused_by: given.by,
    })
    .onConflict((conflict) => conflict.doNothing()),
)
const unset = prepared<{ workspace: string; target: string }>()((db, given) =>
  db
    .deleteFrom('switches')
    .where('workspace', '=', given.workspace)
    .where('target', '=', given.target as PauseTarget),
)
const ofWorkspace = prepared<{ workspace: string }>()((db, given) =>
  db.selectFrom('switches').select('target').where('workspace', '=', given.workspace).orderBy('target'),
)

/** Pauses are rows: every process reads them before each send. */
export function createSwitches({ database }: StoreParts): Pick<Store, 'pause' | 'paused'> {
  return {
    async pause(workspace, target, paused, by, now) {
      await database.write(async (session) => {
        if (paused) await set(session, { workspace, target, now, by })
        else await unset(session, { workspace, target })
        const action = paused ? 'paused' : 'resumed'
        await insertAudit(session, [
          { workspace, at: now, actor: 'system', action, subject: target, codes: { by } },
        ])
      })
    },
    async paused(workspace) {
      return new Set((await ofWorkspace(database.read, { workspace })).map((row) => row.target))
    },
  }
}
