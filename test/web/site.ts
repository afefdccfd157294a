import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../src/config.ts'
import { asId, type StaffId } from '../../src/core/ids.ts'
import type { StaffMember } from '../../src/core/ports.ts'
import { createLogger } from '../../src/logger.ts'
import { demoWorkspace, localWorkspace, openState, type State } from '../../src/open-state.ts'
import { serve } from '../../src/serve.ts'
import type { ChatEntry, ChatHistory, ChatPost, PostReceipt } from '../../src/server/wire.ts'
import { systemClock, systemRandom } from '../../src/system.ts'
import { ownContent } from '../content.ts'

/** Salus whole, behind a real socket, on a SQLite file of its own, with the pages built from their sources. */
export interface Site {
  readonly url: string
  readonly state: State
  /** Signs in by a new one-time link of the demo's volunteer. */
  readonly staffLink: string
  /** The same for any member. */
  staffLinkFor(staff: StaffId): string
  visitor(): Visitor
  close(): Promise<void>
}

export interface SiteOptions {
  /** Wraps the state, to make parts of it fail. */
  readonly broken?: (state: State) => State
  readonly pagesDir?: string
}

export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-site-'))
  const config = readConfig({
    SALUS_DATA_DIR: folder,
    SALUS_CONTENT_DIR: 'content',
    SALUS_PORT: '0',
    SALUS_LOG_LEVEL: 'silent',
  })
  const logger = createLogger('silent')
  const parts = { clock: systemClock, random: systemRandom, logger }
  const opened = await openState(config, { ...parts, makeKey: true })
  const workspace = demoWorkspace('GB')
  await opened.store.saveWorkspace(workspace)
  const state = options.broken?.(opened) ?? opened
  const pagesDir = options.pagesDir ?? (await buildPages(join(folder, 'pages')))
  const served = await serve({ config, state, workspace, pagesDir, content: await ownContent(), ...parts })
  return {
    url: served.url,
    state: opened,
    staffLink: served.staffLink ?? '',
    staffLinkFor: served.staffLinkFor,
    visitor: () => new Visitor(served.url),
    async close() {
      await served.stop()
      await opened.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Builds chat and staff page into a folder, which is returned. */
export async function buildPages(folder: string): Promise<string> {
  const script = new URL('../../scripts/pages.mjs', import.meta.url).href
  const { buildPages: build } = (await import(script)) as { buildPages(out: string): Promise<void> }
  await build(folder)
  return folder
}

/** A second member, so that two can want the same case. */
export const bea: StaffMember = {
  id: asId<StaffId>('bea'),
  workspace: localWorkspace,
  name: 'Bea',
  role: 'volunteer',
  active: true,
}

let ids = 0

/** A browser without a window: keeps cookies and speaks to the API. */
export class Visitor {
  readonly #url: string
  cookie = ''
  constructor(url: string) {
    this.#url = url
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.cookie) headers.set('cookie', this.cookie)
    const response = await fetch(new URL(path, this.#url), { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const name = pair.split('=')[0]
      const others = this.cookie.split('; ').filter((one) => one !== '' && !one.startsWith(`${name}=`))
      this.cookie = [...others, ...(/=.+/.test(pair) ? [pair] : [])].join('; ')
    }
    return response
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }

  async json<T>(path: string): Promise<T> {
    return (await (await this.fetch(path)).json()) as T
  }

  /** Sends a message and returns the receipt; throws when it was refused. */
  async say(text: string, id = `visitor-${++ids}`): Promise<PostReceipt> {
    return this.send({ id, text })
  }

  async choose(action: string, value: string, replyTo: string): Promise<PostReceipt> {
    return this.send({ id: `visitor-${++ids}`, choice: { action, value, replyTo } })
  }

  async send(body: ChatPost): Promise<PostReceipt> {
    const response = await this.post('/api/chat/messages', body)
    if (response.status !== 202) throw new Error(`refused: ${response.status}`)
    return (await response.json()) as PostReceipt
  }

  async history(): Promise<readonly ChatEntry[]> {
    return (await this.json<ChatHistory>('/api/chat/history')).entries
  }

  /** The first reply for which the test holds, once it is there. */
  async reply(test: (entry: ChatEntry) => boolean): Promise<ChatEntry> {
    return until(async () => (await this.history()).find((entry) => entry.from !== 'me' && test(entry)))
  }

  /** Reads events of a stream until `enough`, or until it ends. */
  async events(
    path: string,
    enough: (events: readonly StreamEvent[]) => boolean,
    headers: Record<string, string> = {},
  ): Promise<readonly StreamEvent[]> {
    const stop = new AbortController()
    const response = await this.fetch(path, { headers, signal: stop.signal })
    const events: StreamEvent[] = []
    const decoder = new TextDecoder()
    let rest = ''
    try {
      for await (const chunk of response.body ?? []) {
        rest += decoder.decode(chunk as Uint8Array, { stream: true })
        const blocks = rest.split('\n\n')
        rest = blocks.pop() ?? ''
        events.push(...blocks.flatMap(readEvent))
        if (enough(events)) break
      }
    } finally {
      stop.abort()
    }
    return events
  }
}

export interface StreamEvent {
  readonly event: string
  readonly id?: number
  readonly data: Record<string, unknown>
}

function readEvent(block: string): StreamEvent[] {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2)
  const event = field('event')
  const id = field('id')
  if (!event) return []
  return [{ event, data: JSON.parse(field('data') ?? '{}'), ...(id ? { id: Number(id) } : {}) }]
}

/** Asks again until there is an answer; the test's own limit ends it. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await sleep(20)
  }
}
