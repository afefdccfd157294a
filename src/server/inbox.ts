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
  read(): Promise<{ readonly at: string; readonly json: string }>
  /** What changed after that state; undefined when that is not known any more, and the list must be read again. */
  since(at: string): readonly InboxChange[] | undefined
  /** Ends its subscriptions. */
  close(): void
}

export interface InboxParts {
  readonly workspace: WorkspaceId
  readonly store: Pick<Store, 'cases' | 'staff'>
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
  let json = '[]'
  let stale = true
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  let gathering = false
  const nameOf = (count: number) => `${life}-${count}`

  async function reread(): Promise<void> {
    stale = false
    try {
      const [cases, staff] = await Promise.all([
        store.cases(workspace, { status: open }),
        store.staff(workspace),
      ])
      const first = readAt === Number.NEGATIVE_INFINITY
      readAt = clock.now()
      const next = new Map<string, Known>()
      const changed: CaseItem[] = []
      for (const one of cases) {
        const item = itemOf(one, staff)
        const entry = { json: JSON.stringify(item), conversation: one.conversation }
        next.set(one.id, entry)
        if (known.get(one.id)?.json !== entry.json) changed.push(item)
      }
      const gone = [...known.keys()].filter((id) => !next.has(id))
      known = next
      if (changed.length === 0 && gone.length === 0) return
      json = `[${[...next.values()].map((entry) => entry.json).join(',')}]`
      number++
      // Nobody saw an earlier state of this process.
      if (first) return
      const change = { at: nameOf(number), cases: changed, gone }
      changes.push(change)
      if (changes.length > rememberedChanges) changes.shift()
      onChange(change)
    } catch (error) {
      stale = true
      throw error
    }
  }

  /** As the database stands now, or stood after the last word on the bus. */
  async function fresh(): Promise<void> {
    if (!reading && clock.now() - readAt > oldMs) stale = true
    while (stale || reading) {
      reading ??= reread().finally(() => {
        reading = undefined
      })
      await reading
    }
  }

  async function gather(): Promise<void> {
    stale = true
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
      void gather()
      if (typeof data.caseId === 'string') onTouched(asId<CaseId>(data.caseId))
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
