import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { post } from './post.ts'

export const botUser = 'U0SALUS'
export const botToken = 'xoxb-not-a-token'
export const appToken = 'xapp-not-a-token'
export const team = 'T0HOME'
export const room = 'C0ROOM'
export const staffRoom = 'C0STAFF'
const signingSecret = 'not-a-secret'
const client = { id: 'client', secret: 'not-a-client-secret' }

/** Who installed the app, as events and installations tell it. */
export interface Tenant {
  readonly team: string
  readonly bot: string
  readonly name?: string
  readonly enterprise?: string
  /** The whole organisation installed it. */
  readonly whole?: boolean
}
export const homeTenant: Tenant = { team, bot: botUser }

/** What somebody agreed to on the consent page. */
interface Consent {
  readonly tenant: Tenant
  /** Seconds for which a token lives, where tokens rotate. */
  readonly expiresIn?: number
}

/** A message as it stands on the platform now. */
export interface Shown {
  readonly ts: string
  readonly channel: string
  /** Whose token posted it. */
  readonly team: string
  readonly thread?: string
  /** Whom it is shown to alone. */
  readonly only?: string
  text: string
  blocks: readonly unknown[]
  readonly metadata?: unknown
  edits: number
}

/** Slack's Web API and Socket Mode on loopback: what it was told is what it shows. */
export class SlackDouble {
  readonly shown: Shown[] = []
  readonly calls: { readonly method: string; readonly given: Readonly<Record<string, unknown>> }[] = []
  readonly views: { readonly method: string; readonly view: string }[] = []
  /** Tokens that are good, and whose they are. */
  readonly tokens = new Map<string, Tenant>([[botToken, homeTenant]])
  private readonly codes = new Map<string, Consent>()
  private readonly refreshTokens = new Map<string, Consent>()
  readonly admins = new Set<string>()
  /** Time zones that people set in Slack. */
  readonly zones = new Map<string, string>()
  /** Users to whom no direct conversation opens. */
  readonly closed = new Set<string>()
  /** Who made a channel. */
  readonly creators = new Map<string, string>()
  /** Private channels. */
  readonly closedRooms = new Set<string>()
  /** Channels shared with another organisation. */
  readonly sharedRooms = new Set<string>()
  /** Private channels that the bot is not in: for it they do not exist. */
  readonly hidden = new Set<string>()
  /** Channels that the bot is not in. */
  readonly outside = new Set<string>()
  /** What the bot token was granted. */
  granted: readonly string[] = []
  /** Errors that calls of a method are answered with; `invalid_blocks` only where there are blocks. */
  readonly refusing = new Map<string, string>()
  /** The next posts answered with 429. */
  limited = 0
  /** When posts were answered with 429. */
  readonly refusals: { readonly at: number }[] = []
  /** The next posts arrive, and the answer to them does not. */
  swallowed = 0
  /** What came back over the socket, by envelope. */
  readonly acknowledged = new Map<string, unknown>()
  connections = 0
  /** Socket Mode is switched off. */
  socketOff = false
  private at = 1_700_000_000
  private socket: WebSocket | undefined
  private readonly server: Server = createServer((request, response) => void this.answer(request, response))
  private readonly sockets = new WebSocketServer({ noServer: true })

  async start(): Promise<this> {
    this.server.on('upgrade', (request, socket, head) =>
      this.sockets.handleUpgrade(request, socket, head, (opened) => this.connect(opened)),
    )
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', 4_096, done))
    return this
  }

  async stop(): Promise<void> {
    for (const one of this.sockets.clients) one.terminate()
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }

  environment(mode: 'http' | 'socket' | 'oauth'): Readonly<Record<string, string>> {
    const address = `http://127.0.0.1:${this.port}`
    return {
      SLACK_API_URL: `${address}/api/`,
      ...(mode === 'socket' ? { SLACK_APP_TOKEN: appToken } : { SLACK_SIGNING_SECRET: signingSecret }),
      ...(mode === 'oauth'
        ? {
            SLACK_CLIENT_ID: client.id,
            SLACK_CLIENT_SECRET: client.secret,
            SLACK_STATE_SECRET: 'not-a-state-secret',
            SLACK_AUTHORIZE_URL: `${address}/authorize`,
          }
        : { SLACK_BOT_TOKEN: botToken }),
    }
  }

