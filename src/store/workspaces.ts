import { asId, type WorkspaceId } from '../core/ids.ts'
import type { Store } from '../core/ports.ts'
import type { Workspace } from '../core/workspace.ts'
import type { StoreParts } from './parts.ts'
import { prepared } from './query.ts'

const configOf = prepared<{ id: string }>()((db, given) =>
  db.selectFrom('workspaces').select('sealed_config').where('id', '=', given.id),
)
const save = prepared<{ id: string; sealed_config: string; now: number }>()((db, given) =>
  db
    .insertInto('workspaces')
    .values({ id: given.id, sealed_config: given.sealed_config, updated_at: given.now })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ sealed_config: given.sealed_config, updated_at: given.now }),
    ),
)
const workspaceIds = prepared<Record<never, never>>()((db) =>
  db.selectFrom('workspaces').select('id').orderBy('id'),
)

export function createWorkspaces({
  database,
  cipher,
  clock,
}: StoreParts): Pick<Store, 'workspace' | 'saveWorkspace'> & { all(): Promise<readonly Workspace[]> } {
  // Every turn reads its workspace; opening it again is only needed after another process saved it.
  const opened = new Map<string, { readonly sealed: string; readonly workspace: Workspace }>()

  async function workspace(id: WorkspaceId): Promise<Workspace | undefined> {
    const [row] = await configOf(database.read, { id })
    if (!row) return undefined
    const known = opened.get(id)
    if (known?.sealed === row.sealed_config) return known.workspace
    const config = (await cipher.forWorkspace(id)).unseal(row.sealed_config)
    if (config === undefined) return undefined
    const workspace = JSON.parse(config) as Workspace
    opened.set(id, { sealed: row.sealed_config, workspace })
    return workspace
  }

  return {
    workspace,
    async saveWorkspace(given) {
      const sealed = (await cipher.forWorkspace(given.id)).seal(JSON.stringify(given))
      const now = clock.now()
      await database.write((session) => save(session, { id: given.id, sealed_config: sealed, now }))
    },
    async all() {
      const rows = await workspaceIds(database.read, {})
      const all = await Promise.all(rows.map((row) => workspace(asId<WorkspaceId>(row.id))))
      return all.flatMap((one) => (one ? [one] : []))
    },
  }
}
