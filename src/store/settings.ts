import type { WorkspaceId } from '../core/ids.ts'
import type { JsonObject } from '../core/json.ts'
import type { SettingKind, Store } from '../core/ports.ts'
import type { StoreParts } from './parts.ts'
import { prepared } from './query.ts'

const one = prepared<{ workspace: string; kind: string; id: string }>()((db, given) =>
  db
    .selectFrom('settings')
    .select('sealed')
    .where('workspace', '=', given.workspace)
    .where('kind', '=', given.kind as SettingKind)
    .where('id', '=', given.id),
)
const all = prepared<{ workspace: string; kind: string }>()((db, given) =>
  db
    .selectFrom('settings')
    .select('sealed')
    .where('workspace', '=', given.workspace)
    .where('kind', '=', given.kind as SettingKind)
    .orderBy('id'),
)
const save = prepared<{ workspace: string; kind: string; id: string; sealed: string; now: number }>()(
  (db, given) =>
    db
      .insertInto('settings')
      .values({
        workspace: given.workspace,
        kind: given.kind as SettingKind,
        id: given.id,
        sealed: given.sealed,
        updated_at: given.now,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['workspace', 'kind', 'id'])
          .doUpdateSet({ sealed: given.sealed, updated_at: given.now }),
      ),
)
const remove = prepared<{ workspace: string; kind: string; id: string }>()((db, given) =>
  db
    .deleteFrom('settings')
    .where('workspace', '=', given.workspace)
    .where('kind', '=', given.kind as SettingKind)
    .where('id', '=', given.id),
)

interface Sealed {
  readonly id: string
  readonly value: JsonObject
}

/** Settings of a workspace, sealed under its key: ids of rooms and accounts are no clear text either. */
export function createSettings({
  database,
  cipher,
  clock,
}: StoreParts): Pick<Store, 'setting' | 'settings' | 'saveSetting'> {
  const fingerprint = (workspace: WorkspaceId, kind: SettingKind, id: string) =>
    cipher.fingerprint(workspace, `setting|${kind}|${id}`)

  async function open(workspace: WorkspaceId, rows: readonly { readonly sealed: string }[]) {
    const sealing = await cipher.forWorkspace(workspace)
    return rows.flatMap((row) => {
      const text = sealing.unseal(row.sealed)
      return text === undefined ? [] : [JSON.parse(text) as Sealed]
    })
  }

  return {
    async setting(workspace, kind, id) {
      const rows = await one(database.read, { workspace, kind, id: await fingerprint(workspace, kind, id) })
      return (await open(workspace, rows))[0]?.value
    },
    async settings(workspace, kind) {
      return open(workspace, await all(database.read, { workspace, kind }))
    },
    async saveSetting(workspace, kind, id, value) {
      const key = { workspace, kind, id: await fingerprint(workspace, kind, id) }
      const sealing = await cipher.forWorkspace(workspace)
      const sealed = value && sealing.seal(JSON.stringify({ id, value } satisfies Sealed))
      await database.write(async (session) => {
        if (sealed === undefined) await remove(session, key)
        else await save(session, { ...key, sealed, now: clock.now() })
      })
    },
  }
}