  /** Somebody agrees to the installation. Resolves to the code that Slack sends them back with. */
  consent(tenant: Tenant, expiresIn?: number): string {
    const code = `code-${this.ts()}`
    this.codes.set(code, { tenant, ...(expiresIn ? { expiresIn } : {}) })
    return code
  }

  /** A new token, and the one to renew it with where tokens rotate. */
  private grant({ tenant, expiresIn }: Consent, life = expiresIn): Readonly<Record<string, unknown>> {
    const access_token = `xoxb-${tenant.team}-${this.ts()}`
    this.tokens.set(access_token, tenant)
    const refresh_token = `xoxe-${this.ts()}`
    if (life) this.refreshTokens.set(refresh_token, { tenant, expiresIn: life })
    return {
      ok: true,
      access_token,
      token_type: 'bot',
      scope: 'chat:write',
      bot_user_id: tenant.bot,
      app_id: 'A0',
      team: tenant.whole ? null : { id: tenant.team, name: tenant.name ?? 'A team' },
      enterprise: tenant.enterprise ? { id: tenant.enterprise, name: 'An organisation' } : null,
      is_enterprise_install: tenant.whole === true,
      authed_user: { id: 'U0ADMIN' },
      ...(life ? { refresh_token, expires_in: life } : {}),
    }
  }

  private access(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const refused = { ok: false, error: 'invalid_grant' }
    if (given.client_id !== client.id || given.client_secret !== client.secret)
      return { ok: false, error: 'invalid_client_id' }
    if (given.grant_type === 'refresh_token') {
      const used = String(given.refresh_token)
      const known = this.refreshTokens.get(used)
      this.refreshTokens.delete(used)
      // Renewed tokens live for twelve hours.
      return known ? this.grant(known, 43_200) : { ok: false, error: 'invalid_refresh_token' }
    }
    const consent = this.codes.get(String(given.code))
    this.codes.delete(String(given.code))
    return consent ? this.grant(consent) : refused
  }

  /** A time stamp that no other message has. */
  ts(): string {
    this.at += 1
    return `${this.at}.000100`
  }

  /** Waits until something is shown. */
  async seen(wanted: (one: Shown) => boolean, from = 0): Promise<Shown> {
    for (let tries = 0; tries < 1_000; tries++) {
      const found = this.shown.slice(from).find(wanted)
      if (found) return found
      await new Promise((done) => setTimeout(done, 10))
    }
    throw new Error(`never shown; shown: ${this.shown.slice(from).map(wordsOf).join(' | ').slice(0, 2_000)}`)
  }

  /** Sends over the socket; resolves when it is acknowledged. */
  async dispatch(type: string, payload: unknown): Promise<unknown> {
    const envelope_id = this.push(type, payload)
    for (let tries = 0; tries < 500; tries++) {
      if (this.acknowledged.has(envelope_id)) return this.acknowledged.get(envelope_id)
      await new Promise((done) => setTimeout(done, 10))
    }
    throw new Error('never acknowledged')
  }

  /** Sends over the socket; the envelope's id. */
  push(type: string, payload: unknown): string {
    const envelope_id = `e${this.ts()}`
    this.socket?.send(JSON.stringify({ type, envelope_id, payload, accepts_response_payload: true }))
    return envelope_id
  }

  /** Says goodbye as Slack does before it closes a connection. */
  disconnect(): void {
    this.announce('refresh_requested')
    this.socket?.close()
  }

