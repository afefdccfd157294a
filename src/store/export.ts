import { AppError } from '../core/errors.ts'
import { asId, type ContactId, type WorkspaceId } from '../core/ids.ts'
import type { JsonObject, JsonValue } from '../core/json.ts'
import type { PersonCipher, Store } from '../core/ports.ts'
import type { StoreParts } from './parts.ts'
import type { Session } from './query.ts'

/** Everything held about a person, opened, with times a person can read. */
export function createExport({ database, cipher }: StoreParts): Store['exportContact'] {
  return async (contact) => {
    const { read } = database
    const row = await read.db.selectFrom('contacts').selectAll().where('id', '=', contact).executeTakeFirst()
    if (!row) throw new AppError('NOT_FOUND', 'There is no such contact.')
    const person = await cipher.forContact(asId<WorkspaceId>(row.workspace), asId<ContactId>(row.id))
    const { recent, sealed_fragments, ...facts } = row
    return {
      contact: readable(facts),
      recentSignals: JSON.parse(recent) as JsonValue,
      recentWords: opened(sealed_fragments, person),
      accounts: await accounts(read, contact, person),
      conversations: await conversations(read, contact, person),
      received: await received(read, contact, person),
      sent: await sent(read, contact, person),
      cases: await cases(read, contact, person),
      clocks: await clocks(read, contact, person),
      audit: await audit(read, contact),
    }
  }
}

async function accounts({ db }: Session, contact: string, person: PersonCipher): Promise<JsonValue> {
  const rows = await db
    .selectFrom('accounts')
    .select('sealed_urn')
    .where('contact_id', '=', contact)
    .orderBy('fingerprint')
    .execute()
  return rows.map((row) => person.unseal(row.sealed_urn) ?? null)
}

async function conversations({ db }: Session, contact: string, person: PersonCipher): Promise<JsonValue> {
  const rows = await db
    .selectFrom('conversations')
    .selectAll()
    .where('contact_id', '=', contact)
    .orderBy('key')
    .execute()
  return rows.map(({ sealed_route, sealed_stack, topic, ...row }) => ({
    ...readable(row),
    route: opened(sealed_route, person),
    dialogs: opened(sealed_stack, person),
    topic: topic === null ? null : (JSON.parse(topic) as JsonValue),
  }))
}

async function received({ db }: Session, contact: string, person: PersonCipher): Promise<JsonValue> {
  const rows = await db
    .selectFrom('inbox')
    .select(['accepted_at', 'conversation', 'kind', 'level', 'assessment', 'codes', 'sealed_body'])
    .where('contact_id', '=', contact)
    .orderBy('seq')
    .execute()
  return rows.map(({ assessment, codes, sealed_body, ...row }) => ({
    ...readable(row),
    assessment: assessment === null ? null : (JSON.parse(assessment) as JsonValue),
    codes: codes === null ? null : (JSON.parse(codes) as JsonValue),
    content: opened(sealed_body, person),
  }))
}

async function sent({ db }: Session, contact: string, person: PersonCipher): Promise<JsonValue> {
  const rows = await db
    .selectFrom('outbox')
    .select([
      'created_at',
      'settled_at',
      'place',
      'purpose',
      'level',
      'status',
      'sealed_part',
      'sealed_notify',
    ])
    .where('contact_id', '=', contact)
    .orderBy('sequence')
    .orderBy('key')
    .execute()
  return rows.map(({ sealed_part, sealed_notify, ...row }) => ({
    ...readable(row),
    content: opened(sealed_part, person),
    about: opened(sealed_notify, person),
  }))
}

async function cases({ db }: Session, contact: string, person: PersonCipher): Promise<JsonValue> {
  const rows = await db
    .selectFrom('cases')
    .selectAll()
    .where('contact_id', '=', contact)
    .orderBy('opened_at')
    .orderBy('id')
    .execute()
  const notes = await db
    .selectFrom('notes')
    .selectAll()
    .where('contact_id', '=', contact)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    ...readable({ ...row }),
    notes: notes
      .filter((note) => note.case_id === row.id)
      .map((note) => ({ at: instant(note.at), text: person.unseal(note.sealed_text) ?? null })),
  }))
}

async function clocks({ db }: Session, contact: string, person: PersonCipher): Promise<JsonValue> {
  const rows = await db
    .selectFrom('clocks')
    .select(['clock', 'due_at', 'conversation', 'sealed_data'])
    .where('contact_id', '=', contact)
    .orderBy('key')
    .execute()
  return rows.map(({ sealed_data, ...row }) => ({ ...readable(row), data: opened(sealed_data, person) }))
}

async function audit({ db }: Session, contact: string): Promise<JsonValue> {
  const rows = await db
    .selectFrom('audit')
    .select(['at', 'actor', 'action', 'subject', 'codes'])
    .where((eb) => eb.or([eb('subject', '=', contact), eb('actor', '=', `contact:${contact}`)]))
    .orderBy('seq')
    .execute()
  return rows.map(({ codes, ...row }) => ({ ...readable(row), codes: JSON.parse(codes) as JsonValue }))
}

/** What a route may hold that lets whoever has it answer in Salus's name, for minutes: nobody is handed that. */
const answerKeys: ReadonlySet<string> = new Set(['token', 'answerUrl'])

function opened(sealed: string | null, person: PersonCipher): JsonValue {
  const text = sealed === null ? undefined : person.unseal(sealed)
  if (text === undefined) return null
  return JSON.parse(text, (key, value: JsonValue) => (answerKeys.has(key) ? undefined : value)) as JsonValue
}

/** Columns whose name says that they are instants become ISO dates. */
function readable(row: { readonly [column: string]: string | number | null }): JsonObject {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'number' && /_(at|by|until)$/.test(column) ? instant(value) : value,
    ]),
  )
}

function instant(ms: number): string {
  return new Date(ms).toISOString()
}
