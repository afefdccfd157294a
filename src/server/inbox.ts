import { rank } from '../core/assessment.ts'
import { asId, type CaseId, type WorkspaceId } from '../core/ids.ts'
import type { Bus, Clock, Random, Store } from '../core/ports.ts'
import type { CaseStatus, HandoffCase } from '../core/records.ts'
import { itemOf } from './case-view.ts'
import type { CaseItem, InboxChange } from './wire.ts'

const open: readonly CaseStatus[] = ['waiting', 'claimed', 'snoozed']
/** News come in bursts: pages are told once for all of them, ms. */
const gatherMs = 60
/** What another process wrote without a word on the bus is seen after this long, ms. */
const oldMs = 10_000
/** Changes that a page which was away can still be told one by one. */
const rememberedChanges = 1_000

/**
 * The open cases of a workspace, read once for all pages: 50 pages that ask after every change would be 50 times the
 * same 500 rows.
 */
export interface Inbox {
  /** All of them as JSON, worst first, then those that wait longest; `at` names the state for `since`. */
  read(): Promise<{ readonly at: string; readonly json: Buffer }>
  /** What changed after that state; undefined when that is not known any more, and the list must be read again. */
  since(at: string): readonly InboxChange[] | undefined
  /** Ends its subscriptions. */
  close(): void
}

export interface InboxParts {
  readonly workspace: WorkspaceId
  readonly store: Pick<Store, 'case' | 'cases' | 'staff'>
  readonly bus: Bus
  readonly clock: Clock
  readonly random: Random
  /** The list looks different now. */
  readonly onChange: (change: InboxChange) => void
  /** What is said or known in a case changed, if perhaps not its place in the list. */
  readonly onTouched: (id: CaseId) => void
  readonly report: (code: string, error: unknown) => void
}

interface Known {
  readonly item: CaseItem
  readonly json: string
  readonly conversation: string
}

export function createInbox(parts: InboxParts): Inbox {
  const { workspace, store, bus, clock, onChange, onTouched, report } = parts
  // Numbers begin anew with the process: what an earlier one counted must not be taken for ours.
  const life = parts.random.id().slice(0, 8)
  const stopped = new AbortController()
  const changes: InboxChange[] = []
  let known = new Map<string, Known>()
  let number = 0
  let json = Buffer.from('[]')
  /** All are to be read again, or these alone. */
  let stale = true
  const moved = new Set<CaseId>()
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  let gathering = false
  const nameOf = (count: number) => `${life}-${count}`

  async function reread(): Promise<void> {
    const all = stale
    const some = [...moved]
    stale = false
    moved.clear()
    try {
      const [cases, staff] = await Promise.all([
        all ? store.cases(workspace, { status: open }) : read(some),
        store.staff(workspace),
      ])
      const next = all ? new Map<string, Known>() : new Map(known)
      for (const id of some) next.delete(id)
      for (const one of cases) {
        const item = itemOf(one, staff)
        next.set(one.id, { item, json: JSON.stringify(item), conversation: one.conversation })
      }
      const first = readAt === Number.NEGATIVE_INFINITY
      if (all) readAt = clock.now()
      replace(next, first)
    } catch (error) {
      stale = true
      throw error
    }
  }

  async function read(ids: readonly CaseId[]): Promise<readonly HandoffCase[]> {
    const found = await Promise.all(ids.map((id) => store.case(id)))
    return found.filter(
      (one) => one !== undefined && one.workspace === workspace && open.includes(one.status),
    ) as HandoffCase[]
  }

  function replace(next: Map<string, Known>, first: boolean): void {
    const changed = [...next].flatMap(([id, { item, json: now }]) =>
      known.get(id)?.json === now ? [] : [item],
    )
    const gone = [...known.keys()].filter((id) => !next.has(id))
    known = next
    if (changed.length === 0 && gone.length === 0) return
    const ordered = [...next.values()].sort(
      (a, b) => rank(a.item.level) - rank(b.item.level) || a.item.openedAt - b.item.openedAt,
    )
    json = Buffer.from(`[${ordered.map((entry) => entry.json).join(',')}]`)
    number++
    // Nobody saw an earlier state of this process.
    if (first) return
    const change = { at: nameOf(number), cases: changed, gone }
    changes.push(change)
    if (changes.length > rememberedChanges) changes.shift()
    onChange(change)
  }

  /** As the database stands now, or stood after the last word on the bus. */
  async function fresh(): Promise<void> {
    if (!reading && clock.now() - readAt > oldMs) stale = true
    while (stale || moved.size > 0 || reading) {
      reading ??= reread().finally(() => {
        reading = undefined
      })
      await reading
    }
  }

  async function gather(id: CaseId | undefined): Promise<void> {
    if (id) moved.add(id)
    else stale = true
    if (gathering) return
    gathering = true
    await clock.sleep(gatherMs, stopped.signal)
    gathering = false
    if (stopped.signal.aborted) return
    // The next word or the next page that asks tries again.
    await fresh().catch((error: unknown) => report('inbox_not_read', error))
  }

  const subscriptions = [
    bus.subscribe('case', (data) => {
      if (data.workspace !== workspace) return
      const id = typeof data.caseId === 'string' ? asId<CaseId>(data.caseId) : undefined
      void gather(id)
      if (id) onTouched(id)
    }),
    // Whether the person got what was written to them is news for whoever wrote it.
    bus.subscribe('delivered', (data) => {
      for (const [id, { conversation }] of known) {
        if (conversation === data.conversation) onTouched(asId<CaseId>(id))
      }
    }),
  ]
  return {
    async read() {
      await fresh()
      return { at: nameOf(number), json }
    },
    since(at) {
      if (at === nameOf(number)) return []
      const index = changes.findIndex((change) => change.at === at)
      if (index >= 0) return changes.slice(index + 1)
      // The state before the first change that is remembered.
      const [oldest] = changes
      return oldest && at === nameOf(numberOf(oldest.at) - 1) ? changes : undefined
    },
    close() {
      stopped.abort()
      for (const off of subscriptions) off()
    },
  }
}

function numberOf(at: string): number {
  return Number(at.split('-')[1])
}

/** Closed cases, the newest first. */
export async function closedCases(
  store: Pick<Store, 'cases' | 'staff'>,
  workspace: WorkspaceId,
  limit: number,
): Promise<readonly CaseItem[]> {
  const [cases, staff] = await Promise.all([
    store.cases(workspace, { status: ['resolved'], newest: limit }),
    store.staff(workspace),
  ])
  return cases.map((one: HandoffCase) => itemOf(one, staff))
}
