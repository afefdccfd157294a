import { describe, expect, it } from 'vitest'
import type { DomainEvent } from '../../src/core/events.ts'
import { type ArticleId, asId, type PassageId } from '../../src/core/ids.ts'
import { type StoreWorld, turnOf, workspaceId } from './store-world.ts'

const told = (article: string, hash: string): DomainEvent => ({
  type: 'answer_given',
  citations: [
    { article: asId<ArticleId>(article), passage: asId<PassageId>(`${article}#signs`), hash },
    { article: asId<ArticleId>('flu'), passage: asId<PassageId>('flu#signs'), hash: 'ff' },
  ],
})

export function answeredContract(current: () => StoreWorld): void {
  describe('what was answered', () => {
    it('says who was told what of one article, and of no other whose name begins alike', async () => {
      const world = current()
      const ana = await turnOf(world, 'ana', [told('gout', 'aa')])
      await turnOf(world, 'ben', [told('gout-diet', 'bb')])
      expect(await world.store.told(workspaceId, 'gout')).toEqual([
        {
          contact: ana.contactId,
          pseudonym: expect.any(String),
          conversation: expect.any(String),
          at: expect.any(Number),
          passages: [{ passage: 'gout#signs', hash: 'aa' }],
        },
      ])
    })

    it('no longer names somebody who was erased', async () => {
      const world = current()
      const ana = await turnOf(world, 'ana', [told('gout', 'aa')])
      await world.store.eraseContact(ana.contactId, world.clock.now())
      expect(await world.store.told(workspaceId, 'gout')).toEqual([])
    })

    it('gives routine questions without an answer, until they are forgotten', async () => {
      const world = current()
      const { store, clock } = world
      const quiet: DomainEvent = { type: 'question_unanswered', reason: 'no_match' }
      const ana = await turnOf(world, 'ana', [quiet])
      await turnOf(world, 'ben', [quiet], undefined, 'sensitive')
      const since = clock.now() - 60_000
      expect(await store.unanswered(workspaceId, { since, limit: 10 })).toEqual([
        { contact: ana.contactId, at: expect.any(Number), reason: 'no_match', text: 'words of ana' },
      ])
      expect(await store.unanswered(workspaceId, { since: clock.now() + 1, limit: 10 })).toEqual([])
      clock.at += 40 * 24 * 60 * 60_000
      await store.forget(clock.now())
      expect(await store.unanswered(workspaceId, { since: 0, limit: 10 })).toEqual([])
    })
  })
}
