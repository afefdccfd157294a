import { describe, expect, test } from 'vitest'
import { createMemoryBus } from '../bus/memory.ts'
import { asId, type CaseId, type StaffId, type WorkspaceId } from '../core/ids.ts'
import type { HandoffCase } from '../core/records.ts'
import { createInbox } from './inbox.ts'
import type { CaseItem, InboxChange } from './wire.ts'

const workspace = asId<WorkspaceId>('here')
const caseOf = (id: string, change: Partial<HandoffCase> = {}) =>
  ({
    id: asId<CaseId>(id),
    workspace,
    conversation: `talk-${id}`,
    pseudonym: `Teal ${id}`,
    level: 'urgent',
    topic: 'heart',
    status: 'waiting',
    openedAt: 0,
    answerBy: 60_000,
    ...change,
  }) as HandoffCase

/** An inbox over a list of cases that the test changes, with a clock that it moves. */
function inboxOver(...cases: HandoffCase[]) {
  const bus = createMemoryBus()
  const told: InboxChange[] = []
  const touched: string[] = []
  const state = { cases, now: 0, reads: 0, broken: false }
  const inbox = createInbox({
    workspace,
    bus,
    store: {
      case: async (id) => state.cases.find((one) => one.id === id),
      cases: async () => {
        state.reads++
        if (state.broken) throw new Error('away')
        return state.cases
      },
      staff: async () => [
        { id: asId<StaffId>('ana'), workspace, name: 'Ana', role: 'volunteer' as const, active: true },
      ],
    },
    clock: { now: () => state.now, sleep: async () => {} },
    random: { id: () => 'life1234', fraction: () => 0, bytes: (length) => new Uint8Array(length) },
    onChange: (change) => told.push(change),
    onTouched: (id) => touched.push(id),
    report: () => {},
  })
  const list = async () => JSON.parse(String((await inbox.read()).json)) as CaseItem[]
  const word = async (...caseIds: string[]) => {
    for (const caseId of caseIds) bus.publish('case', { workspace, caseId })
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { inbox, bus, state, told, touched, list, word }
}

describe('the inbox', () => {
  test('many pages that ask are one read of the database', async () => {
    const { inbox, state, word, list } = inboxOver(caseOf('a'))
    await Promise.all(Array.from({ length: 50 }, () => inbox.read()))
    expect(state.reads).toBe(1)
    await word('a')
    expect((await list()).map(({ id }) => id)).toEqual(['a'])
    // The one that was spoken of was read alone.
    expect(state.reads).toBe(1)
  })

  test('a change is told with its number, and only what changed', async () => {
    const { inbox, state, told, touched, word } = inboxOver(caseOf('a'), caseOf('b'))
    const { at } = await inbox.read()
    state.cases = [caseOf('a', { status: 'claimed', assignee: asId<StaffId>('ana') }), caseOf('c')]
    await word('a', 'b', 'c')
    expect(told).toHaveLength(1)
    expect(told[0]?.cases.map(({ id, owner }) => [id, owner?.name])).toEqual([
      ['a', 'Ana'],
      ['c', undefined],
    ])
    expect(told[0]?.gone).toEqual(['b'])
    expect(touched).toEqual(['a', 'b', 'c'])
    expect(inbox.since(at)).toEqual(told)
    expect(inbox.since((await inbox.read()).at)).toEqual([])
  })

  test('a word that leaves the list as it was touches the case and numbers nothing', async () => {
    const { inbox, told, touched, word, bus } = inboxOver(caseOf('a'))
    const { at } = await inbox.read()
    await word('a')
    bus.publish('delivered', { conversation: 'talk-a', key: 'k' })
    await new Promise((resolve) => setImmediate(resolve))
    expect(told).toEqual([])
    expect(touched).toEqual(['a', 'a'])
    expect((await inbox.read()).at).toBe(at)
  })

  test('a state of another life, or a made-up one, is a gap', async () => {
    const { inbox } = inboxOver(caseOf('a'))
    await inbox.read()
    for (const at of ['', 'other-1', 'life1234-9', 'life1234-']) expect(inbox.since(at)).toBeUndefined()
  })

  test('what other processes wrote without a word is seen after ten seconds', async () => {
    const { state, list } = inboxOver(caseOf('a'))
    await list()
    state.cases = []
    expect(await list()).toHaveLength(1)
    state.now = 10_001
    expect(await list()).toEqual([])
  })

  test('a database that was away is read again by the next who asks', async () => {
    const { state, inbox, list } = inboxOver(caseOf('a'))
    state.broken = true
    await expect(inbox.read()).rejects.toThrow('away')
    state.broken = false
    expect(await list()).toHaveLength(1)
  })
})