  /** Announces that the connection will be closed, and leaves it open for now. */
  announce(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void {
    this.frame(JSON.stringify({ type: 'disconnect', reason }))
  }

  /** Sends bytes over the socket, whatever they are. */
  frame(text: string): void {
    this.socket?.send(text)
  }

  /** The connection breaks off without a word. */
  drop(): void {
    this.socket?.terminate()
  }

  /** Connections that stand now. */
  get open(): number {
    return this.sockets.clients.size
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  private connect(opened: WebSocket): void {
    this.socket = opened
    opened.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: unknown }
      this.acknowledged.set(envelope_id, payload)
    })
    opened.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0' } }))
    this.connections += 1
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request)
    const method = (request.url ?? '').replace(/^\/api\//, '')
    const given = decoded(body, String(request.headers['content-type']))
    this.calls.push({ method, given })
    if (method === 'chat.postMessage' && this.limited > 0) {
      this.limited -= 1
      this.refusals.push({ at: Date.now() })
      response.writeHead(429, { 'retry-after': '1' }).end()
      return
    }
    const asked = /^\/answer\/([^/]+)\/([^/]+)$/.exec(request.url ?? '')
    if (asked?.[1] && asked[2]) {
      this.whispered(asked[1], asked[2], given)
      response.writeHead(200).end('ok')
      return
    }
    const token = String(request.headers.authorization ?? '').replace('Bearer ', '')
    const tenant = this.tokens.get(token) ?? (token === appToken ? homeTenant : undefined)
    const told =
      method === 'oauth.v2.access'
        ? this.access(given)
        : tenant
          ? this.call(method, given, tenant)
          : { ok: false, error: 'invalid_auth' }
    if (method === 'chat.postMessage' && this.swallowed > 0) {
      this.swallowed -= 1
      request.socket.destroy()
      return
    }
    const headers = { 'content-type': 'application/json', 'x-oauth-scopes': this.granted.join(',') }
    response.writeHead(200, headers).end(JSON.stringify(told))
  }

  /** Where a command's answer goes that its person alone sees. */
  answerUrl(channel: string, user: string): string {
    return `http://127.0.0.1:${this.port}/answer/${channel}/${user}`
  }

  private whispered(channel: string, only: string, given: Readonly<Record<string, unknown>>): void {
    const blocks = (given.blocks as readonly unknown[] | undefined) ?? []
    const text = String(given.text ?? '')
    this.shown.push({ ts: this.ts(), channel, team, only, text, blocks, edits: 0 })
  }

  private call(
    method: string,
    given: Readonly<Record<string, unknown>>,
    tenant: Tenant,
  ): Readonly<Record<string, unknown>> {
    const refused = this.refusing.get(method)
    if (refused && (refused !== 'invalid_blocks' || given.blocks)) return { ok: false, error: refused }
    switch (method) {
      case 'auth.test':
        return {
          ok: true,
          user_id: tenant.bot,
          team_id: tenant.whole ? tenant.enterprise : tenant.team,
          bot_id: 'B0SALUS',
          url: 'https://example.slack.com/',
          ...(tenant.enterprise ? { enterprise_id: tenant.enterprise } : {}),
          is_enterprise_install: tenant.whole === true,
        }
      case 'apps.connections.open':
        if (this.socketOff) return { ok: false, error: 'not_allowed_token_type' }
        return { ok: true, url: `ws://127.0.0.1:${this.port}/link` }
      case 'users.info':
        return {
          ok: true,
          user: {
            id: given.user,
            locale: 'en-GB',
            tz: this.zones.get(String(given.user)),
            is_admin: this.admins.has(String(given.user)),
          },
        }
      case 'conversations.open':
        return this.closed.has(String(given.users))
          ? { ok: false, error: 'cannot_dm_bot' }
          : { ok: true, channel: { id: `D${String(given.users)}` } }
      case 'conversations.info': {
        const id = String(given.channel)
        if (this.hidden.has(id)) return { ok: false, error: 'channel_not_found' }
        const channel = {
          id,
          creator: this.creators.get(id) ?? 'U0',
          is_private: this.closedRooms.has(id),
          is_ext_shared: this.sharedRooms.has(id),
        }
        return { ok: true, channel }
      }
      case 'conversations.history':
      case 'conversations.replies':
        return { ok: true, messages: this.shown.filter(({ channel }) => channel === given.channel) }
      case 'chat.postMessage':
      case 'chat.postEphemeral': {
        if (this.outside.has(String(given.channel))) return { ok: false, error: 'not_in_channel' }
        const ts = this.ts()
        this.shown.push({
          ts,
          channel: String(given.channel),
          team: tenant.team,
          ...(given.thread_ts ? { thread: String(given.thread_ts) } : {}),
          ...(method === 'chat.postEphemeral' ? { only: String(given.user) } : {}),
          text: String(given.text ?? ''),
          blocks: (given.blocks as readonly unknown[] | undefined) ?? [],
          metadata: given.metadata,
          edits: 0,
        })
        return { ok: true, ts, channel: given.channel }
      }
      case 'chat.update': {
        const found = this.shown.find(({ ts, channel }) => ts === given.ts && channel === given.channel)
        if (!found) return { ok: false, error: 'message_not_found' }
        found.text = String(given.text ?? '')
        found.blocks = given.blocks as readonly unknown[]
        found.edits += 1
        return { ok: true, ts: given.ts, channel: given.channel }
      }
      case 'views.open':
      case 'views.publish':
        this.views.push({ method, view: JSON.stringify(given.view) })
        return { ok: true, view: { id: 'V1' } }
      case 'assistant.threads.setSuggestedPrompts':
      case 'assistant.threads.setStatus':
        return { ok: true }
      default:
        return { ok: false, error: 'unknown_method' }
    }
  }
}

