/** Heartbeats come every 20 s; a line silent for three of them is dead, ms. */
const silentMs = 65_000
const reopenMs = 3_000

export interface StreamHandlers {
  readonly events: Readonly<Record<string, (data: unknown) => void>>
  /** The line is up again or down; `again` when it was up before. */
  readonly up: (again: boolean) => void
  readonly down: () => void
}

/** Keeps a stream of server-sent events open until it is closed: after errors, sleep and dead lines too. */
export function keepStream(path: string, handlers: StreamHandlers): () => void {
  let source: EventSource | undefined
  let timer: number | undefined
  let wasUp = false
  let closed = false

  const listen = () => {
    window.clearTimeout(timer)
    if (!closed) timer = window.setTimeout(restart, silentMs)
  }
  const restart = () => {
    source?.close()
    handlers.down()
    open()
  }
  const open = () => {
    if (closed) return
    source = new EventSource(path)
    listen()
    source.addEventListener('ready', () => {
      handlers.up(wasUp)
      wasUp = true
      listen()
    })
    source.addEventListener('beat', listen)
    for (const [name, handle] of Object.entries(handlers.events)) {
      source.addEventListener(name, (event) => {
        listen()
        handle(JSON.parse((event as MessageEvent<string>).data))
      })
    }
    source.addEventListener('error', () => {
      handlers.down()
      // The browser tries again by itself unless it was refused.
      if (source?.readyState !== EventSource.CLOSED) return
      window.clearTimeout(timer)
      timer = window.setTimeout(open, reopenMs)
    })
  }
  open()
  return () => {
    closed = true
    window.clearTimeout(timer)
    source?.close()
  }
}
