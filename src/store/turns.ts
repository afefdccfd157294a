import { sql } from 'kysely'
import { AppError } from '../core/errors.ts'
import { asId, type WorkspaceId } from '../core/ids.ts'
import type { ConversationRef } from '../core/inbound.ts'
import type { CommitResult, PersonCipher, Store } from '../core/ports.ts'
import type { Claim } from '../core/records.ts'
import { type RoomSettings, roomAsItComes, roomOf, roomSettingId } from '../core/room.ts'
import type { TurnInput, TurnOutcome } from '../core/turn.ts'
import { insertAudit } from './audit-rows.ts'
import { insertNote, latestCaseOf, saveCase, toCase } from './cases.ts'
import { releaseOvertaken } from './claim.ts'
import { clearClock, setClock } from './clocks.ts'
import { changeContact, contactColumns, toContact } from './contacts.ts'
import { conversationColumns, toConversation, upsertConversation } from './conversations.ts'
import { insertDeliveries } from './outbox-rows.ts'
import type { StoreParts } from './parts.ts'
import { type Projection, project } from './project.ts'
import { prepared, type Session } from './query.ts'
import { createSettings } from './settings.ts'
import { wordingBefore } from './versions.ts'
import type { createWorkspaces } from './workspaces.ts'

/** Person and conversation in one look: every turn begins with it. */
const turnState = prepared<{ contact: string; conversation: string }>()((db, given) =>
  db
    .selectFrom('contacts')
    .innerJoin('conversations', 'conversations.contact_id', 'contacts.id')
    .select([...contactColumns, ...conversationColumns])
    .where('contacts.id', '=', given.contact)
    .where('conversations.key', '=', given.conversation),
)
/** The person's own direct conversation, when the turn is in another place. */
const directOf = prepared<{ contact: string }>()((db, given) =>
  db
    .selectFrom('conversations')
    .select(conversationColumns)
    .where('contact_id', '=', given.contact)
    .where('surface', '=', 'direct')
    .orderBy('created_at')
    .orderBy('key')
    .limit(1),
)
/** Lets go of the person, if the claim still holds them. */
const letGo = prepared<{ id: string; fence: number }>()((db, given) =>
  db
    .updateTable('contacts')
    .set({ lease_until: null, claimed_by: null })
    .where('id', '=', given.id)
    .where('fence', '=', given.fence)
    .where('lease_until', 'is not', null)
    .returning('id'),
)
const advance = prepared<{
  key: string
  expected: number
  mode: string
  sealed_stack: string | null
  topic: string | null
}>()((db, given) =>
  db
    .updateTable('conversations')
    .set({
      mode: given.mode as 'bot',
      sealed_stack: given.sealed_stack,
      topic: given.topic,
      revision: sql`revision + 1`,
    })
    .where('key', '=', given.key)
    .where('revision', '=', given.expected)
    .returning('key'),
)
/** By id: a search by the columns that it changes would make SQLite collect the rows first, at twice the price. */
const finishRow = prepared<{ id: string; fence: number; now: number }>()((db, given) =>
  db
    .updateTable('inbox')
    .set({ status: 'done', done_at: given.now })
    .where('id', '=', given.id)
    .where('status', '=', 'claimed')
    .where('claim_fence', '=', given.fence),
)
const requestErasure = prepared<{ id: string; now: number }>()((db, given) =>
  db.updateTable('contacts').set({ erase_requested_at: given.now }).where('id', '=', given.id),
)

/** What the turn read is no longer so: its savepoint is rolled back. */
class Conflict extends Error {}

export function createTurns(
  parts: StoreParts,
  workspaces: ReturnType<typeof createWorkspaces>,
): Pick<Store, 'loadTurn' | 'commit'> {
  const { database, cipher } = parts
  const settings = createSettings(parts)

  /** What the room of a shared place opted in to. */
  async function roomIn(ref: ConversationRef): Promise<RoomSettings | undefined> {
    const room = ref.surface === 'direct' ? undefined : roomOf(ref)
    if (room === undefined) return undefined
    const chosen = await settings.setting(ref.workspace, 'room', roomSettingId(ref.channel, room))
    return { ...roomAsItComes, ...chosen }
  }

  return {
    async loadTurn(claim) {
      const [row] = await turnState(database.read, {
        contact: claim.contactId,
        conversation: claim.conversation,
      })
      if (!row) throw new AppError('NOT_FOUND', 'The person of a claim is gone.')
      const workspace = await workspaces.workspace(asId<WorkspaceId>(row.workspace))
      if (!workspace) throw new AppError('NOT_FOUND', 'The workspace of a claim is not set up.')
      const [latest] = await latestCaseOf(database.read, { contact: claim.contactId })
      const person = await cipher.forContact(workspace.id, claim.contactId)
      const [direct] =
        row.surface === 'direct' ? [] : await directOf(database.read, { contact: claim.contactId })
      const conversation = toConversation(row, person)
      const room = await roomIn(conversation.ref)
      const { payload } = claim
      const before =
        payload.kind === 'message'
          ? await wordingBefore(database.read, person, claim.contactId, payload.message)
          : undefined
      return {
        payload,
        contact: toContact(row),
        conversation,
        workspace,
        ...(room ? { room } : {}),
        ...(before ? { before } : {}),
        ...(direct ? { direct: toConversation(direct, person) } : {}),
        ...(latest ? { [latest.status === 'resolved' ? 'closedCase' : 'openCase']: toCase(latest) } : {}),
      }
    },
    async commit(claim, input, outcome, now) {
      const person = await cipher.forContact(input.workspace.id, claim.contactId)
      const turn = { claim, input, outcome, now, person }
      try {
        return await database.write((session) => commitIn(session, turn))
      } catch (error) {
        if (error instanceof Conflict) return 'conflict'
        throw error
      }
    },
  }
}

