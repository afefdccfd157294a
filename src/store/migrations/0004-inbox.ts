import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import type { Tables } from '../schema.ts'

/** The inbox reads open cases alone, in its order, and closed ones from the newest: neither walks all there ever were. */
export async function up(db: Kysely<Tables>, _dialect: Dialect): Promise<void> {
  await db.schema
    .createIndex('cases_open')
    .on('cases')
    .columns(['workspace', 'rank', 'opened_at'])
    .where(sql.ref('status'), '<>', sql.lit('resolved'))
    .execute()
  await db.schema
    .createIndex('cases_closed')
    .on('cases')
    .columns(['workspace', 'resolved_at'])
    .where(sql.ref('status'), '=', sql.lit('resolved'))
    .execute()
}
