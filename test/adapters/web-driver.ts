import { capabilities } from '../../src/adapters/web/limits.ts'
import { render, type WebPayload } from '../../src/adapters/web/render.ts'
import { sessionOf } from '../../src/adapters/web/session.ts'
import type { JsonObject } from '../../src/core/json.ts'
import { localWorkspace } from '../../src/open-state.ts'
import type { CaseList, ChatEntry, ChatHistory } from '../../src/server/wire.ts'
import type {
  Ack,
  ChannelDriver,
  ChannelPerson,
  Connection,
  Desk,
  Heard,
  Platform,
} from '../contracts/channel-driver.ts'
import type { Hosted } from '../contracts/channel-host.ts'
import { Visitor } from '../web/site.ts'

const path = '/api/chat/messages'
const alarm = 'I took 20 paracetamol an hour ago'

/** The chat page, by what it says to the server. */
export const webDriver: ChannelDriver = {
  name: 'web',
  capabilities,
  lacks: {
    rooms: 'a chat page is for one person',
    bots: 'a chat page is for one person',
    changes: 'the page changes nothing that was sent',
    slowing: 'a page fetches what it shows',
    tenants: 'one site is one workspace',
  },
  render,
  faultsOf: (part) => {
    const { elements } = part.payload as unknown as WebPayload
    const long = part.plain.length > 1_000_000
    return [...(elements.length === 0 ? ['says nothing'] : []), ...(long ? ['too long for a page'] : [])]
  },
  wordsOf: (part) => part.plain,
  open: async (salus) => page(salus),
}

function page(salus: Hosted): Platform {
  const people: WebPerson[] = []
  let ids = 0
  const person = () => {
    const made = new WebPerson(salus, `person-${++ids}`)
    people.push(made)
    return made
  }
  return {
    environment: {},
    faults: [],
    ready: async () => {},
    stop: async () => {},
    person,
    heard: async () => (await Promise.all(people.map((one) => one.heard()))).flat(),
    desk: () => openDesk(salus),
    forgeries: (near) => {
      const as = (headers: Record<string, string>) => async () => {
        const { body } = { body: { id: `forged-${++ids}xx`, text: alarm } }
        return ackOf((await (near as WebPerson).visitor().post(path, body, headers)).status)
      }
      return [
        ['a page of another site', as({ origin: 'https://evil.example' })],
        ['a page without an origin', as({ origin: 'null' })],
        ['a browser that says it comes from elsewhere', as({ 'sec-fetch-site': 'cross-site' })],
        ['a form of another site', as({ 'content-type': 'text/plain' })],
      ]
    },
    kinds: (near) => {
      const deliver = async (body: unknown) =>
        ackOf((await (near as WebPerson).visitor().post(path, JSON.stringify(body) ?? '')).status)
      const id = () => `kind-${++ids}-xx`
      return [
        { name: 'words', body: { id: id(), text: 'hello' }, deliver },
        {
          name: 'a button',
          body: { id: id(), choice: { action: 'answer', value: 'helpful', replyTo: 'x/1/0' } },
          deliver,
        },
        { name: 'a command', body: { id: id(), command: '/help me' }, deliver },
      ]
    },
    connect: (near) => streamOf(near as WebPerson),
  }
}

function ackOf(status: number): Ack {
  if (status < 300) return 'taken'
  return status < 500 ? 'refused' : 'put off'
}

class WebPerson implements ChannelPerson {
  readonly #salus: Hosted
  readonly direct: string
  cookie = ''
  #ids = 0
  /** What the page showed at once, without a reply. */
  readonly #told: string[] = []
  /** What came over the page's stream, also when it is kept nowhere. */
  readonly #streamed = new Map<string, Heard>()
  #listening: Promise<void> | undefined

  constructor(salus: Hosted, name: string) {
    this.#salus = salus
    this.direct = name
  }

  /** The page after a restart has another address here and the same cookie. */
  visitor(): Visitor {
    const visitor = new Visitor(this.#salus.url())
    visitor.cookie = this.cookie
    return visitor
  }

  urn() {
    return sessionOf(localWorkspace, /salus_chat=([^;]+)/.exec(this.cookie)?.[1] ?? 'nobody').urn
  }

  async #post(body: JsonObject): Promise<Ack> {
    const visitor = this.visitor()
    const response = await visitor.post(path, body).catch(() => undefined)
    if (!response) return 'put off'
    this.cookie = visitor.cookie
    this.#listening ??= this.#listen()
    await this.#listening
    const { say } = (await response.json()) as { say?: string }
    if (say) this.#told.push(say)
    return ackOf(response.status)
  }

