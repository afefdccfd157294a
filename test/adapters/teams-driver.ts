import { AdaptiveCard, SerializationContext, Version } from 'adaptivecards'
import { bytesOf } from '../../src/adapters/teams/cards.ts'
import { capabilities, limits } from '../../src/adapters/teams/limits.ts'
import { render, type TeamsPayload } from '../../src/adapters/teams/render.ts'
import { asId, type Urn } from '../../src/core/ids.ts'
import type { JsonObject } from '../../src/core/json.ts'
import { localWorkspace } from '../../src/open-state.ts'
import { makeLinkCode } from '../../src/staff-accounts.ts'
import { systemRandom } from '../../src/system.ts'
import type { Ack, ChannelDriver, ChannelPerson, Desk, Heard, Platform } from '../contracts/channel-driver.ts'
import type { Hosted } from '../contracts/channel-host.ts'
import { until } from '../web/site.ts'
import { bot, Person, type Posted, TeamsDouble, type TokenChanges, tenant, wordsOf } from './teams-double.ts'

const room = '19:somewhere@thread.tacv2'
const staffRoom = '19:staff@thread.tacv2'
const otherTenant = 'aaaa0000-0000-4000-8000-00000000000a'
const alarm = 'I took 20 paracetamol an hour ago'

/** Teams, by Microsoft's side of it over real sockets. */
export const teamsDriver: ChannelDriver = {
  name: 'teams',
  capabilities,
  lacks: { connection: 'Teams calls, each time anew' },
  render,
  faultsOf: (part) => {
    const { card, summary } = part.payload as unknown as TeamsPayload
    const context = new SerializationContext(new Version(1, 5))
    const parsed = new AdaptiveCard()
    parsed.parse(card as never, context)
    return [
      ...Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message),
      ...parsed.validateProperties().validationEvents.map(({ message }) => message),
      ...(bytesOf(card) > limits.cardBytes ? ['a card that is too large'] : []),
      ...(summary.length > limits.summary ? ['a summary that is too long'] : []),
      ...(/<at>/i.test(JSON.stringify(part.payload)) ? ['mentions somebody'] : []),
    ]
  },
  wordsOf: (part) => wordsOf({ activity: part.payload as Record<string, unknown> }),
  async open(salus) {
    const double = await new TeamsDouble().start()
    return teams(salus, double)
  },
}

