import type { JsonObject } from '../core/json.ts'
import type { Bus, BusTopic } from '../core/ports.ts'

type Listener = (data: JsonObject) => void

/** Wake-ups within one process. Listeners run after the publisher has gone on, and one that throws stops nobody. */
export function createMemoryBus(report: (error: unknown) => void = () => {}): Bus {
  const listeners = new Map<BusTopic, Set<Listener>>()
  let closed = false
  return {
    publish(topic, data = {}) {
      const present = [...(listeners.get(topic) ?? [])]
      if (present.length === 0 || closed) return
      queueMicrotask(() => {
        for (const listener of present) {
          // Unsubscribed since: whoever left must not be called any more.
          if (closed || !listeners.get(topic)?.has(listener)) continue
          try {
            listener(data)
          } catch (error) {
            report(error)
          }
        }
      })
    },
    subscribe(topic, listener) {
      const present = listeners.get(topic) ?? new Set()
      listeners.set(topic, present)
      // The same function may listen twice, and each subscription ends alone.
      const own: Listener = (data) => listener(data)
      present.add(own)
      return () => {
        present.delete(own)
      }
    },
    async close() {
      closed = true
      listeners.clear()
    },
  }
}
