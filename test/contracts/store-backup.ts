import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCipher } from '../../src/privacy/crypto.ts'
import { backup, backupFiles, restore } from '../../src/store/backup.ts'
import { openKeyring } from '../../src/store/keyring.ts'
import { migrate } from '../../src/store/migrate.ts'
import { createStore } from '../../src/store/store.ts'
import {
  type ContractDatabase,
  conversationOf,
  deliveryOf,
  hear,
  mustClaim,
  type StoreWorld,
  seededRandom,
  takeKeys,
  turnOf,
  workspaceId,
} from './store-world.ts'

export function backupContract(current: () => StoreWorld, make: () => Promise<ContractDatabase>): void {
  describe('backup', () => {
    let folder: string
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'salus-backup-'))
    })
    afterEach(() => rmSync(folder, { recursive: true, force: true }))

    /** An empty database of the same kind, filled from the folder. */
    async function restored(world: StoreWorld, work: (world: StoreWorld, erased: number) => Promise<void>) {
      const contract = await make()
      const random = seededRandom('restored')
      const { clock } = world
      const keyDatabase = await contract.openKeys(clock, random)
      const keys = await openKeyring(keyDatabase)
      const database = await contract.openData(clock, random)
      await migrate(database, clock.now())
      const cipher = createCipher({ keys, masterKey: Buffer.alloc(32, 7), random, clock })
      const store = createStore({ database, cipher, clock, random })
      try {
        const counts = await restore(database, keyDatabase, backupFiles(folder), clock.now())
        await work({ ...world, store, keys, cipher, database }, counts.erased)
        await expect(restore(database, keyDatabase, backupFiles(folder), clock.now())).rejects.toMatchObject({
          code: 'USAGE',
        })
      } finally {
        await store.close()
        await keys.close()
        await contract.remove()
      }
    }
    const write = (world: StoreWorld) => backup(world.database, world.keyDatabase, folder, world.clock.now())

    it('is restored into an empty database, and life goes on: nothing uncertain is sent again', async () => {
      const world = current()
      const keys: string[] = []
      const three = [{}, { purpose: 'campaign' as const }, { to: conversationOf('elsewhere') }]
      await turnOf(world, 'ana', [], (claimed) =>
        three.map((extra, number) => {
          const made = deliveryOf(claimed, number, world.clock.now(), extra)
          keys.push(made.key)
          return made
        }),
      )
      // The first is on its way at the time of the backup.
      const onItsWay = await takeKeys(world, world.store, 1)
      await hear(world, world.store, 'ben', 'urgent', 'waiting words')
      await write(world)
      await restored(world, async (later) => {
        expect(await later.store.workspace(workspaceId)).toMatchObject({ name: 'Riverside Community' })
        await later.store.recover({ now: later.clock.now(), all: true })
        const sent = await takeKeys(later, later.store)
        expect(sent).not.toContain(onItsWay[0])
        expect(sent).toEqual(keys.filter((key) => key !== onItsWay[0] && key !== keys[1]))
        const claimed = await mustClaim(later, later.store)
        const { payload } = claimed
        expect(payload.kind === 'message' && payload.message.body).toMatchObject({ text: 'waiting words' })
        expect((await hear(later, later.store, 'ana', 'routine')).status).toBe('accepted')
        expect(await later.store.contacts(workspaceId)).toHaveLength(2)
      })
    })

    it('keeps data and keys apart, readable by their owner alone', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'routine', 'secret words')
      await write(world)
      const files = backupFiles(folder)
      const [key] = await world.keys.workspaceKeys()
      expect(readFileSync(files.data, 'utf8')).not.toContain('secret words')
      expect(readFileSync(files.data, 'utf8')).not.toContain(key?.wrapped)
      expect(readFileSync(files.keys, 'utf8')).toContain(key?.wrapped)
      for (const file of [files.data, files.keys]) expect(statSync(file).mode & 0o077).toBe(0)
      await expect(write(world)).rejects.toMatchObject({ code: 'EEXIST' })
    })

    it('does not bring back who was erased before the keys were backed up', async () => {
      const world = current()
      const { contactId } = await hear(world, world.store, 'ana', 'routine')
      await hear(world, world.store, 'ben', 'routine')
      await write(world)
      const files = backupFiles(folder)
      rmSync(files.keys)
      await world.store.eraseContact(contactId, world.clock.now())
      const second = join(folder, 'later')
      await backup(world.database, world.keyDatabase, second, world.clock.now())
      const { renameSync } = await import('node:fs')
      renameSync(backupFiles(second).keys, files.keys)
      await restored(world, async (later, erased) => {
        expect(erased).toBe(1)
        expect(await later.store.contacts(workspaceId)).toHaveLength(1)
        expect(await later.store.backlog()).toBe(1)
      })
    })

    it('is refused when it is not whole', async () => {
      const world = current()
      await hear(world, world.store, 'ana', 'routine')
      await write(world)
      const { data } = backupFiles(folder)
      truncateSync(data, statSync(data).size - 20)
      await expect(restored(world, async () => {})).rejects.toMatchObject({ code: 'USAGE' })
    })
  })
}
