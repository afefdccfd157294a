import { sql } from 'kysely'
import { asId, type WorkspaceId } from '../core/ids.ts'
import type { KeyStore } from '../core/key-store.ts'
import type { Database } from './database.ts'
import { prepared } from './query.ts'

const workspaceKey = prepared<{ workspace: string }>()((db, given) =>
  db.selectFrom('workspace_keys').select('wrapped').where('workspace', '=', given.workspace),
)
const addWorkspaceKey = prepared<{ workspace: string; wrapped: string }>()((db, given) =>
  db
    .insertInto('workspace_keys')
    .values({ workspace: given.workspace, wrapped: given.wrapped })
    .onConflict((conflict) => conflict.doNothing()),
)
const rewrap = prepared<{ workspace: string; wrapped: string }>()((db, given) =>
  db.updateTable('workspace_keys').set({ wrapped: given.wrapped }).where('workspace', '=', given.workspace),
)
const personKey = prepared<{ workspace: string; contact: string }>()((db, given) =>
  db
    .selectFrom('person_keys')
    .select('wrapped')
    .where('workspace', '=', given.workspace)
    .where('contact_id', '=', given.contact),
)
const addPersonKey = prepared<{ workspace: string; contact: string; wrapped: string }>()((db, given) =>
  db
    .insertInto('person_keys')
    .values({ workspace: given.workspace, contact_id: given.contact, wrapped: given.wrapped })
    .onConflict((conflict) => conflict.doNothing()),
)
const erasePersonKey = prepared<{ workspace: string; contact: string }>()((db, given) =>
  db
    .deleteFrom('person_keys')
    .where('workspace', '=', given.workspace)
    .where('contact_id', '=', given.contact),
)

/** Keys in a database of their own: `keys.db` beside the data file, or the schema `salus_keys`. */
export async function openKeyring(database: Database): Promise<KeyStore> {
  await database.write(async ({ db }) => {
    await sql`create table if not exists workspace_keys (workspace text primary key, wrapped text not null)`.execute(
      db,
    )
    await sql`create table if not exists person_keys (workspace text not null, contact_id text not null, wrapped text not null, primary key (workspace, contact_id))`.execute(
      db,
    )
  })
  return {
    async workspaceKey(workspace) {
      return (await workspaceKey(database.read, { workspace }))[0]?.wrapped
    },
    addWorkspaceKey: (workspace, wrapped) =>
      database.write(async (session) => {
        await addWorkspaceKey(session, { workspace, wrapped })
        return (await workspaceKey(session, { workspace }))[0]?.wrapped ?? wrapped
      }),
    async personKey(workspace, contact) {
      return (await personKey(database.read, { workspace, contact }))[0]?.wrapped
    },
    addPersonKey: (workspace, contact, wrapped) =>
      database.write(async (session) => {
        await addPersonKey(session, { workspace, contact, wrapped })
        return (await personKey(session, { workspace, contact }))[0]?.wrapped ?? wrapped
      }),
    async erasePersonKey(workspace, contact) {
      await database.write((session) => erasePersonKey(session, { workspace, contact }))
    },
    async workspaceKeys() {
      const rows = await database.read.db
        .selectFrom('workspace_keys')
        .selectAll()
        .orderBy('workspace')
        .execute()
      return rows.map((row) => ({ workspace: asId<WorkspaceId>(row.workspace), wrapped: row.wrapped }))
    },
    async rewrapWorkspaceKeys(keys) {
      await database.write(async (session) => {
        for (const key of keys) await rewrap(session, { workspace: key.workspace, wrapped: key.wrapped })
      })
    },
    close: () => database.close(),
  }
}
