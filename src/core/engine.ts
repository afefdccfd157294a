import type { DialogFrame } from './conversation.ts'
import type { DomainEvent } from './events.ts'
import type { Bus, Clock, Random, Store } from './ports.ts'
import type { Claim } from './records.ts'
import type { StageResult, TurnContext, TurnInput, TurnOutcome } from './turn.ts'
import { createTurn } from './turn-context.ts'

/** How long a worker may hold a person before another takes over, ms. A turn takes milliseconds; a model's answer seconds. */
export const leaseMs = 30_000
/** How often workers that sleep look for what nobody woke them for, ms. */
const lookEveryMs = 1_000
/** Runs again after a conflict, then the error turn. */
const conflictRetries = 5
/** After this many crashes on one message the pipeline is not tried again. */
const crashLimit = 3
/** How many rows are remembered as having had the last resort. */
const rememberedStranded = 10_000

export interface EngineParts {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly random: Random
  readonly pipeline: (turn: TurnContext) => Promise<StageResult>
  /** The safe reply when a turn throws: it still carries the helpline. Must not throw. */
  readonly safeReply: (turn: TurnContext, crashes: number) => void
  /**
   * The last resort for a row whose turn can neither be loaded nor committed: words to the person and to staff without
   * the store. Must not throw.
   */
  readonly lastResort: (claim: Claim) => Promise<void>
  /** Renders and orders what the events send. */
  readonly plan: (
    input: TurnInput,
    claim: Claim,
    ran: { readonly events: readonly DomainEvent[]; readonly stack?: readonly DialogFrame[] },
    now: number,
  ) => TurnOutcome
  /** Resolves when no message is just arriving: an ordinary turn lets those go first. */
  readonly calm?: () => Promise<void>
  /** Codes and ids only. */
  readonly report: (code: string, about: { readonly inboxId: string; readonly error?: unknown }) => void
  /** Where faults may be injected; used by the kill loop alone. */
  readonly checkpoint?: (name: string) => void
}

export interface Engine {
  /** Starts the workers; one takes alarms alone when there are two or more, and one goes oldest-first below crisis. */
  start(workers: number): void
  /** Runs what waits, in this call, until nothing is left. For tests and one-shot commands. */
  drain(): Promise<void>
  /** Finishes running turns and stops. */
  stop(): Promise<void>
}

