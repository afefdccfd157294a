import type { Kysely } from 'kysely'
import type { Dialect } from '../dialect.ts'
import type { Tables } from '../schema.ts'

/** Since when the person waits for a human word, and when the first one reached them. */
export async function up(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await db.schema.alterTable('cases').addColumn('waiting_since', dialect.integer).execute()
  await db.schema.alterTable('cases').addColumn('answered_at', dialect.integer).execute()
}
