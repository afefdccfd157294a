import { isAlarm } from '../core/assessment.ts'
import type { WorkspaceId } from '../core/ids.ts'
import type { ConversationRef } from '../core/inbound.ts'
import type { Bus, ChannelAdapter, Clock, DueDelivery, Random, SendOutcome, Store } from '../core/ports.ts'
import type { Delivery } from '../core/records.ts'
import type { RenderedPart } from '../core/reply.ts'
import { staffRoomOf } from './staff-alert.ts'

/** A send that has not answered by then counts as lost, ms. */
const sendTimeoutMs = 15_000
/** First wait after a failed send, doubling up to the cap, ms. */
const backOffMs = { first: 500, cap: 5 * 60_000 }
/** Places sent to side by side. */
const placesAtOnce = 256
/** Attempts before an ordinary delivery is given up; alarms and alerts go on. */
const attemptLimit = 12
/** Attempts after which an alarm's words count as not arrived: the place and staff are told, and it is tried on. */
const lateAfter = 5

export interface DrainParts {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly random: Random
  readonly channelOf: (ref: ConversationRef) => ChannelAdapter
  /** Reaches the staff of a workspace wherever they are; `retry` while nobody is there to see it. */
  readonly toStaff: (workspace: WorkspaceId, part: RenderedPart) => Promise<SendOutcome>
  readonly report: (code: string, about: { readonly delivery: string; readonly error?: unknown }) => void
  /** Where faults may be injected; used by the kill loop alone. */
  readonly checkpoint?: (name: string) => void
}

export interface Drain {
  start(): void
  /** Sends what is due now, once over. Resolves to how many places it took. */
  once(): Promise<number>
  stop(): Promise<void>
}