/** Claims, runs and commits turns. */
export function createEngine(parts: EngineParts): Engine {
  const { store, bus, clock, random } = parts
  const running = new Map<string, { readonly abort: AbortController; readonly inboxIds: readonly string[] }>()
  const stopping = new AbortController()
  const idle = new Set<() => void>()
  let wakes = 0
  const loops: Promise<void>[] = []
  /** Rows that had the last resort: said once, also when they come again because nothing can be written. */
  const stranded = new Set<string>()

  const wake = () => {
    wakes++
    for (const resume of [...idle]) resume()
  }
  const unsubscribe = [
    bus.subscribe('inbox', wake),
    bus.subscribe('alarm', (data) => {
      const turn = running.get(String(data.contactId))
      // A slow bus may bring the news after the alarm's own turn began.
      if (turn && !turn.inboxIds.includes(String(data.inboxId))) turn.abort.abort()
      wake()
    }),
  ]

  async function runClaim(claim: Claim): Promise<void> {
    const abort = new AbortController()
    const turn = { abort, inboxIds: [claim, ...claim.joined].map((row) => row.inboxId) }
    running.set(claim.contactId, turn)
    try {
      for (let attempt = 0; ; attempt++) {
        const failing = claim.crashes >= crashLimit || attempt > conflictRetries
        const result = await runOnce(claim, abort.signal, failing)
        if (result !== 'conflict') return
        await clock.sleep(5 + random.fraction() * 20 * (attempt + 1))
      }
    } catch (error) {
      parts.report('turn_not_committed', { inboxId: claim.inboxId, error })
      if (claim.crashes + 1 >= crashLimit && (await gaveUp(claim, abort.signal))) return
      await store.release(claim, 'crashed', clock.now()).catch(() => {
        // The lease ends by itself; the row is claimed again then.
      })
    } finally {
      if (running.get(claim.contactId) === turn) running.delete(claim.contactId)
    }
  }

  /**
   * The third failure: the safe reply as a turn, and where not even that can be loaded or written, words without the
   * store. False when the row must be tried again: clocks and staff actions are never given up.
   */
  async function gaveUp(claim: Claim, signal: AbortSignal): Promise<boolean> {
    try {
      return (await runOnce(claim, signal, true)) !== 'conflict'
    } catch (error) {
      parts.report('turn_given_up', { inboxId: claim.inboxId, error })
      if (!stranded.has(claim.inboxId)) {
        if (stranded.size >= rememberedStranded) stranded.clear()
        stranded.add(claim.inboxId)
        await parts.lastResort(claim)
      }
      if (claim.payload.kind !== 'message') return false
      return store.release(claim, 'abandoned', clock.now()).then(
        () => true,
        () => false,
      )
    }
  }

  async function runOnce(claim: Claim, signal: AbortSignal, failing: boolean) {
    parts.checkpoint?.('claimed')
    const input = await store.loadTurn(claim)
    const now = clock.now()
    let turn = createTurn(claim, input, now, signal)
    let stack: readonly DialogFrame[] | undefined
    try {
      if (failing) parts.safeReply(turn, claim.crashes)
      else {
        const result = await parts.pipeline(turn)
        if (result.kind === 'handled') stack = result.stack
      }
    } catch (error) {
      if (signal.aborted) {
        await store.release(claim, 'overtaken', now)
        return 'fenced' as const
      }
      // Nobody waits for an apology here: a staff member's reply or a clock must not vanish for one bad moment.
      if (!failing && input.payload.kind !== 'message') throw error
      parts.report('turn_threw', { inboxId: claim.inboxId, error })
      // What the failed run emitted is dropped whole: half a turn is worse than an honest apology.
      turn = createTurn(claim, input, now, signal)
      parts.safeReply(turn, claim.crashes)
    }
    parts.checkpoint?.('ran')
    const outcome = parts.plan(input, claim, { events: turn.emitted, ...(stack ? { stack } : {}) }, now)
    const result = await store.commit(claim, input, outcome, now)
    parts.checkpoint?.('committed')
    if (result === 'committed') announce(outcome, input)
    return result
  }

  function announce(outcome: TurnOutcome, input: TurnInput): void {
    if (outcome.deliveries.length > 0) bus.publish('outbox')
    const moved = outcome.events.some(
      (event) => event.type.startsWith('case_') || event.type === 'staff_alerted',
    )
    const opened = outcome.events.find(
      (event) => event.type === 'case_opened' || event.type === 'case_reopened',
    )
    const caseId = input.openCase?.id ?? opened?.caseId
    // Whoever reads an open case sees at once what the person wrote, also while the bot is silent.
    if (moved || input.openCase) {
      bus.publish('case', { workspace: input.workspace.id, ...(caseId ? { caseId } : {}) })
    }
  }

  type Lane = 'any' | 'alarms' | 'oldest'

  async function step(worker: string, lane: Lane): Promise<boolean> {
    const claim = await store.claimNext({ worker, now: clock.now(), leaseMs, lane })
    if (!claim) return false
    await runClaim(claim)
    return true
  }

  async function loop(worker: string, lane: Lane): Promise<void> {
    while (!stopping.signal.aborted) {
      const seen = wakes
      try {
        if (lane !== 'alarms') await parts.calm?.()
        if (await step(worker, lane)) continue
      } catch (error) {
        parts.report('claim_failed', { inboxId: '', error })
      }
      // A row accepted while this worker looked is not slept past.
      if (wakes === seen) await nextWake()
    }
  }

  let looking = false

  /** Resolves on a wake-up, or within a second. */
  function nextWake(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        idle.delete(done)
        resolve()
      }
      idle.add(done)
      void lookSoon()
    })
  }

  /** Another process may have written without a bus between us. One timer for all: a wake-up is too frequent for its own. */
  async function lookSoon(): Promise<void> {
    if (looking) return
    looking = true
    await clock.sleep(lookEveryMs, stopping.signal)
    looking = false
    for (const resume of [...idle]) resume()
  }

  return {
    start(workers) {
      for (let n = 0; n < workers; n++) {
        const lane: Lane = workers < 2 ? 'any' : n === 0 ? 'alarms' : n === 1 ? 'oldest' : 'any'
        loops.push(loop(`${random.id()}.${n}`, lane))
      }
    },
    async drain() {
      const worker = random.id()
      while (await step(worker, 'any')) {
        // Until nothing waits.
      }
    },
    async stop() {
      stopping.abort()
      wake()
      await Promise.all(loops)
      for (const off of unsubscribe) off()
    },
  }
}
