/** Heartbeats come every 20 s; a line silent for three of them is dead, ms. */
const silentMs = 65_000
/** The first try after a line broke, and the longest wait between two, ms. */
const reopenMs = { first: 1_000, longest: 30_000 }

export interface StreamHandlers {
  readonly events: Readonly<Record<string, (data: unknown) => void>>
  /** The line is up again or down; `again` when it was up before. */
  readonly up: (again: boolean) => void
  readonly down: () => void
}

/**
 * Keeps a stream of server-sent events open until it is closed: after errors, sleep and dead lines too. Each try in vain
 * doubles the wait, less up to a half by chance, so that a hundred pages do not come back in one moment; a device that
 * is online again tries at once. `path` is asked for at each try, with the id
 * of the last event: it says from where to go on.
 */
export function keepStream(path: (last: string) => string, handlers: StreamHandlers): () => void {
  let source: EventSource | undefined
  let timer: number | undefined
  let wasUp = false
  let closed = false
  let failures = 0
  let last = ''

  const listen = () => {
    window.clearTimeout(timer)
    if (!closed) timer = window.setTimeout(broke, silentMs)
  }
  const broke = () => {
    source?.close()
    handlers.down()
    window.clearTimeout(timer)
    const wait = Math.min(reopenMs.longest, reopenMs.first * 2 ** failures++)
    if (!closed) timer = window.setTimeout(open, wait * (1 - Math.random() / 2))
  }
  const open = () => {
    if (closed) return
    source?.close()
    source = new EventSource(path(last))
    listen()
    source.addEventListener('ready', () => {
      failures = 0
      handlers.up(wasUp)
      wasUp = true
      listen()
    })
    source.addEventListener('beat', listen)
    for (const [name, handle] of Object.entries(handlers.events)) {
      source.addEventListener(name, (event) => {
        listen()
        const { data, lastEventId } = event as MessageEvent<string>
        last = lastEventId || last
        handle(JSON.parse(data))
      })
    }
    source.addEventListener('error', broke)
  }
  const online = () => {
    failures = 0
    open()
  }
  open()
  window.addEventListener('online', online)
  window.addEventListener('offline', handlers.down)
  return () => {
    closed = true
    window.clearTimeout(timer)
    window.removeEventListener('online', online)
    window.removeEventListener('offline', handlers.down)
    source?.close()
  }
}
