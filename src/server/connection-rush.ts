import type { Server } from 'node:http'
import type { Clock } from '../core/ports.ts'

/** Requests wait for connections no longer than this, ms. */
const rushMs = 100

/**
 * A pass of Node's event loop accepts one connection (libuv since 1.45), and whatever the pass does besides delays the
 * next. When hundreds arrive at once, each with its request, the last would wait for the work of all before. So work
 * waits while every pass brings another connection: then they are all in within milliseconds.
 * @returns what a request awaits before its work begins.
 */
export function createConnectionRush(server: Pick<Server, 'on'>, clock: Clock): () => Promise<void> {
  let connections = 0
  let rush: Promise<void> | undefined
  server.on('connection', () => {
    connections++
  })

  async function passed(): Promise<void> {
    const until = clock.now() + rushMs
    let before: number
    do {
      before = connections
      await nextPass()
    } while (connections > before && clock.now() < until)
    rush = undefined
  }

  return () => {
    rush ??= passed()
    return rush
  }
}

function nextPass(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