interface Turn {
  readonly claim: Claim
  readonly input: TurnInput
  readonly outcome: TurnOutcome
  readonly now: number
  readonly person: PersonCipher
}

async function commitIn(session: Session, turn: Turn): Promise<CommitResult> {
  const { claim, input, outcome, now, person } = turn
  const [held] = await letGo(session, { id: claim.contactId, fence: claim.fence })
  if (!held) {
    await releaseOvertaken(session, claim)
    return 'fenced'
  }
  const changes = project(claim, input, outcome, now)
  if (!changes) throw new Conflict()
  const advanced = await advance(session, {
    key: input.conversation.ref.key,
    expected: input.conversation.revision,
    mode: changes.mode,
    sealed_stack: outcome.stack.length > 0 ? person.seal(JSON.stringify(outcome.stack)) : null,
    topic: changes.topic ? JSON.stringify(changes.topic) : null,
  })
  if (advanced.length === 0) throw new Conflict()
  if (outcome.direct) await advanceDirect(session, turn, outcome.direct, changes)
  for (const ref of outcome.also ?? []) {
    await upsertConversation(session, ref, { contactId: claim.contactId, cipher: person }, now)
  }
  if (Object.keys(changes.contact).length > 0) await changeContact(session, input.contact, changes.contact)
  await saveCaseChanges(session, turn, changes)
  await saveClocks(session, turn, changes)
  await insertDeliveries(session, outcome.deliveries, { claim, person, now, aliases: changes.aliases })
  await insertAudit(session, changes.audit)
  for (const { inboxId } of [claim, ...claim.joined]) {
    await finishRow(session, { id: inboxId, fence: claim.fence, now })
  }
  if (changes.erase) await requestErasure(session, { id: claim.contactId, now })
  return 'committed'
}

/** What was said in private is recorded there; the place is made when it is the first. */
async function advanceDirect(
  session: Session,
  { claim, input, now, person }: Turn,
  { ref, stack }: NonNullable<TurnOutcome['direct']>,
  changes: Projection,
): Promise<void> {
  const before = input.direct
  if (!before) await upsertConversation(session, ref, { contactId: claim.contactId, cipher: person }, now)
  const kept = stack ?? before?.stack ?? []
  const topic = changes.topic ?? before?.topic
  const advanced = await advance(session, {
    key: before?.ref.key ?? ref.key,
    expected: before?.revision ?? 0,
    mode: before?.mode ?? 'bot',
    sealed_stack: kept.length > 0 ? person.seal(JSON.stringify(kept)) : null,
    topic: topic ? JSON.stringify(topic) : null,
  })
  if (advanced.length === 0) throw new Conflict()
}

async function saveCaseChanges(session: Session, turn: Turn, changes: Projection): Promise<void> {
  for (const one of changes.cases) {
    const { openCase, closedCase } = turn.input
    const before = [openCase, closedCase].find((known) => known?.id === one.id)
    if (!(await saveCase(session, one, before))) throw new Conflict()
  }
  for (const note of changes.notes) {
    await insertNote(session, {
      case_id: note.caseId,
      contact_id: turn.claim.contactId,
      at: turn.now,
      staff: note.staff,
      sealed_text: turn.person.seal(note.text),
    })
  }
}

async function saveClocks(
  session: Session,
  { claim, input, outcome, person }: Turn,
  changes: Projection,
): Promise<void> {
  let number = 0
  for (const [key, clock] of changes.clocks) {
    if (clock === 'cleared') await clearClock(session, { contact: claim.contactId, key })
    else {
      await setClock(session, {
        contact_id: claim.contactId,
        key,
        workspace: input.workspace.id,
        conversation: (outcome.direct?.ref ?? input.conversation.ref).key,
        clock: clock.clock,
        due_at: clock.dueAt,
        sealed_data: person.seal(JSON.stringify(clock.data)),
        setting: `${claim.inboxId}.${number++}`,
      })
    }
  }
}
