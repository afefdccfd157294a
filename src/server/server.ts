import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { Assess } from '../core/assessment.ts'
import type { HttpRoute } from '../core/channel-host.ts'
import type { StaffId, WorkspaceId } from '../core/ids.ts'
import type { Bus, Clock, Random, Store } from '../core/ports.ts'
import { type ChatDoor, chatRoutes } from './chat-routes.ts'
import { createConnectionRush } from './connection-rush.ts'
import { createCookieJar } from './cookies.ts'
import { errorHandler, notFound } from './errors.ts'
import { healthRoutes } from './health.ts'
import { createInbox } from './inbox.ts'
import { createChatLimits } from './limits.ts'
import { createMetrics } from './metrics.ts'
import { pageRoutes } from './pages.ts'
import { sameOrigin, securityHeaders } from './security.ts'
import { staffEntry } from './staff-entry.ts'
import type { StaffRoom } from './staff-room.ts'
import { staffRoutes } from './staff-routes.ts'
import { createStaffSessions } from './staff-sessions.ts'
import type { ChatAbout } from './wire.ts'
import type { ChatWords } from './words.ts'

/** Longer than proxies keep an idle connection (nginx: 60 s): they must not send into one that is being closed, ms. */
const keepAliveMs = 75_000
/** More than any person types; the rest is refused before it is read. */
const bodyLimit = '64kb'

/**
 * Connections that may wait to be accepted; the system's own limit counts, too (4,096 on Linux). With Node's 511 a crowd
 * that comes with a connection each overflows the queue while the process is busy, and is tried again by its own system
 * after 1, 3 and 7 s.
 */
const backlog = 4_096

export interface ServerParts {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Where browsers reach the server, when something stands in front of it. */
  readonly publicUrl?: string
  /** How many proxies stand in front. */
  readonly trustProxy: number
  /** Folder of the built pages. */
  readonly pagesDir: string
  readonly workspace: WorkspaceId
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly random: Random
  readonly assess: Assess
  readonly chat: ChatDoor
  readonly room: StaffRoom
  readonly words: ChatWords
  /** Paths that platforms call. */
  readonly routes: readonly HttpRoute[]
  readonly about: () => Promise<ChatAbout>
  /** Counts of the language model, where there is one. */
  readonly modelCounts?: () => Readonly<Record<string, number>>
  readonly report: (code: string, error: unknown) => void
}

export interface Server {
  /** Resolves to the address under which the server answers. */
  listen(): Promise<string>
  /** A link that signs this member in, once, within 15 minutes. */
  staffLink(staff: StaffId): string
  close(): Promise<void>
}

/** Pages, their API, health and metrics on one port. */
export function createServer(parts: ServerParts): Server {
  const { store, bus, clock, random, workspace, words, report } = parts
  let url = parts.publicUrl ?? `http://${parts.host}:${parts.port}`
  const https = url.startsWith('https:')
  const cookies = createCookieJar(https)
  const sessions = createStaffSessions(clock, random)
  const metrics = createMetrics({
    store,
    workspace,
    staffPages: () => parts.room.size,
    ...(parts.modelCounts ? { model: parts.modelCounts } : {}),
  })

  const inbox = createInbox({
    workspace,
    store,
    bus,
    clock,
    random,
    onChange: (change) => parts.room.tell(workspace, 'cases', change, change.at),
    onTouched: (id) => parts.room.tell(workspace, 'touched', { id }),
    report,
  })

  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', parts.trustProxy)
  app.use(securityHeaders(https), metrics.countRequests)
  // Before any body is read: platforms sign the bytes.
  for (const { method, path, handle } of parts.routes) {
    if (method === 'GET') app.get(path, (request, response) => handle(request, response))
  }
  app.use(sameOrigin(() => url))
  app.use(healthRoutes(store, metrics))
  app.use('/api', (_request, response, next) => {
    response.set('cache-control', 'no-store')
    next()
  })
  app.use('/api', express.json({ limit: bodyLimit, type: 'application/json' }))
  const limits = createChatLimits({ assess: parts.assess, now: () => clock.now() })
  const { chat, about } = parts
  app.use(
    chatRoutes({ chat, store, bus, clock, cookies, limits, words, about, report, count: metrics.countPost }),
    staffEntry(sessions, cookies),
    staffRoutes({ workspace, store, bus, clock, cookies, sessions, room: parts.room, inbox }),
    pageRoutes(parts.pagesDir),
    notFound,
  )
  app.use(errorHandler(report, (code) => (code === 'too_large' ? words.tooLong() : words.outage(true))))

  // What platforms post passes no page's middleware: at a thousand events a second that is a fifth of the work.
  const posted = new Map(
    parts.routes.filter(({ method }) => method === 'POST').map(({ path, handle }) => [path, handle]),
  )
  const http = createHttpServer((request, response) => {
    const handle = request.method === 'POST' && posted.get(request.url?.split('?')[0] ?? '')
    if (!handle) return app(request, response)
    metrics.countAnswer('POST', response)
    // The body waits in the socket meanwhile.
    void rushed().then(() => handle(request, response))
  })
  http.keepAliveTimeout = keepAliveMs
  const rushed = createConnectionRush(http, clock)
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        http.once('error', reject)
        http.listen({ port: parts.port, host: parts.host, backlog }, () => {
          const { port } = http.address() as AddressInfo
          url = parts.publicUrl ?? `http://${parts.host}:${port}`
          resolve(url)
        })
      }),
    staffLink: (staff) => `${url}/staff/enter?token=${sessions.invite(staff)}`,
    close: () =>
      new Promise((resolve) => {
        inbox.close()
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
}
