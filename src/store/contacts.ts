import type { Contact, ContactChange } from '../core/conversation.ts'
import { AppError } from '../core/errors.ts'
import { asId, type ContactId, type Urn, type WorkspaceId } from '../core/ids.ts'
import type { Cipher, PersonCipher, Store } from '../core/ports.ts'
import type { StoreParts } from './parts.ts'
import { drawPseudonym } from './pseudonym.ts'
import { prepared, type Session } from './query.ts'
import type { ContactRow, Flag } from './schema.ts'

/** Accounts whose contact is remembered. */
const rememberedAccounts = 50_000
const pseudonymAttempts = 14

export interface Account {
  readonly fingerprint: string
  readonly contactId: ContactId
  readonly cipher: PersonCipher
}

const accountBy = prepared<{ fingerprint: string }>()((db, given) =>
  db.selectFrom('accounts').select('contact_id').where('fingerprint', '=', given.fingerprint),
)
const knownIn = prepared<{ fingerprints: string }>()((db, given, dialect) =>
  db
    .selectFrom('accounts')
    .leftJoin('conversations', 'conversations.contact_id', 'accounts.contact_id')
    .select((eb) => ['accounts.workspace', eb.fn.max('conversations.created_at').as('latest')])
    .where('accounts.fingerprint', 'in', dialect.listed(given.fingerprints))
    .groupBy('accounts.workspace'),
)
const insertContact = prepared<{
  id: string
  workspace: string
  pseudonym: string
  locale: string
  created_at: number
}>()((db, given) =>
  db
    .insertInto('contacts')
    .values({
      ...pickContact(given),
      minor: 0,
      stopped: 0,
      recent: '[]',
      sealed_fragments: null,
      fence: 0,
      claim_fence: 0,
      alarm_since: 0,
      alarm_count: 0,
      country: null,
      introduced_at: null,
      self_harm_at: null,
      crisis_script_at: null,
      abuse_at: null,
      loss_at: null,
      eating_at: null,
      claimed_by: null,
      lease_until: null,
      erase_requested_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
)
const insertAccount = prepared<{
  fingerprint: string
  workspace: string
  contact_id: string
  sealed_urn: string
}>()((db, given) =>
  db
    .insertInto('accounts')
    .values({
      fingerprint: given.fingerprint,
      workspace: given.workspace,
      contact_id: given.contact_id,
      sealed_urn: given.sealed_urn,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('contact_id'),
)

function pickContact(given: {
  id: string
  workspace: string
  pseudonym: string
  locale: string
  created_at: number
}) {
  const { id, workspace, pseudonym, locale, created_at } = given
  return { id, workspace, pseudonym, locale, created_at }
}

function accountFingerprint(cipher: Cipher, workspace: WorkspaceId, urn: Urn): Promise<string> {
  return cipher.fingerprint(workspace, `account|${urn}`)
}

/** Where an account is known: a platform's direct messages do not say which community they belong to. */
export function createWorkspacesOf({ database, cipher }: StoreParts): Store['workspacesOf'] {
  return async (urn, among) => {
    const fingerprints = await Promise.all(among.map((one) => accountFingerprint(cipher, one, urn)))
    const rows = await knownIn(database.read, { fingerprints: JSON.stringify(fingerprints) })
    return [...rows]
      .sort((a, b) => Number(b.latest ?? 0) - Number(a.latest ?? 0))
      .map((row) => asId<WorkspaceId>(row.workspace))
  }
}

/** Who is behind an account, without making them. */
export function createContactOf({ database, cipher }: StoreParts): Store['contactOf'] {
  return async (workspace, urn) => {
    const [row] = await accountBy(database.read, {
      fingerprint: await accountFingerprint(cipher, workspace, urn),
    })
    return row && asId<ContactId>(row.contact_id)
  }
}

/** Finds the contact of a platform account, and makes one for an account never seen. */
export function createAccounts({ database, cipher, clock, random }: StoreParts) {
  const remembered = new Map<string, ContactId>()
  const making = new Map<string, Promise<ContactId>>()
  /** At which attempt a pseudonym was found last, by workspace. */
  const crowded = new Map<string, number>()

  const fingerprintOf = (workspace: WorkspaceId, urn: Urn) => accountFingerprint(cipher, workspace, urn)

  async function find(fingerprint: string): Promise<ContactId | undefined> {
    const known = remembered.get(fingerprint)
    if (known) return known
    const [row] = await accountBy(database.read, { fingerprint })
    return row ? remember(fingerprint, asId<ContactId>(row.contact_id)) : undefined
  }

  async function ensure(
    workspace: WorkspaceId,
    urn: Urn,
    fingerprint: string,
    locale: string,
  ): Promise<Account> {
    let contactId = await find(fingerprint)
    if (!contactId) {
      // Two messages of a new person at once must not make two contacts.
      const pending = making.get(fingerprint) ?? make(workspace, urn, fingerprint, locale)
      making.set(fingerprint, pending)
      try {
        contactId = await pending
      } finally {
        making.delete(fingerprint)
      }
    }
    return { fingerprint, contactId, cipher: await cipher.forContact(workspace, contactId) }
  }

  async function make(
    workspace: WorkspaceId,
    urn: Urn,
    fingerprint: string,
    locale: string,
  ): Promise<ContactId> {
    const id = asId<ContactId>(random.id())
    const sealedUrn = (await cipher.forContact(workspace, id)).seal(urn)
    const contact_id = await database
      .write(async (session) => {
        const [row] = await accountBy(session, { fingerprint })
        if (row) return row.contact_id
        await insertNew(session, { id, workspace, locale, created_at: clock.now() })
        const [made] = await insertAccount(session, {
          fingerprint,
          workspace,
          contact_id: id,
          sealed_urn: sealedUrn,
        })
        if (!made) throw new LostRace()
        return made.contact_id
      }, 'first')
      .catch(async (error: unknown) => {
        if (!(error instanceof LostRace)) throw error
        const [row] = await accountBy(database.read, { fingerprint })
        if (!row) throw error
        return row.contact_id
      })
    // Another process made the contact meanwhile: the key made for this one serves nobody.
    if (contact_id !== id) await cipher.eraseContact(workspace, id)
    return remember(fingerprint, asId<ContactId>(contact_id))
  }

  async function insertNew(
    session: Session,
    contact: { id: string; workspace: string; locale: string; created_at: number },
  ): Promise<void> {
    // Where many names are taken, the short ones are not tried again for everybody.
    const from = crowded.get(contact.workspace) ?? 0
    for (let attempt = from; attempt < pseudonymAttempts; attempt++) {
      const pseudonym = drawPseudonym(random, attempt)
      const [made] = await insertContact(session, { ...contact, pseudonym })
      if (!made) continue
      crowded.set(contact.workspace, Math.max(0, attempt - 1))
      return
    }
    throw new AppError('STORE_UNAVAILABLE', 'No free pseudonym was found.')
  }

  function remember(fingerprint: string, contactId: ContactId): ContactId {
    if (remembered.size >= rememberedAccounts) remembered.clear()
    remembered.set(fingerprint, contactId)
    return contactId
  }

  return { fingerprintOf, find, ensure, forget: (fingerprint: string) => remembered.delete(fingerprint) }
}

class LostRace extends Error {}

/** What a contact is made of, as the engine sees it. */
export const contactColumns = [
  'contacts.id',
  'contacts.workspace',
  'contacts.pseudonym',
  'contacts.locale',
  'contacts.country',
  'contacts.minor',
  'contacts.stopped',
  'contacts.introduced_at',
  'contacts.self_harm_at',
  'contacts.crisis_script_at',
  'contacts.abuse_at',
  'contacts.loss_at',
  'contacts.eating_at',
  'contacts.recent',
] as const
type ContactColumn = (typeof contactColumns)[number] extends `contacts.${infer Column}` ? Column : never

/** A contact as the engine sees it. */
export function toContact(row: Pick<ContactRow, ContactColumn & keyof ContactRow>): Contact {
  return {
    id: asId<ContactId>(row.id),
    workspace: asId<WorkspaceId>(row.workspace),
    pseudonym: row.pseudonym,
    locale: row.locale,
    minor: row.minor === 1,
    stopped: row.stopped === 1,
    recent: parseRecent(row.recent),
    ...(row.country === null ? {} : { country: row.country }),
    ...(row.introduced_at === null ? {} : { introducedAt: row.introduced_at }),
    ...(row.self_harm_at === null ? {} : { selfHarmAt: row.self_harm_at }),
    ...(row.crisis_script_at === null ? {} : { crisisScriptAt: row.crisis_script_at }),
    ...(row.abuse_at === null ? {} : { abuseAt: row.abuse_at }),
    ...(row.loss_at === null ? {} : { lossAt: row.loss_at }),
    ...(row.eating_at === null ? {} : { eatingAt: row.eating_at }),
  }
}

export function parseRecent(json: string): Contact['recent'] {
  return JSON.parse(json) as Contact['recent']
}

const updateContact = prepared<{
  id: string
  locale: string
  country: string | null
  minor: Flag
  stopped: Flag
  introduced_at: number | null
  self_harm_at: number | null
  crisis_script_at: number | null
  abuse_at: number | null
  loss_at: number | null
  eating_at: number | null
}>()((db, given) =>
  db
    .updateTable('contacts')
    .set({
      locale: given.locale,
      country: given.country,
      minor: given.minor,
      stopped: given.stopped,
      introduced_at: given.introduced_at,
      self_harm_at: given.self_harm_at,
      crisis_script_at: given.crisis_script_at,
      abuse_at: given.abuse_at,
      loss_at: given.loss_at,
      eating_at: given.eating_at,
    })
    .where('id', '=', given.id),
)

/** Writes what a turn changed of a person; the rest stays as it was loaded. */
export async function changeContact(
  session: Session,
  contact: Contact,
  change: ContactChange,
): Promise<void> {
  const after = { ...contact, ...change }
  await updateContact(session, {
    id: contact.id,
    locale: after.locale,
    country: after.country ?? null,
    minor: after.minor ? 1 : 0,
    stopped: after.stopped ? 1 : 0,
    introduced_at: after.introducedAt ?? null,
    self_harm_at: after.selfHarmAt ?? null,
    crisis_script_at: after.crisisScriptAt ?? null,
    abuse_at: after.abuseAt ?? null,
    loss_at: after.lossAt ?? null,
    eating_at: after.eatingAt ?? null,
  })
}

const idsOf = prepared<{ workspace: string }>()((db, given) =>
  db.selectFrom('contacts').select('id').where('workspace', '=', given.workspace).orderBy('id'),
)

export async function contactsOf(session: Session, workspace: WorkspaceId): Promise<readonly ContactId[]> {
  return (await idsOf(session, { workspace })).map((row) => asId<ContactId>(row.id))
}

const heldCounts = prepared<{ contact: string }>()((db, given) =>
  db.selectNoFrom((eb) => [
    eb
      .selectFrom('inbox')
      .select((one) => one.fn.countAll<number>().as('count'))
      .where('contact_id', '=', given.contact)
      .where('sealed_body', 'is not', null)
      .where('kind', '=', 'message')
      .as('messages'),
    eb
      .selectFrom('cases')
      .select((one) => one.fn.countAll<number>().as('count'))
      .where('contact_id', '=', given.contact)
      .as('cases'),
  ]),
)

/** How much is held about a person: messages whose words are kept, and cases. */
export async function heldOf(
  session: Session,
  contact: ContactId,
): Promise<{ readonly messages: number; readonly cases: number }> {
  const [row] = await heldCounts(session, { contact })
  return { messages: row?.messages ?? 0, cases: row?.cases ?? 0 }
}
