import { describe, expect, it } from 'vitest'
import type { Level, TriageContext } from '../../src/core/assessment.ts'
import { asId, type DeliveryKey } from '../../src/core/ids.ts'
import type { InboundBody } from '../../src/core/inbound.ts'
import {
  claim,
  conversationOf,
  deliveryOf,
  finish,
  judged,
  messageOf,
  mustClaim,
  type StoreWorld,
  takeKeys,
} from './store-world.ts'

/** What becomes of messages that a person deletes or changes. */
export function changesContract(current: () => StoreWorld): void {
  const place = conversationOf('ana')
  const hear = (id: string, body: InboundBody, level: Level = 'routine') => {
    const { store, clock } = current()
    clock.at += 1_000
    return store.accept({
      message: { ...messageOf('ana', '', id, clock.now()), body },
      assess: () => judged(level),
      visibility: () => 'private',
    })
  }
  const writes = (id: string, text: string, level?: Level) => hear(id, { kind: 'text', text }, level)
  const deletes = (id: string) => hear(`${id}/deleted`, { kind: 'deleted', externalId: id })
  const edits = (id: string, text: string, level?: Level, at = 1) =>
    hear(`${id}/${at}`, { kind: 'edited', externalId: id, text }, level)
  const heard = async () => (await current().store.transcript(place)).filter(({ from }) => from === 'contact')
  /** What triage is given of the person's last words. */
  const readTogether = async () => {
    let seen: TriageContext | undefined
    const { store, clock } = current()
    await store.accept({
      message: messageOf('ana', 'look', `look ${clock.now()}`, clock.now()),
      assess: (_text, context) => {
        seen = context
        return judged('routine')
      },
      visibility: () => 'private',
    })
    return seen?.fragments ?? []
  }

  describe('deletions', () => {
    it('erase the words of the message, keep its row for redeliveries, and leave a line without words', async () => {
      await writes('m1', 'my name is Wilhelmina')
      await deletes('m1')
      expect(await heard()).toMatchObject([{ text: '', deleted: true, externalId: 'm1' }])
      const again = await writes('m1', 'my name is Wilhelmina')
      expect(again.status).toBe('duplicate')
      const [contact] = await current().store.contacts(messageOf('ana', '', '', 0).conversation.workspace)
      expect(JSON.stringify(await current().store.exportContact(contact!))).not.toContain('Wilhelmina')
    })

    it('withdraw a turn that was not run, and run it for an alarm all the same', async () => {
      const world = current()
      await writes('calm', 'what is asthma')
      await writes('alarm', 'words of an alarm', 'crisis')
      await deletes('calm')
      await deletes('alarm')
      const first = await mustClaim(world, world.store)
      expect(first.assessment?.level).toBe('crisis')
      expect(first.payload).toMatchObject({ message: { deleted: true, body: { text: '' } } })
      expect(await finish(world, world.store, first)).toBe('committed')
      const rest = []
      for (let next = await claim(world, world.store); next; next = await claim(world, world.store)) {
        rest.push(next.payload)
        await finish(world, world.store, next)
      }
      expect(rest).toMatchObject([
        { message: { body: { kind: 'deleted' } } },
        { message: { body: { kind: 'deleted' } } },
      ])
    })

    it('fence off a calm turn that runs, and never an alarm', async () => {
      const world = current()
      await writes('calm', 'what is asthma')
      const running = await mustClaim(world, world.store)
      await deletes('calm')
      expect(await finish(world, world.store, running)).toBe('fenced')
      const again = await mustClaim(world, world.store)
      expect(again.payload).toMatchObject({ message: { deleted: true } })
      await finish(world, world.store, again)
      await finish(world, world.store, await mustClaim(world, world.store))

      await writes('alarm', 'words of an alarm', 'emergency')
      const alarm = await mustClaim(world, world.store)
      await deletes('alarm')
      expect(await finish(world, world.store, alarm)).toBe('committed')
    })

    it('withdraw answers below urgent that were not sent, and no others', async () => {
      const world = current()
      const answer = async (id: string, level: Level) => {
        await writes(id, 'words', level)
        const claimed = await mustClaim(world, world.store)
        await finish(world, world.store, claimed, [], [deliveryOf(claimed, 0, world.clock.now(), { level })])
        return asId<DeliveryKey>(`${claimed.inboxId}/0/0`)
      }
      await answer('routine', 'routine')
      const urgent = await answer('urgent', 'urgent')
      const other = await answer('other', 'routine')
      await deletes('routine')
      await deletes('urgent')
      expect(await takeKeys(world, world.store)).toEqual([urgent, other])
    })

    it('take calm words out of what triage reads together, and leave those of an alarm', async () => {
      await writes('calm', 'calm words')
      await writes('alarm', 'alarming words', 'crisis')
      await deletes('calm')
      await deletes('alarm')
      expect(await readTogether()).toEqual(['alarming words'])
    })

    it('leave the message of another person with the same id alone', async () => {
      const { store, clock } = current()
      await store.accept({
        message: messageOf('ben', 'words of ben', 'm1', clock.now()),
        assess: () => judged('routine'),
        visibility: () => 'private',
      })
      await deletes('m1')
      const lines = await store.transcript(conversationOf('ben'))
      expect(lines.map(({ text }) => text)).toEqual(['words of ben'])
    })
  })

  describe('edits', () => {
    it('stand beside the earlier wording, each marked, and a deletion takes both', async () => {
      await writes('m1', 'first words')
      await edits('m1', 'second words')
      expect(await heard()).toMatchObject([
        { text: 'first words', version: 'earlier' },
        { text: 'second words', version: 'edited' },
      ])
      await deletes('m1')
      expect(await heard()).toMatchObject([{ text: '', deleted: true }])
    })

    it('take the turn of a wording that was not run, unless that was worse', async () => {
      const world = current()
      await writes('m1', 'first words')
      await edits('m1', 'second words')
      expect((await mustClaim(world, world.store)).payload).toMatchObject({
        message: { body: { text: 'second words' } },
      })
    })

    it('never lower: a worse wording that waits is run before a calm one', async () => {
      const world = current()
      await writes('m1', 'alarming words', 'crisis')
      await edits('m1', 'calm words')
      const first = await mustClaim(world, world.store)
      expect(first.payload).toMatchObject({ message: { body: { text: 'alarming words' } } })
      expect(first.assessment?.level).toBe('crisis')
      expect(await readTogether()).toContain('alarming words')
    })

    it('know what was answered before, at its worst level, and what that answer is called', async () => {
      const world = current()
      await writes('m1', 'first words', 'urgent')
      const claimed = await mustClaim(world, world.store)
      await finish(world, world.store, claimed, [], [deliveryOf(claimed, 0, world.clock.now())])
      await takeKeys(world, world.store)
      const key = asId<DeliveryKey>(`${claimed.inboxId}/0/0`)
      await world.store.settle(key, { status: 'sent', externalId: 'sent-1' }, world.clock.now())
      await edits('m1', 'second words')
      const input = await world.store.loadTurn(await mustClaim(world, world.store))
      expect(input.before).toEqual({
        text: 'first words',
        level: 'urgent',
        answered: true,
        sent: [{ to: place, externalId: 'sent-1', level: 'routine' }],
      })
    })
  })
}
