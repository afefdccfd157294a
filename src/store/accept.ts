import { assessBody } from '../core/assess-body.ts'
import { isAlarm, type TriageAssessment } from '../core/assessment.ts'
import { AppError } from '../core/errors.ts'
import { asId, type ContactId, type InboxId } from '../core/ids.ts'
import type { ConversationRef, InboundBody } from '../core/inbound.ts'
import { saysOthersWords, textOf } from '../core/inbound.ts'
import type { Accepted, AcceptRequest, Store } from '../core/ports.ts'
import { countsAsFlood, recordAlarm } from './alarm.ts'
import { type Account, createAccounts, parseRecent } from './contacts.ts'
import { createKnownRoutes, upsertConversation } from './conversations.ts'
import { openFragments, sealFragments } from './fragments.ts'
import { insertInbox } from './inbox-rows.ts'
import { orderedId } from './ordered-id.ts'
import type { StoreParts } from './parts.ts'
import { writePayload } from './payload.ts'
import { prepared, type Session } from './query.ts'
import { supersede, takeBack } from './take-back.ts'

const recentLimit = 8

const contactForAccept = prepared<{ id: string }>()((db, given, dialect) =>
  dialect.lock(
    db
      .selectFrom('contacts')
      .select(['id', 'locale', 'recent', 'sealed_fragments', 'alarm_since', 'alarm_count', 'lease_until'])
      .where('id', '=', given.id),
  ),
)
const bySource = prepared<{ source: string }>()((db, given) =>
  db
    .selectFrom('inbox')
    .select(['id', 'contact_id', 'assessment', 'level', 'visibility'])
    .where('source', '=', given.source),
)
const saveSignals = prepared<{ id: string; recent: string; fragments: string | null }>()((db, given) =>
  db
    .updateTable('contacts')
    .set({ recent: given.recent, sealed_fragments: given.fragments })
    .where('id', '=', given.id),
)

/** Takes messages in: assessed, de-duplicated and on disk when it resolves. */
export function createAccept(parts: StoreParts): Store['accept'] {
  const { database, cipher, clock, random } = parts
  const accounts = createAccounts(parts)
  const routes = createKnownRoutes()

  return async (request) => {
    const { message } = request
    const { workspace } = message.conversation
    const source = await cipher.fingerprint(
      workspace,
      sourceOf(message.conversation, message.body.kind, message.externalId),
    )
    const fingerprint = await accounts.fingerprintOf(workspace, message.sender.urn)
    if (!(await accounts.find(fingerprint))) {
      // A message of a person since erased must not make them anew.
      const first = await duplicateOf(database.read, source)
      if (first) return first
    }
    for (let attempt = 0; attempt < 3; attempt++) {
      const account = await accounts.ensure(
        workspace,
        message.sender.urn,
        fingerprint,
        message.locale ?? 'en',
      )
      const now = clock.now()
      const id = asId<InboxId>(orderedId(now, random))
      const known = routes.isKnown(message.conversation, account.contactId)
      const arrival: Arrival = { account, source, id, now, random, route: known ? 'known' : 'new' }
      const accepted = await database.write((session) => acceptIn(session, request, arrival), 'first')
      if (accepted) {
        if (accepted.status === 'accepted') routes.remember(message.conversation, account.contactId)
        return accepted
      }
      // Erased since this process looked.
      accounts.forget(fingerprint)
      const first = await duplicateOf(database.read, source)
      if (first) return first
    }
    throw new AppError('STORE_UNAVAILABLE', 'A contact vanished while its message was accepted.')
  }
}

interface Arrival {
  readonly account: Account
  readonly source: string
  readonly id: InboxId
  readonly now: number
  readonly random: StoreParts['random']
  /** Whether this process wrote the same way to answer there already. */
  readonly route: 'known' | 'new'
}

