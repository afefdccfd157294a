import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { post } from './post.ts'

/** Something the bot did at the connector. */
export interface Posted {
  readonly method: string
  readonly conversation: string
  readonly id: string
  readonly activity: Record<string, unknown>
  readonly authorization: string | undefined
}

export interface TokenChanges {
  readonly claims?: Record<string, unknown>
  /** Signs with a key that the directory does not know under the same id. */
  readonly wrongKey?: boolean
  readonly kid?: string
}

export const app = { id: '5ab1c0de-0000-4000-8000-000000000001', secret: 'not-a-secret' }
export const tenant = '7e7a0000-0000-4000-8000-000000000002'
export const bot = { id: `28:${app.id}`, name: 'Salus' }
const issuer = 'https://api.botframework.com'

/**
 * Microsoft's side of Teams over real sockets: login service, signing keys and connector. Strict: a call without its
 * token is 401, a conversation that nobody opened is 404.
 */
export class TeamsDouble {
  readonly #server: Server
  readonly #keys = new Map<string, { readonly key: KeyObject; readonly jwk: object }>()
  #usual: { readonly key: KeyObject | undefined; readonly at: number; readonly token: string } | undefined
  readonly #conversations = new Set<string>()
  #ids = 0
  url = ''
  readonly posted: Posted[] = []
  readonly opened: Record<string, unknown>[] = []
  tokensGiven = 0
  /** Answers of the connector to calls about a conversation, once each, before the usual ones. */
  readonly scripted: {
    conversation: string
    status: number
    headers?: Record<string, string>
    body?: unknown
  }[] = []
  /** Personal chats that are there, and blocked. */
  readonly blocked = new Set<string>()
  /** Channels that are private; the others are standard. */
  readonly privateChannels = new Set<string>()
  /** People whose personal chat cannot be opened. */
  readonly closed = new Set<string>()