function teams(salus: Hosted, double: TeamsDouble): Platform {
  let people = 0
  const make = (name: string, of = tenant) => new TeamsPerson(salus, double, name, of)
  const heard = async () => heardOf(double.posted)
  return {
    environment: double.environment,
    faults: [],
    ready: async () => {},
    stop: () => double.stop(),
    person: () => make(`person-${++people}`),
    elsewhere: async (twin) => make(member(twin).name, otherTenant),
    heard,
    desk: () => openDesk(salus, double, make('sam'), make('stranger'), heard),
    bots: (near) => {
      const from = (account: object) => async () =>
        ackOf(await member(near).who.send(member(near).activity({ text: alarm, from: account })))
      return [
        ['itself', from(bot)],
        ['another bot', from({ id: '28:other', name: 'Other' })],
        ['another bot, by its role', from({ id: '29:other', role: 'bot' })],
      ]
    },
    forgeries: (near) => {
      const { who } = member(near)
      const seconds = Math.floor(Date.now() / 1_000)
      const signed = (changes: TokenChanges) => double.token(changes)
      const by = (token: () => string) => async () =>
        ackOf(await who.send(member(near).activity({ text: alarm }), token()))
      return [
        ['no token', by(() => '')],
        ['garbage', by(() => 'a.b.c')],
        ['another key', by(() => signed({ wrongKey: true }))],
        ['another audience', by(() => signed({ claims: { aud: 'somebody-else' } }))],
        [
          'a token that is over',
          by(() => signed({ claims: { exp: seconds - 3_600, nbf: seconds - 7_200 } })),
        ],
        ['another service', by(() => signed({ claims: { serviceurl: 'https://evil.example/' } }))],
        ['a key for another channel', by(() => signed({ kid: 'other-channel' }))],
      ]
    },
    kinds: (near) => {
      const { who } = member(near)
      const deliver = async (body: unknown) => ackOf(await who.send(body as Record<string, unknown>))
      const of = (name: string, more: Record<string, unknown>) => ({
        name,
        body: member(near).activity(more),
        deliver,
      })
      const invoke = (name: string, value: unknown) => of(name, { type: 'invoke', name, value })
      return [
        of('a message', { text: 'hello' }),
        of('a picture', {
          text: '',
          attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example' }],
        }),
        of('a press', { value: { salus: 'choice', action: 'answer', value: 'helpful', replyTo: 'x/1/0' } }),
        of('an edit', { type: 'messageUpdate', text: 'hello', channelData: changed('editMessage') }),
        of('a deletion', { type: 'messageDelete', channelData: changed('softDeleteMessage') }),
        of('an installation', { type: 'installationUpdate', action: 'add' }),
        of('members', { type: 'conversationUpdate', membersAdded: [{ id: 'somebody' }] }),
        of('a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }),
        invoke('composeExtension/query', { commandId: 'search', parameters: [{ name: 'text', value: 'a' }] }),
        invoke('composeExtension/fetchTask', {
          commandId: 'escalate',
          messagePayload: { body: { content: 'a' } },
        }),
        invoke('composeExtension/submitAction', {
          commandId: 'check',
          messagePayload: { body: { content: 'a' } },
        }),
        invoke('task/submit', { data: { salus: 'filled', form: 'settings', language: 'English' } }),
        invoke('adaptiveCard/action', {
          action: { type: 'Action.Execute', verb: 'case.view', data: { caseId: 'x' } },
          trigger: 'manual',
        }),
      ]
    },
    slowDown: (person) =>
      void double.scripted.push({
        conversation: person.direct,
        status: 429,
        headers: { 'retry-after': '1' },
        body: {},
      }),
  }
}

function member(person: ChannelPerson): TeamsPerson {
  return person as TeamsPerson
}

function changed(eventType: string) {
  return { tenant: { id: tenant }, eventType }
}

function ackOf({ status }: { readonly status: number }): Ack {
  if (status < 300) return 'taken'
  // A call of no known name: "not implemented" is an answer, too.
  return status < 500 || status === 501 ? 'refused' : 'put off'
}

/** What stands where, after every change. */
function heardOf(posted: readonly Posted[]): readonly Heard[] {
  const standing = new Map<string, Heard>()
  for (const one of posted) {
    if (one.activity.type === 'typing') continue
    standing.set(one.id, {
      id: one.id,
      place: one.conversation,
      alone: one.conversation.startsWith('a:'),
      words: wordsOf(one),
      labels: buttonsOf(one).map(({ title }) => title),
    })
  }
  return [...standing.values()]
}

interface Button {
  readonly title: string
  readonly data: Readonly<Record<string, unknown>>
}

function contentOf({ activity }: Pick<Posted, 'activity'>): Readonly<Record<string, unknown>> {
  const [attachment] = (activity.attachments ?? []) as { content: Record<string, unknown> }[]
  return attachment?.content ?? {}
}

function buttonsOf(posted: Pick<Posted, 'activity'>): readonly Button[] {
  const body = (contentOf(posted).body ?? []) as { actions?: readonly Button[] }[]
  return body.flatMap(({ actions }) => actions ?? []).filter(({ data }) => data !== undefined)
}

class TeamsPerson implements ChannelPerson {
  readonly #double: TeamsDouble
  readonly name: string
  readonly who: Person
  readonly #tenant: string

  constructor(salus: Hosted, double: TeamsDouble, name: string, of: string) {
    this.#double = double
    this.name = name
    this.#tenant = of
    this.who = new Person(double, salus.url, name)
  }

  get direct(): string {
    return this.who.chat
  }

  urn() {
    return asId<Urn>(`teams:${this.#tenant}:${this.who.id}`)
  }

  /** An activity in the personal chat, in their own tenant. */
  activity(more: Record<string, unknown> = {}): Record<string, unknown> {
    if (this.#tenant === tenant) return this.who.activity(more)
    return this.who.activity({
      conversation: { id: this.direct, conversationType: 'personal', tenantId: this.#tenant },
      channelData: { tenant: { id: this.#tenant } },
      ...more,
    })
  }

  async #send(activity: Record<string, unknown>, place: string) {
    const response = await this.who.send(activity).catch(() => ({ status: 503 }))
    return { ack: ackOf(response), place, body: activity as JsonObject }
  }

  say(text: string) {
    return this.#send(this.activity({ text, textFormat: 'plain' }), this.direct)
  }

  mention(text: string) {
    const root = this.#double.nextId()
    const mentioned = { type: 'mention', mentioned: bot, text: '<at>Salus</at>' }
    const place = `${room};messageid=${root}`
    const said = this.who.inChannel(room, root, {
      text: `<at>Salus</at> ${text}`,
      entities: [mentioned],
      conversation: { id: place, conversationType: 'channel', isGroup: true, tenantId: this.#tenant },
      channelData: { tenant: { id: this.#tenant }, team: { id: room }, channel: { id: room } },
    })
    return this.#send(said, place)
  }

  async ask(text: string) {
    return (await this.say(text)).ack
  }

  async again({ body }: { readonly body: JsonObject }) {
    return (await this.#send(body, '')).ack
  }

  async edit({ body }: { readonly body: JsonObject }, text: string) {
    const edited = {
      ...body,
      type: 'messageUpdate',
      text,
      timestamp: new Date().toISOString(),
      channelData: { ...(body.channelData as JsonObject), eventType: 'editMessage' },
    }
    return (await this.#send(edited, '')).ack
  }

  async remove({ body }: { readonly body: JsonObject }) {
    const { text: _gone, ...rest } = body
    const channelData = { ...(body.channelData as JsonObject), eventType: 'softDeleteMessage' }
    return (await this.#send({ ...rest, type: 'messageDelete', channelData }, '')).ack
  }

  async press(on: Heard, label: RegExp) {
    const posted = this.#double.posted.filter(({ id }) => id === on.id).at(-1)
    const button = posted && buttonsOf(posted).find(({ title }) => label.test(title))
    if (!button) throw new Error(`nothing to press: ${label}`)
    await this.#send(this.activity({ value: button.data, replyToId: on.id }), '')
  }

  close(): void {
    this.#double.closed.add(this.who.id)
  }
}

/** A staff room and who is linked to it. */
async function openDesk(
  salus: Hosted,
  double: TeamsDouble,
  sam: TeamsPerson,
  stranger: TeamsPerson,
  heard: () => Promise<readonly Heard[]>,
): Promise<Desk> {
  const { store } = salus.state()
  const [member] = await store.staff(localWorkspace)
  if (!member) throw new Error('the demo has a volunteer')
  const before = double.posted.length
  const code = await makeLinkCode({ store, clock: salus.clock, random: systemRandom }, member)
  await sam.say(`link ${code}`)
  const told = (place: string, words: RegExp) =>
    until(async () =>
      double.posted
        .slice(before)
        .find((one) => one.conversation.startsWith(place) && words.test(wordsOf(one))),
    )
  await told(sam.direct, /now acts as/)
  await sam.who.mention(staffRoom, 'staff-room')
  await told(staffRoom, /Cases of this workspace/)
  const isCard = (one: Posted) => one.conversation === staffRoom && caseOf(one) !== ''
  return {
    async cards() {
      const ids = new Set(double.posted.filter(isCard).map(({ id }) => id))
      return (await heard()).filter(({ id }) => ids.has(id))
    },
    async claim(card, as) {
      const posted = double.posted.find(({ id }) => id === card.id)
      const data = { caseId: posted ? caseOf(posted) : '' }
      await (as === 'staff' ? sam : stranger).who.invoke(
        'adaptiveCard/action',
        { action: { type: 'Action.Execute', verb: 'case.claim', data }, trigger: 'manual' },
        {
          replyToId: card.id,
          conversation: { id: staffRoom, conversationType: 'channel', isGroup: true, tenantId: tenant },
        },
      )
    },
  }
}

/** The case that a card refreshes about. */
function caseOf(posted: Posted): string {
  const refresh = contentOf(posted).refresh as { action: { data: { caseId: string } } } | undefined
  return refresh?.action.data.caseId ?? ''
}