/** Posts as Slack does, signed. */
export async function deliver(
  url: string,
  body: string,
  {
    type = 'application/json',
    at = Math.floor(Date.now() / 1_000),
    secret = signingSecret,
  }: { type?: string; at?: number; secret?: string } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
  return post(`${url}/slack/events`, body, {
    'content-type': type,
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${signature}`,
  })
}

/** An Events API body, in the shape of Slack's own samples. */
export function eventBody(event: Readonly<Record<string, unknown>>, of: Tenant = homeTenant) {
  return {
    token: 'unused',
    team_id: of.team,
    ...(of.enterprise ? { enterprise_id: of.enterprise } : {}),
    api_app_id: 'A0',
    event,
    type: 'event_callback',
    event_id: `Ev${String(event.ts ?? '')}`,
    event_time: 1_700_000_000,
    authorizations: [
      {
        team_id: of.whole ? null : of.team,
        enterprise_id: of.enterprise ?? null,
        user_id: of.bot,
        is_bot: true,
        is_enterprise_install: of.whole === true,
      },
    ],
    is_ext_shared_channel: false,
  }
}

/** All words of a message: its blocks', or its text where there are none. */
export function wordsOf({ text, blocks }: Pick<Shown, 'text' | 'blocks'>): string {
  if (blocks.length === 0) return text
  const words: string[] = []
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) collect(one)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'text' && typeof inner === 'string') words.push(inner)
        else collect(inner)
      }
    }
  }
  collect(blocks)
  return words.join('\n')
}

export interface Pressable {
  readonly block_id: string
  readonly action_id: string
  readonly value: string
  readonly label: string
}

/** Every button of a message. */
export function buttonsOf({ blocks }: Pick<Shown, 'blocks'>): readonly Pressable[] {
  type Button = { action_id: string; value: string; text: { text: string } }
  const rows = blocks as readonly { type: string; block_id?: string; elements?: readonly Button[] }[]
  return rows
    .filter(({ type }) => type === 'actions')
    .flatMap(({ block_id = '', elements = [] }) =>
      elements.map(({ action_id, value, text }) => ({ block_id, action_id, value, label: text?.text ?? '' })),
    )
}

function decoded(body: string, type: string): Readonly<Record<string, unknown>> {
  if (type.includes('json')) return JSON.parse(body || '{}') as Record<string, unknown>
  const given: Record<string, unknown> = {}
  for (const [key, value] of new URLSearchParams(body)) {
    given[key] = /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value
  }
  return given
}

async function read(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}
