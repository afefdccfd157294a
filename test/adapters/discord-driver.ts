import { setTimeout as sleep } from 'node:timers/promises'
import { MessageCreateRequestSchema } from 'discord-api-spec/zod'
import { z } from 'zod'
import { capabilities, limits } from '../../src/adapters/discord/limits.ts'
import { type DiscordPayload, render } from '../../src/adapters/discord/render.ts'
import { asId, type Urn } from '../../src/core/ids.ts'
import type { JsonObject } from '../../src/core/json.ts'
import { localWorkspace } from '../../src/open-state.ts'
import { makeLinkCode } from '../../src/staff-accounts.ts'
import { systemRandom } from '../../src/system.ts'
import type {
  Ack,
  ChannelDriver,
  ChannelPerson,
  Desk,
  Heard,
  Kind,
  Platform,
} from '../contracts/channel-driver.ts'
import type { Hosted } from '../contracts/channel-host.ts'
import { until } from '../web/site.ts'
import {
  application,
  DiscordDouble,
  everybodysChannel,
  guild,
  otherChannel,
  otherGuild,
  type Shown,
  self,
  staffChannel,
} from './discord-double.ts'
import { DiscordPerson } from './discord-person.ts'
import { pressables, wordsOf } from './discord-words.ts'

const alarm = 'I took 20 paracetamol an hour ago'

/** Discord, by its gateway and REST over real sockets; every body is parsed by Discord's own specification. */
export const discordDriver: ChannelDriver = {
  name: 'discord',
  capabilities,
  lacks: { forgeries: 'Salus calls Discord: nobody else can' },
  render,
  faultsOf: (part) => faultsOf(part.payload as unknown as DiscordPayload),
  wordsOf: (part) => wordsOf(part.payload as Readonly<Record<string, unknown>>),
  async open(salus) {
    return discord(salus, await new DiscordDouble().start())
  },
}

function discord(salus: Hosted, double: DiscordDouble): Platform {
  double.now = () => salus.clock.now()
  let people = 0
  let known = false
  const make = (id: string, place = everybodysChannel, of = guild) => new DiscordMember(double, id, place, of)
  const heard = async () => double.shown.map((one) => heardOf(double, one))
  const isThere = async () => {
    // What is sent to nobody is lost, on Discord too.
    while (!double.connected) await sleep(10)
  }
  return {
    environment: double.environment,
    get faults() {
      return double.faults
    },
    refusal: /Unknown interaction/,
    ready: isThere,
    stop: () => double.stop(),
    person: () => make(String(400_000_000_000_000_000n + BigInt(++people))),
    async elsewhere(twin) {
      if (!known) {
        double.dispatch('GUILD_CREATE', {
          id: otherGuild,
          name: 'Another',
          threads: [],
          system_channel_id: otherChannel,
        })
        await until(async () => double.shown.find(({ channel }) => channel === otherChannel))
      }
      known = true
      return make(member(twin).who.id, otherChannel, otherGuild)
    },
    heard,
    desk: () => openDesk(salus, double, make('400000000000999991'), make('400000000000999992'), heard),
    bots: (near) => {
      const { who } = member(near)
      const from = (more: Readonly<Record<string, unknown>>) => async () => {
        double.dispatch('MESSAGE_CREATE', { ...who.message(who.direct, alarm), ...more })
        return 'taken' as const
      }
      return [
        ['itself', from({ author: { id: self, username: 'salus', bot: true } })],
        ['another bot', from({ author: { id: who.id, username: 'bot', bot: true } })],
        ['a webhook', from({ webhook_id: '1' })],
        ['the platform itself', from({ author: { id: who.id, username: 'x', system: true } })],
      ]
    },
    kinds: (near) => kindsOf(double, member(near).who),
    slowDown: (person) =>
      void double.scripted.push({
        path: new RegExp(`POST /channels/${person.direct}/messages`),
        status: 429,
        body: { message: 'You are being rate limited.', retry_after: 1, global: false },
        headers: { 'retry-after': '1' },
      }),
    connect: async (person) => ({
      drop: async () => double.drop(),
      back: isThere,
      heard: async () =>
        double.shown.filter(({ channel }) => channel === person.direct).map(({ body }) => wordsOf(body)),
      end: async () => {},
    }),
  }
}

