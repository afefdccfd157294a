import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  ApplicationCommandUpdateRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  CreatePrivateChannelRequestSchema,
  CreateTextThreadWithMessageRequestSchema,
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { wordsOf } from './discord-words.ts'

export const self = '900000000000000001'
export const application = '900000000000000002'
export const token = 'not-a-token'
export const guild = '100000000000000001'
export const otherGuild = '100000000000000002'
export const everybodysChannel = '200000000000000001'
export const staffChannel = '200000000000000002'
export const otherChannel = '200000000000000003'

type Body = Record<string, unknown> & { readonly flags?: number; readonly nonce?: string }

/** A message as it stands on the platform now. */
export interface Shown {
  readonly id: string
  /** Of a channel; or `@` and the token for what only the person sees. */
  readonly channel: string
  body: Body
  readonly how: 'message' | 'original' | 'follow-up' | 'instant'
  edits: number
  readonly reference?: string
}

export interface Interaction {
  readonly id: string
  readonly token: string
  readonly at: number
  /** Epoch ms. */
  answeredAt?: number
  answer?: { readonly type: number; readonly data?: Body }
  whenAnswered?: () => void
  /** What stands in its place. */
  original?: Shown
}

interface Session {
  readonly id: string
  readonly sent: { readonly s: number; readonly frame: string }[]
}

const bodies: Readonly<Record<string, z.core.$ZodType>> = {
  message: MessageCreateRequestSchema,
  edit: MessageEditRequestPartialSchema,
  original: IncomingWebhookUpdateRequestPartialSchema,
  followUp: IncomingWebhookRequestPartialSchema,
  thread: CreateTextThreadWithMessageRequestSchema,
  direct: CreatePrivateChannelRequestSchema,
  commands: z.array(ApplicationCommandUpdateRequestSchema),
}
const callbacks: Readonly<Record<number, z.core.$ZodType>> = {
  4: CreateMessageInteractionCallbackRequestSchema,
  5: CreateMessageInteractionCallbackRequestSchema,
  6: UpdateMessageInteractionCallbackRequestSchema,
  8: ApplicationCommandAutocompleteCallbackRequestSchema,
  9: ModalInteractionCallbackRequestSchema,
}
const newComponents = 1 << 15
const commandName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

/**
 * Discord's side over real sockets: gateway and REST. Strict: every body is parsed by Discord's own specification, an
 * interaction must be answered in three seconds, its token ends after fifteen minutes, a nonce is enforced.
 */
