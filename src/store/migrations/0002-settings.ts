import type { Kysely } from 'kysely'
import type { Dialect } from '../dialect.ts'
import type { Tables } from '../schema.ts'

/** What platforms and their administrators decided: installations, staff rooms, rooms that opted in. */
export async function up(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('settings')
    .addColumn('workspace', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('updated_at', dialect.integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('settings_key', ['workspace', 'kind', 'id'])
    .execute()
}