function member(person: ChannelPerson): DiscordMember {
  return person as DiscordMember
}

function kindsOf(double: DiscordDouble, who: DiscordPerson): readonly Kind[] {
  const event = (type: string, body: unknown): Kind => ({
    name: type,
    body,
    async deliver(given) {
      double.dispatch(type, given)
      return 'taken'
    },
  })
  const said = who.message(who.direct, 'hello')
  const user = { id: who.id, username: 'somebody' }
  const interaction = (name: string, type: number, data: unknown): Kind => {
    const body = {
      id: 'the id',
      token: 'the token',
      application_id: application,
      version: 1,
      type,
      data,
      locale: 'en-GB',
      channel_id: who.direct,
      channel: { id: who.direct, type: 1 },
      user,
      context: 1,
    }
    return {
      body,
      async deliver(given) {
        double.dispatch('INTERACTION_CREATE', known(double, given, body))
        return 'taken'
      },
      name,
    }
  }
  const option = { type: 3, name: 'question', value: 'hello' }
  return [
    event('MESSAGE_CREATE', said),
    event('MESSAGE_UPDATE', { ...said, edited_timestamp: new Date().toISOString() }),
    event('MESSAGE_DELETE', { id: said.id, channel_id: who.direct }),
    event('MESSAGE_DELETE_BULK', { ids: [said.id], channel_id: who.direct }),
    event('GUILD_CREATE', { id: guild, name: 'Server', threads: [{ id: '15', parent_id: '16' }] }),
    event('THREAD_CREATE', { id: '17', parent_id: '18' }),
    interaction('a command', 2, {
      id: '1',
      type: 1,
      name: 'health',
      options: [{ type: 1, name: 'ask', options: [option] }],
    }),
    interaction('a press', 3, { custom_id: 'say:x/1/0:answer:helpful', component_type: 2 }),
    interaction('typing', 4, {
      id: '1',
      type: 1,
      name: 'health',
      options: [{ type: 1, name: 'topics', options: [{ ...option, name: 'topic', focused: true }] }],
    }),
    interaction('a form', 5, {
      custom_id: 'form:ask',
      components: [{ type: 18, component: { type: 4, custom_id: 'text', value: 'hello' } }],
    }),
  ]
}

/** An interaction that Discord knows, where nothing in its id and token was changed. */
function known(double: DiscordDouble, given: unknown, of: { readonly id: string; readonly token: string }) {
  if (typeof given !== 'object' || given === null) return given
  const { id, token } = given as { id?: unknown; token?: unknown }
  const one = { id: double.nextId(), token: `token-${double.nextId()}`, at: double.now() }
  double.interactions.set(one.token, one)
  return {
    ...given,
    ...(id === of.id ? { id: one.id } : {}),
    ...(token === of.token ? { token: one.token } : {}),
  }
}

function heardOf(double: DiscordDouble, one: Shown): Heard {
  return {
    id: one.id,
    place: one.channel,
    alone: one.channel.startsWith('@') || double.channels.get(one.channel) === 1,
    words: wordsOf(one.body),
    labels: pressables(one.body).map(({ label }) => label),
    ...(one.body.nonce ? { key: one.body.nonce } : {}),
  }
}

class DiscordMember implements ChannelPerson {
  readonly #double: DiscordDouble
  readonly who: DiscordPerson
  readonly #channel: string
  readonly #guild: string

  constructor(double: DiscordDouble, id: string, channel: string, of: string) {
    this.#double = double
    this.#channel = channel
    this.#guild = of
    this.who = new DiscordPerson(double, id)
  }

  get direct(): string {
    return this.who.direct
  }

  urn() {
    return asId<Urn>(`discord:${this.who.id}`)
  }