export class DiscordDouble {
  readonly #server: Server
  readonly #gateway: WebSocketServer
  readonly #sessions = new Map<string, Session>()
  #session: Session | undefined
  #socket: WebSocket | undefined
  #ids = 0n
  #lost: RegExp | undefined
  #sequence = 0
  url = ''
  readonly identified: { readonly intents: number }[] = []
  resumes = 0
  readonly shown: Shown[] = []
  readonly interactions = new Map<string, Interaction>()
  /** Bodies and calls that Discord would refuse; a test ends with none. */
  readonly faults: string[] = []
  readonly calls: string[] = []
  commands: readonly unknown[] = []
  /** Answers that come before the usual ones. */
  readonly scripted: {
    readonly path: RegExp
    readonly status: number
    readonly body: unknown
    readonly headers?: Record<string, string>
  }[] = []
  /** People whose direct conversation is closed. */
  readonly closed = new Set<string>()
  /** Channel types by id; threads come to it. */
  readonly channels = new Map<string, number>([
    [everybodysChannel, 0],
    [staffChannel, 0],
    [otherChannel, 0],
  ])
  readonly threads: { readonly id: string; readonly name: string }[] = []
  /** Channels that threads hang in. */
  readonly parents = new Map<string, string>()
  /** Channels that not everybody in the server may see. */
  readonly closedChannels = new Set<string>([staffChannel])
  /** What @everyone may in each server: view channels and write. */
  everyone = String((1n << 10n) | (1n << 11n))
  /** What people wrote, as history tells it, oldest first, by channel. */
  readonly history = new Map<string, { readonly id: string }[]>()
  /** Messages of people that were removed by Salus. */
  readonly removed: string[] = []
  mayRemove = false
  /** How many messages a channel takes in a second; a call beyond that is a fault, beyond 50 in all it is put off. */
  perChannel: number | undefined
  readonly #called: number[] = []
  readonly #posted = new Map<string, { used: number; resetAt: number }>()
  now = () => Date.now()
  guilds = [guild]
  threadsAllowed = true
  /** Of the bot in every server. */
  permissions = '8'
  componentsKnown = true

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body, headers }) => {
        response.writeHead(status, {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        })
        response.end(body === undefined ? undefined : JSON.stringify(body))
      })
    })
    this.#gateway = new WebSocketServer({ server: this.#server })
    this.#gateway.on('connection', (socket) => this.#connected(socket))
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', 4_096, resolve))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return this
  }

  stop(): Promise<void> {
    for (const socket of this.#gateway.clients) socket.terminate()
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  /** What the product is started with to attach to this. */
  get environment(): Record<string, string> {
    return { DISCORD_TOKEN: token, DISCORD_API_URL: `${this.url}/api` }
  }

  nextId(at = this.now()): string {
    return String((BigInt(at - 1_420_070_400_000) << 22n) | (++this.#ids & 0x3fffffn))
  }

  /** Sends an event, now or when somebody is there again. */
  dispatch(t: string, d: unknown): void {
    if (t === 'MESSAGE_CREATE') this.#remember(d)
    const s = ++this.#sequence
    const frame = JSON.stringify({ op: 0, t, s, d })
    this.#session?.sent.push({ s, frame })
    this.#socket?.send(frame)
  }

  #remember(d: unknown): void {
    const { channel_id, guild_id: _left, channel_type: _out, ...rest } = (d ?? {}) as Record<string, unknown>
    if (typeof channel_id !== 'string' || typeof rest.id !== 'string') return
    const list = this.history.get(channel_id) ?? []
    if (!list.some(({ id }) => id === rest.id)) list.push({ ...rest, channel_id } as never)
    this.history.set(channel_id, list)
  }

  /** Ends the connection; the session can be resumed unless it is forgotten. */
  drop(code = 4000, forget = false): void {
    if (forget) this.#sessions.clear()
    const socket = this.#socket
    this.#socket = undefined
    socket?.close(code)
  }

  get connected(): boolean {
    return this.#socket !== undefined
  }

  #connected(socket: WebSocket): void {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }))
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined
    })
    socket.on('message', (data) => {
      const { op, d } = JSON.parse(String(data)) as { op: number; d: Record<string, unknown> }
      if (op === 1) socket.send(JSON.stringify({ op: 11 }))
      if (op === 2) this.#identify(socket, d)
      if (op === 6) this.#resume(socket, d)
    })
  }

  #identify(socket: WebSocket, given: Record<string, unknown>): void {
    if (given.token !== token) {
      socket.close(4004)
      return
    }
    this.identified.push({ intents: Number(given.intents) })
    this.#session = { id: `session-${this.identified.length}`, sent: [] }
    this.#sessions.set(this.#session.id, this.#session)
    this.#socket = socket
    this.#sequence = 0
    this.dispatch('READY', {
      v: 10,
      user: { id: self, username: 'salus', bot: true },
      application: { id: application, flags: 0 },
      guilds: this.guilds.map((id) => ({ id, unavailable: true })),
      session_id: this.#session.id,
      resume_gateway_url: this.url.replace('http', 'ws'),
      shard: [0, 1],
    })
    for (const id of this.guilds) this.dispatch('GUILD_CREATE', { id, name: `Server ${id}`, threads: [] })
  }

  #resume(socket: WebSocket, given: Record<string, unknown>): void {
    const session = this.#sessions.get(String(given.session_id))
    if (!session || given.token !== token) {
      socket.send(JSON.stringify({ op: 9, d: false }))
      return
    }
    this.resumes++
    this.#socket = socket
    this.#session = session
    for (const { s, frame } of session.sent) if (s > Number(given.seq)) socket.send(frame)
    this.dispatch('RESUMED', {})
  }

  /** The next call of this path is done, and its answer lost. */
  lose(path: RegExp): void {
    this.#lost = path
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    const body = (text === '' ? undefined : JSON.parse(text)) as Body | undefined
    const url = new URL(request.url ?? '/', this.url)
    const path = decodeURIComponent(url.pathname).replace('/api/v10', '')
    const method = request.method ?? ''
    this.calls.push(`${method} ${path}`)
    const index = this.scripted.findIndex((one) => one.path.test(`${method} ${path}`))
    const [scripted] = index >= 0 ? this.scripted.splice(index, 1) : []
    if (scripted) return scripted
    if (this.#lost?.test(`${method} ${path}`)) {
      this.#lost = undefined
      this.#route(method, path, body)
      return refused(502, 0, 'Bad gateway')
    }
    const open = /^\/(webhooks|interactions)\//.test(path)
    if (!open && request.headers.authorization !== `Bot ${token}`) return refused(401, 0, 'Unauthorized')
    const limited = open ? undefined : this.#limited(method, path)
    if (limited) return limited
    const answer = this.#route(method, path, body, url.searchParams)
    return { ...answer, headers: { ...answer.headers, ...this.#budgetOf(method, path) } }
  }

  /** https://docs.discord.com/developers/topics/rate-limits */
  #limited(method: string, path: string): Answer | undefined {
    const now = Date.now()
    while (this.#called[0] !== undefined && now - this.#called[0] >= 1_000) this.#called.shift()
    this.#called.push(now)
    const every = this.perChannel !== undefined && this.#called.length > 50
    const budget = this.#budget(method, path)
    const one = budget !== undefined && ++budget.used > (this.perChannel ?? 0)
    if (!every && !one) return undefined
    // When calls arrive says little of when they were sent, on a busy machine: the pace has a test of its own.
    if (one) this.faults.push(`too fast: ${method} ${path}`)
    const body = { message: 'You are being rate limited.', retry_after: 1, global: every }
    return { status: 429, body, headers: { 'retry-after': '1' } }
  }

  #budget(method: string, path: string) {
    if (this.perChannel === undefined || method !== 'POST' || !/^\/channels\/\d+\/messages$/.test(path))
      return undefined
    const now = Date.now()
    const found = this.#posted.get(path)
    if (found && found.resetAt > now) return found
    const fresh = { used: 0, resetAt: now + 1_000 }
    this.#posted.set(path, fresh)
    return fresh
  }

  #budgetOf(method: string, path: string): Record<string, string> {
    const budget = this.#budget(method, path)
    if (!budget) return {}
    return {
      'x-ratelimit-limit': String(this.perChannel),
      'x-ratelimit-remaining': String(Math.max(0, (this.perChannel ?? 0) - budget.used)),
      'x-ratelimit-reset-after': String(Math.max(0, budget.resetAt - Date.now()) / 1_000),
      'x-ratelimit-bucket': 'messages',
    }
  }

  #route(method: string, path: string, body: Body | undefined, query = new URLSearchParams()): Answer {
    const parts = path.split('/').slice(1)
    if (path === '/gateway/bot') {
      const session_start_limit = { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 }
      return ok({ url: this.url.replace('http', 'ws'), shards: 1, session_start_limit })
    }
    if (method === 'GET' && parts[0] === 'guilds' && parts[2] === 'roles')
      return ok([{ id: parts[1], name: '@everyone', permissions: this.everyone }])
    if (path === '/users/@me') return ok({ id: self, username: 'salus', bot: true })
    if (path === '/applications/@me') return ok({ id: application, flags: 0, bot_public: false })
    if (path === '/users/@me/guilds')
      return ok(this.guilds.map((id) => ({ id, permissions: this.permissions })))
    if (parts[0] === 'applications' && parts.at(-1) === 'commands') return this.#commands(method, body)
    if (path === '/users/@me/channels')
      return this.#checked('direct', body) ?? this.#openDirect(body as never)
    if (parts[0] === 'interactions') return this.#callback(parts[1] ?? '', parts[2] ?? '', body as never)
    if (parts[0] === 'webhooks') return this.#webhook(method, parts, body)
    if (parts[0] === 'channels') return this.#channel(method, parts, body, query)
    this.faults.push(`no such path: ${method} ${path}`)
    return refused(404, 0, 'Not found')
  }

  #channel(method: string, parts: readonly string[], body: Body | undefined, query: URLSearchParams): Answer {
    const [, channel = '', what, message = '', more] = parts
    const type = this.channels.get(channel)
    if (type === undefined) return refused(404, 10003, 'Unknown Channel')
    if (what === undefined) {
      const overwrites = this.closedChannels.has(channel)
        ? [{ id: guild, type: 0, allow: '0', deny: '1024' }]
        : []
      const parent_id = this.parents.get(channel) ?? null
      return ok({ id: channel, type, parent_id, permission_overwrites: overwrites })
    }
    if (method === 'GET') {
      const after = BigInt(query.get('after') ?? '0')
      const later = (this.history.get(channel) ?? []).filter(({ id }) => BigInt(id) > after)
      return ok(later.slice(0, Number(query.get('limit') ?? 50)).reverse())
    }
    if (method === 'DELETE') {
      const list = this.history.get(channel) ?? []
      const at = list.findIndex(({ id }) => id === message)
      if (at < 0) return refused(404, 10008, 'Unknown Message')
      if (!this.mayRemove) return refused(403, 50013, 'Missing Permissions')
      list.splice(at, 1)
      this.removed.push(message)
      return { status: 204, body: undefined, headers: {} }
    }
    if (more === 'threads') {
      if (!this.threadsAllowed) return refused(403, 50013, 'Missing Permissions')
      if (type !== 0) return refused(400, 50024, 'Cannot execute action on this channel type')
      if (this.channels.has(message)) return refused(400, 160004, 'A thread has already been created')
      const bad = this.#checked('thread', body)
      if (bad) return bad
      this.channels.set(message, 11)
      this.parents.set(message, channel)
      this.threads.push({ id: message, name: String(body?.name) })
      return created({ id: message, type: 11 })
    }
    if (method === 'PATCH') {
      const found = this.shown.find(({ id }) => id === message)
      if (!found) return refused(404, 10008, 'Unknown Message')
      return this.#checked('edit', body) ?? this.#edit(found, body ?? {})
    }
    const owner = [...this.closed].find((user) => directChannel(user) === channel)
    if (owner) return refused(403, 50007, 'Cannot send messages to this user')
    const bad = this.#checked('message', body)
    if (bad) return bad
    const { nonce } = body ?? {}
    if (nonce === undefined || body?.enforce_nonce !== true) this.faults.push('a message without a nonce')
    const twin = this.shown.find((one) => one.body.nonce === nonce && one.channel === channel)
    if (twin) return ok({ id: twin.id, channel_id: channel, nonce })
    const reference = (body?.message_reference as { message_id?: string } | undefined)?.message_id
    const shown = this.#show(channel, body ?? {}, 'message', reference)
    return ok({ id: shown.id, channel_id: channel, nonce })
  }

  #show(channel: string, body: Body, how: Shown['how'], reference?: string): Shown {
    const shown: Shown = {
      id: this.nextId(),
      channel,
      body,
      how,
      edits: 0,
      ...(reference ? { reference } : {}),
    }
    this.shown.push(shown)
    return shown
  }

  #edit(shown: Shown, body: Body): Answer {
    shown.body = { ...shown.body, ...body }
    shown.edits++
    return ok({ id: shown.id, channel_id: shown.channel })
  }

  #openDirect({ recipient_id }: { readonly recipient_id: string }): Answer {
    const channel = directChannel(recipient_id)
    this.channels.set(channel, 1)
    return ok({ id: channel, type: 1, recipients: [{ id: recipient_id }] })
  }

  #commands(method: string, body: Body | undefined): Answer {
    if (method === 'GET') return ok(this.commands)
    const bad = this.#checked('commands', body)
    if (bad) return bad
    const list = body as unknown as readonly { readonly name: string; readonly type?: number }[]
    for (const { name, type = 1 } of list)
      if (type === 1 && !(commandName.test(name) && name === name.toLowerCase()))
        this.faults.push(`no name of a command: ${name}`)
    this.commands = list.map((one) => ({ version: '1', application_id: application, nsfw: false, ...one }))
    return ok(this.commands)
  }

  #callback(id: string, given: string, body: NonNullable<Interaction['answer']>): Answer {
    const one = this.interactions.get(given)
    if (one?.id !== id) return refused(404, 10062, 'Unknown interaction')
    if (one.answer) return refused(400, 40060, 'Interaction has already been acknowledged')
    if (this.now() - one.at > 3_000) {
      this.faults.push('an interaction that was not answered in three seconds')
      return refused(404, 10062, 'Unknown interaction')
    }
    const schema = callbacks[body.type]
    const bad = schema ? this.#parsed(schema, `callback ${body.type}`, body as never) : undefined
    if (bad) return bad
    one.answer = body
    one.answeredAt = this.now()
    one.whenAnswered?.()
    if (body.type === 4) one.original = this.#show(`@${given}`, body.data ?? {}, 'instant')
    return { status: 204, body: undefined, headers: {} }
  }

  #webhook(method: string, [, , given = '', , what]: readonly string[], body: Body | undefined): Answer {
    const one = this.interactions.get(given)
    if (!one?.answer || this.now() - one.at > 15 * 60_000) return refused(404, 10015, 'Unknown Webhook')
    const loading = one.answer.type === 5 && !one.original
    if (what === '@original') {
      if (method === 'GET')
        return ok({ id: '1', flags: loading ? 1 << 7 : Number(one.original?.body.flags ?? 0) })
      const bad = this.#checked('original', body)
      if (bad) return bad
      if (one.original) return this.#edit(one.original, body ?? {})
      one.original = this.#show(`@${given}`, { ...one.answer.data, ...body }, 'original')
      return ok({ id: one.original.id })
    }
    const bad = this.#checked('followUp', body)
    if (bad) return bad
    return ok({ id: this.#show(`@${given}`, body ?? {}, 'follow-up').id })
  }

  #checked(kind: string, body: Body | undefined): Answer | undefined {
    const schema = bodies[kind]
    return schema && this.#parsed(schema, kind, body)
  }

  #parsed(schema: z.core.$ZodType, kind: string, body: Body | undefined): Answer | undefined {
    const read = z.safeParse(schema, body)
    const data = (body?.data ?? body) as Body | undefined
    const isNew = ((data?.flags ?? 0) & newComponents) !== 0
    const long = String(data?.content ?? '').length > 2_000 || wordsOf(data ?? {}).length > 4_000
    const mixed = isNew && data?.content !== undefined
    if (isNew && !this.componentsKnown) return refused(400, 50035, 'Invalid Form Body')
    if (read.success && !long && !mixed) return undefined
    this.faults.push(`${kind}: ${read.success ? 'too long or mixed' : JSON.stringify(read.error.issues[0])}`)
    return refused(400, 50035, 'Invalid Form Body')
  }

  /** The first thing shown for which the test holds, once it is there; those before `from` are passed over. */
  async seen(test: (shown: Shown) => boolean, from = 0): Promise<Shown> {
    for (;;) {
      const found = this.shown.slice(from).find(test)
      if (found) return found
      await sleep(10)
    }
  }
}

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Record<string, string>
}
const ok = (body: unknown): Answer => ({ status: 200, body })
const created = (body: unknown): Answer => ({ status: 201, body })
const refused = (status: number, code: number, message: string): Answer => ({
  status,
  body: { code, message },
})

export function directChannel(user: string): string {
  return `3${user.slice(1)}`
}
