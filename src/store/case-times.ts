import type { Store } from '../core/ports.ts'
import type { StoreParts } from './parts.ts'
import { prepared } from './query.ts'

const opened = prepared<{ workspace: string; since: number }>()((db, given) =>
  db
    .selectFrom('cases')
    .select(['id', 'level', 'status', 'opened_at', 'answered_at', 'resolved_at'])
    .where('workspace', '=', given.workspace)
    .where('opened_at', '>=', given.since)
    .orderBy('opened_at'),
)
// A case may be claimed, given back and claimed again: the first claim counts.
const claimed = prepared<{ workspace: string; since: number }>()((db, given) =>
  db
    .selectFrom('audit')
    .select((of) => ['subject', of.fn.min('at').as('at')])
    .where('workspace', '=', given.workspace)
    .where('action', '=', 'case_moved')
    .where('at', '>=', given.since)
    .where('codes', 'like', '%"to":"claimed"%')
    .groupBy('subject'),
)

/** When the cases of a time were opened, claimed, answered and closed: no words, no people. */
export function createCaseTimes({ database }: StoreParts): Store['caseTimes'] {
  return async (workspace, since) => {
    const [cases, claims] = await Promise.all([
      opened(database.read, { workspace, since }),
      claimed(database.read, { workspace, since }),
    ])
    const claimedAt = new Map(claims.map((row) => [row.subject, Number(row.at)]))
    return cases.map((row) => {
      const claim = claimedAt.get(row.id)
      return {
        level: row.level,
        status: row.status,
        openedAt: row.opened_at,
        ...(claim === undefined ? {} : { claimedAt: claim }),
        ...(row.answered_at === null ? {} : { answeredAt: row.answered_at }),
        ...(row.resolved_at === null ? {} : { resolvedAt: row.resolved_at }),
      }
    })
  }
}
