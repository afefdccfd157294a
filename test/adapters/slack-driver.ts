import { capabilities, limits } from '../../src/adapters/slack/limits.ts'
import { render, type SlackPayload } from '../../src/adapters/slack/render.ts'
import { asId, type Urn } from '../../src/core/ids.ts'
import type { JsonObject } from '../../src/core/json.ts'
import { localWorkspace } from '../../src/open-state.ts'
import { makeLinkCode } from '../../src/staff-accounts.ts'
import { systemRandom } from '../../src/system.ts'
import type { Ack, ChannelDriver, ChannelPerson, Desk, Heard, Platform } from '../contracts/channel-driver.ts'
import type { Hosted } from '../contracts/channel-host.ts'
import { until } from '../web/site.ts'
import { bodies } from './slack-bodies.ts'
import {
  botToken,
  botUser,
  buttonsOf,
  deliver,
  eventBody,
  homeTenant,
  room,
  type Shown,
  SlackDouble,
  staffRoom,
  type Tenant,
  wordsOf,
} from './slack-double.ts'
import { SlackPerson } from './slack-person.ts'

const otherTenant: Tenant = { team: 'T0OTHER', bot: 'U0OTHERBOT', name: 'Another' }
const alarm = 'I took 20 paracetamol an hour ago'
const form = 'application/x-www-form-urlencoded'

/** Slack, by its Web API and signed events over real sockets; with a socket of its own where lines can break. */
export function slackDriver(mode: 'http' | 'socket'): ChannelDriver {
  const overSocket = {
    forgeries: 'Salus calls Slack: nobody else can',
    tenants: 'one connection is one workspace here; many are tested over HTTP',
  }
  return {
    name: mode === 'http' ? 'slack' : 'slack (socket)',
    capabilities,
    lacks: mode === 'http' ? { connection: 'Slack calls, each time anew' } : overSocket,
    render,
    faultsOf: (part) => faultsOf(part.payload as unknown as SlackPayload),
    wordsOf: (part) => wordsOf(part.payload as unknown as SlackPayload),
    async open(salus) {
      return slack(salus, await new SlackDouble().start(), mode)
    },
  }
}