  async say(text: string) {
    return { ack: 'taken' as const, place: this.direct, body: this.who.say(text) as JsonObject }
  }

  async mention(text: string) {
    const message = { ...this.who.message(this.#channel, `<@${self}> ${text}`), guild_id: this.#guild }
    this.#double.dispatch('MESSAGE_CREATE', message)
    return { ack: 'taken' as const, place: message.id, body: message as JsonObject }
  }

  /** Discord waits for nothing but interactions. */
  async ask(text: string): Promise<Ack> {
    const asked = this.who.command('ask', { question: text }, { direct: true })
    // Of thousands at once none may be looked at again and again: that would take the time of whoever is measured.
    await new Promise<void>((resolve) => {
      asked.whenAnswered = resolve
    })
    return 'taken'
  }

  async again({ body }: { readonly body: JsonObject }) {
    this.#double.dispatch('MESSAGE_CREATE', body)
    return 'taken' as const
  }

  async edit({ body }: { readonly body: JsonObject }, text: string) {
    const mention = String(body.content).startsWith(`<@${self}>`) ? `<@${self}> ` : ''
    const edited_timestamp = new Date().toISOString()
    this.#double.dispatch('MESSAGE_UPDATE', { ...body, content: `${mention}${text}`, edited_timestamp })
    return 'taken' as const
  }

  async remove({ body }: { readonly body: JsonObject }) {
    const { id, channel_id } = body
    this.#double.dispatch('MESSAGE_DELETE', { id, channel_id, ...(body.guild_id ? { guild_id: guild } : {}) })
    return 'taken' as const
  }

  async press(on: Heard, label: RegExp) {
    const shown = this.#double.shown.find(({ id }) => id === on.id)
    if (!shown) throw new Error('no such message')
    this.who.press(shown, label)
  }

  close(): void {
    this.#double.closed.add(this.who.id)
  }
}

/** A staff channel that somebody who manages the server linked. */
async function openDesk(
  salus: Hosted,
  double: DiscordDouble,
  boss: DiscordMember,
  stranger: DiscordMember,
  heard: () => Promise<readonly Heard[]>,
): Promise<Desk> {
  const { store } = salus.state()
  const [volunteer] = await store.staff(localWorkspace)
  if (!volunteer) throw new Error('the demo has a volunteer')
  boss.who.manages = true
  const place = {
    command: 'health-admin',
    channel_id: staffChannel,
    channel: { id: staffChannel, type: 0 },
  }
  await boss.who.answerTo(boss.who.command('staff-room', { show: 'on' }, place))
  const code = await makeLinkCode({ store, clock: salus.clock, random: systemRandom }, volunteer)
  await boss.who.answerTo(boss.who.command('link', { code }))
  return {
    cards: async () =>
      (await heard()).filter(({ place: at, labels }) => at === staffChannel && labels.length > 0),
    async claim(card, as) {
      const shown = double.shown.find(({ id }) => id === card.id)
      if (!shown) throw new Error('no such card')
      const pressed = (as === 'staff' ? boss : stranger).who.press(shown, /claim/i)
      await until(async () => pressed.answer)
    },
  }
}

/** What Discord would refuse, or what would notify somebody. */
function faultsOf({ components }: DiscordPayload): readonly string[] {
  const count = components.reduce(
    (sum, one) => sum + 1 + ('components' in one ? one.components.length : 0),
    0,
  )
  const words = wordsOf({ components })
  const body = { flags: 1 << 15, components, allowed_mentions: { parse: [] } }
  const read = z.safeParse(MessageCreateRequestSchema, body)
  return [
    ...(read.success ? [] : read.error.issues.map(({ message }) => message)),
    ...(components.length === 0 ? ['says nothing'] : []),
    ...(count > limits.componentsPerMessage ? ['too many components'] : []),
    ...(words.length > limits.content ? ['too many words'] : []),
    ...(/@everyone|@here|<@[!&]?\d+>/.test(words) ? ['mentions somebody'] : []),
  ]
}