/** Undefined when the contact is gone. */
async function acceptIn(
  session: Session,
  { message, assess, visibility, replayed }: AcceptRequest,
  { account, source, id, now, random, route }: Arrival,
): Promise<Accepted | undefined> {
  const [contact] = await contactForAccept(session, { id: account.contactId })
  if (!contact) return undefined
  const text = textOf(message.body) ?? ''
  const at = message.receivedAt.getTime()
  const recent = parseRecent(contact.recent)
  const fragments = openFragments(contact.sealed_fragments, account.cipher, now)
  // A claim that is checked, a message that is escalated or forwarded: they say nothing of who sends them.
  const theirs = saysOthersWords(message)
  const judged = assessBody(message.body, assess, {
    now: at,
    locale: message.locale ?? contact.locale,
    recent: theirs ? [] : recent,
    fragments: theirs ? [] : fragments.map((one) => one.text),
  })
  const assessment = theirs ? { ...judged, about: 'other' as const } : judged
  const seen = visibility(text, assessment)
  const { level, concerns } = assessment
  const alarm = isAlarm(level)
  const inserted = await insertInbox(session, {
    id,
    source,
    workspace: message.conversation.workspace,
    contact_id: account.contactId,
    conversation: message.conversation.key,
    ...writePayload({ kind: 'message', message }, account.cipher),
    level,
    assessment,
    // A platform's clock ahead of ours must not put its people first or last.
    received_at: Math.min(at, now),
    accepted_at: now,
    visibility: seen,
    flood: alarm && countsAsFlood(contact, now) ? 1 : 0,
    overtaken: replayed ? 1 : 0,
  })
  if (!inserted) return duplicateOf(session, source)
  if (route === 'new') await upsertConversation(session, message.conversation, account, now)
  if (!theirs && (level !== 'routine' || text !== '')) {
    const signals = level === 'routine' ? recent : [{ at, level, concerns }, ...recent].slice(0, recentLimit)
    await saveSignals(session, {
      id: contact.id,
      recent: JSON.stringify(signals),
      fragments:
        text === '' ? contact.sealed_fragments : sealFragments(fragments, { at: now, text }, account.cipher),
    })
  }
  if (alarm) await recordAlarm(session, contact, now)
  const person = { contact, cipher: account.cipher }
  if (message.body.kind === 'deleted') await takeBack(session, person, message, now, random)
  if (message.body.kind === 'edited') await supersede(session, person, message, assessment, now)
  return { status: 'accepted', inboxId: id, contactId: account.contactId, assessment, visibility: seen }
}

const sourcesThere = prepared<{ sources: string }>()((db, given, dialect) =>
  db.selectFrom('inbox').select('source').where('source', 'in', dialect.listed(given.sources)),
)
/** Kinds that what a person writes comes as. */
const written = ['text', 'attachment', 'command'] as const

/** Finds the conversation that a message came to, by its id alone. */
export function createTookIn({ database, cipher }: StoreParts): Store['tookIn'] {
  return async (among, externalId) => {
    const sources = await Promise.all(
      among.flatMap((ref) =>
        written.map(async (kind) => ({
          ref,
          source: await cipher.fingerprint(ref.workspace, sourceOf(ref, kind, externalId)),
        })),
      ),
    )
    const listed = JSON.stringify(sources.map(({ source }) => source))
    const there = new Set((await sourcesThere(database.read, { sources: listed })).map((row) => row.source))
    return sources.find(({ source }) => there.has(source))?.ref
  }
}

/** A message is the same when place, kind and the platform's own id are. */
function sourceOf(
  { channel, workspace, key }: Pick<ConversationRef, 'channel' | 'workspace' | 'key'>,
  kind: InboundBody['kind'],
  externalId: string,
): string {
  return JSON.stringify(['source', channel, workspace, key, kind, externalId])
}

async function duplicateOf(session: Session, source: string): Promise<Accepted | undefined> {
  const [row] = await bySource(session, { source })
  if (!row) return undefined
  const assessment: TriageAssessment = row.assessment
    ? (JSON.parse(row.assessment) as TriageAssessment)
    : { level: row.level, concerns: [], about: 'self', ruleset: 'forgotten', signals: [] }
  return {
    status: 'duplicate',
    inboxId: asId<InboxId>(row.id),
    contactId: asId<ContactId>(row.contact_id ?? ''),
    assessment,
    visibility: row.visibility,
  }
}
