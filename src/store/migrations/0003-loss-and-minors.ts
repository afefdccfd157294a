import type { Kysely } from 'kysely'
import type { Dialect } from '../dialect.ts'
import type { Tables } from '../schema.ts'

/** What holds for a person from then on: a loss, an eating disorder; and a case of somebody under age. */
export async function up(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await db.schema.alterTable('contacts').addColumn('loss_at', dialect.integer).execute()
  await db.schema.alterTable('contacts').addColumn('eating_at', dialect.integer).execute()
  await db.schema
    .alterTable('cases')
    .addColumn('minor', dialect.integer, (c) => c.notNull().defaultTo(0))
    .execute()
}