  constructor() {
    this.addKey('good', ['msteams', 'webchat'])
    this.addKey('other-channel', ['webchat'])
    this.addKey('unendorsed', undefined)
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, headers, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers })
        response.end(body === undefined ? '' : JSON.stringify(body))
      })
    })
  }

  addKey(kid: string, endorsements: readonly string[] | undefined): void {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = {
      ...publicKey.export({ format: 'jwk' }),
      kid,
      use: 'sig',
      ...(endorsements ? { endorsements } : {}),
    }
    this.#keys.set(kid, { key: privateKey, jwk })
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', 4_096, resolve))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return this
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  /** What the product is started with to attach to this. */
  get environment(): Record<string, string> {
    return {
      TEAMS_APP_ID: app.id,
      TEAMS_TENANT_ID: tenant,
      TEAMS_APP_PASSWORD: app.secret,
      TEAMS_OPENID_METADATA_URL: `${this.url}/openid`,
      TEAMS_LOGIN_URL: `${this.url}/login`,
      TEAMS_TOKEN_ISSUER: issuer,
    }
  }

  get serviceUrl(): string {
    return `${this.url}/connector/`
  }

  token({ claims = {}, wrongKey, kid = 'good' }: TokenChanges = {}): string {
    const now = Math.floor(Date.now() / 1_000)
    const head = { alg: 'RS256', typ: 'JWT', kid }
    const body = {
      iss: issuer,
      aud: app.id,
      nbf: now - 60,
      exp: now + 3_600,
      serviceurl: this.serviceUrl,
      ...claims,
    }
    const encoded = [head, body]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const key = wrongKey
      ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
      : this.#keys.get(kid)?.key
    if (!key) throw new Error(`no key ${kid}`)
    return `${encoded}.${createSign('RSA-SHA256').update(encoded).sign(key).toString('base64url')}`
  }

  /** One that the service uses for a while, as Teams does. */
  usualToken(): string {
    const key = this.#keys.get('good')?.key
    const known = this.#usual
    if (known && known.key === key && known.at > Date.now() - 60_000) return known.token
    const token = this.token()
    this.#usual = { key, at: Date.now(), token }
    return token
  }

  nextId(): string {
    return String(1_700_000_000_000 + ++this.#ids)
  }

  know(conversation: string): void {
    this.#conversations.add(conversation)
  }

  async #answer(request: IncomingMessage) {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    const path = decodeURIComponent(new URL(request.url ?? '/', this.url).pathname)
    if (path === '/openid') return reply(200, { issuer, jwks_uri: `${this.url}/keys` })
    if (path === '/keys') return reply(200, { keys: [...this.#keys.values()].map(({ jwk }) => jwk) })
    if (path === '/login/oauth2/v2.0/token') return this.#giveToken(new URLSearchParams(text))
    const { authorization } = request.headers
    if (authorization !== `Bearer given-${this.tokensGiven}`)
      return reply(401, { error: { code: 'Unauthorized' } })
    const next = this.scripted.findIndex(
      ({ conversation }) => path.includes(`/${conversation}/`) || path.includes(`/${conversation};`),
    )
    const [scripted] = next < 0 ? [] : this.scripted.splice(next, 1)
    if (scripted) return { headers: {}, body: undefined, ...scripted }
    return this.#connector(request.method ?? '', path, JSON.parse(text || '{}') as never, authorization)
  }

  #giveToken(form: URLSearchParams) {
    const good =
      form.get('client_id') === app.id &&
      form.get('client_secret') === app.secret &&
      form.get('scope') === 'https://api.botframework.com/.default'
    if (!good)
      return reply(401, { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid secret.' })
    this.tokensGiven++
    return reply(200, { token_type: 'Bearer', expires_in: 3_600, access_token: `given-${this.tokensGiven}` })
  }

  #connector(
    method: string,
    path: string,
    activity: Record<string, unknown> & { members?: readonly { id: string }[] },
    authorization: string | undefined,
  ) {
    if (method === 'POST' && path === '/connector/v3/conversations') {
      const member = activity.members?.[0]?.id ?? ''
      if (this.closed.has(member)) return reply(403, { error: { code: 'MessageWritesBlocked' } })
      this.opened.push(activity)
      const id = personalChat(member)
      this.know(id)
      return reply(201, { id })
    }
    const [, conversation = '', existing] =
      /^\/connector\/v3\/conversations\/(.+)\/activities(?:\/(.+))?$/.exec(path) ?? []
    if (!this.#conversations.has(conversation.replace(/;messageid=.*$/, '')))
      return reply(404, { error: { code: 'ConversationNotFound' } })
    if (this.blocked.has(conversation)) return reply(403, { error: { code: 'ConversationBlockedByUser' } })
    if (JSON.stringify(activity).length * 2 > 100_000)
      return reply(413, { error: { code: 'MessageSizeTooBig' } })
    const id = method === 'PUT' ? (existing ?? '') : this.nextId()
    this.posted.push({ method, conversation, id, activity, authorization })
    return reply(method === 'PUT' ? 200 : 201, { id })
  }

  /** The first thing posted for which the test holds, once it is there; those before `from` are passed over. */
  async seen(test: (posted: Posted) => boolean, from = 0): Promise<Posted> {
    for (;;) {
      const found = this.posted.slice(from).find(test)
      if (found) return found
      await sleep(10)
    }
  }
}

function reply(status: number, body: unknown) {
  return { status, headers: {} as Record<string, string>, body }
}

export function personalChat(user: string): string {
  return `a:${Buffer.from(user).toString('hex')}`
}

/** All words of an activity, its cards' included. */
export function wordsOf({ activity }: Pick<Posted, 'activity'>): string {
  const words: string[] = []
  const read = (value: unknown, key = ''): void => {
    if (typeof value === 'string' && ['text', 'title', 'label'].includes(key)) words.push(value)
    else if (Array.isArray(value)) for (const one of value) read(one)
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) read(one, name)
  }
  read(activity)
  return words.join('\n')
}

/** Somebody who uses Teams. */
export class Person {
  readonly #double: TeamsDouble
  readonly #url: () => string
  readonly id: string

  constructor(double: TeamsDouble, url: () => string, name: string) {
    this.#double = double
    this.#url = url
    this.id = `29:${name}`
  }

  get chat(): string {
    return personalChat(this.id)
  }

  /** An activity of theirs in the personal chat, before it is sent. */
  activity(more: Record<string, unknown> = {}): Record<string, unknown> {
    this.#double.know(this.chat)
    return {
      type: 'message',
      id: this.#double.nextId(),
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: this.#double.serviceUrl,
      from: { id: this.id, name: 'Somebody', aadObjectId: `aad-${this.id}` },
      recipient: bot,
      conversation: { id: this.chat, conversationType: 'personal', tenantId: tenant },
      channelData: { tenant: { id: tenant } },
      locale: 'en-GB',
      entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web' }],
      ...more,
    }
  }

  /** The same in a channel's thread. */
  inChannel(channel: string, root: string, more: Record<string, unknown> = {}): Record<string, unknown> {
    this.#double.know(channel)
    return this.activity({
      conversation: {
        id: `${channel};messageid=${root}`,
        conversationType: 'channel',
        isGroup: true,
        tenantId: tenant,
      },
      channelData: {
        tenant: { id: tenant },
        team: { id: channel },
        channel: { id: channel, type: this.#double.privateChannels.has(channel) ? 'private' : 'standard' },
      },
      ...more,
    })
  }

  async send(activity: Record<string, unknown>, token = this.#double.usualToken()): Promise<Response> {
    const headers = {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    }
    const { status, text } = await post(`${this.#url()}/api/messages`, JSON.stringify(activity), headers)
    return new Response(text === '' ? null : text, { status })
  }

  /** Says something in the personal chat; throws when it was not taken. */
  async say(text: string, more: Record<string, unknown> = {}): Promise<void> {
    await taken(await this.send(this.activity({ text, textFormat: 'plain', ...more })))
  }

  /** Mentions Salus in a channel. Resolves to the thread's root. */
  async mention(channel: string, text: string, root = this.#double.nextId()): Promise<string> {
    await taken(
      await this.send(
        this.inChannel(channel, root, {
          text: `<at>Salus</at> ${text}`,
          entities: [{ type: 'mention', mentioned: bot, text: '<at>Salus</at>' }],
        }),
      ),
    )
    return root
  }

  async invoke(name: string, value: unknown, more: Record<string, unknown> = {}): Promise<never> {
    const response = await this.send(this.activity({ type: 'invoke', name, value, ...more }))
    if (response.status !== 200) throw new Error(`invoke answered ${response.status}`)
    return (await response.json()) as never
  }
}

async function taken(response: Response): Promise<void> {
  if (response.status !== 200) throw new Error(`answered ${response.status}`)
}
