import { isAlarm, type Level, levels, rank, type TriageAssessment } from '../core/assessment.ts'
import type { InboxPayload } from '../core/records.ts'
import { prepared, type Session } from './query.ts'
import type { Flag, InboxRow } from './schema.ts'

/** Below crisis, a row of each rank stands level with one a rank worse that was accepted this much later, ms. */
const rankStepMs = 30_000
/** The worst rank that age can lift a row to. */
const bestByAge = levels.indexOf('urgent')

/** What a new row needs to be told; the rest follows from it. */
export type NewInboxRow = Pick<
  InboxRow,
  | 'id'
  | 'source'
  | 'workspace'
  | 'contact_id'
  | 'conversation'
  | 'kind'
  | 'sealed_body'
  | 'codes'
  | 'received_at'
  | 'accepted_at'
  | 'visibility'
  | 'flood'
  | 'overtaken'
> & { readonly level: Level; readonly assessment: TriageAssessment | undefined }

const insert = prepared<{
  id: string
  source: string
  workspace: string
  contact_id: string | null
  conversation: string | null
  kind: string
  sealed_body: string | null
  codes: string | null
  assessment: string | null
  level: string
  rank: number
  alarm: number
  flood: number
  queue_at: number
  received_at: number
  accepted_at: number
  visibility: string
  overtaken: number
}>()((db, given) =>
  db
    .insertInto('inbox')
    .values({
      id: given.id,
      source: given.source,
      workspace: given.workspace,
      contact_id: given.contact_id,
      conversation: given.conversation,
      kind: given.kind as InboxRow['kind'],
      sealed_body: given.sealed_body,
      codes: given.codes,
      assessment: given.assessment,
      level: given.level as Level,
      rank: given.rank,
      alarm: given.alarm as Flag,
      flood: given.flood as Flag,
      queue_at: given.queue_at,
      received_at: given.received_at,
      accepted_at: given.accepted_at,
      visibility: given.visibility as InboxRow['visibility'],
      status: 'waiting',
      claim_fence: null,
      crashes: 0,
      overtaken: given.overtaken as Flag,
      overtakes: 0,
      done_at: null,
    })
    .onConflict((conflict) => conflict.column('source').doNothing())
    .returning('id'),
)

/** Puts a row into the inbox; false when its source was there already. */
export async function insertInbox(session: Session, row: NewInboxRow): Promise<boolean> {
  const alarm = standsAsAlarm(row.kind, row.level)
  const rows = await insert(session, {
    ...row,
    assessment: row.assessment ? JSON.stringify(row.assessment) : null,
    rank: rank(row.level),
    alarm: alarm ? 1 : 0,
    queue_at: row.accepted_at + Math.max(0, rank(row.level) - bestByAge) * rankStepMs,
  })
  return rows.length > 0
}

/**
 * Only what a person wrote, or a later opinion of it, overtakes and joins as an alarm. News of an alarm's delivery
 * is queued as urgent at best, whatever its level.
 */
export function standsAsAlarm(kind: InboxPayload['kind'], level: Level): boolean {
  return isAlarm(level) && (kind === 'message' || kind === 'assessment_raised')
}