function slack(salus: Hosted, double: SlackDouble, mode: 'http' | 'socket'): Platform {
  let people = 0
  let connections = 0
  let installed = false
  const make = (id: string, tenant?: Tenant) => new SlackMember(salus, double, mode, id, tenant)
  const heard = async () => double.shown.map(heardOf)
  const post = async (text: string, more: Parameters<typeof deliver>[2] = {}) =>
    ackOf((await deliver(salus.url(), text, more)).status)
  return {
    environment: {
      ...double.environment(mode === 'http' ? 'oauth' : 'socket'),
      SLACK_BOT_TOKEN: botToken,
    },
    faults: [],
    async ready() {
      if (mode === 'socket') await until(async () => (double.connections > connections ? true : undefined))
      connections = double.connections
    },
    stop: () => double.stop(),
    person: () => make(`U${++people}PERSON`),
    async elsewhere(twin) {
      if (!installed) await install(salus.url(), double, otherTenant)
      installed = true
      return make(member(twin).who.id, otherTenant)
    },
    heard,
    desk: () => openDesk(salus, double, make('U0BOSS'), make('U0STRANGER'), heard),
    bots: (near) => {
      const { who } = member(near)
      const from = (more: Readonly<Record<string, unknown>>) => async () =>
        ackOf(await who.deliver({ ...who.message(who.direct, alarm), ...more }))
      return [
        ['itself', from({ user: botUser })],
        ['itself, mentioning itself', from({ user: botUser, channel: room, text: `<@${botUser}> ${alarm}` })],
        ['another bot', from({ bot_id: 'B1' })],
        ['another bot, by its subtype', from({ subtype: 'bot_message', bot_id: 'B1', user: undefined })],
        [
          'another bot, changing its message',
          from({
            subtype: 'message_changed',
            message: { bot_id: 'B1', user: 'U1BOT', text: alarm, ts: '1.1', edited: { ts: '2.2' } },
          }),
        ],
      ]
    },
    forgeries: (near) => {
      const { who } = member(near)
      const body = () => JSON.stringify(eventBody(who.message(who.direct, alarm)))
      const seconds = () => Math.floor(salus.clock.now() / 1_000)
      const unsigned = async () => {
        const headers = { 'content-type': 'application/json' }
        const told = await fetch(`${salus.url()}/slack/events`, { method: 'POST', headers, body: body() })
        return ackOf(told.status)
      }
      return [
        ['another secret', () => post(body(), { secret: 'wrong' })],
        ['an old time stamp', () => post(body(), { at: seconds() - 600 })],
        ['a time stamp ahead', () => post(body(), { at: seconds() + 600 })],
        ['no signature', unsigned],
      ]
    },
    kinds: (near) =>
      bodies(member(near).who).map(({ form: asForm, given }, index) => {
        const payload = typeof given.payload === 'string' ? (JSON.parse(given.payload) as object) : undefined
        const type = asForm ? (payload ? 'interactive' : 'slash_commands') : 'events_api'
        return {
          name: `${type} ${index}`,
          body: payload ?? given,
          async deliver(body) {
            if (mode === 'socket') {
              await double.dispatch(type, body)
              return 'taken'
            }
            if (!asForm) return post(JSON.stringify(body) ?? 'null')
            const fields = payload ? { payload: JSON.stringify(body) } : fieldsOf(body)
            return post(new URLSearchParams(fields).toString(), { type: form })
          },
        }
      }),
    slowDown: () => {
      double.limited = 1
    },
    ...(mode === 'socket'
      ? {
          connect: async (person: ChannelPerson) => ({
            async drop() {
              connections = double.connections
              double.drop()
            },
            async back() {
              await until(async () => (double.connections > connections ? true : undefined))
            },
            heard: async () => double.shown.filter(({ channel }) => channel === person.direct).map(wordsOf),
            end: async () => {},
          }),
        }
      : {}),
  }
}

function member(person: ChannelPerson): SlackMember {
  return person as SlackMember
}

function fieldsOf(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {}
  const strings = Object.entries(body).filter((one): one is [string, string] => typeof one[1] === 'string')
  return Object.fromEntries(strings)
}

function ackOf(status: number): Ack {
  if (status < 300) return 'taken'
  return status < 500 ? 'refused' : 'put off'
}

function heardOf(one: Shown): Heard {
  const direct = one.channel.startsWith('D')
  const { metadata } = one as { metadata?: { event_payload?: { key?: string } } }
  const key = metadata?.event_payload?.key
  return {
    id: one.ts,
    place: direct ? one.channel : `${one.channel}/${one.thread ?? one.ts}`,
    alone: direct || one.only !== undefined,
    words: wordsOf(one),
    labels: buttonsOf(one).map(({ label }) => label),
    ...(key ? { key } : {}),
  }
}

class SlackMember implements ChannelPerson {
  readonly #double: SlackDouble
  readonly who: SlackPerson
  readonly #tenant: Tenant

  constructor(
    salus: Hosted,
    double: SlackDouble,
    mode: 'http' | 'socket',
    id: string,
    tenant: Tenant = homeTenant,
  ) {
    this.#double = double
    this.#tenant = tenant
    this.who = new SlackPerson(double, mode === 'socket' ? undefined : salus.url, id, tenant)
  }

  get direct(): string {
    return this.who.direct
  }

  urn() {
    return asId<Urn>(`slack:${this.#tenant.team}:${this.who.id}`)
  }

