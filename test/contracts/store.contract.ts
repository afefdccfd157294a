import { afterEach, beforeEach, describe } from 'vitest'
import { answeredContract } from './store-answered.ts'
import { backupContract } from './store-backup.ts'
import { changesContract } from './store-changes.ts'
import { inboxContract } from './store-inbox.ts'
import { outboxContract } from './store-outbox.ts'
import { privacyContract } from './store-privacy.ts'
import { turnContract } from './store-turns.ts'
import { type ContractDatabase, openWorld, type StoreWorld } from './store-world.ts'

/** Every promise of the `Store` port, against a real database. */
export function storeContract(name: string, make: () => Promise<ContractDatabase>): void {
  describe(`${name} keeps the promises of a store`, () => {
    let world: StoreWorld
    beforeEach(async () => {
      world = await openWorld(make)
    })
    afterEach(() => world.close())
    const current = () => world
    inboxContract(current)
    turnContract(current)
    changesContract(current)
    outboxContract(current)
    answeredContract(current)
    privacyContract(current)
    backupContract(current, make)
  })
}