/** Takes due deliveries, sends them and records what came of it: in order per place, places side by side. */
export function createDrain(parts: DrainParts): Drain {
  const { store, bus, clock } = parts
  const worker = parts.random.id()
  const stopping = new AbortController()
  let woken: (() => void) | undefined
  let wakes = 0
  let looping: Promise<void> | undefined
  /** Places that are being sent to. */
  const under = new Set<Promise<void>>()
  const unsubscribe = bus.subscribe('outbox', () => {
    wakes++
    woken?.()
  })

  /** Takes what is due and starts to send it, places side by side: a slow place holds up no other. */
  async function take(): Promise<readonly Promise<void>[]> {
    const due = await store.takeDue({ now: clock.now(), limit: 64, worker, leaseMs: 2 * sendTimeoutMs })
    if (due.length > 0) parts.checkpoint?.('sending')
    const places = new Map<string, DueDelivery[]>()
    for (const row of due) places.set(row.delivery.to, [...(places.get(row.delivery.to) ?? []), row])
    return [...places.values()].map(sendInOrder)
  }

  async function once(): Promise<number> {
    const sending = await take()
    await Promise.all(sending)
    return sending.length
  }

  /** When one is put off, what follows it to the same place waits behind it. */
  async function sendInOrder(rows: readonly DueDelivery[]): Promise<void> {
    let blockedUntil: number | undefined
    for (const row of rows) {
      if (blockedUntil === undefined) blockedUntil = await sendOne(row)
      else {
        const { key } = row.delivery
        await store.settle(
          key,
          { status: 'due', nextAttemptAt: blockedUntil, maybeSent: row.maybeSent },
          clock.now(),
        )
      }
    }
  }

  /** Resolves to the time of the next attempt when it was put off. */
  async function sendOne(row: DueDelivery): Promise<number | undefined> {
    const { delivery } = row
    const outcome = await attempt(row)
    parts.checkpoint?.('sent')
    const now = clock.now()
    switch (outcome.kind) {
      case 'sent':
        await store.settle(delivery.key, { status: 'sent', externalId: outcome.externalId }, now)
        bus.publish('delivered', { conversation: delivery.to, key: delivery.key })
        return undefined
      case 'unreachable':
        await store.settle(delivery.key, { status: 'unreachable' }, now)
        bus.publish('inbox')
        bus.publish('delivered', { conversation: delivery.to, key: delivery.key, failed: true })
        return undefined
      case 'uncertain':
        // A campaign point reaches a person at most once; an urgent word at least once.
        if (delivery.purpose === 'campaign') {
          await store.settle(delivery.key, { status: 'uncertain' }, now)
          return undefined
        }
        return putOff(delivery, now + backOff(delivery.attempts), true)
      case 'retry':
        // Staff are looked for again as often as they may come: the person waits for "I have told the team".
        return putOff(
          delivery,
          now +
            (staffRoomOf(delivery.to)
              ? outcome.afterMs
              : Math.max(outcome.afterMs, backOff(delivery.attempts))),
          row.maybeSent,
        )
    }
  }

  async function putOff(delivery: Delivery, at: number, maybeSent: boolean): Promise<number | undefined> {
    const tireless = isAlarm(delivery.level) || delivery.purpose === 'alert'
    if (!tireless && delivery.attempts >= attemptLimit) {
      parts.report('delivery_given_up', { delivery: delivery.key })
      await store.settle(delivery.key, { status: 'failed' }, clock.now())
      bus.publish('inbox')
      bus.publish('delivered', { conversation: delivery.to, key: delivery.key, failed: true })
      return undefined
    }
    const late = isAlarm(delivery.level) && delivery.purpose === 'turn' && delivery.attempts === lateAfter
    const due = { status: 'due', nextAttemptAt: at, maybeSent, ...(late ? { late } : {}) } as const
    await store.settle(delivery.key, due, clock.now())
    if (late) bus.publish('inbox')
    return at
  }

  async function attempt(row: DueDelivery): Promise<SendOutcome> {
    const { delivery, conversation } = row
    try {
      const workspace = staffRoomOf(delivery.to)
      if (workspace) return await parts.toStaff(workspace, delivery.part)
      if (!conversation) return { kind: 'unreachable', reason: 'unknown_route' }
      const adapter = parts.channelOf(conversation.ref)
      const { removes, replaces } = delivery.part
      if (removes !== undefined) {
        if (!adapter.removeMessage) return { kind: 'unreachable', reason: 'unknown_route' }
        return await withTimeout(adapter.removeMessage(conversation.ref, removes))
      }
      if (replaces !== undefined && adapter.editSent) {
        const { part, key } = delivery
        const edited = await withTimeout(adapter.editSent(conversation.ref, replaces, part, key))
        // What cannot be replaced any more is said anew.
        if (edited.kind !== 'unreachable') return edited
      }
      if (row.maybeSent && adapter.find) {
        const found = await adapter.find(conversation.ref, delivery.key)
        if (typeof found === 'object') return { kind: 'sent', externalId: found.externalId }
      }
      return await withTimeout(adapter.send(conversation.ref, delivery.part, delivery.via, delivery.key))
    } catch (error) {
      parts.report('send_threw', { delivery: delivery.key, error })
      return { kind: 'uncertain' }
    }
  }

  async function withTimeout(sending: Promise<SendOutcome>): Promise<SendOutcome> {
    const timer = new AbortController()
    const late = clock.sleep(sendTimeoutMs, timer.signal).then((): SendOutcome => ({ kind: 'uncertain' }))
    try {
      return await Promise.race([sending, late])
    } finally {
      timer.abort()
    }
  }

  function backOff(attempts: number): number {
    const base = Math.min(backOffMs.cap, backOffMs.first * 2 ** Math.max(0, attempts - 1))
    // Jitter keeps many places from coming back at the same instant.
    return base * (0.75 + parts.random.fraction() / 2)
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const seen = wakes
      try {
        const sending = await take()
        for (const one of sending) track(one)
        if (under.size >= placesAtOnce) await Promise.race(under)
        if (sending.length > 0) continue
      } catch (error) {
        parts.report('drain_failed', { delivery: '', error })
      }
      if (wakes === seen) await nextWake()
    }
    await Promise.all(under)
  }

  /** What follows in a place is looked for as soon as the place is free. */
  function track(sending: Promise<void>): void {
    const done: Promise<void> = sending
      .catch((error: unknown) => parts.report('drain_failed', { delivery: '', error }))
      .then(() => {
        under.delete(done)
        wakes++
        woken?.()
      })
    under.add(done)
  }

  async function nextWake(): Promise<void> {
    const next = await store.nextDueAt().catch(() => undefined)
    const wait = Math.min(1_000, Math.max(10, (next ?? Number.MAX_SAFE_INTEGER) - clock.now()))
    const timer = new AbortController()
    await new Promise<void>((resolve) => {
      woken = resolve
      void clock.sleep(wait, timer.signal).then(resolve)
      if (stopping.signal.aborted) resolve()
    })
    woken = undefined
    timer.abort()
  }

  return {
    start() {
      looping = loop()
    },
    once,
    async stop() {
      stopping.abort()
      woken?.()
      await looping
      unsubscribe()
    },
  }
}
