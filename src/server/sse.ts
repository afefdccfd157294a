import type { Request, Response } from 'express'
import type { Clock } from '../core/ports.ts'

/** Proxies close what is silent for a minute; half of it and a margin, ms. */
const heartbeatMs = 20_000
/** A reader that leaves this much unread is gone, bytes. */
const unreadLimit = 1_000_000

/** One open page: events go to it until it goes away. */
export interface EventStream {
  send(event: string, data: unknown, id?: number | string): void
  /** Aborts when the page is gone. */
  readonly gone: AbortSignal
  end(): void
}

/** Answers a request with a stream of server-sent events. */
export function openEventStream(request: Request, response: Response, clock: Clock): EventStream {
  const gone = new AbortController()
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // nginx holds events back otherwise.
    'x-accel-buffering': 'no',
    connection: 'keep-alive',
  })
  const leave = () => gone.abort()
  request.on('close', leave)
  response.on('close', leave)
  response.on('error', leave)
  const write = (text: string) => {
    if (gone.signal.aborted) return
    response.write(text)
    if (response.writableLength > unreadLimit) response.destroy()
  }
  write('retry: 2000\n\n')
  void beat(write, clock, gone.signal)
  return {
    gone: gone.signal,
    send(event, data, id) {
      write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    },
    end() {
      gone.abort()
      response.end()
    },
  }
}

async function beat(write: (text: string) => void, clock: Clock, gone: AbortSignal): Promise<void> {
  while (!gone.aborted) {
    await clock.sleep(heartbeatMs, gone)
    // An event, not a comment: the page can tell a living line from a dead one.
    write('event: beat\ndata: {}\n\n')
  }
}

/** Which event the page saw last; 0 when none. A browser that connects again names it itself, a page asks for it. */
export function lastEventId(request: Request): number {
  const id = Number(request.get('last-event-id') ?? request.query.after ?? 0)
  return Number.isSafeInteger(id) && id > 0 ? id : 0
}
