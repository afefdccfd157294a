import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { DomainEvent } from '../../src/core/events.ts'
import { asId, type StaffId, type WorkspaceId } from '../../src/core/ids.ts'
import { keyBackupMs } from '../../src/privacy/crypto.ts'
import { migrate, pendingMigrations } from '../../src/store/migrate.ts'
import {
  claim,
  conversationOf,
  deliveryOf,
  finish,
  hear,
  judged,
  messageOf,
  mustClaim,
  type StoreWorld,
  takeKeys,
  testWorkspace,
  turnOf,
  workspaceId,
} from './store-world.ts'

const day = 24 * 60 * 60_000
const caseOpened: DomainEvent = {
  type: 'case_opened',
  caseId: 'case-1' as never,
  level: 'urgent',
  topic: 'heart',
  answerBy: 5_000,
  shared: false,
}

export function privacyContract(current: () => StoreWorld): void {
  describe('settings', () => {
    it('keeps a workspace apart from the next, and neither ids nor values in the clear', async () => {
      const world = current()
      const { store } = world
      const other = asId<WorkspaceId>('w2')
      await store.saveSetting(workspaceId, 'staff_room', 'CROOM', { channel: 'CROOM-secret' })
      await store.saveSetting(other, 'staff_room', 'CROOM', { channel: 'another' })
      expect(await store.setting(workspaceId, 'staff_room', 'CROOM')).toEqual({ channel: 'CROOM-secret' })
      expect(await store.settings(other, 'staff_room')).toEqual([
        { id: 'CROOM', value: { channel: 'another' } },
      ])
      expect(await store.setting(workspaceId, 'room', 'CROOM')).toBeUndefined()
      const bytes = await world.bytes()
      expect(bytes).not.toContain('CROOM')
      await store.saveSetting(workspaceId, 'staff_room', 'CROOM', undefined)
      expect(await store.settings(workspaceId, 'staff_room')).toEqual([])
    })

    it('finds the workspaces that know an account, the latest conversation first', async () => {
      const { store, clock } = current()
      const other = asId<WorkspaceId>('w2')
      await store.saveWorkspace({ ...testWorkspace, id: other })
      for (const workspace of [workspaceId, other]) {
        clock.at += 1_000
        const message = messageOf('ana', 'hello', `in-${workspace}`, clock.now())
        await store.accept({
          message: {
            ...message,
            conversation: { ...message.conversation, workspace, key: asId(`${workspace}:direct:ana`) },
          },
          assess: () => judged('routine'),
          visibility: () => 'public',
        })
      }
      const urn = messageOf('ana', '', 'x', 0).sender.urn
      expect(await store.workspacesOf(urn, [workspaceId, other, asId<WorkspaceId>('w3')])).toEqual([
        other,
        workspaceId,
      ])
      expect((await store.workspaces()).map((one) => one.id)).toEqual([workspaceId, other])
    })
  })

  describe('encryption', () => {
    it('leaves no words, names, accounts or routes readable on disk', async () => {
      const world = current()
      const { store, clock } = world
      await store.saveStaff({
        id: asId<StaffId>('s1'),
        workspace: workspaceId,
        name: 'Wilhelmina Worker',
        role: 'clinician',
        profession: 'cardiologist-profession',
        registration: 'GMC-1234567',
        active: true,
      })
      await hear(world, store, 'ana', 'routine', 'my unmistakable sentence')
      const claimed = await mustClaim(world, store)
      const input = await store.loadTurn(claimed)
      await store.commit(
        claimed,
        input,
        {
          events: [
            caseOpened,
            { type: 'case_noted', caseId: 'case-1' as never, staff: 's1' as never, text: 'noted by staff' },
            { type: 'clock_set', key: 'k', clock: 'c', dueAt: 1, data: { heard: 'clock words' } },
          ],
          stack: [{ dialog: 'd', step: 's', data: { kept: 'words of a dialog' } }],
          deliveries: [
            deliveryOf(claimed, 0, clock.now(), {
              part: { payload: { text: 'payload words' }, plain: 'answer in plain words' },
              notify: { on: 'any', conversation: claimed.conversation, data: { why: 'notify words' } },
            }),
          ],
        },
        clock.now(),
      )
      expect((await store.staff(workspaceId))[0]).toMatchObject({ name: 'Wilhelmina Worker' })
      const bytes = await world.bytes()
      expect(bytes).toContain(claimed.inboxId)
      for (const secret of [
        'unmistakable',
        'Displayed ana',
        'account-of-ana',
        'route-token',
        'Wilhelmina',
        'cardiologist',
        'GMC-',
        'noted by staff',
        'clock words',
        'words of a dialog',
        'payload words',
        'plain words',
        'notify words',
        'Riverside',
        'Winifred',
      ]) {
        expect(bytes, secret).not.toContain(secret)
      }
    })

    it('refuses a master key that does not open what is stored', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'routine')
      const { createCipher, opensKeys } = await import('../../src/privacy/crypto.ts')
      const { clock, keys } = world
      const wrong = Buffer.alloc(32, 8)
      const random = { id: () => 'x', fraction: () => 0, bytes: (n: number) => new Uint8Array(n) }
      const cipher = createCipher({ keys, masterKey: wrong, random, clock })
      await expect(cipher.forWorkspace(workspaceId)).rejects.toMatchObject({ code: 'KEY_MISSING' })
      expect(await opensKeys(keys, wrong)).toBe(false)
      expect(await opensKeys(keys, Buffer.alloc(32, 7))).toBe(true)
    })

    it('changes the master key without touching what was sealed', async () => {
      const world = current()
      const { rotateMaster, createCipher } = await import('../../src/privacy/crypto.ts')
      const random = { id: () => 'x', fraction: () => 0, bytes: (n: number) => new Uint8Array(n).fill(3) }
      const sealed = (await world.cipher.forWorkspace(workspaceId)).seal('kept')
      const [from, to] = [Buffer.alloc(32, 7), Buffer.alloc(32, 9)]
      await expect(rotateMaster(world.keys, to, from, random)).rejects.toMatchObject({ code: 'KEY_MISSING' })
      expect(await rotateMaster(world.keys, from, to, random)).toBe(1)
      const cipher = createCipher({ keys: world.keys, masterKey: to, random, clock: world.clock })
      expect((await cipher.forWorkspace(workspaceId)).unseal(sealed)).toBe('kept')
    })
  })

  describe('a person’s own data', () => {
    it('is exported whole and readable', async () => {
      const world = current()
      const claimed = await turnOf(world, 'ana', [caseOpened], (one) => [
        deliveryOf(one, 0, world.clock.now()),
      ])
      const held = JSON.stringify(await world.store.exportContact(claimed.contactId))
      for (const part of [
        'words of ana',
        'plain answer 0',
        'web:account-of-ana',
        'case-1',
        'route-room-of-ana',
      ]) {
        expect(held).toContain(part)
      }
      // With it whoever reads the export could answer in Salus's name.
      expect(held).not.toContain('route-token-of-ana')
      expect(await world.store.held(claimed.contactId)).toEqual({ messages: 1, cases: 1 })
    })

    it('is erased with its key; a redelivery stays a duplicate and makes nobody anew', async () => {
      const world = current()
      const { store, clock } = world
      const message = messageOf('ana', 'erase me', 'kept-key', clock.now())
      const accept = () =>
        store.accept({ message, assess: () => judged('routine'), visibility: () => 'private' })
      const accepted = await accept()
      const claimed = await mustClaim(world, store)
      await finish(world, store, claimed, [caseOpened], [deliveryOf(claimed, 0, clock.now())])
      await turnOf(world, 'ben')
      const person = await world.cipher.forContact(workspaceId, accepted.contactId)
      const sealed = person.seal('anything')
      const erased = await store.eraseContact(accepted.contactId, clock.now())
      expect(erased.keyBackupsExpireAt).toBe(clock.now() + keyBackupMs)
      expect(erased.removed).toMatchObject({ messages: 1, deliveries: 1, cases: 1, accounts: 1, contacts: 1 })
      expect(await store.contacts(workspaceId)).toHaveLength(1)
      expect(await store.transcript(conversationOf('ana'))).toEqual([])
      expect(await store.deliveriesSince(conversationOf('ana'), 0)).toEqual([])
      expect(await world.keys.personKey(workspaceId, accepted.contactId)).toBeUndefined()
      const other = await world.another()
      expect(await takeKeys(world, other)).toEqual([])
      await expect(store.exportContact(accepted.contactId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect((await accept()).status).toBe('duplicate')
      expect(await store.contacts(workspaceId)).toHaveLength(1)
      expect((await world.cipher.forContact(workspaceId, accepted.contactId)).unseal(sealed)).toBeUndefined()
      expect((await hear(world, other, 'ana', 'routine')).contactId).not.toBe(accepted.contactId)
      expect((await store.audit(workspaceId)).map((entry) => entry.action)).toContain('contact_erased')
    })

    it('is erased only after open alarms are answered and delivered', async () => {
      const world = current()
      const { store, clock } = world
      const { contactId } = await hear(world, store, 'ana', 'crisis')
      expect((await store.eraseContact(contactId, clock.now())).removed).toEqual({ pending: true })
      const claimed = await mustClaim(world, store)
      const line = deliveryOf(claimed, 0, clock.now(), { level: 'crisis' })
      expect(await finish(world, store, claimed, [], [line])).toBe('committed')
      await takeKeys(world, store)
      expect(await store.contacts(workspaceId)).toHaveLength(1)
      await store.settle(line.key, { status: 'sent' }, clock.now())
      expect(await store.contacts(workspaceId)).toEqual([])
    })

    it('is erased when the person asked for it in a turn and has been told', async () => {
      const world = current()
      const claimed = await turnOf(world, 'ana', [{ type: 'erasure_requested' }], (one) => [
        deliveryOf(one, 0, world.clock.now()),
      ])
      expect(await takeKeys(world, world.store)).toHaveLength(1)
      await world.store.settle(`${claimed.inboxId}/0/0` as never, { status: 'sent' }, world.clock.now())
      expect(await world.store.contacts(workspaceId)).toEqual([])
    })

    it('fences off a turn that was running when the person was erased', async () => {
      const world = current()
      const { contactId } = await hear(world, world.store, 'ana', 'routine')
      const claimed = await mustClaim(world, world.store)
      const input = await world.store.loadTurn(claimed)
      await world.store.eraseContact(contactId, world.clock.now())
      const outcome = { events: [], stack: [], deliveries: [deliveryOf(claimed, 0, world.clock.now())] }
      expect(await world.store.commit(claimed, input, outcome, world.clock.now())).toBe('fenced')
      expect(await takeKeys(world, world.store)).toEqual([])
    })
  })

  describe('forgetting', () => {
    it('forgets routine words after their days, and still knows a redelivery', async () => {
      const world = current()
      const { store, clock } = world
      const message = messageOf('ana', 'old words', 'old', clock.now())
      const accept = () =>
        store.accept({ message, assess: () => judged('sensitive'), visibility: () => 'private' })
      await accept()
      const claimed = await mustClaim(world, store)
      const delivery = deliveryOf(claimed, 0, clock.now())
      await finish(world, store, claimed, [], [delivery])
      await takeKeys(world, store)
      await store.settle(delivery.key, { status: 'sent' }, clock.now())
      clock.at += 30 * day
      expect(await store.forget(clock.now())).toMatchObject({ messages: 0, deliveries: 0 })
      clock.at += 1
      expect(await store.forget(clock.now())).toMatchObject({ messages: 1, deliveries: 1, people: 1 })
      expect(await store.transcript(conversationOf('ana'))).toEqual([])
      expect(await accept()).toMatchObject({ status: 'duplicate', assessment: { level: 'sensitive' } })
    })

    it('never forgets what still waits', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'routine', 'waiting words')
      world.clock.at += 400 * day
      expect(await world.store.forget(world.clock.now())).toMatchObject({ messages: 0 })
      expect((await claim(world, world.store))?.payload.kind).toBe('message')
    })

    it('keeps a case and its words until its own days after closing are over', async () => {
      const world = current()
      const { store, clock } = world
      const resolved: DomainEvent = { type: 'case_moved', caseId: 'case-1' as never, to: 'resolved' }
      await turnOf(world, 'ana', [caseOpened, resolved])
      clock.at += 90 * day
      await store.forget(clock.now())
      expect(await store.cases(workspaceId)).toHaveLength(1)
      expect(await store.transcript(conversationOf('ana'))).toHaveLength(1)
      clock.at += 1
      // The words go with the next pass: the case stood over them in this one.
      await store.forget(clock.now())
      await store.forget(clock.now())
      expect(await store.cases(workspaceId)).toEqual([])
      expect(await store.transcript(conversationOf('ana'))).toEqual([])
    })
  })

  describe('audit', () => {
    const entry = (action: string, at: number) => ({
      workspace: workspaceId,
      at,
      actor: 'system' as const,
      action,
      subject: 'x',
      codes: { n: 1 },
    })

    it('is sealed in blocks that show any later change', async () => {
      const world = current()
      const { store, clock, database } = world
      for (const action of ['a', 'b', 'c']) await store.appendAudit(entry(action, clock.now()))
      expect(await store.sealAudit(clock.now())).toBe(3)
      expect(await store.sealAudit(clock.now())).toBe(0)
      await store.appendAudit(entry('d', clock.now()))
      expect(await store.sealAudit(clock.now())).toBe(1)
      expect(await store.verifyAudit(workspaceId)).toEqual({ intact: true, blocks: 2 })
      await database.write((session) =>
        session.db.updateTable('audit').set({ action: 'z' }).where('action', '=', 'b').execute(),
      )
      expect(await store.verifyAudit(workspaceId)).toEqual({
        intact: false,
        block: 1,
        reason: 'rows_changed',
      })
    })

    it('shows a block taken out of the chain', async () => {
      const world = current()
      const { store, clock, database } = world
      for (const action of ['a', 'b', 'c']) {
        await store.appendAudit(entry(action, clock.now()))
        await store.sealAudit(clock.now())
      }
      await database.write(async ({ db }) => {
        await db.deleteFrom('audit').where('block', '=', 2).execute()
        await db.deleteFrom('audit_blocks').where('number', '=', 2).execute()
      })
      expect(await store.verifyAudit(workspaceId)).toMatchObject({ intact: false, reason: 'chain_broken' })
    })

    it('loses old rows and keeps their seals', async () => {
      const world = current()
      const { store, clock } = world
      await store.appendAudit(entry('old', clock.now()))
      await store.sealAudit(clock.now())
      clock.at += 731 * day
      await store.appendAudit(entry('new', clock.now()))
      await store.sealAudit(clock.now())
      expect(await store.forget(clock.now())).toMatchObject({ auditRows: 1 })
      expect((await store.audit(workspaceId)).map((one) => one.action)).toEqual(['new'])
      expect(await store.verifyAudit(workspaceId)).toEqual({ intact: true, blocks: 2 })
    })
  })

  describe('schema', () => {
    it('is brought up to date once, and refuses a newer one', async () => {
      const { database } = current()
      expect(await pendingMigrations(database)).toEqual([])
      expect(await migrate(database, 1)).toEqual([])
      await database.write((session) =>
        sql`insert into migrations (name, applied_at) values ('9999-future', 1)`.execute(session.db),
      )
      await expect(pendingMigrations(database)).rejects.toMatchObject({ code: 'STORE_NEWER' })
    })
  })
}