  /** Keeps the page's stream open, as an open page does, until the server ends it. */
  async #listen(): Promise<void> {
    const response = await this.visitor().fetch('/api/chat/stream')
    void readEvents(response, (entry) => this.#streamed.set(entry.key, this.#heardOf(entry))).finally(() => {
      this.#listening = undefined
    })
  }

  #heardOf(entry: ChatEntry): Heard {
    return {
      id: entry.key,
      key: entry.key,
      place: this.direct,
      alone: true,
      words: entry.text,
      labels: (entry.elements ?? []).flatMap((element) =>
        element.kind === 'choices' ? element.options.map(({ label }) => label) : [],
      ),
    }
  }

  async say(text: string) {
    const body = { id: `${this.direct}-message-${++this.#ids}`, text }
    return { ack: await this.#post(body), place: this.direct, body }
  }

  mention(): Promise<never> {
    return Promise.reject(new Error('no rooms'))
  }

  async ask(text: string) {
    return (await this.say(text)).ack
  }

  again(sent: { readonly body: JsonObject }) {
    return this.#post(sent.body)
  }

  edit(): Promise<never> {
    return Promise.reject(new Error('nothing is edited'))
  }

  remove(): Promise<never> {
    return Promise.reject(new Error('nothing is deleted'))
  }

  async press(on: Heard, label: RegExp) {
    const entry = (await this.#entries()).find(({ key }) => key === on.id)
    for (const element of entry?.elements ?? []) {
      if (element.kind !== 'choices') continue
      const option = element.options.find((one) => label.test(one.label))
      if (!option) continue
      const choice = { action: element.action, value: option.value, replyTo: on.id }
      await this.#post({ id: `${this.direct}-press-${++this.#ids}`, choice })
      return
    }
    throw new Error(`nothing to press: ${label}`)
  }

  close(): void {}

  async #entries(): Promise<readonly ChatEntry[]> {
    if (this.cookie === '') return []
    const { entries } = await this.visitor().json<ChatHistory>('/api/chat/history')
    return entries.filter(({ from }) => from !== 'me')
  }

  async heard(): Promise<readonly Heard[]> {
    const entries = (await this.#entries()).map((entry) => this.#heardOf(entry))
    const kept = new Set(entries.map(({ id }) => id))
    const streamed = [...this.#streamed.values()].filter(({ id }) => !kept.has(id))
    const told = this.#told.map((words, index) => ({
      id: `told-${index}`,
      place: this.direct,
      alone: true,
      words,
      labels: [],
    }))
    return [...entries, ...streamed, ...told]
  }
}

/** The staff page, by what it says to the server. */
async function openDesk(salus: Hosted): Promise<Desk> {
  const staff = new Visitor(salus.url())
  await staff.fetch(salus.staffLink())
  let acts = 0
  return {
    async cards() {
      const { cases } = await staff.json<CaseList>('/api/staff/cases')
      return cases.map((one) => ({
        id: one.id,
        place: 'staff',
        alone: true,
        words: `${one.pseudonym} ${one.level} ${one.topic} ${one.status} ${one.owner?.name ?? ''}`,
        labels: ['Claim'],
      }))
    },
    async claim(card, as) {
      const by = as === 'staff' ? staff : new Visitor(salus.url())
      await by.post(`/api/staff/cases/${card.id}/actions`, { id: `claim-${++acts}-xx`, kind: 'claim' })
    },
  }
}

/** The page's stream of events, which goes on behind the last one that arrived. */
async function streamOf(person: WebPerson): Promise<Connection> {
  const arrived: string[] = []
  let last: number | undefined
  let stop = new AbortController()
  let reading: Promise<void> = Promise.resolve()
  const read = async (signal: AbortSignal) => {
    const headers: Record<string, string> = last === undefined ? {} : { 'last-event-id': String(last) }
    const response = await person.visitor().fetch('/api/chat/stream', { headers, signal })
    reading = readEvents(response, (entry) => {
      last = entry.sequence ?? last
      arrived.push(entry.text)
    })
  }
  await person.say('hello')
  await read(stop.signal)
  return {
    async drop() {
      stop.abort()
      await reading
    },
    async back() {
      stop = new AbortController()
      await read(stop.signal)
    },
    heard: async () => arrived,
    async end() {
      stop.abort()
      await reading
    },
  }
}

/** Reads messages of a stream until it ends. */
async function readEvents(response: Response, take: (entry: ChatEntry) => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of response.body ?? []) {
      rest += decoder.decode(chunk as Uint8Array, { stream: true })
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks)
        if (/^event: message$/m.test(block))
          take(JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') as ChatEntry)
    }
  } catch {
    // The line broke.
  }
}