  async #deliver(event: Readonly<Record<string, unknown>>): Promise<Ack> {
    return this.who.deliver(event).then(ackOf, () => 'put off' as const)
  }

  async say(text: string) {
    const event = this.who.message(this.direct, text)
    return { ack: await this.#deliver(event), place: this.direct, body: event as JsonObject }
  }

  /** Slack tells of a mention twice. */
  async mention(text: string) {
    const event = this.who.message(room, `<@${this.#tenant.bot}> ${text}`)
    await this.#deliver({ ...event, type: 'app_mention', channel_type: undefined })
    return { ack: await this.#deliver(event), place: `${room}/${event.ts}`, body: event as JsonObject }
  }

  async ask(text: string) {
    return (await this.say(text)).ack
  }

  again({ body }: { readonly body: JsonObject }) {
    return this.#deliver(body)
  }

  edit({ body }: { readonly body: JsonObject }, text: string) {
    const edited = { user: this.who.id, ts: this.#double.ts() }
    const { channel, channel_type } = body
    return this.#deliver({
      type: 'message',
      subtype: 'message_changed',
      channel,
      channel_type,
      ts: this.#double.ts(),
      message: { ...body, text, edited },
    })
  }

  remove({ body }: { readonly body: JsonObject }) {
    const { channel, channel_type, ts } = body
    return this.#deliver({
      type: 'message',
      subtype: 'message_deleted',
      channel,
      channel_type,
      ts: this.#double.ts(),
      deleted_ts: ts,
      previous_message: body,
    })
  }

  async press(on: Heard, label: RegExp) {
    const shown = this.#double.shown.find(({ ts }) => ts === on.id)
    if (!shown) throw new Error('no such message')
    await this.who.press(shown, label)
  }

  close(): void {
    this.#double.closed.add(this.who.id)
  }
}

/** Somebody of that workspace installs the app, by OAuth. */
async function install(url: string, double: SlackDouble, tenant: Tenant): Promise<void> {
  const page = await fetch(`${url}/slack/install`)
  const state = /state=([^&"]+)/.exec(await page.text())?.[1] ?? ''
  const query = new URLSearchParams({ code: double.consent(tenant), state: decodeURIComponent(state) })
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
  const done = await fetch(`${url}/slack/oauth_redirect?${query}`, { headers: { cookie } })
  if (!done.ok) throw new Error('not installed')
}

/** A staff room that its administrator linked. */
async function openDesk(
  salus: Hosted,
  double: SlackDouble,
  boss: SlackMember,
  stranger: SlackMember,
  heard: () => Promise<readonly Heard[]>,
): Promise<Desk> {
  const { store } = salus.state()
  const [volunteer] = await store.staff(localWorkspace)
  if (!volunteer) throw new Error('the demo has a volunteer')
  double.admins.add(boss.who.id)
  const code = await makeLinkCode({ store, clock: salus.clock, random: systemRandom }, volunteer)
  await boss.who.command(`link ${code}`)
  double.closedRooms.add(staffRoom)
  await boss.who.command('staff-room', staffRoom)
  await until(async () => (await store.settings(localWorkspace, 'staff_room'))[0])
  return {
    cards: async () =>
      (await heard()).filter(({ place, labels }) => place.startsWith(`${staffRoom}/`) && labels.length > 0),
    async claim(card, as) {
      await (as === 'staff' ? boss : stranger).press(card, /claim/i)
    },
  }
}

/** What Slack would refuse, or what would notify somebody. */
function faultsOf({ text, blocks }: SlackPayload): readonly string[] {
  const faults: string[] = []
  if (text.length === 0 || text.length > limits.fallbackText) faults.push('its text')
  if (blocks.length === 0 || blocks.length > limits.blocksPerMessage) faults.push('its number of blocks')
  // https://docs.slack.dev/changelog/2018-truncating-really-long-messages and what Slack answers with msg_blocks_too_long
  if (JSON.stringify(blocks).length > 12_000) faults.push('the size of its blocks')
  if (/[<>]/.test(text)) faults.push('markup in its text')
  const read = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) read(one)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    const { type, text: words, elements, options } = value as Record<string, unknown>
    if (words === '') faults.push('a text that is empty')
    if (type === 'mrkdwn') faults.push('markup')
    if (/^(user|usergroup|broadcast|channel|team)$/.test(String(type))) faults.push('mentions somebody')
    if (type === 'actions' && (elements as unknown[]).length > limits.elementsPerActions) faults.push('a row')
    if (Array.isArray(options) && options.length > limits.optionsPerSelect) faults.push('a menu')
    for (const one of Object.values(value)) read(one)
  }
  read(blocks)
  return faults
}
